//! A vocabulary out of a file that is read as it arrives.

use std::fmt;
use std::io::{self, Write};

use bioner_documents::code;
use bioner_linking::read::{Reader, Report};
use bioner_linking::{Error, Vocabulary};
use flate2::write::MultiGzDecoder;

/// What a file compressed by gzip begins with.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// From how many bytes on it can be told what a file is.
const TOLD_BY: usize = 8;

/// Why a file gives no vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VocabularyError {
    /// Nothing in the file could be used.
    #[error(
        "there is no concept in this file: it has to have lines of identifier, tab and name, or be OBO or \
         OMOP's table CONCEPT"
    )]
    Empty,
    /// A file of this program's that is broken, or too large a one.
    #[error("{0}")]
    Unusable(#[from] Error),
    /// A file of this program's that cannot be read to its end.
    #[error("the file cannot be read on: {0}")]
    Cut(String),
}

/// Reads a vocabulary: lines of values with tabs or commas between them, OBO, OMOP's table of concepts, or a file of this
/// program's, compressed by gzip or not.
pub struct VocabularyReader {
    input: Input,
    /// Why the file cannot be read on.
    failure: Option<String>,
}

enum Input {
    /// Too few bytes to tell.
    Start(Vec<u8>),
    Plain(Content),
    Packed(Box<MultiGzDecoder<Content>>),
}

/// What is in the file, uncompressed.
enum Content {
    /// Too few bytes to tell.
    Start(Vec<u8>),
    /// A file of this program's, which is used as a whole.
    Made(Vec<u8>),
    Lines(Box<Reader>),
}

impl Default for VocabularyReader {
    fn default() -> Self {
        VocabularyReader::new()
    }
}

impl VocabularyReader {
    /// Begins to read.
    pub fn new() -> Self {
        VocabularyReader { input: Input::Start(Vec::new()), failure: None }
    }

    /// The next bytes of the file, in pieces of any size.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.failure.is_some() {
            return;
        }
        if let Input::Start(start) = &mut self.input {
            start.extend_from_slice(bytes);
            if start.len() >= GZIP.len() {
                let start = std::mem::take(start);
                self.input = Input::of(&start);
                self.push(&start);
            }
            return;
        }
        let written = match &mut self.input {
            Input::Start(_) => Ok(()),
            Input::Plain(content) => content.write_all(bytes),
            Input::Packed(decoder) => decoder.write_all(bytes),
        };
        if let Err(error) = written {
            self.fail(&error);
        }
    }

    /// Tells that the file cannot be read on. What was read before is kept, unless it is of use only as
    /// a whole.
    pub fn fail(&mut self, error: &dyn fmt::Display) {
        self.failure.get_or_insert(error.to_string());
    }

    /// The vocabulary, and what was wrong with the file.
    pub fn finish(mut self) -> (Report, Result<Vocabulary, VocabularyError>) {
        let mut content = match self.input {
            Input::Start(start) => Content::told(start),
            Input::Plain(content) => content,
            Input::Packed(mut decoder) => {
                if let Err(error) = decoder.try_finish() {
                    let failure = match error.kind() {
                        io::ErrorKind::UnexpectedEof => {
                            "it ends in the middle of its compressed data".to_owned()
                        }
                        _ => error.to_string(),
                    };
                    self.failure.get_or_insert(failure);
                }
                std::mem::replace(decoder.get_mut(), Content::Start(Vec::new()))
            }
        };
        if let Content::Start(start) = content {
            content = Content::told(start);
        }
        match content {
            Content::Made(file) => {
                let vocabulary = match self.failure {
                    Some(failure) => Err(VocabularyError::Cut(failure)),
                    None => Vocabulary::from_bytes(&file).map_err(VocabularyError::from),
                };
                (Report::default(), vocabulary)
            }
            Content::Start(_) => (Report::default(), Err(VocabularyError::Empty)),
            Content::Lines(mut reader) => {
                if let Some(failure) = self.failure {
                    reader.fail(&failure);
                }
                let (builder, mut report) = reader.finish();
                let vocabulary = match builder.is_empty() {
                    true => {
                        // The error says what the report says of the whole.
                        let told = report.problems.len();
                        report
                            .problems
                            .retain(|one| one.line.is_some() || one.code != code::MISSING);
                        report.count -= told - report.problems.len();
                        Err(VocabularyError::Empty)
                    }
                    false => builder.finish().map_err(VocabularyError::from),
                };
                (report, vocabulary)
            }
        }
    }
}

impl Input {
    fn of(start: &[u8]) -> Input {
        let content = Content::Start(Vec::new());
        match start.starts_with(&GZIP) {
            true => Input::Packed(Box::new(MultiGzDecoder::new(content))),
            false => Input::Plain(content),
        }
    }
}

impl Content {
    /// What a file is that begins with these bytes, with them in it.
    fn told(start: Vec<u8>) -> Content {
        if Vocabulary::is_file(&start) {
            return Content::Made(start);
        }
        let mut reader = Reader::new();
        reader.push(&start);
        Content::Lines(Box::new(reader))
    }
}

impl Write for Content {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Content::Start(start) => {
                start.extend_from_slice(bytes);
                if start.len() >= TOLD_BY {
                    *self = Content::told(std::mem::take(start));
                }
            }
            Content::Made(file) => file.extend_from_slice(bytes),
            Content::Lines(reader) => reader.push(bytes),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
