//! `json-grouped`: an object with an array of mentions for each type, in the order asked:
//! `{"Chemical": ["Selegiline"], "Disease": ["postural hypotension"]}`.

use super::build::List;
use super::escape::Escape;
use super::json_records::{json_spelling, key};
use super::scan::Scanner;
use super::{Format, Labelled, Mention, ParseError, Place, select};
use crate::constraint::{Op, Program};
use crate::sentence::Sentence;

pub(super) struct JsonGrouped;

impl Format for JsonGrouped {
    fn name(&self) -> &'static str {
        "json-grouped"
    }

    fn phrase(&self) -> &'static str {
        " as JSON by type"
    }

    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String {
        let member = |(kind, name): (usize, &String)| {
            let entities = select::once(sentence, select::of_type(sentence, kind, entities));
            let mentions: Vec<_> =
                entities.iter().map(|entity| string(entity.span.slice(sentence.view()))).collect();
            format!("{}: [{}]", string(name), mentions.join(", "))
        };
        let members: Vec<_> = types.iter().enumerate().map(member).collect();
        format!("{{{}}}", members.join(", "))
    }

    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program {
        let mut program = Program::new();
        let spelling = json_spelling(&mut program, sentence);
        program.literal("{");
        for (kind, name) in types.iter().enumerate() {
            let comma = if kind == 0 { "" } else { ", " };
            program.literal(&format!("{comma}{}: [", string(name)));
            program.push(Op::Rewind);
            List { first: "\"", next: ", \"", none: "" }.build(&mut program, |program| {
                program.push(Op::Mention(spelling));
                program.literal("\"");
            });
            program.literal("]");
        }
        program.literal("}");
        program.push(Op::Accept);
        program
    }

    fn parse(
        &self,
        _: &Sentence,
        types: &[String],
        answer: &str,
    ) -> Result<Vec<Mention>, ParseError> {
        let mut scanner = Scanner::new(answer);
        let mut mentions = Vec::new();
        scanner.expect_token("{", "not an object")?;
        for (kind, name) in types.iter().enumerate() {
            if kind > 0 {
                scanner.expect_token(",", "no comma between types")?;
            }
            key(&mut scanner, &string(name))?;
            scanner.expect_token("[", "not an array")?;
            let mut first = true;
            while !scanner.eat_token("]") {
                if !std::mem::take(&mut first) {
                    scanner.expect_token(",", "no comma between mentions")?;
                }
                scanner.expect_token("\"", "not a string")?;
                let written = scanner.quoted(Escape::Json)?;
                let (text, place) = (written.text, Place::Anywhere);
                mentions.push(Mention { text, kind, place, written: written.range });
            }
        }
        scanner.expect_token("}", "more in the object than there should be")?;
        scanner.end()?;
        Ok(mentions)
    }
}

fn string(text: &str) -> String {
    format!("\"{}\"", Escape::Json.apply(text))
}
