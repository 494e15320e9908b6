//! A model that writes anything, about any text, in every format: the grammar lets it write nothing but
//! an answer that can be read, and every entity is a slice of the text.
//!
//! Models that like any tokens run the whole program. They like the same ones all the time; so the fuzzer
//! chooses each token of other answers itself.
#![no_main]

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use arbitrary::Arbitrary;
use bioner::constraint::{Machine, TokenTrie};
use bioner::format::{self, Format};
use bioner::{Options, Recognizer, Sentence, prompt};
use bioner_fuzz::{Text, Types, check_span, load, scripted};
use libfuzzer_sys::fuzz_target;

/// So many models, each with likings of its own, are made and kept.
const MODELS: u8 = 32;
/// The longest text, in characters. Its answers are some times as long.
const LONGEST: usize = 400;
/// The most choices that are the fuzzer's. Then the shortest way to the end is taken.
const MOST_CHOICES: usize = 200;

#[derive(Arbitrary, Debug)]
struct Input {
    format: u8,
    types: Types,
    writer: Writer,
    text: Text,
}

#[derive(Arbitrary, Debug)]
enum Writer {
    Model { seed: u8, together: bool },
    Choices(Vec<u8>),
}

thread_local! {
    static RECOGNIZERS: RefCell<HashMap<u8, Recognizer>> = RefCell::new(HashMap::new());
}

fn recognizer(seed: u8) -> Recognizer {
    let make = || {
        let model = load(&scripted::at_random(u64::from(seed)), 4096);
        model.and_then(Recognizer::new).expect("a model that works")
    };
    RECOGNIZERS.with_borrow_mut(|made| made.entry(seed).or_insert_with(make).clone())
}

fuzz_target!(|input: Input| {
    let formats = format::all();
    let format = formats[usize::from(input.format) % formats.len()];
    let text: String = input.text.0.chars().take(LONGEST).collect();
    match input.writer {
        Writer::Model { seed, together } => {
            let mut options = Options::new(input.types.0);
            options.format = Some(format.name().to_owned());
            options.together = together;
            extract(&recognizer(seed % MODELS), &text, &options);
        }
        Writer::Choices(choices) => write(format, &text, &input.types.0, &choices),
    }
});

fn extract(recognizer: &Recognizer, text: &str, options: &Options) {
    let mut session = recognizer.session(options).expect("types that can be asked for");
    session.add(text).expect("a short text");
    while !session.is_finished() {
        for part in session.step().expect("an answer that can be read") {
            for entity in part.entities {
                check_span(text, entity.span);
                assert!(entity.kind < options.types.len(), "{entity:?}");
                assert!((0.0..=1.0).contains(&entity.score), "{entity:?}");
            }
        }
    }
}

/// Writes an answer by choices among the tokens that are allowed, and reads it.
fn write(format: &dyn Format, text: &str, types: &[String], choices: &[u8]) {
    let sentence = Arc::new(Sentence::whole(text));
    let tokens = tokens(&sentence, types);
    let grammar = prompt::answer_grammar(format, &sentence, types);
    let mut machine = Machine::new(grammar, sentence.clone());
    let (mut answer, mut allowed) = (Vec::new(), Vec::new());
    for choice in choices.iter().take(MOST_CHOICES) {
        machine.allowed(&tokens, &mut allowed);
        assert!(!allowed.is_empty(), "{}: stuck after {answer:?}", format.name());
        let token = allowed[usize::from(*choice) % allowed.len()];
        machine.push(&tokens, token).expect("an allowed token");
        if token == tokens.end() {
            break;
        }
        answer.extend_from_slice(tokens.bytes(token));
    }
    // To the end, by what is cheapest.
    while machine.may_end() || !machine.cheapest(1).is_empty() {
        if machine.may_end() {
            machine.push(&tokens, tokens.end()).expect("it may end");
            break;
        }
        let bytes = machine.cheapest(usize::MAX);
        machine.push_bytes(&bytes).expect("a way to the end");
        answer.extend(bytes);
    }
    let answer = String::from_utf8(answer).expect("whole characters");
    let mentions = prompt::parse(format, &sentence, types, &answer);
    let mentions =
        mentions.unwrap_or_else(|error| panic!("{}: {answer:?}: {error}", format.name()));
    for mention in mentions {
        assert!(mention.kind < types.len(), "{mention:?}");
        assert!(sentence.occurrences(&mention.text).next().is_some(), "{mention:?}");
    }
}

/// Each byte as a token, and longer ones: words of the sentence and of the types, and what formats write around them.
fn tokens(sentence: &Sentence, types: &[String]) -> TokenTrie {
    let mut tokens: Vec<_> = (0..=255u8).map(|byte| Some(vec![byte])).collect();
    tokens.push(None);
    let words = (0..sentence.pieces().len()).map(|index| sentence.piece_text(index).to_owned());
    let around = ["; ", "\", \"", "\"}", "\n", "\n- ", "</", " | ", "@@", "##", ": [", "\tB-"];
    for text in words.chain(types.iter().cloned()).chain(around.map(str::to_owned)) {
        tokens
            .extend([format!(" {text}"), format!("{text}\""), text].map(|text| Some(text.into())));
    }
    TokenTrie::new(tokens, 256)
}
