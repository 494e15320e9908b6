//! The documents of a JSON file, one at a time and without the file in memory: an array of objects, an
//! object with an array `documents` (or `PubTator3`, as that service names it), an array of such objects,
//! one object, or any number of these one after the other.

use std::io::BufRead;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::json::is_integer;
use crate::lines::Counted;
use crate::names::{IDS, plain};
use crate::problem::{Problem, code};

const BROKEN: &str = "the JSON is broken, and is not read on";

/// The keys under which a collection has its documents.
pub(crate) const COLLECTIONS: [&str; 2] = ["documents", "PubTator3"];

/// What a document has and a collection has not. In an array, what has one of these first is a document,
/// though it may have a field of the name, too.
const OF_DOCUMENTS: [&str; 6] = ["text", "note_text", "title", "abstract", "passages", "data"];

/// The documents of a file, as JSON.
pub(crate) struct Objects<R> {
    input: Counted<R>,
    state: State,
    /// Whether an array is open around the objects.
    listed: bool,
}

enum State {
    Between,
    /// In an array of documents; whether in an object too.
    InArray {
        first: bool,
        inside: bool,
    },
    /// After the array of documents, in an object.
    AfterArray,
    Ended,
}

impl<R: BufRead> Objects<R> {
    pub fn new(input: R) -> Self {
        let mut input = Counted::new(input);
        // A byte order mark. A file that cannot be read fails again below, where it can be told.
        if input.fill_buf().is_ok_and(|start| start.starts_with(b"\xef\xbb\xbf")) {
            input.consume(3);
        }
        Objects { input, state: State::Between, listed: false }
    }

    /// The next document, and the line it begins on.
    fn read(&mut self) -> Result<Option<(usize, Value)>, Problem> {
        loop {
            match self.state {
                State::Ended => return Ok(None),
                State::Between => match skip_blank(&mut self.input)? {
                    None => self.state = State::Ended,
                    Some(b'[') => {
                        self.input.consume(1);
                        self.listed = true;
                        self.state = State::InArray { first: true, inside: false };
                    }
                    Some(b'{') => {
                        self.input.consume(1);
                        let line = self.input.line;
                        if let Some(members) = self.members()?.filter(|found| !found.is_empty()) {
                            return Ok(Some((line, Value::Object(members))));
                        }
                    }
                    Some(_) => return Err(self.syntax("neither an object nor an array")),
                },
                State::InArray { first, inside } => {
                    let mut next = skip_blank(&mut self.input)?;
                    if next == Some(b']') {
                        self.input.consume(1);
                        self.listed &= inside;
                        self.state = if inside { State::AfterArray } else { State::Between };
                        continue;
                    }
                    if !first {
                        self.expect(b',')?;
                        next = skip_blank(&mut self.input)?;
                    }
                    self.state = State::InArray { first: false, inside };
                    let line = self.input.line;
                    if inside || next != Some(b'{') {
                        return self.value(false).map(|value| Some((line, value)));
                    }
                    self.input.consume(1);
                    if let Some(members) = self.members()? {
                        return Ok(Some((line, Value::Object(members))));
                    }
                }
                State::AfterArray => {
                    self.state = match self.listed {
                        true => State::InArray { first: false, inside: false },
                        false => State::Between,
                    };
                    match skip_blank(&mut self.input)? {
                        Some(b',') => {
                            self.input.consume(1);
                            // What comes after the documents says nothing about them.
                            self.members()?;
                        }
                        _ => self.expect(b'}')?,
                    }
                }
            }
        }
    }

    /// The members of an object; none if it has an array of documents, and then only as far as that.
    fn members(&mut self) -> Result<Option<Map<String, Value>>, Problem> {
        let mut members = Map::new();
        let mut first = true;
        loop {
            let next = skip_blank(&mut self.input)?;
            if next == Some(b'}') {
                self.input.consume(1);
                return Ok(Some(members));
            }
            if !first {
                self.expect(b',')?;
                skip_blank(&mut self.input)?;
            }
            first = false;
            let Value::String(key) = self.value(false)? else {
                return Err(self.syntax("a name that is no string"));
            };
            skip_blank(&mut self.input)?;
            self.expect(b':')?;
            let array = skip_blank(&mut self.input)? == Some(b'[');
            let is_document =
                || self.listed && OF_DOCUMENTS.iter().any(|name| members.contains_key(*name));
            if array && COLLECTIONS.contains(&key.as_str()) && !is_document() {
                self.input.consume(1);
                self.state = State::InArray { first: true, inside: true };
                return Ok(None);
            }
            let value = self.value(IDS.contains(&plain(&key).as_str()))?;
            members.insert(key, value);
        }
    }

    /// The next value. An id that is too large for a number is the text that it is written as.
    fn value(&mut self, is_id: bool) -> Result<Value, Problem> {
        let start = skip_blank(&mut self.input)?;
        if matches!(start, Some(b'{' | b'[' | b'"')) {
            // These end with a mark of their own, so that nothing behind them is read.
            let mut reader = serde_json::Deserializer::from_reader(&mut self.input);
            return Value::deserialize(&mut reader).map_err(|error| self.broken(&error));
        }
        let mut word = Vec::new();
        while let Some(byte) = peek(&mut self.input)? {
            if matches!(byte, b',' | b'}' | b']' | b':') || byte.is_ascii_whitespace() {
                break;
            }
            word.push(byte);
            self.input.consume(1);
        }
        let ended = peek(&mut self.input)?.is_none();
        let value: Value =
            serde_json::from_slice(&word).map_err(|error| match error.classify() {
                // The word is cut, but not the file.
                serde_json::error::Category::Eof if !ended => self.syntax("a value is missing"),
                _ => self.broken(&error),
            })?;
        let written = str::from_utf8(&word).ok().filter(|word| is_id && is_integer(word));
        Ok(written.filter(|_| value.is_f64()).map(Value::from).unwrap_or(value))
    }

    fn expect(&mut self, wanted: u8) -> Result<(), Problem> {
        match peek(&mut self.input)? {
            Some(byte) if byte == wanted => {
                self.input.consume(1);
                Ok(())
            }
            Some(_) => Err(self.syntax(&format!("{:?} is missing", char::from(wanted)))),
            None => {
                let message = "the file ends in the middle of its JSON";
                Err(Problem::at(self.input.line, code::TRUNCATED, message))
            }
        }
    }

    fn broken(&self, error: &serde_json::Error) -> Problem {
        let (code, message) = match error.classify() {
            serde_json::error::Category::Eof => {
                (code::TRUNCATED, "the file ends in the middle of its JSON".to_owned())
            }
            serde_json::error::Category::Io => (code::IO, error.to_string()),
            _ => {
                // Its place counts from the beginning of the value; the line is counted here.
                let message = error.to_string();
                let end = message.rfind(" at line ").unwrap_or(message.len());
                (code::SYNTAX, format!("{BROKEN}: {}", &message[..end]))
            }
        };
        Problem::at(self.input.line, code, message)
    }

    fn syntax(&self, what: &str) -> Problem {
        Problem::at(self.input.line, code::SYNTAX, format!("{BROKEN}: {what}"))
    }
}

impl<R: BufRead> Iterator for Objects<R> {
    type Item = Result<(usize, Value), Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let read = self.read();
        // After broken JSON nothing that follows can be understood.
        if read.is_err() {
            self.state = State::Ended;
        }
        read.transpose()
    }
}

fn peek(input: &mut impl BufRead) -> Result<Option<u8>, Problem> {
    let bytes = input.fill_buf().map_err(|error| Problem::io(&error))?;
    Ok(bytes.first().copied())
}

fn skip_blank(input: &mut impl BufRead) -> Result<Option<u8>, Problem> {
    loop {
        match peek(input)? {
            Some(byte) if byte.is_ascii_whitespace() => input.consume(1),
            other => return Ok(other),
        }
    }
}
