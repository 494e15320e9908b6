//! What can be wrong with a file that is read.

use serde::Serialize;

/// Something in a file that could not be read as it should be. What could be read is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{}{message}", .line.map_or(String::new(), |line| format!("line {line}: ")))]
pub struct Problem {
    /// The line it is on, counted from 1, where lines mean something in the format.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// What kind of problem it is: one of the constants of [`code`].
    pub code: &'static str,
    /// What is wrong, for people.
    pub message: String,
    /// Whether no text is missing for it: only annotations or the places of passages are concerned.
    #[serde(skip)]
    pub text_is_whole: bool,
}

/// The stable codes of [`Problem`]s.
pub mod code {
    /// The bytes are no text.
    pub const NOT_TEXT: &str = "not-text";
    /// There is no format of that name, or it cannot be read or written.
    pub const FORMAT: &str = "format";
    /// The file does not follow its format: broken JSON or XML, a line that is none of the format's.
    pub const SYNTAX: &str = "syntax";
    /// The file ends in the middle of something.
    pub const TRUNCATED: &str = "truncated";
    /// A line has too few or too many columns.
    pub const COLUMNS: &str = "columns";
    /// A document has no text, or an annotation lacks what it needs.
    pub const MISSING: &str = "missing";
    /// Offsets do not fit the text.
    pub const OFFSETS: &str = "offsets";
    /// The text that an annotation states is not what stands at its offsets.
    pub const MISMATCH: &str = "mismatch";
    /// A line or a document is larger than can be processed.
    pub const TOO_LARGE: &str = "text-too-large";
    /// The file could not be read to its end.
    pub const IO: &str = "io";
}

impl Problem {
    /// A problem of the whole file, or in a format without lines.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Problem { line: None, code, message: message.into(), text_is_whole: false }
    }

    /// A problem on a line, counted from 1.
    pub fn at(line: usize, code: &'static str, message: impl Into<String>) -> Self {
        Problem { line: Some(line), ..Problem::new(code, message) }
    }

    /// The problem as one of an annotation, for which no text is missing.
    pub(crate) fn of_annotation(self) -> Self {
        Problem { text_is_whole: true, ..self }
    }

    /// The file could not be read on.
    pub(crate) fn io(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::UnexpectedEof {
            let message = "the file ends in the middle of its compressed data";
            return Problem::new(code::TRUNCATED, message);
        }
        Problem::new(code::IO, error.to_string())
    }
}
