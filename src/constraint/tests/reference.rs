//! Random programs, read plainly: all their answers listed by following the documentation of each
//! instruction, without threads, registers left out or dead ends foreseen. What the machine says
//! must follow from that list alone.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{allowed, machine};
use crate::Sentence;
use crate::constraint::{Condition, Op, Program, TokenTrie};
use crate::sentence::PieceKind;
use bioner_documents::ByteSpan;

/// More answers, or more work to list them, than this, and a program is left out.
const MAX_ANSWERS: usize = 3_000;
const MAX_STEPS: usize = 60_000;

/// Every answer of a program; `None` if there are too many.
fn answers(program: &Program, sentence: &Sentence) -> Option<BTreeSet<Vec<u8>>> {
    struct Thread {
        pc: usize,
        floor: usize,
        mention: Option<ByteSpan>,
        cursor: usize,
        written: Vec<u8>,
    }
    let pieces = sentence.pieces();
    let is_space = |piece: usize| pieces.get(piece).map(|piece| piece.kind == PieceKind::Space);
    let mut answers = BTreeSet::new();
    let mut steps = 0;
    let start = Thread { pc: 0, floor: 0, mention: None, cursor: 0, written: Vec::new() };
    let mut open = vec![start];
    while let Some(Thread { pc, floor, mention, cursor, written }) = open.pop() {
        steps += 1;
        if steps > MAX_STEPS || answers.len() > MAX_ANSWERS {
            return None;
        }
        let next = pc + 1;
        let write = |bytes: &[u8]| [&written[..], bytes].concat();
        match program.ops().get(pc) {
            None => {}
            Some(Op::Accept) => {
                answers.insert(written);
            }
            Some(Op::Literal(bytes)) => {
                let written = write(bytes);
                open.push(Thread { pc: next, floor, mention, cursor, written });
            }
            Some(Op::Choice(targets)) => open.extend(targets.iter().map(|&pc| Thread {
                pc,
                floor,
                mention,
                cursor,
                written: written.clone(),
            })),
            Some(Op::Mention(spelling)) => {
                let spelling = &program.spellings()[*spelling].pieces;
                for first in floor..pieces.len() {
                    let mut written = written.clone();
                    for last in first..pieces.len() {
                        let (as_first, elsewhere) = &spelling[last];
                        let bytes = if last == first { as_first } else { elsewhere };
                        let Some(bytes) = bytes else { break };
                        written.extend_from_slice(bytes);
                        let words = is_space(first) == Some(false) && is_space(last) == Some(false);
                        let names_only = program.names_only;
                        if words && (!names_only || sentence.may_be_name(first, last)) {
                            let span =
                                ByteSpan::new(pieces[first].view.start, pieces[last].view.end);
                            open.push(Thread {
                                pc: next,
                                floor: last + 1,
                                mention: Some(span),
                                cursor,
                                written: written.clone(),
                            });
                        }
                    }
                }
            }
            Some(Op::OccurrenceNumber) => {
                let number = mention.map_or(0, |mention| {
                    let mut places = sentence.occurrences(mention.slice(sentence.view()));
                    1 + places.position(|place| place == mention).expect("it occurs where it is")
                });
                let written = write(number.to_string().as_bytes());
                open.push(Thread { pc: next, floor, mention, cursor, written });
            }
            Some(Op::Copy(spelling)) => {
                if let Some((_, Some(bytes))) = program.spellings()[*spelling].pieces.get(cursor) {
                    let written = write(bytes);
                    open.push(Thread { pc: next, floor, mention, cursor: cursor + 1, written });
                }
            }
            Some(Op::SkipSpace) => {
                let cursor = cursor + usize::from(is_space(cursor) == Some(true));
                open.push(Thread { pc: next, floor, mention, cursor, written });
            }
            Some(Op::Only(condition)) => {
                let holds = match condition {
                    Condition::BeforeText => is_space(cursor) == Some(false),
                    Condition::AfterMention => cursor > 0 && program.may_end(sentence, cursor - 1),
                    Condition::InMention => cursor > 0 && program.may_go_on(sentence, cursor - 1),
                    Condition::AfterInMention => cursor.checked_sub(1).is_some_and(|last| {
                        let words = (0..last).filter(|&at| is_space(at) == Some(false));
                        let first = words.max().unwrap_or(0);
                        (first..last).all(|at| program.may_go_on(sentence, at))
                    }),
                    Condition::BeforeMention => program.may_begin(sentence, cursor),
                    Condition::AfterFirst => cursor > 0 && program.may_begin(sentence, cursor - 1),
                    Condition::AtEnd => cursor == pieces.len(),
                };
                if holds {
                    open.push(Thread { pc: next, floor, mention, cursor, written });
                }
            }
            Some(Op::Rewind) => {
                open.push(Thread { pc: next, floor: 0, mention, cursor: 0, written });
            }
        }
    }
    Some(answers)
}

/// A grammar in the shape of a regular expression.
#[derive(Debug, Clone)]
enum Shape {
    Op(Op),
    Sequence(Vec<Shape>),
    Either(Vec<Shape>),
    /// Any number of times: something, a mention or a copy, something.
    Loop(Box<Shape>, Op, Box<Shape>),
}

impl Shape {
    fn add_to(&self, program: &mut Program, in_loop: bool) {
        match self {
            // A loop that rewinds has answers without end.
            Shape::Op(Op::Rewind) if in_loop => {}
            Shape::Op(op) => {
                program.push(op.clone());
            }
            Shape::Sequence(parts) => parts.iter().for_each(|part| part.add_to(program, in_loop)),
            Shape::Either(parts) => {
                let choice = program.choice();
                let mut targets = Vec::new();
                let mut jumps = Vec::new();
                for part in parts {
                    targets.push(program.here());
                    part.add_to(program, in_loop);
                    jumps.push(program.choice());
                }
                program.set_choice(choice, targets);
                let end = program.here();
                jumps.into_iter().for_each(|jump| program.set_choice(jump, [end]));
            }
            Shape::Loop(before, step, after) => {
                let head = program.choice();
                let body = program.here();
                before.add_to(program, true);
                program.push(step.clone());
                after.add_to(program, true);
                program.jump(head);
                let end = program.here();
                program.set_choice(head, [body, end]);
            }
        }
    }
}

const SPELLINGS: usize = 3;

fn program(sentence: &Sentence, shape: &Shape) -> Program {
    let mut program = Program::new();
    program.spelling(sentence, |piece, _| Some(piece.to_string()));
    // Escapes, and something else at the start.
    program.spelling(sentence, |piece, first| {
        Some(format!(
            "{}{}",
            if first && piece == "b" { "'" } else { "" },
            piece.replace(';', "\\;")
        ))
    });
    // Some pieces cannot be written, some not at the start.
    program.spelling(sentence, |piece, first| {
        let writable = !matches!((piece, first), ("ab" | ";", _) | ("b", true) | ("é", false));
        writable.then(|| piece.to_string())
    });
    shape.add_to(&mut program, false);
    program.push(Op::Accept);
    program
}

fn shapes() -> impl Strategy<Value = Shape> {
    let literal =
        prop::sample::select(vec!["a", "ab", ";", "; ", " ", "b", "-", "", "1", "é", "\\"]);
    let mention = (0..SPELLINGS).prop_map(Op::Mention);
    let copy = (0..SPELLINGS).prop_map(Op::Copy);
    let condition = prop::sample::select(vec![
        Condition::BeforeText,
        Condition::AfterMention,
        Condition::InMention,
        Condition::AfterInMention,
        Condition::BeforeMention,
        Condition::AfterFirst,
        Condition::AtEnd,
    ]);
    let op = prop_oneof![
        4 => literal.prop_map(|text| Op::Literal(text.as_bytes().into())),
        3 => mention.clone(),
        2 => copy.clone(),
        2 => Just(Op::OccurrenceNumber),
        1 => Just(Op::SkipSpace),
        5 => condition.prop_map(Op::Only),
        1 => Just(Op::Rewind),
    ];
    op.prop_map(Shape::Op).prop_recursive(4, 20, 4, move |inner| {
        let step = prop_oneof![3 => mention.clone(), 2 => copy.clone()];
        prop_oneof![
            3 => prop::collection::vec(inner.clone(), 0..5).prop_map(Shape::Sequence),
            2 => prop::collection::vec(inner.clone(), 1..4).prop_map(Shape::Either),
            2 => (inner.clone(), step, inner)
                .prop_map(|(a, op, b)| Shape::Loop(Box::new(a), op, Box::new(b))),
        ]
    })
}

fn sentences() -> impl Strategy<Value = Sentence> {
    let piece = prop::sample::select(vec!["a", "ab", "b", " ", " ", ";", "-", "é"]);
    // Brackets, a placeholder and the name of a chemical: what a name may not be cut through.
    let marked = prop::sample::select(vec!["a", "b", " ", "(", ")", "__", "[", "]", "b-(a-baaa)"]);
    prop_oneof![
        prop::collection::vec(piece, 0..6).prop_map(|pieces| Sentence::whole(&pieces.concat())),
        prop::collection::vec(marked, 0..6).prop_map(|pieces| Sentence::whole(&pieces.concat())),
    ]
}

/// All bytes that can occur, and tokens that cross the ends of everything.
fn tokens() -> TokenTrie {
    let mut tokens: Vec<Option<Vec<u8>>> = vec![None];
    tokens.extend((0..=255u8).map(|byte| Some(vec![byte])));
    for token in [
        "ab", "a b", " b", "b ", "; ", ";a", "\\;", "é", "éa", "'b", "1;", "a1", "aba", "; a",
        "10", "-a",
    ] {
        tokens.push(Some(token.into()));
    }
    tokens.push(Some(vec![b'a', 0xC3]));
    tokens.push(Some(vec![0xA9, b'b']));
    tokens.push(Some("ab".into()));
    TokenTrie::new(tokens, 0)
}

/// What all the strings begin with.
fn common_start<'a>(mut strings: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let first = strings.next().unwrap_or_default();
    let shared = |a: &[u8], b: &[u8]| a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let length = strings.fold(first.len(), |length, string| length.min(shared(first, string)));
    first[..length].to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, max_global_rejects: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn the_machine_says_what_the_answers_say(
        shape in shapes(),
        sentence in sentences(),
        names_only in any::<bool>(),
        choices in prop::collection::vec(any::<u16>(), 1..20),
    ) {
        let mut program = program(&sentence, &shape);
        if names_only {
            program.restrict_to_names();
        }
        let answers = answers(&program, &sentence);
        prop_assume!(answers.is_some());
        let answers = answers.unwrap_or_default();
        let tokens = tokens();
        let mut machine = machine(program, &sentence);
        let mut written = Vec::new();
        let longest = answers.iter().map(Vec::len).max().unwrap_or(0);
        for turn in 0.. {
            prop_assert!(turn <= longest, "no end after {:?}", written);
            let rests: Vec<&[u8]> =
                answers.iter().filter_map(|answer| answer.strip_prefix(&written[..])).collect();
            prop_assert_eq!(machine.may_end(), rests.contains(&&b""[..]));
            prop_assert_eq!(machine.forced(), common_start(rests.iter().copied()));
            let expected: Vec<u32> = (0..tokens.len() as u32)
                .filter(|&token| match tokens.bytes(token) {
                    b"" => rests.contains(&&b""[..]),
                    bytes => rests.iter().any(|rest| rest.starts_with(bytes)),
                })
                .collect();
            prop_assert_eq!(allowed(&mut machine, &tokens), &expected[..]);
            for token in 0..tokens.len() as u32 {
                let pushed = machine.clone().push(&tokens, token).is_ok();
                prop_assert_eq!(pushed, expected.contains(&token));
            }
            if expected.is_empty() {
                prop_assert!(answers.is_empty());
                break;
            }
            let token = expected[usize::from(choices[turn % choices.len()]) % expected.len()];
            prop_assert_eq!(machine.push(&tokens, token), Ok(()));
            if token == tokens.end() {
                prop_assert!(answers.contains(&written));
                break;
            }
            written.extend_from_slice(tokens.bytes(token));
        }
    }
}
