//! BioC's documents, as its XML and its JSON both have them: passages with offsets in code points, and
//! annotations in them.

use serde_json::{Map, Value, json};

use crate::document::{check_pieces, renamed, span_of};
use crate::problem::{Problem, code};
use crate::text::rounded;
use crate::{Attributes, ByteSpan, Document, Entity, Offsets, Passage, Unit};

/// The most characters between two passages that are kept as line breaks.
const MAX_GAP: usize = 1000;

#[derive(Debug, Default)]
pub(crate) struct BiocDocument {
    pub id: String,
    pub infons: Map<String, Value>,
    pub passages: Vec<BiocPassage>,
    /// Annotations that stand in the document rather than in a passage, with offsets in the document.
    pub annotations: Vec<BiocAnnotation>,
}

#[derive(Debug, Default)]
pub(crate) struct BiocPassage {
    pub infons: Map<String, Value>,
    /// In code points, from the beginning of the document.
    pub offset: usize,
    pub text: String,
    pub annotations: Vec<BiocAnnotation>,
    /// Sentences, each with text and annotations of its own. A passage has a text or sentences.
    pub sentences: Vec<BiocPassage>,
    /// The line it begins in, where it is known.
    pub line: Option<usize>,
}

#[derive(Debug, Default)]
pub(crate) struct BiocAnnotation {
    pub id: String,
    pub infons: Map<String, Value>,
    /// Offset and length of each fragment.
    pub locations: Vec<(usize, usize)>,
    pub text: String,
    pub line: Option<usize>,
}

impl BiocDocument {
    /// The document, and what is wrong with it. The characters between two passages, of which the file
    /// tells only the number, are line breaks.
    pub fn read(self) -> (Document, Vec<Problem>) {
        let mut document = Document::new(self.id, "");
        document.extra = self.infons;
        let mut problems = Vec::new();
        // Annotations, with what their offsets count from: in the file and in the text.
        let mut waiting: Vec<(BiocAnnotation, usize, usize)> = Vec::new();
        let mut points = 0;
        for passage in self.passages {
            let kind = kind_of(&passage.infons).unwrap_or("text").to_owned();
            let begin = document.text.len();
            let mut start = None;
            let sentences = passage.text.is_empty() && !passage.sentences.is_empty();
            let parts = if sentences {
                let mut parts = passage.sentences;
                if let Some(first) = parts.first_mut() {
                    first.annotations.extend(passage.annotations);
                }
                parts
            } else {
                vec![passage]
            };
            for part in parts {
                let gap = part.offset.checked_sub(points).filter(|&gap| gap <= MAX_GAP);
                let first = document.text.is_empty() && points == 0;
                let gap = gap.unwrap_or_else(|| {
                    let message = format!(
                        "document {:?}: a passage says that it begins at {}, but {points} characters \
                         come before it",
                        document.id, part.offset
                    );
                    let line = part.line;
                    problems.push(Problem { line, ..Problem::new(code::OFFSETS, message) });
                    usize::from(!first)
                });
                document.text.extend(std::iter::repeat_n('\n', gap));
                points += gap;
                start.get_or_insert(document.text.len());
                let annotations = part.annotations.into_iter();
                waiting.extend(annotations.map(|found| (found, part.offset, points)));
                document.text.push_str(&part.text);
                points += part.text.chars().count();
            }
            let span = ByteSpan::new(start.unwrap_or(begin), document.text.len());
            document.passages.push(Passage { span, kind });
        }
        waiting.extend(self.annotations.into_iter().map(|found| (found, 0, 0)));
        document.title_end = title_end(&document);
        let offsets = Offsets::new(&document.text, Unit::CodePoint);
        for (found, from, to) in waiting {
            match entity(&document.text, &offsets, found, from, to) {
                Ok(entity) => document.entities.push(entity),
                Err(problem) => {
                    let message = format!("document {:?}: {}", document.id, problem.message);
                    problems.push(Problem { message, ..problem });
                }
            }
        }
        document.entities.sort_by_key(|entity| entity.span.start);
        drop_plain_passages(&mut document);
        (document, problems)
    }

    /// A document in BioC's shape.
    pub fn write(document: &Document) -> BiocDocument {
        let text = &document.text;
        let offsets = Offsets::new(text, Unit::CodePoint);
        let passages = passages(document);
        let mut written: Vec<BiocPassage> = passages
            .iter()
            .map(|passage| BiocPassage {
                infons: Map::from_iter([("type".to_owned(), json!(passage.kind))]),
                offset: offsets.of(passage.span.start),
                text: passage.span.slice(text).to_owned(),
                ..BiocPassage::default()
            })
            .collect();
        let mut number = 0;
        for entity in &document.entities {
            let after = passages.partition_point(|passage| passage.span.end <= entity.span.start);
            let Some(home) = written.get_mut(after) else { continue };
            // What lies in several passages has a location in each.
            let locations: Vec<ByteSpan> = entity
                .pieces()
                .iter()
                .flat_map(|piece| {
                    let touched = passages.iter().skip(after);
                    touched
                        .take_while(|passage| passage.span.start < piece.end)
                        .map(|passage| {
                            let start = piece.start.max(passage.span.start);
                            ByteSpan::new(start, piece.end.min(passage.span.end).max(start))
                        })
                        .filter(|location| !location.is_empty())
                        .collect::<Vec<_>>()
                })
                .collect();
            if locations.is_empty() {
                continue;
            }
            let mut infons = Map::new();
            infons.insert("type".into(), json!(entity.kind));
            if let Some(id) = &entity.id {
                infons.insert("identifier".into(), json!(id));
            }
            if let Some(score) = entity.score {
                infons.insert("score".into(), json!(rounded(score)));
            }
            for (name, value) in entity.attributes.known() {
                infons.insert(name.into(), json!(value));
            }
            let extra: Map<String, Value> = entity.extra.iter().filter_map(plain_infon).collect();
            let own: Vec<String> = infons.keys().cloned().collect();
            infons.extend(renamed(&extra, &own).map(|(name, value)| (name, value.clone())));
            number += 1;
            let pieces: Vec<&str> = locations.iter().map(|span| span.slice(text)).collect();
            home.annotations.push(BiocAnnotation {
                id: number.to_string(),
                infons,
                text: pieces.join(" "),
                locations: locations
                    .iter()
                    .map(|span| {
                        let start = offsets.of(span.start);
                        (start, offsets.of(span.end) - start)
                    })
                    .collect(),
                line: None,
            });
        }
        BiocDocument {
            id: document.id.clone(),
            infons: document.extra.iter().filter_map(plain_infon).collect(),
            passages: written,
            annotations: Vec::new(),
        }
    }
}

/// Where the title ends, if the first passage is one and the next begins one character after it.
pub(crate) fn title_end(document: &Document) -> Option<usize> {
    let (first, rest) = document.passages.split_first()?;
    let is_title = first.kind == "title"
        && first.span.start == 0
        && rest.first().is_none_or(|next| next.span.start == first.span.end + 1);
    is_title.then_some(first.span.end)
}

/// Takes passages away that say nothing: one of the whole text, and a title and an abstract, which the
/// title's end says.
pub(crate) fn drop_plain_passages(document: &mut Document) {
    let plain = document.title_end.is_some()
        && match document.passages.as_slice() {
            [_] => true,
            [_, rest] => rest.kind == "abstract" && rest.span.end == document.text.len(),
            _ => false,
        };
    let whole = matches!(document.passages.as_slice(),
        [only] if only.kind == "text" && only.span == ByteSpan::new(0, document.text.len()));
    if plain || whole {
        document.passages.clear();
    }
}

/// The type that infons name: as the format's own files do, or as PubMed Central's.
fn kind_of(infons: &Map<String, Value>) -> Option<&str> {
    infons.get("type").or_else(|| infons.get("section_type")).and_then(Value::as_str)
}

/// A field that an infon can hold.
fn plain_infon((name, value): (&String, &Value)) -> Option<(String, Value)> {
    let plain = value.is_string() || value.is_number() || value.is_boolean();
    (plain && name != "name").then(|| (name.clone(), value.clone()))
}

/// The passages that the text is cut into: those it has, and what lies between them unless it is white
/// space; or title and rest; or all of it.
pub(crate) fn passages(document: &Document) -> Vec<Passage> {
    let text = &document.text;
    let whole = ByteSpan::new(0, text.len());
    let passage = |span, kind: &str| Passage { span, kind: kind.to_owned() };
    if document.passages.is_empty() {
        if document.title_end.is_none() {
            return vec![passage(whole, "text")];
        }
        let (title, rest) = document.title_and_rest();
        let mut passages = vec![passage(title, "title")];
        if !rest.is_empty() || rest.start > title.end {
            passages.push(passage(rest, "abstract"));
        }
        return passages;
    }
    let mut given = document.passages.clone();
    given.sort_unstable_by_key(|passage| (passage.span.start, passage.span.end));
    let mut passages: Vec<Passage> = Vec::new();
    let mut from = 0;
    for Passage { span, kind } in given {
        if span.start < from || span.end > text.len() {
            continue; // within one that was written
        }
        if !text[from..span.start].trim().is_empty() {
            passages.push(passage(ByteSpan::new(from, span.start), "text"));
        }
        passages.push(Passage { span, kind });
        from = span.end;
    }
    if !text[from..].trim().is_empty() {
        passages.push(passage(ByteSpan::new(from, text.len()), "text"));
    }
    passages
}

/// An annotation whose offsets count from `from` in the file and from `to` in the text.
fn entity(
    text: &str,
    offsets: &Offsets,
    found: BiocAnnotation,
    from: usize,
    to: usize,
) -> Result<Entity, Problem> {
    let name = found.id;
    let located = |problem: Problem| Problem {
        line: found.line,
        message: format!("annotation {name:?}: {}", problem.message),
        ..problem
    };
    let refuse = |code, message: &str| Err(located(Problem::new(code, message)));
    if found.locations.is_empty() {
        return refuse(code::MISSING, "it has no location");
    }
    let mut pieces = Vec::new();
    for (offset, length) in found.locations {
        let start = offset.checked_sub(from).and_then(|inside| inside.checked_add(to));
        let end = start.and_then(|start| start.checked_add(length));
        let (Some(start), Some(end)) = (start, end) else {
            return refuse(code::OFFSETS, "its offset lies before its passage");
        };
        pieces.push(span_of(text, offsets, start, end).map_err(located)?);
    }
    if !found.text.is_empty() {
        check_pieces(text, &pieces, &found.text).map_err(located)?;
    }
    let mut infons = found.infons;
    let Some(kind) = kind_of(&infons).map(str::to_owned) else {
        return refuse(code::MISSING, "it has no type");
    };
    infons.shift_remove("type");
    let mut entity = Entity::new(pieces[0], kind);
    entity.set_pieces(text, pieces);
    entity.score = match infons.shift_remove("score") {
        Some(Value::String(score)) => score.parse().ok(),
        Some(other) => other.as_f64(),
        None => None,
    };
    let id = ["identifier", "Identifier"].iter().find_map(|name| infons.shift_remove(*name));
    entity.id = match id {
        Some(Value::String(id)) if !id.is_empty() && id != "-" => Some(id),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    entity.attributes = Attributes::take(&mut infons);
    infons.retain(|_, value| !value.is_null());
    entity.extra = infons;
    Ok(entity)
}
