//! `iob2`: a line for each token, with a tab between the token and its tag:
//! `Selegiline<TAB>B-Chemical`. A token is a piece of the sentence that is no space. `B-` begins an
//! entity, `I-` continues it, `O` is outside of any (Ratnaparkhi's scheme in the variant of Tjong Kim Sang and Veenstra,
//! 1999).

use super::escape::Escape;
use super::scan::Scanner;
use super::{Format, Labelled, Mention, ParseError, Place, select};
use crate::constraint::{Condition, Op, Program};
use crate::sentence::{Piece, PieceKind, Sentence};
use bioner_documents::ByteSpan;

/// The escape of tabs and line ends, which no token holds, and of backslashes.
const ESCAPE: Escape = Escape::Backslash(&[]);

pub(super) struct Iob2;

impl Format for Iob2 {
    fn name(&self) -> &'static str {
        "iob2"
    }

    fn phrase(&self) -> &'static str {
        " as IOB2 tags"
    }

    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String {
        let entities = select::flat(sentence, types, entities);
        let mut due = entities.iter().peekable();
        let lines: Vec<_> = tokens(sentence)
            .map(|token| {
                while due.next_if(|entity| entity.span.end <= token.view.start).is_some() {}
                let tag = match due.peek() {
                    Some(entity) if entity.span.contains(token.view) => {
                        let begins = entity.span.start == token.view.start;
                        format!("{}-{}", if begins { 'B' } else { 'I' }, types[entity.kind])
                    }
                    _ => "O".to_owned(),
                };
                format!("{}\t{tag}", ESCAPE.apply(token.view.slice(sentence.view())))
            })
            .collect();
        lines.join("\n")
    }

    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program {
        let mut program = Program::new();
        let copy = program.spelling(sentence, |text, _| Some(ESCAPE.apply(text)));
        let start = program.choice();
        // What may come next depends on the tag before: a case for O, and one for each type. Their
        // labels are made first, as the cases jump to each other.
        let cases: Vec<_> = (0..=types.len()).map(|_| program.choice()).collect();
        let end = program.push(Op::Only(Condition::AtEnd));
        program.push(Op::Accept);
        for (case, label) in cases.iter().enumerate() {
            let between = program.push(Op::SkipSpace);
            program.set_choice(*label, [between]);
            let more = program.choice();
            let next = program.push(Op::Only(Condition::BeforeText));
            program.set_choice(more, [next, end]);
            program.literal("\n");
            let line = program.push(Op::Copy(copy));
            if case == 0 {
                program.set_choice(start, [line, end]);
            }
            program.literal("\t");
            let tag = program.choice();
            let mut tags = vec![program.literal("O")];
            program.jump(cases[0]);
            if let Some(name) = case.checked_sub(1).and_then(|kind| types.get(kind)) {
                tags.push(program.push(Op::Only(Condition::AfterInMention)));
                program.literal(&format!("I-{name}"));
                program.jump(cases[case]);
            }
            tags.push(program.push(Op::Only(Condition::AfterFirst)));
            let begin = program.choice();
            let mut begins = Vec::new();
            for (kind, name) in types.iter().enumerate() {
                begins.push(program.literal(&format!("B-{name}")));
                program.jump(cases[kind + 1]);
            }
            program.set_choice(begin, begins);
            program.set_choice(tag, tags);
        }
        program
    }

    fn parse(
        &self,
        sentence: &Sentence,
        types: &[String],
        answer: &str,
    ) -> Result<Vec<Mention>, ParseError> {
        let mut scanner = Scanner::new(answer);
        let mut mentions: Vec<Mention> = Vec::new();
        let mut inside = None;
        for (index, token) in tokens(sentence).enumerate() {
            if index > 0 && !scanner.next_line()? {
                return scanner.fail("the tokens break off before the sentence does");
            }
            let start = scanner.at();
            let written = scanner.text(ESCAPE, |rest| rest.starts_with(['\t', '\n']))?;
            if written.text != token.view.slice(sentence.view()) {
                return Err(ParseError { at: start, message: "not the token whose turn it is" });
            }
            scanner.expect("\t", "no tab after the token")?;
            if scanner.eat("B-") {
                let kind = scanner.kind(types, "")?;
                inside = Some(kind);
                mentions.push(Mention {
                    text: written.text,
                    kind,
                    place: Place::At(token.view),
                    written: start..scanner.at(),
                });
            } else if scanner.eat("I-") {
                let kind = scanner.kind(types, "")?;
                match mentions.last_mut() {
                    Some(last) if inside == Some(kind) => extend(last, sentence, token, &scanner),
                    _ => return scanner.fail("I- where no entity of its type has begun"),
                }
            } else {
                scanner.expect("O", "not a tag")?;
                inside = None;
            }
        }
        scanner.end()?;
        Ok(mentions)
    }
}

/// The pieces that are no space.
fn tokens(sentence: &Sentence) -> impl Iterator<Item = &Piece> {
    sentence.pieces().iter().filter(|piece| piece.kind != PieceKind::Space)
}

/// Extends a mention to the end of `token`, whose line has been read.
fn extend(mention: &mut Mention, sentence: &Sentence, token: &Piece, scanner: &Scanner) {
    if let Place::At(span) = mention.place {
        let span = ByteSpan::new(span.start, token.view.end);
        mention.text = span.slice(sentence.view()).to_owned();
        mention.place = Place::At(span);
        mention.written.end = scanner.at();
    }
}
