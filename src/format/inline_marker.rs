//! `inline-marker`: for each type a line with the whole sentence, the entities of that type
//! between `@@` and `##`: `Chemical: @@Selegiline##-induced postural hypotension.` The marks are
//! those of GPT-NER (arXiv 2304.10428). A backslash stands before `@` and `#` of the sentence.

use super::escape::Escape;
use super::inline::{self, InlineReader};
use super::scan::Scanner;
use super::{Format, Labelled, Mention, ParseError, select};
use crate::constraint::{Op, Program};
use crate::sentence::Sentence;

const ESCAPE: Escape = Escape::Backslash(&['@', '#']);

pub(super) struct InlineMarker;

impl Format for InlineMarker {
    fn name(&self) -> &'static str {
        "inline-marker"
    }

    fn phrase(&self) -> &'static str {
        " as marks in the text"
    }

    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String {
        let line = |(kind, name): (usize, &String)| {
            let entities = select::of_type(sentence, kind, entities);
            let (open, close) = (|_| "@@".to_owned(), |_| "##".to_owned());
            format!("{name}: {}", inline::render(sentence, &entities, ESCAPE, open, close))
        };
        let lines: Vec<_> = types.iter().enumerate().map(line).collect();
        lines.join("\n")
    }

    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program {
        let mut program = Program::new();
        let copy = program.spelling(sentence, |text, _| Some(ESCAPE.apply(text)));
        for (kind, name) in types.iter().enumerate() {
            let line = if kind == 0 { "" } else { "\n" };
            program.literal(&format!("{line}{name}: "));
            program.push(Op::Rewind);
            inline::build(&mut program, copy, &[("@@".to_owned(), vec!["##".to_owned()])]);
        }
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
        let mut mentions = Vec::new();
        for (kind, name) in types.iter().enumerate() {
            if kind > 0 && !scanner.next_line()? {
                return scanner.fail("a type is missing");
            }
            scanner.expect(name, "not the type whose turn it is")?;
            scanner.expect(":", "no colon after the type")?;
            // Where the sentence has no text, the space is white space at the end, which is cut off.
            if !scanner.eat(" ") && !sentence.view().is_empty() {
                return scanner.fail("no space after the colon");
            }
            mentions.append(&mut parse_line(&mut scanner, sentence, kind)?);
        }
        scanner.end()?;
        Ok(mentions)
    }
}

fn parse_line(
    scanner: &mut Scanner,
    sentence: &Sentence,
    kind: usize,
) -> Result<Vec<Mention>, ParseError> {
    let mut reader = InlineReader::new(sentence);
    let mut mentions = Vec::new();
    let mut open = None;
    while !scanner.at_line_end() {
        match open {
            None if scanner.eat("@@") => {
                reader.open(scanner)?;
                open = Some(scanner.at());
            }
            Some(start) if scanner.rest().starts_with("##") => {
                mentions.push(reader.close(scanner, kind, start..scanner.at())?);
                scanner.eat("##");
                open = None;
            }
            _ => reader.copy(scanner, ESCAPE)?,
        }
    }
    reader.finish(scanner)?;
    Ok(mentions)
}
