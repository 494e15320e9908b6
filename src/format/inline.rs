//! What the inline formats share: they repeat the sentence with marks around its entities.

use std::ops::Range;

use super::escape::Escape;
use super::scan::Scanner;
use super::{Labelled, Mention, ParseError, Place};
use crate::constraint::{Condition, Op, Program, SpellingId};
use crate::sentence::Sentence;
use bioner_documents::ByteSpan;

/// The sentence with `open` and `close` around each of `entities`, which do not overlap.
pub(super) fn render(
    sentence: &Sentence,
    entities: &[Labelled],
    escape: Escape,
    open: impl Fn(usize) -> String,
    close: impl Fn(usize) -> String,
) -> String {
    let view = sentence.view();
    let mut out = String::with_capacity(view.len() * 2);
    let mut at = 0;
    for entity in entities {
        out += &escape.apply(&view[at..entity.span.start]);
        out += &open(entity.kind);
        out += &escape.apply(entity.span.slice(view));
        out += &close(entity.kind);
        at = entity.span.end;
    }
    out + &escape.apply(&view[at..])
}

/// Adds instructions that copy the whole sentence with marks around mentions. An opening mark stands
/// right before a mention and a closing mark right after it; `marks` are pairs of an opening mark and
/// those that may close it.
pub(super) fn build(program: &mut Program, copy: SpellingId, marks: &[(String, Vec<String>)]) {
    let next = program.choice();
    let mut targets = vec![program.push(Op::Copy(copy))];
    program.jump(next);
    for (open, closes) in marks {
        targets.push(program.push(Op::Only(Condition::BeforeMention)));
        program.literal(open);
        program.push(Op::Copy(copy));
        let stay_or_close = program.choice();
        let inside = program.push(Op::Only(Condition::InMention));
        program.push(Op::Copy(copy));
        program.jump(stay_or_close);
        let mut ends = vec![inside];
        for close in closes {
            ends.push(program.push(Op::Only(Condition::AfterMention)));
            program.literal(close);
            program.jump(next);
        }
        program.set_choice(stay_or_close, ends);
    }
    targets.push(program.push(Op::Only(Condition::AtEnd)));
    program.set_choice(next, targets);
}

/// Reads an answer that repeats the sentence.
pub(super) struct InlineReader<'a> {
    sentence: &'a Sentence,
    /// How many bytes of the view have been read.
    at: usize,
    /// Where in the view the open mark stands, if one is open.
    opened: Option<usize>,
}

impl<'a> InlineReader<'a> {
    /// A reader at the start of the sentence.
    pub(super) fn new(sentence: &'a Sentence) -> Self {
        InlineReader { sentence, at: 0, opened: None }
    }

    /// Reads a character, which must be the next one of the sentence.
    pub(super) fn copy(&mut self, scanner: &mut Scanner, escape: Escape) -> Result<(), ParseError> {
        let expected = self.sentence.view()[self.at..].chars().next();
        let at = scanner.at();
        if expected != Some(scanner.character(escape)?) {
            return Err(ParseError { at, message: "not the text of the sentence" });
        }
        self.at += expected.map_or(0, char::len_utf8);
        Ok(())
    }

    /// Takes note that a mark opens here.
    pub(super) fn open(&mut self, scanner: &Scanner) -> Result<(), ParseError> {
        if !self.sentence.starts_at(self.at) {
            return scanner.fail("a mark within a word or before a space");
        }
        self.opened = Some(self.at);
        Ok(())
    }

    /// Closes the open mark here. Returns the mention between the marks.
    pub(super) fn close(
        &mut self,
        scanner: &Scanner,
        kind: usize,
        written: Range<usize>,
    ) -> Result<Mention, ParseError> {
        match self.opened.take() {
            Some(start) if start < self.at && self.sentence.ends_at(self.at) => {
                let span = ByteSpan::new(start, self.at);
                let text = span.slice(self.sentence.view()).to_owned();
                Ok(Mention { text, kind, place: Place::At(span), written })
            }
            _ => scanner.fail("a mark around nothing, within a word or after a space"),
        }
    }

    /// Fails unless the whole sentence has been read and every mark is closed.
    pub(super) fn finish(&self, scanner: &Scanner) -> Result<(), ParseError> {
        if self.opened.is_some() {
            return scanner.fail("a mark that is not closed");
        }
        if self.at < self.sentence.view().len() {
            return scanner.fail("the text breaks off before the sentence does");
        }
        Ok(())
    }
}
