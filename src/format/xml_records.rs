//! `xml-records`: `<entities><entity type="Chemical">Selegiline</entity></entities>`.

use super::build::{self, List};
use super::escape::Escape;
use super::scan::Scanner;
use super::{Format, Labelled, Mention, ParseError, Place, select};
use crate::constraint::{Op, Program};
use crate::sentence::Sentence;

pub(super) struct XmlRecords;

impl Format for XmlRecords {
    fn name(&self) -> &'static str {
        "xml-records"
    }

    fn phrase(&self) -> &'static str {
        " as XML records"
    }

    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String {
        let element = |entity: &Labelled| {
            let mention = Escape::Xml.apply(entity.span.slice(sentence.view()));
            format!(r#"<entity type="{}">{mention}</entity>"#, types[entity.kind])
        };
        let entities = select::once(sentence, select::flat(sentence, types, entities));
        let elements: String = entities.iter().map(element).collect();
        format!("<entities>{elements}</entities>")
    }

    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program {
        let mut program = Program::new();
        let spelling = program.spelling(sentence, |text, _| Some(Escape::Xml.apply(text)));
        program.literal("<entities>");
        List { first: "", next: "", none: "" }.build(&mut program, |program| {
            program.literal("<entity type=\"");
            build::type_name(program, types);
            program.literal("\">");
            program.push(Op::Mention(spelling));
            program.literal("</entity>");
        });
        program.literal("</entities>");
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
        scanner.expect_token("<entities>", "not the element `entities`")?;
        while !scanner.eat_token("</entities>") {
            scanner.expect_token("<entity type=\"", "not the element `entity`")?;
            let start = scanner.at();
            let kind = scanner.kind(types, "\">")?;
            scanner.eat("\">");
            let written = scanner.text(Escape::Xml, |rest| rest.starts_with("</"))?;
            let end = scanner.at();
            scanner.expect("</entity>", "not the end of the element `entity`")?;
            let (text, place) = (written.text, Place::Anywhere);
            mentions.push(Mention { text, kind, place, written: start..end });
        }
        scanner.end()?;
        Ok(mentions)
    }
}
