//! `bioner eval`.

use std::path::Path;

use serde_json::Value;

use crate::{PUBTATOR, bioner, on_file};

#[test]
fn eval_counts_strict_spans() {
    let text = "Naloxone reverses the antihypertensive effect of clonidine.";
    let gold = [(0, 8), (49, 58)];
    let entities: Vec<Value> = gold
        .iter()
        .map(|(start, end)| serde_json::json!({"start": start, "end": end, "type": "Chemical"}))
        .collect();
    let line =
        serde_json::json!({"id": "1", "text": text, "types": ["Chemical"], "entities": entities});
    let corpus = Path::new(env!("CARGO_TARGET_TMPDIR")).join("eval.jsonl");
    std::fs::write(&corpus, format!("{line}\n")).expect("a temporary file");
    let output = bioner(&["eval", corpus.to_str().expect("a path")], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["documents"], 1);
    assert_eq!(report["micro"]["gold"], 2);
    assert_eq!(report["micro"]["f1"], 1.0, "both are plain cases: {report}");
    assert!(report["tokens_per_second"].as_f64().expect("a rate") > 0.0);
    let bins = report["scores"]["bins"].as_array().expect("bins");
    let mentions: u64 = bins.iter().filter_map(|bin| bin["mentions"].as_u64()).sum();
    assert_eq!(mentions, 2);
    assert!(bins.iter().all(|bin| bin["right"] == 1.0));
}

#[test]
fn eval_reads_annotations_of_other_formats() {
    let gold = PUBTATOR.split_once("\n22|").expect("two documents").0;
    let output = on_file(&["eval"], "gold.pubtator", gold.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&report["documents"], &report["micro"]["gold"]), (&1.into(), &3.into()));
    assert!(report["by_type"]["Chemical"].is_object() && report["by_type"]["Disease"].is_object());
    assert!(report["partial"]["f1"].as_f64() >= report["micro"]["f1"].as_f64());
    let output = on_file(&["eval", "--types", "Disease"], "gold2.pubtator", gold.as_bytes());
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["micro"]["gold"], 1, "what was not asked for is not missed");
    let gold = gold.replace("\tDisease\t", "\tA;B\t");
    let output = on_file(&["eval"], "gold3.pubtator", gold.as_bytes());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("\"A;B\"") && told.contains("--types"), "{told}");
    let output = on_file(&["eval", "--types", "Chemical"], "gold3.pubtator", gold.as_bytes());
    assert!(output.status.success(), "a type that cannot be asked for is read over");
}

#[test]
fn eval_leaves_out_what_it_cannot_read_and_tells_it() {
    let good = r#"{"id": "a", "text": "Naloxone helped.", "types": ["Chemical"], "entities": [{"start": 0, "end": 8, "type": "Chemical"}]}"#;
    let wrong = good.replace("\"a\"", "\"b\"").replace("\"end\": 8", "\"end\": 80");
    let file = format!("{{\"id\": \n{wrong}\n{{\"id\": \"c\", \"text\": \"gout\"}}\n{good}\n");
    let output = on_file(&["eval"], "some-bad.jsonl", file.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&report["documents"], &report["micro"]["gold"]), (&2.into(), &1.into()));
    let told = String::from_utf8_lossy(&output.stderr);
    let told: Vec<&str> = told.lines().collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("line 1: "), "{told:?}");
    assert!(told[1].contains("line 2: document \"b\": entity 1: "), "{told:?}");
    assert!(told[2].contains("document \"c\" needs \"types\" and \"entities\""), "{told:?}");
    let output = on_file(&["eval"], "all-bad.jsonl", b"{\"id\": \n");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("[input]"));
}

#[test]
fn eval_of_a_preset_scores_the_types_that_a_line_has() {
    let drugs = r#"{"id": "a", "text": "Naloxone reverses the effect of clonidine at Cushing's.", "types": ["Drug", "Eponym"], "entities": [{"start": 0, "end": 8, "type": "Drug"}, {"start": 32, "end": 41, "type": "Drug"}, {"start": 45, "end": 54, "type": "Eponym"}]}"#;
    let others = r#"{"id": "b", "text": "HeLa cells.", "types": ["Cell line"], "entities": []}"#;
    let both = format!("{drugs}\n{others}\n");
    let output = on_file(&["eval", "--preset", "literature"], "preset.jsonl", both.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["documents"], 1, "the preset has no type of the other");
    let types: Vec<&String> = report["by_type"].as_object().expect("types").keys().collect();
    assert_eq!(types, ["Drug"]);
    assert_eq!(report["micro"]["gold"], 2, "what was not asked for is not missed");
    assert_eq!(report["micro"]["correct"], 2, "a chemical is scored as a drug: {report}");
    let output = on_file(&["eval", "--preset", "trial"], "none.jsonl", others.as_bytes());
    assert_eq!(output.status.code(), Some(2), "there is nothing to score");
}

#[test]
fn eval_reads_the_training_lines_of_a_review() {
    let lines = include_str!("../../../tests/golden/training-lines.jsonl");
    let output = on_file(&["eval"], "review.jsonl", lines.as_bytes());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&report["documents"], &report["micro"]["gold"]), (&2.into(), &3.into()));
    let diseases = &report["by_type"]["Disease"];
    assert_eq!(diseases["correct"], 2, "offsets count code points: {report}");
}

#[test]
fn eval_tells_of_a_document_that_is_too_large_and_goes_on() {
    let document = |id: &str, more: &str| {
        format!(
            r#"{{"id": "{id}", "text": "Naloxone helped.{more}", "types": ["Chemical"], "entities": [{{"start": 0, "end": 8, "type": "Chemical"}}]}}"#
        )
    };
    let large = document("b", &" It helped.".repeat(450_000));
    let types = document("c", "").replace("[\"Chemical\"]", "[\"A|B\"]");
    let file = [document("a", ""), large, types, document("d", "")].join("\n");
    let output = on_file(&["eval"], "too-large.jsonl", file.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&report["documents"], &report["micro"]["correct"]), (&2.into(), &2.into()));
    let told = String::from_utf8_lossy(&output.stderr);
    let told: Vec<&str> = told.lines().collect();
    assert_eq!(told.len(), 2, "{told:?}");
    let of =
        |id: &str| told.iter().find(|line| line.contains(&format!("document \"{id}\""))).copied();
    assert!(of("b").is_some_and(|line| line.ends_with("[text-too-large]")), "{told:?}");
    assert!(of("c").is_some_and(|line| line.ends_with("[input]")), "{told:?}");
}

#[test]
fn eval_of_a_pipe_scores_all_that_comes_through_it() {
    // More than is read of a pipe at once.
    let document = |id: usize| {
        format!("{id}|t|Naloxone helped.\n{id}|a|\n{id}\t0\t8\tNaloxone\tChemical\t-\n\n")
    };
    let relation = |id: usize| format!("{id}\tCID\t{}\tD2\n", "D1".repeat(60_000));
    let corpus: String =
        (1..4).map(|id| document(id).trim_end().to_owned() + "\n" + &relation(id) + "\n").collect();
    let report = |output: std::process::Output| -> Value {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let mut inputs = vec!["-"];
    if cfg!(unix) {
        inputs.push("/dev/stdin");
    }
    for input in inputs {
        let report = report(bioner(&["eval", input], corpus.as_bytes()));
        assert_eq!(
            (&report["documents"], &report["micro"]["gold"]),
            (&3.into(), &3.into()),
            "{input}"
        );
    }
    let limited = report(bioner(&["eval", "--limit", "2", "-"], corpus.as_bytes()));
    assert_eq!(limited["documents"], 2);
}

#[test]
fn eval_tells_of_types_that_are_none_where_it_needs_them() {
    let line = |id: &str, types: &str| {
        format!(
            r#"{{"id": "{id}", "text": "Naloxone helped.", "types": {types}, "entities": [{{"start": 0, "end": 8, "type": "Chemical"}}]}}"#
        )
    };
    let file =
        [line("a", "null"), line("b", "\"Chemical\""), line("c", "[\"Chemical\"]")].join("\n");
    let output = on_file(&["eval"], "no-types.jsonl", file.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr);
    let told: Vec<&str> = told.lines().collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("document \"a\" needs \"types\""), "{told:?}");
    assert!(told[1].contains("document \"b\": \"types\": "), "{told:?}");
    let output = on_file(&["eval", "--types", "Chemical"], "no-types.jsonl", file.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["documents"], 3);
}

#[test]
fn eval_takes_other_spellings_and_synonyms_for_what_is_asked_for() {
    let line = |types: &str| {
        let kinds = ["Drug", "Disorder", "DISEASE", "Finding"];
        let spans = [(0, 8), (16, 20), (25, 33), (38, 45)];
        let entities: Vec<Value> = std::iter::zip(kinds, spans)
            .map(|(kind, (start, end))| serde_json::json!({"start": start, "end": end, "type": kind}))
            .collect();
        let text = "Naloxone caused gout and migraine, no redness.";
        let mut line = serde_json::json!({"id": "1", "text": text, "entities": entities});
        if !types.is_empty() {
            line["types"] = types.split(',').collect();
        }
        format!("{line}\n")
    };
    let report = |arguments: &[&str], line: &str| -> Value {
        let output = on_file(arguments, "spelled.jsonl", line.as_bytes());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&output.stdout).expect("JSON")
    };
    let asked = report(&["eval", "--types", "Chemical,Disease"], &line(""));
    assert_eq!(asked["by_type"]["Chemical"]["gold"], 1, "{asked}");
    assert_eq!(asked["by_type"]["Disease"]["gold"], 2, "{asked}");
    assert_eq!(asked["not_scored"], serde_json::json!({"Finding": 1}));
    let own = line("Drug,Disorder,DISEASE,Finding");
    let preset = report(&["eval", "--preset", "literature"], &own);
    assert_eq!(preset["micro"]["gold"], 3, "both names of a disease are scored: {preset}");

    let output = on_file(&["eval", "--types", "Gene"], "others.jsonl", line("").as_bytes());
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("DISEASE (1)") && told.contains("Drug (1)"), "{told}");
    let output = on_file(&["eval"], "no-types.jsonl", line("").as_bytes());
    assert!(String::from_utf8_lossy(&output.stderr).contains("--types"));
    let output = on_file(&["eval", "--types", "Disease"], "note.txt", b"She has gout.\n");
    assert_eq!(output.status.code(), Some(2), "a text without annotations");
}
