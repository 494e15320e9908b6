//! Accept and reject tests on programs of the kinds the formats write, and walks through them.
//! `tests/reference.rs` compares the machine with the plain reading of random programs.

mod programs;
mod reference;
mod walks;

use std::sync::Arc;

use super::{Machine, Op, Program, TokenTrie};
use crate::Sentence;
use programs::{grouped, inline, markers, numbered, quoted};

const TYPES: [&str; 2] = ["Chemical", "Disease"];

fn machine(program: Program, sentence: &Sentence) -> Machine {
    Machine::new(program, Arc::new(sentence.clone()))
}

/// Whether the whole answer is accepted, and how many of its bytes are where not.
fn accepts(program: &Program, sentence: &Sentence, answer: &str) -> Result<(), usize> {
    let mut machine = machine(program.clone(), sentence);
    machine.push_bytes(answer.as_bytes()).map_err(|refused| refused.at)?;
    if machine.may_end() { Ok(()) } else { Err(answer.len()) }
}

/// The vocabulary of all bytes, each a token, and of these tokens after them; the end token last.
fn vocabulary(tokens: &[&str]) -> TokenTrie {
    let bytes = (0..=255u8).map(|byte| Some(vec![byte]));
    let tokens = tokens.iter().map(|token| Some(token.as_bytes().to_vec()));
    let all: Vec<_> = bytes.chain(tokens).chain([None]).collect();
    let end = all.len() as u32 - 1;
    TokenTrie::new(all, end)
}

fn allowed(machine: &mut Machine, vocabulary: &TokenTrie) -> Vec<u32> {
    let mut tokens = Vec::new();
    machine.allowed(vocabulary, &mut tokens);
    tokens
}

#[test]
fn lists_of_several_types() {
    let sentence = Sentence::whole("Selegiline-induced postural hypotension in rats.");
    let program = grouped(&sentence, &TYPES);
    for good in [
        " Chemical: Selegiline\n Disease: postural hypotension",
        " Chemical: -\n Disease: -",
        " Chemical: Selegiline; rats\n Disease: hypotension; .",
        " Chemical: Selegiline-induced postural hypotension in rats.\n Disease: -",
        " Chemical: rats\n Disease: Selegiline",
    ] {
        assert_eq!(accepts(&program, &sentence, good), Ok(()), "{good}");
    }
    for (bad, at) in [
        ("Chemical: -\n Disease: -", 0),
        (" Chemical: selegiline", 11),
        (" Chemical: Selegilin\n", 20),
        (" Chemical: Selegiline; Selegiline", 23),
        (" Chemical: rats; Selegiline", 17),
        (" Chemical: .;", 12),
        (" Chemical: Selegiline \n", 21),
        (" Chemical: Selegiline;\n", 22),
        (" Chemical:  rats", 11),
        (" Chemical: -\n", 13),
        (" Chemical: -\n Disease: -\n", 24),
        (" Chemical: postural  hypotension", 20),
    ] {
        assert_eq!(accepts(&program, &sentence, bad), Err(at), "{bad}");
    }
}

#[test]
fn a_sentence_without_words_leaves_only_none() {
    let sentence = Sentence::whole(" ");
    let program = grouped(&sentence, &TYPES);
    assert_eq!(machine(program, &sentence).forced(), b" Chemical: -\n Disease: -");
}

#[test]
fn names_begin_with_words_and_with_symbols_that_open() {
    let sentence = Sentence::whole("\"(R)-warfarin\" and the -OH.");
    let taken = |program: &Program, mention: &str| {
        accepts(program, &sentence, &format!(" Drug: {mention}")).map_err(|at| at - 7)
    };
    let all = grouped(&sentence, &["Drug"]);
    let mut names = all.clone();
    names.restrict_to_names();
    for quoted in ["\"", "\"(R)", ")-warfarin", "R", "warfarin", "and", "the -OH", "."] {
        assert_eq!(taken(&all, quoted), Ok(()), "{quoted}");
        assert_eq!(taken(&names, quoted), Err(0), "{quoted}");
    }
    for name in ["(R)-warfarin", "(R)-warfarin\" and", "-OH", "OH."] {
        assert_eq!(taken(&names, name), Ok(()), "{name}");
    }
    // Nothing but "." would be left to name.
    assert_eq!(taken(&names, "OH; "), Err(2));
}

#[test]
fn the_text_again_with_marks() {
    let sentence = Sentence::whole("in a rat, nausea");
    let program = inline(&sentence, &TYPES);
    for good in [
        "in a rat, nausea",
        "<Disease>in a rat, nausea</Disease>",
        "in a <Chemical>rat</Chemical>, <Disease>nausea</Disease>",
        "<Chemical>in</Chemical> a rat<Disease>,</Disease> nausea",
    ] {
        assert_eq!(accepts(&program, &sentence, good), Ok(()), "{good}");
    }
    for (bad, at) in [
        ("in a rat, nause", 15),
        ("in a rat, nausea.", 16),
        ("in a rat nausea", 8),
        ("in<", 2),
        ("in <Chemical> a", 13),
        ("in <Chemical>a rat</Disease>", 20),
        ("in <Chemical>a </Chemical>", 15),
        ("in <Gene>", 4),
    ] {
        assert_eq!(accepts(&program, &sentence, bad), Err(at), "{bad}");
    }
}

#[test]
fn the_text_once_for_each_type() {
    let sentence = Sentence::whole("rat nausea");
    let program = markers(&sentence, &TYPES);
    let good = "Chemical: rat nausea\nDisease: rat @@nausea##\n";
    assert_eq!(accepts(&program, &sentence, good), Ok(()));
    assert_eq!(accepts(&program, &sentence, "Chemical: rat\n"), Err(13));
    assert_eq!(accepts(&program, &sentence, "Chemical: @@rat nausea\n"), Err(22));
}

#[test]
fn occurrence_numbers() {
    let sentence = Sentence::whole("rat and rat: rats, rat");
    let program = numbered(&sentence);
    for good in ["", "rat#1;", "rat#3;", "rat#1;rat#2;rat#3;", "and rat#1;rat#3;", "rats#1;rat#3;"]
    {
        assert_eq!(accepts(&program, &sentence, good), Ok(()), "{good}");
    }
    for (bad, at) in [
        ("rat#0;", 4),
        ("rat#4;", 4),
        ("rat#2;rat#2;", 10),
        ("and rat#1;rat#2;", 14),
        ("rat#12", 5),
    ] {
        assert_eq!(accepts(&program, &sentence, bad), Err(at), "{bad}");
    }
}

#[test]
fn more_than_nine_occurrences() {
    let sentence = Sentence::whole(&"x ".repeat(12));
    let program = numbered(&sentence);
    for good in ["x#1;", "x#12;", "x#1;x#10;x#11;", "x x#2;x#4;"] {
        assert_eq!(accepts(&program, &sentence, good), Ok(()), "{good}");
    }
    assert_eq!(accepts(&program, &sentence, "x#13;"), Err(3));
    assert_eq!(accepts(&program, &sentence, "x#11;x#10;"), Err(8));
}

#[test]
fn escapes() {
    let sentence = Sentence::whole(r#"5" \ 3'"#);
    let program = quoted(&sentence);
    for good in [r#""5\"""#, r#""5\" \\ 3'""#, r#""\"" "3""#] {
        assert_eq!(accepts(&program, &sentence, good), Ok(()), "{good}");
    }
    for (bad, at) in [(r#""5"" "#, 3), (r#""\ "#, 2), (r#""\\" "5"#, 6)] {
        assert_eq!(accepts(&program, &sentence, bad), Err(at), "{bad}");
    }
}

#[test]
fn a_mention_never_stops_before_a_piece_that_cannot_be_written() {
    let program = |sentence: &Sentence| {
        let mut program = Program::new();
        let spelling = program.spelling(sentence, |piece, _| (piece != "|").then(|| piece.into()));
        program.push(Op::Mention(spelling));
        program.push(Op::Accept);
        program
    };
    let sentence = Sentence::whole("a b| |c d");
    for good in ["a", "a b", "b", "c", "c d", "d"] {
        assert_eq!(accepts(&program(&sentence), &sentence, good), Ok(()), "{good}");
    }
    for (bad, at) in [("|", 0), ("b|", 1), ("a b ", 3), ("d ", 1), (" ", 0)] {
        assert_eq!(accepts(&program(&sentence), &sentence, bad), Err(at), "{bad}");
    }

    // The space is followed by a piece that cannot be written, so it cannot be written either.
    let sentence = Sentence::whole("ab |");
    let mut machine = machine(program(&sentence), &sentence);
    assert_eq!(machine.push_bytes(b"ab "), Err(super::Refused { at: 2 }));
    assert_eq!(allowed(&mut machine, &vocabulary(&["ab ", "ab"])), [u32::from(b'a'), 257]);
}

#[test]
fn the_lowest_floor_counts() {
    let sentence = Sentence::whole("a b");
    let mut program = Program::new();
    let spelling = program.spelling(&sentence, |piece, _| Some(piece.to_string()));
    // `a`, as a mention or as a literal: after the literal `a` may still be mentioned.
    let either = program.choice();
    let mention = program.push(Op::Mention(spelling));
    let jump = program.choice();
    let literal = program.literal("a");
    let then = program.literal("+");
    program.push(Op::Mention(spelling));
    program.push(Op::Accept);
    program.set_choice(either, [mention, literal]);
    program.set_choice(jump, [then]);
    for good in ["a+a", "a+b", "a+a b"] {
        assert_eq!(accepts(&program, &sentence, good), Ok(()), "{good}");
    }
    // Behind `b` nothing is left, so it is no mention to begin with.
    assert_eq!(accepts(&program, &sentence, "b+"), Err(0));
}

#[test]
fn tokens_may_cross_mentions_and_halve_characters() {
    let sentence = Sentence::whole("α-synuclein; β");
    let program = grouped(&sentence, &["Gene"]);
    let tokens = vocabulary(&["α-", "; β", "synuclein\n", "-s", "Gene: ", "n; ", ": -"]);
    let token = |text: &str| (0..tokens.len() as u32).find(|&t| tokens.bytes(t) == text.as_bytes());
    let of = |text: &str| token(text).expect("in the vocabulary");
    let mut machine = machine(program, &sentence);
    assert_eq!(machine.forced(), b" Gene: ");
    machine.push_bytes(b" Gene").expect("allowed");
    assert_eq!(allowed(&mut machine, &tokens), [u32::from(b':'), of(": -")]);
    machine.push_bytes(b": ").expect("allowed");
    // Greek letters begin with the same byte or not; each is half a token here.
    let starts = [b'-', b';', b's', 0xCE].map(u32::from);
    let expected: Vec<u32> = starts.into_iter().chain([of("α-"), of("; β"), of("-s")]).collect();
    assert_eq!(allowed(&mut machine, &tokens), expected);
    machine.push(&tokens, 0xCE).expect("allowed");
    assert_eq!(allowed(&mut machine, &tokens), [0xB1, 0xB2]);
    machine.push(&tokens, 0xB1).expect("allowed");
    machine.push(&tokens, of("-")).expect("allowed");
    machine.push_bytes(b"synuclei").expect("allowed");
    assert_eq!(machine.forced(), b"n");
    // `; ` separates mentions here, and is also the sentence's own.
    assert_eq!(allowed(&mut machine, &tokens), [u32::from(b'n'), of("n; ")]);
    machine.push(&tokens, of("n; ")).expect("allowed");
    assert_eq!(
        allowed(&mut machine, &tokens),
        [b';', 0xCE].map(u32::from).iter().copied().chain([of("; β")]).collect::<Vec<_>>()
    );
}

#[test]
fn the_cheapest_way_on_lists_and_marks_nothing_more() {
    let sentence = Sentence::whole("Selegiline-induced hypotension.");
    let cheapest = |program: Program, written: &str, most: usize| {
        let mut machine = machine(program, &sentence);
        machine.push_bytes(written.as_bytes()).expect("allowed");
        String::from_utf8(machine.cheapest(most)).expect("whole characters")
    };
    let lists = || grouped(&sentence, &TYPES);
    assert_eq!(cheapest(lists(), "", 99), " Chemical: -\n Disease: -");
    assert_eq!(cheapest(lists(), "", 5), " Chem");
    assert_eq!(cheapest(lists(), " Chemical: Sele", 99), "giline\n Disease: -");
    assert_eq!(cheapest(lists(), " Chemical: Selegiline; hypo", 99), "tension\n Disease: -");
    assert_eq!(cheapest(lists(), " Chemical: -\n Disease: -", 99), "");
    let marked = || inline(&sentence, &TYPES);
    assert_eq!(cheapest(marked(), "", 99), sentence.view());
    assert_eq!(cheapest(marked(), "<Chemical>Sele", 99), "giline</Chemical>-induced hypotension.");
}

#[test]
fn an_ended_answer_takes_nothing_more() {
    let sentence = Sentence::whole("rat");
    let program = grouped(&sentence, &["Gene"]);
    let tokens = vocabulary(&["rat"]);
    let mut machine = machine(program, &sentence);
    assert!(machine.push(&tokens, tokens.end()).is_err());
    machine.push_bytes(b" Gene: rat").expect("allowed");
    assert!(machine.may_end());
    assert!(machine.push(&tokens, 9999).is_err(), "no such token");
    machine.push(&tokens, tokens.end()).expect("allowed");
    assert!(!machine.may_end());
    assert!(allowed(&mut machine, &tokens).is_empty());
    assert_eq!(machine.forced(), b"");
    assert!(machine.push(&tokens, tokens.end()).is_err());
    assert!(machine.push_bytes(b";").is_err());
    assert!(machine.push_bytes(b"").is_ok());
}

#[test]
fn a_refused_token_changes_nothing() {
    let sentence = Sentence::whole("a cat");
    let program = grouped(&sentence, &["Gene"]);
    let tokens = vocabulary(&["a cow", "a ca"]);
    let mut machine = machine(program, &sentence);
    machine.push_bytes(b" Gene: ").expect("allowed");
    assert_eq!(machine.push(&tokens, 256), Err(super::Refused { at: 3 }));
    assert_eq!(machine.push(&tokens, 257), Ok(()));
    assert_eq!(machine.forced(), b"t");
}

#[test]
fn broken_programs_do_not_hang_or_panic() {
    let sentence = Sentence::whole("a b");
    let run = |ops: &[Op]| {
        let mut program = Program::new();
        for op in ops {
            program.push(op.clone());
        }
        let mut machine = machine(program, &sentence);
        (machine.forced(), allowed(&mut machine, &vocabulary(&[])), machine.may_end())
    };
    let dead = (Vec::new(), Vec::new(), false);
    assert_eq!(run(&[]), dead);
    assert_eq!(run(&[Op::Choice(vec![0])]), dead);
    assert_eq!(run(&[Op::Choice(vec![7]), Op::Accept]), dead);
    assert_eq!(run(&[Op::Mention(3), Op::Accept]), dead);
    assert_eq!(run(&[Op::Copy(3), Op::Accept]), dead);
    assert_eq!(run(&[Op::Literal((*b"a").into())]), dead);
    assert_eq!(run(&[Op::Literal((*b"").into()), Op::Accept]), (Vec::new(), vec![256], true));
    assert_eq!(run(&[Op::OccurrenceNumber, Op::Accept]).0, b"0");
}
