//! The same text, the same entities with the same scores, to the bit: for every run, number of threads and
//! kind of kernels. The golden file is also that of the browsers (`tests/engines`) and of Python.

use std::path::Path;
use std::sync::OnceLock;

use crate::common;
use bioner::model::{Loader, Variant};
use bioner::{Limits, Offsets, Options, Recognizer, Unit, preset_types};
use serde::{Deserialize, Serialize};

/// A line of the golden file: a text, what is asked for, and what is found. Its texts are invented.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Case {
    id: String,
    /// A preset, or else types.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    preset: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    types: Option<Vec<String>>,
    /// Without one, the model's own for what is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    format: Option<String>,
    text: String,
    #[serde(default)]
    entities: Vec<Found>,
}

/// An entity, in code points, with all digits of its score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Found {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    text: String,
    score: f32,
}

fn golden() -> Vec<Case> {
    let lines = std::fs::read_to_string(path()).expect("tests/golden/sentences.jsonl");
    let cases: Vec<Case> =
        lines.lines().map(|line| serde_json::from_str(line).expect("a case")).collect();
    assert!(cases.len() > 70);
    cases
}

fn path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/sentences.jsonl")
}

fn recognizer() -> &'static Recognizer {
    static RECOGNIZER: OnceLock<Recognizer> = OnceLock::new();
    RECOGNIZER.get_or_init(|| loaded(Loader::new()))
}

fn loaded(mut loader: Loader) -> Recognizer {
    loader.push(&common::default_model_bytes()).expect("the default model");
    Recognizer::new(loader.finish().expect("the default model")).expect("its tokenizer is known")
}

/// A case with what is found now.
fn worked_on(recognizer: &Recognizer, case: &Case, limits: Limits) -> Case {
    let types = match (&case.types, &case.preset) {
        (Some(types), None) => types.clone(),
        (None, Some(preset)) => preset_types(preset).expect("a preset"),
        _ => panic!("{}: either a preset or types", case.id),
    };
    let options = Options { format: case.format.clone(), limits, ..Options::new(types) };
    let offsets = Offsets::new(&case.text, Unit::CodePoint);
    let entities = recognizer.extract(&case.text, &options).expect("it can be worked on");
    let entities = entities.into_iter().map(|entity| Found {
        start: offsets.of(entity.span.start),
        end: offsets.of(entity.span.end),
        kind: options.types[entity.kind].clone(),
        text: entity.span.slice(&case.text).to_owned(),
        score: entity.score,
    });
    Case { entities: entities.collect(), ..case.clone() }
}

/// The lines of which each test has its share: every line is worked on somewhere, some with fewer threads, some
/// with other kernels, share 3 in Python and share 6 in the browsers.
fn share(number: usize) -> impl Iterator<Item = Case> {
    golden().into_iter().skip(number).step_by(SHARES)
}

const SHARES: usize = 8;

/// With BIONER_BLESS=1 the file is written anew: after a change of the weights, not of the code.
#[test]
fn golden_sentences() {
    if std::env::var_os("BIONER_BLESS").is_some() {
        let line = |case: Case| {
            let found = worked_on(recognizer(), &case, Limits::default());
            serde_json::to_string(&found).expect("JSON") + "\n"
        };
        let lines: String = golden().into_iter().map(line).collect();
        std::fs::write(path(), lines).expect("the golden file can be written");
    }
    assert!(golden().iter().map(|case| case.entities.len()).sum::<usize>() > 500);
    for case in share(0).chain(share(7)) {
        assert_eq!(worked_on(recognizer(), &case, Limits::default()), case);
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    for (threads, number) in [(1, 1), (3, 2)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        for case in share(number) {
            let found = pool.install(|| worked_on(recognizer(), &case, Limits::default()));
            assert_eq!(found, case, "{threads} threads");
        }
    }
}

#[test]
fn every_kind_of_kernels_finds_the_same() {
    let variants = Variant::available();
    assert!(variants.contains(&Variant::Portable));
    let count = variants.len();
    for (number, variant) in variants.into_iter().enumerate() {
        let recognizer = loaded(Loader::on(variant).expect("this machine can run it"));
        // The portable kernels are slow.
        let most = if variant == Variant::Portable { 2 } else { usize::MAX };
        for case in share(4).skip(number).step_by(count).take(most) {
            assert_eq!(worked_on(&recognizer, &case, Limits::default()), case, "{variant:?}");
        }
    }
}

#[test]
fn what_is_computed_side_by_side_changes_nothing() {
    let limits = Limits { sentences: 2, tokens: 16, draft_tokens: 4 };
    for case in share(5) {
        assert_eq!(worked_on(recognizer(), &case, limits), case);
    }
}
