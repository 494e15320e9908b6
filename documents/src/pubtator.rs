//! PubTator: `ID|t|title`, `ID|a|abstract`, then a line an annotation, and an empty line.
//!
//! An annotation has six columns: id, start, end, text, type, identifier. Offsets count code points
//! through the title, one character, and the abstract. A seventh column, which composite mentions have,
//! is read over; an annotation of five columns is read, and none is written: some readers take five for
//! a relation. Relations are not read.

use std::io::{self, BufRead, Write};

use crate::document::{check_stated, span_of};
use crate::lines::{Line, Lines};
use crate::problem::{Problem, code};
use crate::text::{Distinct, Kept, is_blank, one_line};
use crate::{ByteSpan, Document, Entity, Offsets, Unit};

/// Reads the documents of a PubTator file one after the other. A document whose id came before is a
/// document of its own.
pub struct Reader<R> {
    lines: Lines<R>,
    current: Option<Block>,
    ready: std::collections::VecDeque<Result<Document, Problem>>,
}

/// The lines of a document so far.
struct Block {
    id: String,
    title: Option<String>,
    rest: Option<String>,
    /// Annotations, with the number of their line; read when title and abstract are known.
    annotations: Vec<(usize, String)>,
}

impl<R: BufRead> Reader<R> {
    /// Reads from the beginning of a file.
    pub fn new(input: R) -> Self {
        Reader { lines: Lines::new(input), current: None, ready: Default::default() }
    }

    fn take(&mut self, Line { number, text }: Line) {
        // An empty line ends a document whose parts are all there; some files have empty lines within one.
        if text.chars().all(is_blank) {
            return;
        }
        if let Some((id, part, content)) = text_line(&text) {
            let id = id.trim();
            let continues = self.current.as_ref().is_some_and(|block| {
                let free = if part == 't' { &block.title } else { &block.rest };
                block.id == id && free.is_none() && block.annotations.is_empty()
            });
            if !continues {
                self.flush();
            }
            let block = self.current.get_or_insert_with(|| Block {
                id: id.to_owned(),
                title: None,
                rest: None,
                annotations: Vec::new(),
            });
            let place = if part == 't' { &mut block.title } else { &mut block.rest };
            *place = Some(content.to_owned());
            return;
        }
        let id = text.split('\t').next().unwrap_or_default().trim();
        match &mut self.current {
            Some(block) if block.id == id && text.contains('\t') => {
                block.annotations.push((number, text));
            }
            Some(block) if text.contains('\t') => {
                let message = format!("an annotation of {id:?} among those of {:?}", block.id);
                let problem = Problem::at(number, code::SYNTAX, message).of_annotation();
                self.ready.push_back(Err(problem));
            }
            _ if text.contains('\t') => {
                let message = "an annotation without its title or abstract";
                self.ready.push_back(Err(Problem::at(number, code::SYNTAX, message)));
            }
            _ => {
                let message = "neither a title, nor an abstract, nor an annotation";
                self.ready.push_back(Err(Problem::at(number, code::SYNTAX, message)));
            }
        }
    }

    /// The document is complete.
    fn flush(&mut self) {
        let Some(block) = self.current.take() else { return };
        let title = block.title.unwrap_or_default();
        let mut document =
            Document::titled(block.id, &title, block.rest.as_deref().unwrap_or_default());
        let offsets = Offsets::new(&document.text, Unit::CodePoint);
        let mut problems = Vec::new();
        for (number, line) in block.annotations {
            match annotation(&document.text, &offsets, &line) {
                Ok(Some(entity)) => document.entities.push(entity),
                Ok(None) => {}
                Err(problem) => {
                    let problem = Problem { line: Some(number), ..problem };
                    problems.push(Err(problem.of_annotation()));
                }
            }
        }
        self.ready.push_back(Ok(document));
        self.ready.extend(problems);
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            match self.lines.next() {
                Some(Ok(line)) => self.take(line),
                Some(Err(problem)) => return Some(Err(problem)),
                None => {
                    self.flush();
                    return self.ready.pop_front();
                }
            }
        }
    }
}

/// The id, part and content of `ID|t|…` and `ID|a|…`.
fn text_line(line: &str) -> Option<(&str, char, &str)> {
    let (id, after) = line.split_once('|')?;
    let (part, content) = after.split_once('|')?;
    let part = match part {
        "t" => 't',
        "a" => 'a',
        _ => return None,
    };
    (!id.trim().is_empty() && !id.contains('\t')).then_some((id, part, content))
}

/// Whether a file begins as PubTator files do.
pub(crate) fn looks_like(text: &str) -> bool {
    let line = text.trim_start_matches(|c| is_blank(c) || c == '\u{feff}').lines().next();
    let id = line.and_then(text_line).map(|(id, _, _)| id);
    id.is_some_and(|id| !id.contains(char::is_whitespace))
}

/// The annotation of a line; `None` for a relation.
fn annotation(text: &str, offsets: &Offsets, line: &str) -> Result<Option<Entity>, Problem> {
    let columns: Vec<&str> = line.split('\t').collect();
    let Some(first) = columns.get(1) else { return Ok(None) };
    // A relation has its name where an annotation has a number. It has four columns, or five.
    if first.trim().starts_with(char::is_alphabetic) && matches!(columns.len(), 4 | 5) {
        return Ok(None);
    }
    let (&[_, start, end, stated, kind], more) =
        columns.split_first_chunk::<5>().filter(|(_, more)| more.len() <= 2).ok_or_else(|| {
            let message = format!("{} columns; an annotation has six", columns.len());
            Problem::new(code::COLUMNS, message)
        })?;
    let number = |column: &str| {
        column
            .trim()
            .parse::<usize>()
            .map_err(|_| Problem::new(code::OFFSETS, format!("{column:?} is not an offset")))
    };
    let span = span_of(text, offsets, number(start)?, number(end)?)?;
    check_stated(span.slice(text), stated)?;
    let kind = kind.trim();
    if kind.is_empty() {
        return Err(Problem::new(code::MISSING, "the annotation has no type"));
    }
    let mut entity = Entity::new(span, kind);
    let id = more.first().map_or("", |id| id.trim());
    entity.id = (!id.is_empty() && id != "-").then(|| id.to_owned());
    Ok(Some(entity))
}

/// How many documents with one number are told apart by zeros in front of it.
const MAX_ZEROS: u32 = 10;

/// Writes documents one after the other, an empty line after each.
///
/// Title and abstract are written without the white space around them, and offsets match what is
/// written. Characters that would end a line or a column become spaces, one for one. Ids have `_` for
/// characters that would break the file. Documents with one id are told apart: `101`, `0101`, `00101`, which
/// stay the same number for readers that take it for one, and `note`, `note-2`.
#[derive(Default)]
pub struct Writer {
    ids: Distinct,
    written: usize,
}

impl Writer {
    /// Writes one document.
    pub fn document(&mut self, document: &Document, out: &mut dyn Write) -> io::Result<()> {
        self.written += 1;
        let id = file_id(document, self.written);
        let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
        let id = self.ids.name_by(&id, |times| match times {
            2..=MAX_ZEROS if is_number => format!("{}{id}", "0".repeat(times as usize - 1)),
            _ => format!("{id}-{times}"),
        });
        let (title, rest) = document.title_and_rest();
        let [title, rest] = [title, rest].map(|span| trimmed(&document.text, span));
        let written = [title, rest].map(|span| one_line(span.slice(&document.text)));
        writeln!(out, "{id}|t|{}\n{id}|a|{}", written[0], written[1])?;
        let written = written.join(" ");
        let offsets = Offsets::new(&written, Unit::CodePoint);
        let mut kept = Kept::new(&document.text);
        kept.push(title, 0);
        kept.push(rest, document.text[..title.end][title.start..].chars().count() + 1);
        for entity in &document.entities {
            let Some((start, end)) = kept.place(entity.span) else { continue };
            let Ok(span) = span_of(&written, &offsets, start, end) else { continue };
            let mention = span.slice(&written);
            let kind = column(&entity.kind);
            let vocabulary = entity.id.as_deref().map_or("-".to_owned(), column);
            writeln!(out, "{id}\t{start}\t{end}\t{mention}\t{kind}\t{vocabulary}")?;
        }
        writeln!(out)
    }
}

/// What stands in a column: never nothing.
fn column(value: &str) -> String {
    let value = one_line(value);
    let value = value.trim_matches(is_blank);
    if value.is_empty() { "-".to_owned() } else { value.to_owned() }
}

fn trimmed(text: &str, span: ByteSpan) -> ByteSpan {
    let part = span.slice(text);
    let kept = part.trim_matches(is_blank);
    if kept.is_empty() {
        return ByteSpan::new(span.start, span.start);
    }
    let start = span.start + part.len() - part.trim_start_matches(is_blank).len();
    ByteSpan::new(start, start + kept.len())
}

/// The document's id. One that is only the name of its file is the number that this begins with, if it
/// does; one that has none, which document of the file it is.
fn file_id(document: &Document, number: usize) -> String {
    let stem = document.id.split('.').next().unwrap_or_default();
    if !stem.is_empty()
        && stem.bytes().all(|byte| byte.is_ascii_digit())
        && document.field("name") == Some(&document.id)
    {
        return stem.to_owned();
    }
    let breaks = |c: char| is_blank(c) || c == '|' || c.is_control();
    let parts: Vec<&str> = document.id.split(breaks).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { number.to_string() } else { parts.join("_") }
}
