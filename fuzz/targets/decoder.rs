//! A model that writes anything, about any text, in every format: the grammar lets it write nothing but
//! an answer that can be read, and every entity is a slice of the text.
#![no_main]

use std::cell::RefCell;
use std::collections::HashMap;

use arbitrary::Arbitrary;
use bioner::{Options, Recognizer};
use bioner_fuzz::{Text, Types, check_span, load, scripted};
use libfuzzer_sys::fuzz_target;

/// So many models, each with likings of its own, are made and kept.
const MODELS: u8 = 32;

#[derive(Arbitrary, Debug)]
struct Input {
    model: u8,
    format: u8,
    types: Types,
    text: Text,
    together: bool,
}

thread_local! {
    static RECOGNIZERS: RefCell<HashMap<u8, Recognizer>> = RefCell::new(HashMap::new());
}

fn recognizer(seed: u8) -> Recognizer {
    let make = || load(&scripted::at_random(u64::from(seed)), 4096).expect("a model that works");
    RECOGNIZERS.with_borrow_mut(|made| made.entry(seed).or_insert_with(make).clone())
}

fuzz_target!(|input: Input| {
    let formats = bioner::format::all();
    let format = formats[usize::from(input.format) % formats.len()].name();
    let mut options = Options::new(input.types.0);
    options.format = Some(format.to_owned());
    options.together = input.together;
    let text: String = input.text.0.chars().take(400).collect();
    let mut session =
        recognizer(input.model % MODELS).session(&options).expect("types that can be asked for");
    session.add(text.as_str()).expect("a short text");
    while !session.is_finished() {
        for part in session.step().expect("an answer that can be read") {
            for entity in part.entities {
                check_span(&text, entity.span);
                assert!(entity.kind < options.types.len(), "{entity:?}");
                assert!((0.0..=1.0).contains(&entity.score), "{entity:?}");
            }
        }
    }
});
