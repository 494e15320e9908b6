//! What the formats share that write the sentence again with marks around its entities.

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

/// Adds the copying of the whole sentence with marks around mentions. A mark that opens stands
/// right before a mention and one that closes right after it; `marks` are pairs of one that opens
/// and those that may close it.
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

/// How far an answer has told the sentence again.
pub(super) struct InlineReader<'a> {
    sentence: &'a Sentence,
    at: usize,
    opened: Option<usize>,
}

impl<'a> InlineReader<'a> {
    /// Before the first word.
    pub(super) fn new(sentence: &'a Sentence) -> Self {
        InlineReader { sentence, at: 0, opened: None }
    }

    /// Reads the next character of the sentence.
    pub(super) fn copy(&mut self, scanner: &mut Scanner, escape: Escape) -> Result<(), ParseError> {
        let due = self.sentence.view()[self.at..].chars().next();
        let at = scanner.at();
        if due != Some(scanner.character(escape)?) {
            return Err(ParseError { at, message: "not the text of the sentence" });
        }
        self.at += due.map_or(0, char::len_utf8);
        Ok(())
    }

    /// A mark opens here.
    pub(super) fn open(&mut self, scanner: &Scanner) -> Result<(), ParseError> {
        if !self.sentence.starts_at(self.at) {
            return scanner.fail("a mark within a word or before a space");
        }
        self.opened = Some(self.at);
        Ok(())
    }

    /// The mark closes here: the mention that stands between.
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

    /// Fails unless the whole sentence is told and every mark closed.
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
