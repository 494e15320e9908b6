//! `markdown-table`: a table with the columns mention and type. A backslash stands before `|`, as in
//! GitHub Flavored Markdown, and before a backslash.

use super::build::{self, List};
use super::escape::Escape;
use super::scan::Scanner;
use super::{Format, Labelled, Mention, ParseError, Place, select};
use crate::constraint::{Op, Program};
use crate::sentence::Sentence;

const HEADER: &str = "| mention | type |\n| --- | --- |";
const ESCAPE: Escape = Escape::Backslash(&['|']);

pub(super) struct MarkdownTable;

impl Format for MarkdownTable {
    fn name(&self) -> &'static str {
        "markdown-table"
    }

    fn phrase(&self) -> &'static str {
        " as a Markdown table"
    }

    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String {
        let row = |entity: &Labelled| {
            let mention = ESCAPE.apply(entity.span.slice(sentence.view()));
            format!("\n| {mention} | {} |", types[entity.kind])
        };
        let entities = select::once(sentence, select::flat(sentence, types, entities));
        let rows: String = entities.iter().map(row).collect();
        format!("{HEADER}{rows}")
    }

    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program {
        let mut program = Program::new();
        let spelling = program.spelling(sentence, |text, _| Some(ESCAPE.apply(text)));
        program.literal(HEADER);
        List { first: "\n| ", next: "\n| ", none: "" }.build(&mut program, |program| {
            program.push(Op::Mention(spelling));
            program.literal(" | ");
            build::type_name(program, types);
            program.literal(" |");
        });
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
        for (index, line) in HEADER.lines().enumerate() {
            if index > 0 && !scanner.next_line()? {
                return scanner.fail("the header breaks off");
            }
            scanner.expect(line, "not the header")?;
        }
        while scanner.next_line()? {
            scanner.expect("| ", "not a row of the table")?;
            let written = scanner
                .text(ESCAPE, |rest| rest.starts_with(" | ") || rest.starts_with(['|', '\n']))?;
            scanner.expect(" | ", "no second cell")?;
            let kind = scanner.kind(types, " |")?;
            let range = written.range.start..scanner.at();
            scanner.expect(" |", "a row that is not closed")?;
            let (text, place) = (written.text, Place::Anywhere);
            mentions.push(Mention { text, kind, place, written: range });
        }
        Ok(mentions)
    }
}
