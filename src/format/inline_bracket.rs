//! `inline-bracket`: the sentence, each entity in brackets with its type:
//! `[Selegiline | Chemical]-induced`. A backslash stands before `[` and `|` of the sentence; `]`
//! needs none, as it only closes after a type.

use super::escape::Escape;
use super::inline::{self, InlineReader};
use super::scan::Scanner;
use super::{Format, Labelled, Mention, ParseError, select};
use crate::constraint::{Op, Program};
use crate::sentence::Sentence;

const ESCAPE: Escape = Escape::Backslash(&['[', '|']);

pub(super) struct InlineBracket;

impl Format for InlineBracket {
    fn name(&self) -> &'static str {
        "inline-bracket"
    }

    fn phrase(&self) -> &'static str {
        " as brackets in the text"
    }

    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String {
        let entities = select::flat(sentence, types, entities);
        inline::render(
            sentence,
            &entities,
            ESCAPE,
            |_| "[".to_owned(),
            |kind| format!(" | {}]", types[kind]),
        )
    }

    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program {
        let mut program = Program::new();
        let copy = program.spelling(sentence, |text, _| Some(ESCAPE.apply(text)));
        let closes = types.iter().map(|name| format!(" | {name}]")).collect();
        inline::build(&mut program, copy, &[("[".to_owned(), closes)]);
        program.push(Op::Accept);
        program
    }

    fn parse(
        &self,
        sentence: &Sentence,
        types: &[String],
        answer: &str,
    ) -> Result<Vec<Mention>, ParseError> {
        let mut scanner = Scanner::new(answer);
        let mut reader = InlineReader::new(sentence);
        let mut mentions = Vec::new();
        let mut open = None;
        while !scanner.is_done() {
            match open {
                None if scanner.eat("[") => {
                    reader.open(&scanner)?;
                    open = Some(scanner.at());
                }
                Some(_) if scanner.rest().starts_with('[') => {
                    return scanner.fail("a bracket within a bracket");
                }
                Some(start) if scanner.eat(" | ") => {
                    let kind = scanner.kind(types, "]")?;
                    mentions.push(reader.close(&scanner, kind, start..scanner.at())?);
                    scanner.eat("]");
                    open = None;
                }
                _ => reader.copy(&mut scanner, ESCAPE)?,
            }
        }
        reader.finish(&scanner)?;
        Ok(mentions)
    }
}
