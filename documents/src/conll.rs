//! CoNLL: a token a line, with its tag in IOB2 behind a tab; an empty line after a sentence, and before
//! each document a line `-DOCSTART-`.
//!
//! A token is a run of letters and digits, with the marks that combine with them, or one symbol: the
//! pieces that the model's mentions are made of. A sentence ends at a line break and at a stop, question
//! or exclamation mark that white space and no small letter follow; never within an entity. A token has
//! one tag. So where entities overlap, the one that starts first is written, of those the longest; of a
//! discontinuous one, all from its first fragment to its last. An entity that begins or ends within a
//! token cuts the token there. Spaces are not in the format: read back, tokens have one space between
//! them.

mod looks;

use std::io::{self, BufRead, Write};

use crate::character::is_combining;
use crate::lines::Lines;
use crate::problem::{Problem, code};
use crate::text::is_blank;
use crate::{ByteSpan, Document, Entity};

pub(crate) use self::looks::looks_like;

/// What begins a document, here and in the corpora of CoNLL.
const BEGIN: &str = "-DOCSTART-";

/// What begins an abstract in the corpora of JNLPBA; its number follows.
const ABSTRACT: &str = "###MEDLINE:";

/// The type of entities whose tags have none, `B` and `I`.
const UNNAMED: &str = "Entity";

/// Writes a document.
pub(crate) fn write(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let text = &document.text;
    let entities = flat(&document.entities);
    writeln!(out, "{BEGIN}\tO\n")?;
    let mut next = 0;
    let mut open = false;
    let mut previous: Option<ByteSpan> = None;
    for token in tokens(text, &entities) {
        while entities.get(next).is_some_and(|entity| entity.span.end <= token.start) {
            next += 1;
        }
        let entity = entities.get(next).filter(|entity| entity.span.start <= token.start);
        let begins = entity.is_none_or(|entity| entity.span.start >= token.start)
            || previous.is_none_or(|previous| previous.end <= entities[next].span.start);
        let ends_sentence = previous.is_some_and(|previous| ends_between(text, previous, token));
        if open && ends_sentence && begins {
            writeln!(out)?;
        }
        open = true;
        let word = token.slice(text);
        match entity {
            Some(entity) => {
                let tag = if begins { 'B' } else { 'I' };
                writeln!(out, "{word}\t{tag}-{}", type_name(&entity.kind))?;
            }
            None => writeln!(out, "{word}\tO")?,
        }
        previous = Some(token);
    }
    writeln!(out)
}

/// A type's name without white space.
fn type_name(kind: &str) -> String {
    let words: Vec<&str> = kind.split(is_blank).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "_".to_owned() } else { words.join("_") }
}

/// The entities that can be written: no two overlap.
fn flat(entities: &[Entity]) -> Vec<&Entity> {
    let mut sorted: Vec<&Entity> = entities.iter().collect();
    sorted.sort_unstable_by(|a, b| {
        (a.span.start, b.span.end, &a.kind).cmp(&(b.span.start, a.span.end, &b.kind))
    });
    let mut end = 0;
    sorted.retain(|entity| {
        let free = entity.span.start >= end && !entity.span.is_empty();
        if free {
            end = entity.span.end;
        }
        free
    });
    sorted
}

/// The tokens of a text, cut where an entity begins or ends.
fn tokens(text: &str, entities: &[&Entity]) -> Vec<ByteSpan> {
    let mut cuts = entities.iter().flat_map(|entity| [entity.span.start, entity.span.end]);
    let mut cut = cuts.next();
    let mut tokens: Vec<ByteSpan> = Vec::new();
    let mut in_word = false;
    let mut joins = false;
    for (at, character) in text.char_indices() {
        while cut.is_some_and(|cut| cut < at) {
            cut = cuts.next();
        }
        let fresh = cut == Some(at);
        let end = at + character.len_utf8();
        if character.is_whitespace() || character.is_control() {
            (in_word, joins) = (false, false);
            continue;
        }
        let word = character.is_alphanumeric();
        let continues = !fresh && joins && ((word && in_word) || is_combining(character));
        match tokens.last_mut() {
            Some(last) if continues => last.end = end,
            _ => {
                tokens.push(ByteSpan::new(at, end));
                in_word = word;
            }
        }
        joins = true;
    }
    tokens
}

/// Whether a sentence ends between two tokens.
fn ends_between(text: &str, before: ByteSpan, after: ByteSpan) -> bool {
    let between = &text[before.end..after.start];
    let stop = matches!(before.slice(text), "." | "?" | "!");
    let small = after.slice(text).starts_with(char::is_lowercase);
    between.contains(['\n', '\r', '\u{2028}', '\u{2029}'])
        || (stop && !between.is_empty() && !small)
}

/// Reads the documents of a file one after the other. The first column is the token and the last its
/// tag, in IOB2 or IOB1. Sentences become lines.
///
/// Most corpora do not say where documents begin. Until a line says so, each sentence is a document: what
/// belongs together is not known, and in one text a sentence would be read in the light of others that may
/// be of another article.
pub struct Reader<R> {
    lines: Lines<R>,
    document: Option<Building>,
    documents: usize,
    /// Whether a line has begun a document.
    begun: bool,
    ended: bool,
}

#[derive(Default)]
struct Building {
    /// What the line that begins it calls it.
    id: Option<String>,
    text: String,
    entities: Vec<Entity>,
    /// Whether the last entity may go on.
    open: bool,
    /// Whether the next token begins a sentence.
    fresh: bool,
}

impl<R: BufRead> Reader<R> {
    /// Reads from the beginning of a file.
    pub fn new(input: R) -> Self {
        let lines = Lines::new(input);
        Reader { lines, document: None, documents: 0, begun: false, ended: false }
    }

    fn finished(&mut self) -> Option<Document> {
        let building = self.document.take().filter(|building| !building.text.is_empty())?;
        self.documents += 1;
        let id = building.id.unwrap_or_else(|| self.documents.to_string());
        let mut document = Document::new(id, building.text);
        document.entities = building.entities;
        Some(document)
    }
}

impl Building {
    fn take(&mut self, line: &str) -> Result<(), Problem> {
        if line.chars().all(is_blank) {
            self.fresh = true;
            self.open = false;
            return Ok(());
        }
        let mut columns: Vec<&str> = line.split('\t').collect();
        if columns.len() == 1 {
            columns = line.split_whitespace().collect();
        }
        // A comment, as CoNLL-U has them; the symbol `#` as a token has its tag behind it.
        let comment = columns.len() == 1 || !line.contains('\t');
        if comment && line.starts_with('#') && !columns.last().is_some_and(|tag| is_tag(tag)) {
            return Ok(());
        }
        let [token, .., tag] = columns.as_slice() else {
            let message = "a token and its tag are two columns";
            return Err(Problem::new(code::COLUMNS, message));
        };
        if token.trim().is_empty() {
            return Err(Problem::new(code::MISSING, "the tag has no token"));
        }
        if !self.text.is_empty() {
            self.text.push(if self.fresh { '\n' } else { ' ' });
        }
        self.fresh = false;
        let start = self.text.len();
        self.text.push_str(token);
        let span = ByteSpan::new(start, self.text.len());
        let open = std::mem::take(&mut self.open);
        let (mark, kind) = mark_and_type(tag);
        match (mark, self.entities.last_mut()) {
            ("I" | "E" | "L", Some(last)) if open && last.kind == kind => last.span.end = span.end,
            ("B" | "I" | "E" | "L" | "S" | "U", _) => self.entities.push(Entity::new(span, kind)),
            ("O", _) => return Ok(()),
            _ => {
                let problem = Problem::new(code::SYNTAX, format!("{tag:?} is no tag of IOB2"));
                return Err(problem.of_annotation());
            }
        }
        // In the schemes with more letters these end an entity.
        self.open = !matches!(mark, "E" | "L" | "S" | "U");
        Ok(())
    }
}

/// Whether a line begins a document, and the id that it names.
fn beginning(line: &str) -> Option<Option<String>> {
    if line.starts_with(BEGIN) {
        return Some(None);
    }
    let id = if let Some(id) = line.strip_prefix(ABSTRACT) {
        id
    } else {
        // CoNLL-U: `# newdoc`, `# newdoc id = a1`.
        let rest = line.strip_prefix('#')?.trim_start().strip_prefix("newdoc")?;
        if !rest.is_empty() && !rest.starts_with(is_blank) {
            return None;
        }
        let id = rest.trim_start().strip_prefix("id").map(str::trim_start);
        id.and_then(|id| id.strip_prefix('=')).unwrap_or_default()
    };
    let id = id.trim_matches(is_blank);
    Some((!id.is_empty()).then(|| id.to_owned()))
}

/// What a tag says of its token, and the type of the entity. Of tags without types the type is
/// [`UNNAMED`].
fn mark_and_type(tag: &str) -> (&str, &str) {
    let tag = tag.trim();
    let (mark, kind) = tag.split_once(['-', '_']).unwrap_or((tag, ""));
    (mark, if kind.is_empty() { UNNAMED } else { kind })
}

fn is_tag(tag: &str) -> bool {
    let (mark, _) = mark_and_type(tag);
    matches!(mark, "O" | "B" | "I" | "E" | "L" | "S" | "U")
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let line = match self.lines.next() {
                Some(Ok(line)) => line,
                Some(Err(problem)) => return Some(Err(problem)),
                None => {
                    self.ended = true;
                    return self.finished().map(Ok);
                }
            };
            if let Some(id) = beginning(&line.text) {
                let finished = self.finished();
                self.begun = true;
                self.document = Some(Building { id, ..Building::default() });
                if let Some(document) = finished {
                    return Some(Ok(document));
                }
                continue;
            }
            if !self.begun
                && line.text.chars().all(is_blank)
                && let Some(document) = self.finished()
            {
                return Some(Ok(document));
            }
            let building = self.document.get_or_insert_default();
            if let Err(problem) = building.take(&line.text) {
                return Some(Err(Problem { line: Some(line.number), ..problem }));
            }
        }
        None
    }
}
