//! `json-records`: an array of objects, `[{"mention": "Selegiline", "type": "Chemical"}]`.

use super::build::{self, List};
use super::escape::Escape;
use super::scan::Scanner;
use super::{Format, Labelled, Mention, ParseError, Place, select};
use crate::constraint::{Op, Program, SpellingId};
use crate::sentence::Sentence;

pub(super) struct JsonRecords;

impl Format for JsonRecords {
    fn name(&self) -> &'static str {
        "json-records"
    }

    fn phrase(&self) -> &'static str {
        " as JSON records"
    }

    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String {
        let entities = select::once(sentence, select::flat(sentence, types, entities));
        let records: Vec<_> =
            entities.iter().map(|entity| record(sentence, types, entity, "")).collect();
        format!("[{}]", records.join(", "))
    }

    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program {
        array(sentence, types, |_| ())
    }

    fn parse(
        &self,
        _: &Sentence,
        types: &[String],
        answer: &str,
    ) -> Result<Vec<Mention>, ParseError> {
        parse_array(types, answer, |_| Ok(Place::Anywhere))
    }
}

/// One record; `more` are further members, with the comma before them.
pub(super) fn record(
    sentence: &Sentence,
    types: &[String],
    entity: &Labelled,
    more: &str,
) -> String {
    let mention = Escape::Json.apply(entity.span.slice(sentence.view()));
    let name = Escape::Json.apply(&types[entity.kind]);
    format!(r#"{{"mention": "{mention}", "type": "{name}"{more}}}"#)
}

/// The grammar of an array of records; `more` adds further members.
pub(super) fn array(
    sentence: &Sentence,
    types: &[String],
    more: impl FnOnce(&mut Program),
) -> Program {
    let mut program = Program::new();
    let spelling = json_spelling(&mut program, sentence);
    program.literal("[");
    List { first: "", next: ", ", none: "" }.build(&mut program, |program| {
        program.literal(r#"{"mention": ""#);
        program.push(Op::Mention(spelling));
        program.literal(r#"", "type": ""#);
        build::type_name(program, types);
        program.literal("\"");
        more(program);
        program.literal("}");
    });
    program.literal("]");
    program.push(Op::Accept);
    program
}

/// The pieces of the sentence within JSON strings.
pub(super) fn json_spelling(program: &mut Program, sentence: &Sentence) -> SpellingId {
    program.spelling(sentence, |text, _| Some(Escape::Json.apply(text)))
}

/// Reads an array of records; `more` reads further members.
pub(super) fn parse_array(
    types: &[String],
    answer: &str,
    more: impl Fn(&mut Scanner) -> Result<Place, ParseError>,
) -> Result<Vec<Mention>, ParseError> {
    let mut scanner = Scanner::new(answer);
    let mut mentions = Vec::new();
    scanner.expect_token("[", "not an array")?;
    while !scanner.eat_token("]") {
        if !mentions.is_empty() {
            scanner.expect_token(",", "no comma between records")?;
        }
        scanner.expect_token("{", "not a record")?;
        key(&mut scanner, "\"mention\"")?;
        scanner.expect_token("\"", "not a string")?;
        let written = scanner.quoted(Escape::Json)?;
        scanner.expect_token(",", "no comma between members")?;
        key(&mut scanner, "\"type\"")?;
        scanner.expect_token("\"", "not a string")?;
        let kind = scanner.kind(types, "\"")?;
        let mut end = scanner.at();
        scanner.eat("\"");
        let place = more(&mut scanner)?;
        if place != Place::Anywhere {
            end = scanner.at();
        }
        scanner.expect_token("}", "more in the record than there should be")?;
        mentions.push(Mention {
            text: written.text,
            kind,
            place,
            written: written.range.start..end,
        });
    }
    scanner.end()?;
    Ok(mentions)
}

/// Reads a key and the colon after it.
pub(super) fn key(scanner: &mut Scanner, quoted: &str) -> Result<(), ParseError> {
    scanner.expect_token(quoted, "not the key whose turn it is")?;
    scanner.expect_token(":", "no colon after the key")
}
