//! brat standoff: a text, and beside it a file of annotations, `T1<TAB>Type start end<TAB>text`.
//!
//! Offsets count code points. A mention over a line break is written in fragments, `4 10;11 17`, as brat
//! wants it; its text is the fragments with a space between. The text is written with LF as its only
//! line end, and offsets match that text: brat counts a CR, readers in Python do not. Type names are
//! single words. An identifier `MESH:D003924` becomes a normalization, `N1<TAB>Reference T1 MESH:D003924`;
//! one without a vocabulary becomes a note. What is said of a mention becomes an attribute,
//! `A1<TAB>Assertion T1 absent`. Relations, events, other attributes and other notes are not read.

use std::collections::HashMap;
use std::fmt::Write;

use crate::decode::as_texts;
use crate::document::{check_pieces, span_of};
use crate::lines::Lines;
use crate::problem::{Problem, code};
use crate::text::{Distinct, Kept, breaks_line, is_blank, one_line};
use crate::{ByteSpan, Document, Entity, Offsets, Unit};

/// Reads a text and its annotations. What is wrong with an annotation is told, and the rest is kept.
pub fn read(id: &str, text: &str, annotations: &str) -> (Document, Vec<Problem>) {
    let mut document = Document::new(id, text.strip_prefix('\u{feff}').unwrap_or(text));
    let mut problems = Vec::new();
    let offsets = Offsets::new(&document.text, Unit::CodePoint);
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for line in Lines::new(annotations.as_bytes()) {
        let (number, line) = match line {
            Ok(line) => (line.number, line.text),
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let read = match line.chars().next() {
            Some('T') => mention(&document.text, &offsets, &line).map(|(name, entity)| {
                by_name.insert(name, document.entities.len());
                document.entities.push(entity);
            }),
            Some('N') => {
                identifier(&line, &by_name, &mut document.entities);
                Ok(())
            }
            Some('A' | 'M') => {
                attribute(&line, &by_name, &mut document.entities);
                Ok(())
            }
            Some('R' | 'E' | '#' | '*') | None => Ok(()),
            _ if line.chars().all(is_blank) => Ok(()),
            _ => Err(Problem::new(code::SYNTAX, "the line is no annotation")),
        };
        problems.extend(read.err().map(|problem| Problem { line: Some(number), ..problem }));
    }
    (document, problems)
}

/// `T1<TAB>Type 4 10;11 17<TAB>text`
fn mention(text: &str, offsets: &Offsets, line: &str) -> Result<(String, Entity), Problem> {
    let columns: Vec<&str> = line.splitn(3, '\t').collect();
    let &[name, place, stated] = columns.as_slice() else {
        let message = format!("{} columns; a mention has three", columns.len());
        return Err(Problem::new(code::COLUMNS, message));
    };
    let (kind, places) = place.trim().split_once(char::is_whitespace).ok_or_else(|| {
        Problem::new(code::SYNTAX, format!("{place:?} is not a type and offsets"))
    })?;
    let mut pieces = Vec::new();
    for fragment in places.split(';') {
        let numbers: Option<Vec<usize>> =
            fragment.split_whitespace().map(|number| number.parse().ok()).collect();
        let Some(&[start, end]) = numbers.as_deref() else {
            let message = format!("{fragment:?} is not a pair of offsets");
            return Err(Problem::new(code::OFFSETS, message));
        };
        pieces.push(span_of(text, offsets, start, end)?);
    }
    check_pieces(text, &pieces, stated)?;
    let mut entity = Entity::new(pieces[0], kind);
    entity.set_pieces(text, pieces);
    Ok((name.to_owned(), entity))
}

/// `N1<TAB>Reference T1 MESH:D003924<TAB>name`. The first one of a mention counts.
fn identifier(line: &str, by_name: &HashMap<String, usize>, entities: &mut [Entity]) {
    let place = line.split('\t').nth(1).unwrap_or_default();
    let words: Vec<&str> = place.split_whitespace().collect();
    if let ["Reference", name, id] = words.as_slice()
        && let Some(&index) = by_name.get(*name)
    {
        entities[index].id.get_or_insert_with(|| (*id).to_owned());
    }
}

/// `A1<TAB>Assertion T1 absent`. Attributes that have other names, or no value, are not known.
fn attribute(line: &str, by_name: &HashMap<String, usize>, entities: &mut [Entity]) {
    let place = line.split('\t').nth(1).unwrap_or_default();
    let words: Vec<&str> = place.split_whitespace().collect();
    if let [kind, name, value] = words.as_slice()
        && let Some(&index) = by_name.get(*name)
    {
        entities[index].attributes.set(&kind.to_lowercase(), *value);
    }
}

/// The text and the annotations of a document, as its two files hold them. Where control characters would make
/// them no texts, they are U+FFFD.
pub fn write(document: &Document) -> (String, String) {
    let source = &document.text;
    let mut text = String::with_capacity(source.len());
    let mut kept = Kept::new(source);
    let mut points = 0;
    let mut from = 0;
    for (at, _) in source.match_indices("\r\n") {
        kept.push(ByteSpan::new(from, at), points);
        points += source[from..at].chars().count();
        text.push_str(&source[from..at]);
        from = at + 1;
    }
    kept.push(ByteSpan::new(from, source.len()), points);
    text.push_str(&source[from..]);
    let text = text.replace('\r', "\n");
    let mut annotations = String::new();
    let (mut identifiers, mut attributes) = (0, 0);
    let mut number = 0;
    for entity in &document.entities {
        let pieces: Vec<ByteSpan> =
            entity.pieces().iter().flat_map(|&piece| whole_lines(source, piece)).collect();
        let places: Vec<String> = pieces
            .iter()
            .filter_map(|&piece| kept.place(piece))
            .map(|(start, end)| format!("{start} {end}"))
            .collect();
        if places.is_empty() {
            continue;
        }
        number += 1;
        let mention: Vec<&str> = pieces.iter().map(|piece| piece.slice(source)).collect();
        let (kind, places) = (type_name(&entity.kind), places.join(";"));
        let _ = writeln!(annotations, "T{number}\t{kind} {places}\t{}", mention.join(" "));
        if let Some(id) = &entity.id {
            identifiers += 1;
            let _ = if is_reference(id) {
                let mention = mention.join(" ");
                writeln!(annotations, "N{identifiers}\tReference T{number} {id}\t{mention}")
            } else {
                let id = one_line(id);
                writeln!(annotations, "#{identifiers}\tAnnotatorNotes T{number}\t{id}")
            };
        }
        for (name, value) in entity.attributes.known() {
            attributes += 1;
            let (name, value) = (capitalized(name), type_name(value));
            let _ = writeln!(annotations, "A{attributes}\t{name} T{number} {value}");
        }
    }
    let [text, annotations] = as_texts([text, annotations]);
    (text, annotations)
}

/// Names for the files of documents, without their suffixes.
#[derive(Default)]
pub struct Names(Distinct);

impl Names {
    /// The next document's: from its name or its id, and no other document's.
    pub fn next(&mut self, document: &Document) -> String {
        let name = document.field("name").unwrap_or(&document.id);
        let stem = [".txt", ".text", ".TXT"]
            .iter()
            .find_map(|suffix| name.strip_suffix(suffix))
            .unwrap_or(name);
        let forbidden = |c: char| c.is_control() || "\\/:*?\"<>|".contains(c) || breaks_line(c);
        let safe: String = stem.chars().map(|c| if forbidden(c) { '_' } else { c }).collect();
        let safe = safe.trim_matches(is_blank);
        let hidden = safe.trim_start_matches('.');
        let safe = if hidden.len() < safe.len() { format!("_{hidden}") } else { safe.to_owned() };
        self.0.name(if safe.is_empty() { "document" } else { &safe })
    }
}

/// The parts of a mention that are on one line, without the white space around them.
fn whole_lines(text: &str, span: ByteSpan) -> Vec<ByteSpan> {
    let mut parts = Vec::new();
    let mut from = span.start;
    for part in span.slice(text).split(breaks_line) {
        let kept = part.trim_matches(is_blank);
        if !kept.is_empty() {
            let start = from + part.len() - part.trim_start_matches(is_blank).len();
            parts.push(ByteSpan::new(start, start + kept.len()));
        }
        from += part.len();
        from += text[from..].chars().next().map_or(0, char::len_utf8);
    }
    parts
}

/// The name of an attribute, as brat's own are written.
fn capitalized(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}

/// A type's name, or a value, as a single word.
fn type_name(kind: &str) -> String {
    let mut name = String::with_capacity(kind.len());
    for character in kind.chars() {
        let plain = character.is_alphanumeric() || matches!(character, '_' | '-');
        match character {
            _ if plain => name.push(character),
            _ if name.ends_with('_') => {}
            _ => name.push('_'),
        }
    }
    if name.is_empty() { "_".to_owned() } else { name }
}

fn is_reference(id: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || "._-".contains(c))
    };
    id.split_once(':').is_some_and(|(vocabulary, id)| plain(vocabulary) && plain(id))
}
