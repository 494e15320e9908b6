//! A document, cut into sentences.

use std::sync::Arc;

use bioner_documents::ByteSpan;
use bioner_documents::abbreviation::{Definition, find_definitions};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::segment;
use crate::sentence::{Context, Sentence};

/// The most bytes a document may have: a book of 600,000 words. On more than that a model works for hours,
/// so it is refused at once.
pub const MAX_DOCUMENT_BYTES: usize = 4 << 20;

/// How many sentences are kept from being asked about to being assembled, in either place, at most;
/// the [`Sentence`]s of others are built again. Few documents come near: that takes very many
/// sentences that are answered while an earlier one is not.
pub(super) const MAX_KEPT_SENTENCES: usize = 1024;

/// Which of a document's sentences are answered here: every `of`th from the one numbered `first` on.
/// The others are answered elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Share {
    /// The number of the first sentence, from 0.
    pub first: usize,
    /// How many shares there are; 0 counts as 1.
    pub of: usize,
}

impl Share {
    /// All sentences.
    pub const WHOLE: Share = Share { first: 0, of: 1 };
}

/// Names a sentence of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SentenceId {
    /// The number of the document in its session.
    pub document: usize,
    /// The number of the sentence in its document.
    pub number: usize,
}

/// A document, the places of its sentences, and what it says that all of them need.
pub(super) struct Document {
    pub text: Arc<str>,
    /// The sentences, in bytes of the text.
    pub spans: Vec<ByteSpan>,
    /// The abbreviations it defines, in the order of the text.
    pub definitions: Vec<Definition>,
    context: Context,
}

impl Document {
    /// # Errors
    /// [`Error::TextTooLarge`] if the text has more than [`MAX_DOCUMENT_BYTES`].
    pub fn new(text: Arc<str>) -> Result<Self> {
        if text.len() > MAX_DOCUMENT_BYTES {
            return Err(Error::TextTooLarge(format!(
                "it has more than {} MB; split it into several documents, as the lines of a .jsonl file",
                MAX_DOCUMENT_BYTES >> 20
            )));
        }
        let spans = segment::sentences(&text);
        let definitions = find_definitions(&text);
        let context = Context::new(&text, &definitions);
        Ok(Document { text, spans, definitions, context })
    }

    /// Builds a sentence; `None` if there is none of that number.
    pub fn sentence(&self, number: usize) -> Option<Arc<Sentence>> {
        let span = *self.spans.get(number)?;
        Some(Arc::new(Sentence::in_document(&self.text, span, &self.context)))
    }
}
