//! `lines-grouped`: a line for each type, in the order asked, with its mentions separated by `; `, or
//! `-` if there are none: `Chemical: Selegiline; levodopa`. The default model writes this format.
//!
//! A backslash stands before a `;` that a space follows in the sentence, before a `-` that is a whole
//! mention, and before a backslash. So `t(9;22)` and `-3` stay as they are.

use super::build::{self, List};
use super::escape::Escape;
use super::scan::{Scanner, Written};
use super::{Format, Labelled, Mention, ParseError, Place, select};
use crate::constraint::{Op, Program};
use crate::sentence::{PieceKind, Sentence};
use bioner_documents::ByteSpan;

const NONE: &str = "-";
const LONE: &str = "\\-";
const ESCAPE: Escape = Escape::Backslash(&[';', '-']);

pub(super) struct LinesGrouped;

impl Format for LinesGrouped {
    fn name(&self) -> &'static str {
        "lines-grouped"
    }

    fn phrase(&self) -> &'static str {
        ""
    }

    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String {
        let line = |(kind, name): (usize, &String)| {
            let entities = select::once(sentence, select::of_type(sentence, kind, entities));
            let mentions: Vec<_> =
                entities.iter().map(|entity| spell_mention(sentence, entity.span)).collect();
            let mentions = mentions.join("; ");
            format!("{name}: {}", if mentions.is_empty() { NONE } else { &mentions })
        };
        let lines: Vec<_> = types.iter().enumerate().map(line).collect();
        lines.join("\n")
    }

    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program {
        let mut program = Program::new();
        let words = program.spelling_at(sentence, |index, _| Some(spell_piece(sentence, index)));
        let lone = program
            .spelling(sentence, |text, first| (first && text == NONE).then(|| LONE.to_owned()));
        for (kind, name) in types.iter().enumerate() {
            let line = if kind == 0 { "" } else { "\n" };
            program.literal(&format!("{line}{name}: "));
            program.push(Op::Rewind);
            List { first: "", next: "; ", none: NONE }.build(&mut program, |program| {
                build::either(program, [words, lone], |program, spelling| {
                    program.push(Op::Mention(spelling));
                });
            });
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
        let mut scanner = Scanner::new(answer);
        let mut mentions = Vec::new();
        for (kind, name) in types.iter().enumerate() {
            if kind > 0 && !scanner.next_line()? {
                return scanner.fail("a type is missing");
            }
            scanner.expect(name, "not the type whose turn it is")?;
            scanner.expect(": ", "no colon and space after the type")?;
            if scanner.eat_line(NONE) {
                continue;
            }
            loop {
                let ends = |rest: &str| rest.starts_with("; ") || rest.starts_with('\n');
                let Written { text, range } = scanner.text(ESCAPE, ends)?;
                mentions.push(Mention { text, kind, place: Place::Anywhere, written: range });
                if !scanner.eat("; ") {
                    break;
                }
            }
        }
        scanner.end()?;
        Ok(mentions)
    }
}

/// A mention as it is written.
fn spell_mention(sentence: &Sentence, span: ByteSpan) -> String {
    if span.slice(sentence.view()) == NONE {
        return LONE.to_owned();
    }
    let pieces = sentence.pieces().iter().enumerate();
    let within = pieces.filter(|(_, piece)| span.contains(piece.view));
    within.map(|(index, _)| spell_piece(sentence, index)).collect()
}

/// A piece as it is written. Whether a `;` gets a backslash depends on the sentence and not on the
/// mention, so that the piece is written the same wherever the mention ends.
fn spell_piece(sentence: &Sentence, index: usize) -> String {
    let before_space =
        sentence.pieces().get(index + 1).is_some_and(|next| next.kind == PieceKind::Space);
    match sentence.piece_text(index) {
        ";" if before_space => "\\;".to_owned(),
        text => Escape::Backslash(&[]).apply(text),
    }
}
