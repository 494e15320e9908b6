//! Reading an answer from left to right.

use std::ops::Range;

use super::ParseError;
use super::escape::Escape;

/// An answer and how far it is read.
#[derive(Debug)]
pub(super) struct Scanner<'a> {
    answer: &'a str,
    at: usize,
}

/// A text read from an answer, and the bytes that say it.
#[derive(Debug)]
pub(super) struct Written {
    pub(super) text: String,
    pub(super) range: Range<usize>,
}

impl<'a> Scanner<'a> {
    /// At the start of the answer. White space at its end is no part of it.
    pub(super) fn new(answer: &'a str) -> Self {
        Scanner { answer: answer.trim_end_matches([' ', '\t', '\r', '\n']), at: 0 }
    }

    /// The byte of the answer that is read next.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// What is still to be read.
    pub(super) fn rest(&self) -> &'a str {
        &self.answer[self.at..]
    }

    /// Whether everything has been read.
    pub(super) fn is_done(&self) -> bool {
        self.at == self.answer.len()
    }

    /// Whether the line has been read to its end.
    pub(super) fn at_line_end(&self) -> bool {
        self.is_done() || self.rest().starts_with('\n')
    }

    /// The error `message` at this byte.
    pub(super) fn fail<T>(&self, message: &'static str) -> Result<T, ParseError> {
        Err(ParseError { at: self.at, message })
    }

    /// Reads `literal` if it comes next.
    pub(super) fn eat(&mut self, literal: &str) -> bool {
        let found = self.rest().starts_with(literal);
        if found {
            self.at += literal.len();
        }
        found
    }

    /// Reads `literal`, or fails with `message`.
    pub(super) fn expect(
        &mut self,
        literal: &str,
        message: &'static str,
    ) -> Result<(), ParseError> {
        if self.eat(literal) { Ok(()) } else { self.fail(message) }
    }

    /// Reads white space and then `literal`, if that comes next, as between the tokens of JSON.
    pub(super) fn eat_token(&mut self, literal: &str) -> bool {
        let white = self.rest().trim_start_matches([' ', '\t', '\r', '\n']);
        let found = white.starts_with(literal);
        if found {
            self.at = self.answer.len() - white.len() + literal.len();
        }
        found
    }

    /// Reads white space and then `literal`, or fails with `message`.
    pub(super) fn expect_token(
        &mut self,
        literal: &str,
        message: &'static str,
    ) -> Result<(), ParseError> {
        if self.eat_token(literal) { Ok(()) } else { self.fail(message) }
    }

    /// Goes to the next line; `false` at the end of the answer.
    pub(super) fn next_line(&mut self) -> Result<bool, ParseError> {
        if self.is_done() {
            return Ok(false);
        }
        self.expect("\n", "more on the line than there should be")?;
        Ok(true)
    }

    /// Reads `literal` if it is the rest of the line.
    pub(super) fn eat_line(&mut self, literal: &str) -> bool {
        let later = self.rest().strip_prefix(literal);
        let found = later.is_some_and(|later| later.is_empty() || later.starts_with('\n'));
        found && self.eat(literal)
    }

    /// Fails unless everything has been read.
    pub(super) fn end(&self) -> Result<(), ParseError> {
        if self.is_done() { Ok(()) } else { self.fail("more than there should be") }
    }

    /// Reads the name of a type that `after` follows, or the end of the line if `after` is empty; `after`
    /// itself is not read. One name can begin with another, so what follows decides.
    pub(super) fn kind(&mut self, types: &[String], after: &str) -> Result<usize, ParseError> {
        let rest = self.rest();
        let found = types.iter().position(|name| {
            rest.strip_prefix(name.as_str()).is_some_and(|later| match after {
                "" => later.is_empty() || later.starts_with('\n'),
                after => later.starts_with(after),
            })
        });
        match found {
            Some(kind) => {
                self.at += types[kind].len();
                Ok(kind)
            }
            None => self.fail("not a type that was asked for"),
        }
    }

    /// Reads one character.
    pub(super) fn character(&mut self, escape: Escape) -> Result<char, ParseError> {
        match escape.read(self.rest()) {
            Ok((character, length)) => {
                self.at += length;
                Ok(character)
            }
            Err(message) => self.fail(message),
        }
    }

    /// Reads a mention: characters up to where `stop` holds of the rest, or to the end of the answer.
    pub(super) fn text(
        &mut self,
        escape: Escape,
        stop: impl Fn(&str) -> bool,
    ) -> Result<Written, ParseError> {
        let start = self.at;
        let mut text = String::new();
        while !self.is_done() && !stop(self.rest()) {
            text.push(self.character(escape)?);
        }
        if text.is_empty() {
            return self.fail("an empty mention");
        }
        Ok(Written { text, range: start..self.at })
    }

    /// Reads a mention and the quote that ends it, after the quote that begins it. The range is what
    /// stands between the quotes.
    pub(super) fn quoted(&mut self, escape: Escape) -> Result<Written, ParseError> {
        let doubled = escape == Escape::Csv;
        let written = self
            .text(escape, |rest| rest.starts_with('"') && !(doubled && rest.starts_with("\"\"")))?;
        self.expect("\"", "a quote that is not closed")?;
        Ok(written)
    }
}
