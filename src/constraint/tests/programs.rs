//! Small grammars of each kind: lists grouped by type, marks in the text, numbers, escapes.

use crate::Sentence;
use crate::constraint::{Condition, Label, Op, Program};

fn plain(program: &mut Program, sentence: &Sentence) -> usize {
    program.spelling(sentence, |piece, _| Some(piece.to_string()))
}

/// ` Type: mention; mention` on a line for each type, `-` for none.
pub fn grouped(sentence: &Sentence, types: &[&str]) -> Program {
    let mut program = Program::new();
    let spelling = plain(&mut program, sentence);
    for (index, kind) in types.iter().enumerate() {
        let newline = if index == 0 { "" } else { "\n" };
        program.literal(&format!("{newline} {kind}: "));
        program.push(Op::Rewind);
        let some_or_none = program.choice();
        let mention = program.push(Op::Mention(spelling));
        let more_or_end = program.choice();
        let more = program.literal("; ");
        program.jump(mention);
        let none = program.literal("-");
        let end = program.here();
        program.set_choice(some_or_none, [mention, none]);
        program.set_choice(more_or_end, [more, end]);
    }
    program.push(Op::Accept);
    program
}

/// The text again, mentions between `<Type>` and `</Type>`.
pub fn inline(sentence: &Sentence, types: &[&str]) -> Program {
    let marks = types.iter().map(|kind| (format!("<{kind}>"), format!("</{kind}>")));
    let mut program = Program::new();
    let spelling = plain(&mut program, sentence);
    copy_with_marks(&mut program, spelling, &marks.collect::<Vec<_>>());
    program.push(Op::Accept);
    program
}

/// The text again for each type, mentions of that type between `@@` and `##`.
pub fn markers(sentence: &Sentence, types: &[&str]) -> Program {
    let mut program = Program::new();
    let spelling = plain(&mut program, sentence);
    for kind in types {
        program.literal(&format!("{kind}: "));
        program.push(Op::Rewind);
        copy_with_marks(&mut program, spelling, &[("@@".into(), "##".into())]);
        program.literal("\n");
    }
    program.push(Op::Accept);
    program
}

fn copy_with_marks(program: &mut Program, spelling: usize, marks: &[(String, String)]) {
    let head = program.choice();
    let copy = program.push(Op::Copy(spelling));
    program.jump(head);
    let mut targets: Vec<Label> = vec![copy];
    for (open, close) in marks {
        targets.push(program.push(Op::Only(Condition::BeforeText)));
        program.literal(open);
        let inside = program.push(Op::Copy(spelling));
        let on_or_close = program.choice();
        let after = program.push(Op::Only(Condition::AfterMention));
        program.literal(close);
        program.jump(head);
        program.set_choice(on_or_close, [inside, after]);
    }
    targets.push(program.push(Op::Only(Condition::AtEnd)));
    program.set_choice(head, targets);
}

/// `mention#number;`, any number of times.
pub fn numbered(sentence: &Sentence) -> Program {
    let mut program = Program::new();
    let spelling = plain(&mut program, sentence);
    let head = program.choice();
    let mention = program.push(Op::Mention(spelling));
    program.literal("#");
    program.push(Op::OccurrenceNumber);
    program.literal(";");
    program.jump(head);
    let end = program.push(Op::Accept);
    program.set_choice(head, [mention, end]);
    program
}

/// `"mention" "mention"`, with `\` before quotes and backslashes; one at least.
pub fn quoted(sentence: &Sentence) -> Program {
    let mut program = Program::new();
    let escape = |piece: &str, _| Some(piece.replace('\\', r"\\").replace('"', "\\\""));
    let spelling = program.spelling(sentence, escape);
    let head = program.literal("\"");
    program.push(Op::Mention(spelling));
    program.literal("\"");
    let choice = program.choice();
    let more = program.literal(" ");
    program.jump(head);
    let end = program.push(Op::Accept);
    program.set_choice(choice, [more, end]);
    program
}
