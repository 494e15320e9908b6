//! `compact`: made for speed. Each mention follows a marker that says its type, one token long; types
//! come in the order asked, and for a type without mentions nothing is written.
//!
//! Markers are characters of Unicode's private use area, which a [sentence's view](Sentence::view) never
//! holds: so no mention can look like one. The types of the [inventory](bioner_documents::inventory) have
//! markers of their own. Other types, and a second name for the same type, have the markers after those,
//! in the order asked. The instruction says which marker stands for which name. A model for this format
//! has a token for each marker; any other model spells them in bytes.

use std::borrow::Cow;

use super::{Format, Labelled, Mention, ParseError, Place, select};
use crate::constraint::{Op, Program};
use crate::sentence::Sentence;
use bioner_documents::{MAX_INVENTORY, MAX_TYPES, inventory};

/// The first marker.
const FIRST_MARKER: u32 = 0xE000;

/// How many markers there are.
const MARKERS: u32 = (MAX_INVENTORY + MAX_TYPES) as u32;

pub(super) struct Compact;

/// All markers: first those of the inventory, then those of other types.
pub(super) fn all_markers() -> impl Iterator<Item = char> {
    (0..MAX_INVENTORY + MAX_TYPES).filter_map(marker)
}

/// Whether a character is a marker of this format.
fn is_marker(character: char) -> bool {
    (FIRST_MARKER..FIRST_MARKER + MARKERS).contains(&(character as u32))
}

/// The markers of types, in their order: no two are the same.
fn markers(types: &[String]) -> Vec<char> {
    let mut markers: Vec<char> = Vec::with_capacity(types.len());
    let mut others = MAX_INVENTORY..;
    for name in types {
        let own = inventory().find(name).and_then(marker).filter(|own| !markers.contains(own));
        let marker = own.or_else(|| others.next().and_then(marker));
        markers.extend(marker);
    }
    markers
}

/// The marker of this index.
fn marker(index: usize) -> Option<char> {
    char::from_u32(FIRST_MARKER + u32::try_from(index).ok()?).filter(|&marker| is_marker(marker))
}

impl Format for Compact {
    fn name(&self) -> &'static str {
        "compact"
    }

    fn phrase(&self) -> &'static str {
        ""
    }

    fn list_types(&self, types: &[String]) -> String {
        let listed = markers(types).into_iter().zip(types);
        listed.map(|(marker, name)| format!("{marker} {name}")).collect()
    }

    fn cue(&self) -> &'static str {
        "\n"
    }

    fn prefixes_lines(&self) -> bool {
        false
    }

    fn readable<'a>(&self, types: &[String], answer: &'a str) -> Cow<'a, str> {
        let mut lines = String::with_capacity(answer.len());
        let markers = markers(types);
        for character in answer.chars() {
            match markers.iter().position(|&marker| marker == character) {
                Some(kind) => {
                    let line = if lines.is_empty() { "" } else { "\n" };
                    lines.extend([line, &types[kind], ":"]);
                }
                None => lines.push(character),
            }
        }
        Cow::Owned(lines)
    }

    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String {
        let mut answer = String::new();
        for (kind, marker) in markers(types).into_iter().enumerate() {
            for entity in select::once(sentence, select::of_type(sentence, kind, entities)) {
                answer.extend([marker, ' ']);
                answer.push_str(entity.span.slice(sentence.view()));
            }
        }
        answer
    }

    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program {
        let mut program = Program::new();
        let words = program.spelling(sentence, |text, _| Some(text.to_owned()));
        for marker in markers(types) {
            program.push(Op::Rewind);
            let choice = program.choice();
            let mention = program.literal(&format!("{marker} "));
            program.push(Op::Mention(words));
            program.jump(choice);
            let next = program.here();
            program.set_choice(choice, [mention, next]);
        }
        program.push(Op::Accept);
        program
    }

    fn parse(
        &self,
        _: &Sentence,
        types: &[String],
        answer: &str,
    ) -> Result<Vec<Mention>, ParseError> {
        let fail = |at: usize, message: &'static str| Err(ParseError { at, message });
        let markers = markers(types);
        let answer = answer.trim_end_matches([' ', '\t', '\r', '\n']);
        let starts: Vec<(usize, char)> =
            answer.char_indices().filter(|&(_, character)| is_marker(character)).collect();
        if starts.first().map_or(answer.len(), |&(at, _)| at) > 0 {
            return fail(0, "no marker of a type");
        }
        let ends = starts.iter().skip(1).map(|&(at, _)| at).chain([answer.len()]);
        let mut mentions = Vec::with_capacity(starts.len());
        let mut last = 0;
        for (&(at, marker), end) in starts.iter().zip(ends) {
            let Some(kind) = markers.iter().position(|&other| other == marker) else {
                return fail(at, "a marker of a type that was not asked for");
            };
            if kind < last {
                return fail(at, "not the type whose turn it is");
            }
            last = kind;
            let written = at..end;
            let Some(text) = answer[at + marker.len_utf8()..end].strip_prefix(' ') else {
                return fail(at + marker.len_utf8(), "no space after the marker");
            };
            if text.is_empty() || text.starts_with(' ') || text.ends_with(' ') {
                return fail(at + marker.len_utf8(), "no mention after the marker");
            }
            let (text, place) = (text.to_owned(), Place::Anywhere);
            mentions.push(Mention { text, kind, place, written });
        }
        Ok(mentions)
    }
}
