//! `inline-xml`: the sentence, each entity in an element named after its type:
//! `<Chemical>Selegiline</Chemical>-induced`.
//!
//! The type is written as it was asked for, even as `<Cell line>`, which no XML parser takes: what
//! matters is that the model can copy it.

use super::escape::Escape;
use super::inline::{self, InlineReader};
use super::scan::Scanner;
use super::{Format, Labelled, Mention, ParseError, select};
use crate::constraint::{Op, Program};
use crate::sentence::Sentence;

pub(super) struct InlineXml;

impl Format for InlineXml {
    fn name(&self) -> &'static str {
        "inline-xml"
    }

    fn phrase(&self) -> &'static str {
        " as XML tags in the text"
    }

    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String {
        let entities = select::flat(sentence, types, entities);
        inline::render(
            sentence,
            &entities,
            Escape::Xml,
            |kind| format!("<{}>", types[kind]),
            |kind| format!("</{}>", types[kind]),
        )
    }

    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program {
        let mut program = Program::new();
        let copy = program.spelling(sentence, |text, _| Some(Escape::Xml.apply(text)));
        let marks: Vec<_> =
            types.iter().map(|name| (format!("<{name}>"), vec![format!("</{name}>")])).collect();
        inline::build(&mut program, copy, &marks);
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
                None if scanner.eat("<") => {
                    let start = scanner.at();
                    let kind = scanner.kind(types, ">")?;
                    scanner.eat(">");
                    reader.open(&scanner)?;
                    open = Some((kind, start));
                }
                Some((kind, start)) if scanner.rest().starts_with("</") => {
                    let end = scanner.at();
                    scanner.eat("</");
                    scanner.expect(&types[kind], "a closing tag of another type")?;
                    scanner.expect(">", "a closing tag of another type")?;
                    mentions.push(reader.close(&scanner, kind, start..end)?);
                    open = None;
                }
                _ => reader.copy(&mut scanner, Escape::Xml)?,
            }
        }
        reader.finish(&scanner)?;
        Ok(mentions)
    }
}
