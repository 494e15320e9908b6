//! The command line, run as a user would.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn bioner(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bioner"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_remove("BIONER_MODEL")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // The program may refuse its arguments without reading on.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().expect("the program ends")
}

fn lines(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn slice(text: &str, entity: &Value) -> String {
    let at = |key: &str| entity[key].as_u64().expect("an offset") as usize;
    text.chars().skip(at("start")).take(at("end") - at("start")).collect()
}

#[test]
fn formats_lists_the_twelve() {
    let output = bioner(&["formats"], b"");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(text.lines().count(), 12);
    assert_eq!(text.lines().last(), Some("lines-grouped"));
}

#[test]
fn inspect_says_what_the_model_is() {
    let output = bioner(&["inspect", "models/default"], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let description: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(description["architecture"], "llama");
    assert!(description["unsupported"].is_null());
}

#[test]
fn a_text_on_standard_input_gives_one_document() {
    let text = "🧬 Naloxone reverses hypotension in rats.";
    let output = bioner(&["extract", "--types", "Chemical,Species", "--raw"], text.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let documents = lines(&output);
    assert_eq!(documents.len(), 1);
    let entities = documents[0]["entities"].as_array().expect("entities");
    assert!(entities.iter().any(|e| e["text"] == "Naloxone" && e["type"] == "Chemical"));
    for entity in entities {
        assert_eq!(slice(text, entity), entity["text"], "offsets count code points");
    }
    assert!(documents[0]["raw"][0]["text"].as_str().expect("raw").contains("Naloxone"));
}

#[test]
fn a_line_in_is_a_line_out_and_a_bad_one_does_not_stop_the_rest() {
    let input = concat!(
        "{\"id\": \"a\", \"text\": \"He took aspirin.\"}\n",
        "{\"id\": \"b\", \"words\": \"no text\"}\n",
        "not JSON\n",
        "\n",
        "{\"id\": 7, \"text\": \"\"}\n",
        "{\"id\": \"c\", \"text\": \"She took \\ud83d\\ude00 ibuprofen.\"}",
    );
    let output = bioner(&["extract", "--types", "Drug", "-"], input.as_bytes());
    assert_eq!(output.status.code(), Some(1), "one failed");
    let documents = lines(&output);
    let ids: Vec<String> = documents.iter().map(|d| d["id"].to_string()).collect();
    assert_eq!(ids, ["\"a\"", "\"b\"", "null", "7", "\"c\""]);
    assert_eq!(documents[1]["error"]["code"], "input");
    assert_eq!(documents[2]["error"]["code"], "input");
    assert!(documents[1]["entities"].is_null());
    assert_eq!(documents[3]["entities"].as_array().map(Vec::len), Some(0));
    assert!(documents[4]["entities"].is_array());
}

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
fn what_cannot_be_used_is_told_with_a_code() {
    let broken = Path::new(env!("CARGO_TARGET_TMPDIR")).join("broken.gguf");
    std::fs::write(&broken, b"GGUF\x03\0\0\0\x10").expect("a temporary file");
    let broken = broken.to_str().expect("a path");
    for (arguments, code) in [
        (&["extract", "--types", "A|B"][..], "[types]"),
        (&["extract", "--format", "prose"], "[format]"),
        (&["extract", "no-such-file.txt"], "[input]"),
        (&["extract", "--model", "README.md", "-"], "[model-file]"),
        (&["extract", "--model", broken, "-"], "[model-file]"),
        (&["inspect", broken], "[model-file]"),
        (&["inspect", "no-such-model"], "[input]"),
        (&["eval", "README.md"], "[input]"),
    ] {
        let output = bioner(arguments, b"text");
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {message}");
        assert!(message.contains(code), "{arguments:?}: {message}");
    }
}
