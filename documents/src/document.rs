//! A document and its annotations, as every format is read into and written from.

use serde_json::{Map, Value};

use crate::problem::{Problem, code};
use crate::{Attributes, ByteSpan, Offsets};

/// A text with its annotations. Offsets count bytes of `text`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// What its file calls it. Need not be unique in a file.
    pub id: String,
    /// Whether its file has the id as a number rather than as a text, where the format knows both.
    pub id_is_number: bool,
    /// The text; where the format has a title and an abstract apart, both with a line break between.
    pub text: String,
    /// Where the title ends in `text`. What follows, if anything does, begins with a line break.
    pub title_end: Option<usize>,
    /// The parts of the text, where the format names them: in order, not overlapping.
    pub passages: Vec<Passage>,
    /// The annotations.
    pub entities: Vec<Entity>,
    /// What else is known of the document and goes into the formats that have a place for it, such as
    /// `url`, `types`, `format` and `model`.
    pub extra: Map<String, Value>,
}

/// A named part of a text: a title, an abstract, a section of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands.
    pub span: ByteSpan,
    /// What its file calls it, as `title` or `abstract`.
    pub kind: String,
}

/// A mention in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Where it stands. Of a discontinuous mention, from its first fragment to its last.
    pub span: ByteSpan,
    /// The fragments of a discontinuous mention, in order; empty if it is in one piece.
    pub fragments: Vec<ByteSpan>,
    /// Its type.
    pub kind: String,
    /// How likely it is right, from 0 to 1, where that is known.
    pub score: Option<f64>,
    /// What it stands for in a vocabulary, as `MESH:D003924`.
    pub id: Option<String>,
    /// What is said of it: whether it is there, when, whose, and in which section.
    pub attributes: Attributes,
    /// Whatever else its file says of it and JSON can hold.
    pub extra: Map<String, Value>,
}

impl Document {
    /// A text without annotations.
    pub fn new(id: impl Into<String>, text: impl Into<String>) -> Self {
        Document { id: id.into(), text: text.into(), ..Document::default() }
    }

    /// Joins a title and an abstract (or whatever follows the title). There is a line break between
    /// them; where nothing follows, the text is the title alone.
    pub fn titled(id: impl Into<String>, title: &str, rest: &str) -> Self {
        let mut text = title.to_owned();
        if !rest.is_empty() {
            text.push('\n');
            text.push_str(rest);
        }
        Document { title_end: Some(title.len()), ..Document::new(id, text) }
    }

    /// The title and what follows it, as spans. A document that does not say where its title ends has
    /// its first line as one; white space at the beginning is no line.
    pub fn title_and_rest(&self) -> (ByteSpan, ByteSpan) {
        let text = &self.text;
        let end = self.title_end.filter(|&end| text.is_char_boundary(end)).unwrap_or_else(|| {
            let start = text.len() - text.trim_start().len();
            text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at)
        });
        let separator = match &text.as_bytes()[end..] {
            [b'\r', b'\n', ..] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => 0,
        };
        (ByteSpan::new(0, end), ByteSpan::new(end + separator, text.len()))
    }

    /// A field of [`Document::extra`] that is a text.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.extra.get(name).and_then(Value::as_str)
    }
}

/// Fields of [`Document::extra`] or [`Entity::extra`] under the names by which a format writes them. A
/// name that is among its `own` gets an underscore: the field would replace what the format says there,
/// or be read back as that.
pub(crate) fn renamed<'a>(
    extra: &'a Map<String, Value>,
    own: &'a [impl AsRef<str>],
) -> impl Iterator<Item = (String, &'a Value)> {
    extra.iter().map(|(name, value)| match own.iter().any(|own| own.as_ref() == name) {
        true => (format!("{name}_"), value),
        false => (name.clone(), value),
    })
}

impl Entity {
    /// A mention in one piece, of which nothing more is known.
    pub fn new(span: ByteSpan, kind: impl Into<String>) -> Self {
        Entity {
            span,
            fragments: Vec::new(),
            kind: kind.into(),
            score: None,
            id: None,
            attributes: Attributes::default(),
            extra: Map::new(),
        }
    }

    /// Its pieces: the fragments, or the one span.
    pub fn pieces(&self) -> &[ByteSpan] {
        if self.fragments.is_empty() { std::slice::from_ref(&self.span) } else { &self.fragments }
    }

    /// Puts `pieces` into `span` and `fragments`. Pieces with nothing but white space between them are one
    /// mention over a line break, not several fragments.
    pub(crate) fn set_pieces(&mut self, text: &str, pieces: Vec<ByteSpan>) {
        let pieces = in_order(pieces);
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        self.span = ByteSpan::new(first.start, last.end);
        let blank = |pair: &[ByteSpan]| {
            text[pair[0].end..pair[1].start].chars().all(|c| c.is_whitespace() || c.is_control())
        };
        self.fragments = if pieces.windows(2).all(blank) { Vec::new() } else { pieces };
    }
}

/// Pieces in the order of the text, as every [`Entity::fragments`] is. Those that share characters, as some
/// tools write them, are one: no character is mentioned twice.
pub(crate) fn in_order(mut pieces: Vec<ByteSpan>) -> Vec<ByteSpan> {
    pieces.sort_unstable();
    pieces.dedup_by(|next, piece| {
        let shared = next.start < piece.end;
        if shared {
            piece.end = piece.end.max(next.end);
        }
        shared
    });
    pieces
}

/// The span in bytes of an annotation that a file gives in other units.
///
/// # Errors
/// If it is empty, reversed, cuts a character, or does not lie within the text.
pub(crate) fn span_of(
    text: &str,
    offsets: &Offsets,
    start: usize,
    end: usize,
) -> Result<ByteSpan, Problem> {
    let refuse = || {
        let message = format!("the offsets {start} to {end} do not fit the text");
        Err(Problem::new(code::OFFSETS, message))
    };
    if start >= end {
        return refuse();
    }
    match (offsets.byte(text, start), offsets.byte(text, end)) {
        (Some(start), Some(end)) => Ok(ByteSpan::new(start, end)),
        _ => refuse(),
    }
}

/// The span in bytes of a passage that a file gives in other units. Unlike a mention, it may be empty.
///
/// # Errors
/// If it is reversed, cuts a character, or does not lie within the text.
pub(crate) fn passage_span_of(
    text: &str,
    offsets: &Offsets,
    start: usize,
    end: usize,
) -> Result<ByteSpan, Problem> {
    match offsets.byte(text, start) {
        Some(at) if start == end => Ok(ByteSpan::new(at, at)),
        _ => span_of(text, offsets, start, end),
    }
}

/// Checks that what an annotation says its text is stands at its place; runs of white space are equal.
pub(crate) fn check_stated(found: &str, stated: &str) -> Result<(), Problem> {
    let blank = |c: char| c.is_whitespace() || c.is_control();
    let words = |text| str::split(text, blank).filter(|word: &&str| !word.is_empty());
    // Fragments are joined by a space where the text may have none, so only the characters count.
    if words(found).flat_map(str::chars).eq(words(stated).flat_map(str::chars)) {
        return Ok(());
    }
    let message = format!("{:?} was announced, but {:?} stands there", short(stated), short(found));
    Err(Problem::new(code::MISMATCH, message))
}

/// Checks what an annotation of several pieces says its text is: as they are given, or each character once
/// and in the order of the text.
pub(crate) fn check_pieces(text: &str, pieces: &[ByteSpan], stated: &str) -> Result<(), Problem> {
    let joined = |pieces: &[ByteSpan]| {
        let slices: Vec<&str> = pieces.iter().map(|piece| piece.slice(text)).collect();
        slices.join(" ")
    };
    check_stated(&joined(pieces), stated).or_else(|problem| {
        check_stated(&joined(&in_order(pieces.to_vec())), stated).map_err(|_| problem)
    })
}

/// The beginning of a text, for a message.
pub(crate) fn short(text: &str) -> String {
    const MAX_SHOWN: usize = 60;
    match text.char_indices().nth(MAX_SHOWN) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
