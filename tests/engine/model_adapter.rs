//! Adapters: a second file beside that of a model, and what they change.

use std::io::Cursor;

use crate::common;
use crate::common::gguf::{SMALL, Writer, adapters, synthetic};
use bioner::model::{
    Config, KvCache, Loader, Model, Outputs, PlannedQuestion, Run, Workspace, inspect,
};
use candle_core::quantized::GgmlDType;

const TOKENS: [u32; 12] = [3, 14, 15, 9, 26, 5, 35, 8, 9, 7, 9, 3];

/// A model of a family whose rows of queries and keys are stored in another order than they are used.
fn base() -> Writer {
    synthetic("llama", SMALL, GgmlDType::Q8_0, true)
}

/// The files of a model and its adapters, one after the other.
fn joined(base: &Writer, adapters: &Writer) -> Vec<u8> {
    [base.padded(), adapters.bytes()].concat()
}

/// The hidden states of [`TOKENS`].
fn hidden(model: &Model, mut cache: KvCache) -> Vec<f32> {
    let sequence = cache.start();
    let run = Run { sequence, tokens: &TOKENS, prefix: 4, outputs: Outputs::All };
    model.forward(&mut cache, &mut Workspace::default(), &[run]).unwrap()
}

/// How far two vectors are apart, as a share of the length of the second.
fn distance(a: &[f32], b: &[f32]) -> f32 {
    let difference: f32 = a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum();
    (difference / b.iter().map(|b| b * b).sum::<f32>()).sqrt()
}

#[test]
fn adapters_are_added_to_the_matrices_beside_which_they_stand() {
    let (file, added) = adapters(SMALL, 0.3);
    let adapted = common::load(&joined(&base(), &file)).unwrap();
    let mut merged = base();
    for (name, matrix) in &added {
        merged.add(name, GgmlDType::Q8_0, matrix);
    }
    let merged = common::load(&merged.bytes()).unwrap();
    let expected = hidden(&merged, merged.cache());
    let found = hidden(&adapted, adapted.adapted_cache());
    // Both are rounded to eight bits, in other places.
    assert!(distance(&found, &expected) < 0.03, "{}", distance(&found, &expected));
    let plain = hidden(&adapted, adapted.cache());
    assert!(distance(&plain, &expected) > 0.3, "{}", distance(&plain, &expected));
}

#[test]
fn without_them_a_model_computes_what_it_computes_alone() {
    let (file, _) = adapters(SMALL, 0.3);
    let alone = common::load(&base().bytes()).unwrap();
    let adapted = common::load(&joined(&base(), &file)).unwrap();
    assert_eq!(hidden(&adapted, adapted.cache()), hidden(&alone, alone.cache()));
    // A model without adapters has no others to apply.
    assert_eq!(hidden(&alone, alone.adapted_cache()), hidden(&alone, alone.cache()));
}

#[test]
fn files_arrive_in_pieces_of_any_size() {
    let (file, _) = adapters(SMALL, 0.3);
    let bytes = joined(&base(), &file);
    let whole = common::load(&bytes).unwrap();
    for size in [1, 7, 4096] {
        let mut loader = Loader::new();
        for piece in bytes.chunks(size) {
            loader.push(piece).unwrap();
        }
        let model = loader.finish().unwrap();
        let cache = model.adapted_cache();
        assert_eq!(hidden(&model, cache), hidden(&whole, whole.adapted_cache()), "{size}");
    }
    for cut in [base().padded().len() + 3, bytes.len() - 1] {
        let error = common::load(&bytes[..cut]).unwrap_err();
        assert_eq!(error.code(), "model-file");
        assert!(error.to_string().contains("it ends after"), "{error}");
    }
}

#[test]
fn the_description_counts_both_files() {
    let (file, _) = adapters(SMALL, 0.3);
    let alone = common::load(&base().bytes()).unwrap();
    let adapted = common::load(&joined(&base(), &file)).unwrap();
    let more = adapted.description().parameters - alone.description().parameters;
    // By layer: rank 32 times the rows and columns of each matrix.
    let sides = (64 + 64) + 2 * (32 + 64) + (64 + 64) + 3 * (96 + 64);
    assert_eq!(more, 2 * 32 * sides);
    let config = adapted.description().config.as_ref().unwrap();
    assert_eq!(config.adapter.as_ref().unwrap().rank, 32);
    assert_eq!(config.adapter.as_ref().unwrap().scale, 0.5);
    let bytes = joined(&base(), &file);
    let inspected = inspect(Cursor::new(&bytes)).unwrap();
    assert_eq!(inspected.parameters, adapted.description().parameters);
    assert_eq!(inspected.config.unwrap().adapter, config.adapter);
    let error = inspect(Cursor::new(&bytes[..bytes.len() - 1])).unwrap_err();
    assert!(error.to_string().contains("download it again"), "{error}");
}

/// The code and the text of the error for adapters after a change.
fn refused(change: impl Fn(&mut Writer) -> &mut Writer) -> (&'static str, String) {
    let (mut file, _) = adapters(SMALL, 0.3);
    change(&mut file);
    let error = common::load(&joined(&base(), &file)).unwrap_err();
    (error.code(), error.to_string())
}

#[test]
fn files_that_are_no_adapters_of_the_model_are_refused() {
    let q8 = |n: usize| vec![0u8; n / 32 * 34];
    for (code, part, (found, message)) in [
        ("model-file", "a second model", refused(|w| w.text("general.type", "model"))),
        ("model-unsupported", "type", refused(|w| w.text("adapter.type", "other"))),
        ("model-file", "alpha", refused(|w| w.f32("adapter.lora.alpha", f32::NAN))),
        ("model-file", "bioner.format", refused(|w| w.without("bioner.format"))),
        ("model-unsupported", "\"sonnets\"", refused(|w| w.text("bioner.format", "sonnets"))),
        (
            "model-file",
            "blk.1.ffn_up.weight.lora_b",
            refused(|w| w.without("blk.1.ffn_up.weight.lora_b")),
        ),
        (
            "model-file",
            "shape",
            refused(|w| w.tensor("blk.1.ffn_up.weight.lora_a", &[64, 64], 8, q8(64 * 64))),
        ),
        (
            "model-unsupported",
            "belongs to no",
            refused(|w| w.tensor("blk.2.ffn_up.weight.lora_a", &[64, 32], 8, q8(64 * 32))),
        ),
    ] {
        assert_eq!(found, code, "{message}");
        assert!(message.contains(part), "{message}");
    }
    let error = common::load(&[base().padded(), b"GGUX".to_vec()].concat()).unwrap_err();
    assert!(error.to_string().contains("goes on after its last tensor"), "{error}");
}

/// The questions for these types: the output format of each, and its types.
fn plan(config: &Config, types: &[&str], format: Option<&str>) -> Vec<String> {
    let questions = config.plan(types, format, false).unwrap();
    let show = |question: &PlannedQuestion| {
        let names: Vec<_> = question.kinds.iter().map(|&kind| types[kind]).collect();
        format!("{}: {}", question.format.name(), names.join(", "))
    };
    questions.iter().map(show).collect()
}

#[test]
fn types_that_the_model_was_tuned_for_are_asked_for_without_adapters() {
    let (mut file, _) = adapters(SMALL, 0.3);
    file.text("bioner.adapter.except", "Chemical, Disease,Gene,CellComponent,Species,Anatomy");
    let model = common::load(&joined(&base(), &file)).unwrap();
    for (types, expected) in [
        (&["Disease", "chemical"][..], &["lines-grouped: Disease, chemical"][..]),
        (&["Gene"], &["lines-grouped: Gene"]),
        (&["Cell component"], &["lines-grouped: Cell component"]),
        (&["Disease", "Symptom"], &["compact: Disease, Symptom"]),
        (&["Medication"], &["compact: Medication"]),
        (&["Eponym"], &["lines-grouped: Eponym"]),
        (&["Eponym", "Medication"], &["lines-grouped: Eponym", "compact: Medication"]),
        (
            &["Gene", "Symptom", "chemical", "Disease", "Anatomy"],
            &["lines-grouped: Gene, chemical", "compact: Symptom, Disease, Anatomy"],
        ),
    ] {
        assert_eq!(plan(model.config(), types, None), expected);
    }
    let types = ["Gene", "Eponym", "Symptom"];
    for format in ["compact", "inline-xml"] {
        let expected = [format!("{format}: Gene, Eponym, Symptom")];
        assert_eq!(plan(model.config(), &types, Some(format)), expected);
    }
    assert_eq!(model.config().plan(&types, Some("sonnets"), false).err().unwrap().code(), "format");
}
