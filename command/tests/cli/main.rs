//! The command line, run as a user would.

#![allow(clippy::expect_used, clippy::unwrap_used)] // in helpers, which Clippy takes for no tests

mod assert;
mod convert;
mod eval;
mod extract;
mod json_lines;
mod link;
mod pipes;
mod private;
mod resume;
mod shard;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use bioner_documents::EXPORT_FORMATS;
use serde_json::Value;

fn bioner(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bioner"))
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
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

/// A fresh folder for a test's files.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    folder
}

/// The program on a file with this name and content.
fn on_file(arguments: &[&str], name: &str, content: &[u8]) -> Output {
    let path = folder(&format!("on-{name}")).join(name);
    std::fs::write(&path, content).expect("a temporary file");
    bioner(&[arguments, &[path.to_str().expect("a path")]].concat(), b"")
}

/// Two documents with annotations.
const PUBTATOR: &str = "21|t|Naloxone and 😀 hypotension\n21|a|Clonidine lowers blood pressure.\n\
    21\t0\t8\tNaloxone\tChemical\t-\n21\t15\t26\thypotension\tDisease\t-\n\
    21\t27\t36\tClonidine\tChemical\tMESH:D003000\n\n22|t|\n22|a|Ibuprofen caused nausea.\n\n";

#[test]
fn formats_lists_all() {
    let output = bioner(&["formats"], b"");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(text.lines().count(), 13);
    assert_eq!(text.lines().last(), Some("compact"));
}

#[test]
fn help_names_the_formats_that_are_read_and_written() {
    let output = bioner(&["--help"], b"");
    assert!(output.stdout.starts_with(b"Biomedical named-entity recognition"));
    let not_written = ["text", "tsv", "pubmed-xml"];
    let not_read = ["web-annotation"];
    for command in ["extract", "convert", "eval"] {
        let output = bioner(&[command, "--help"], b"");
        let help = String::from_utf8(output.stdout).expect("UTF-8");
        let words: Vec<&str> = help.split_whitespace().collect();
        let help = words.join(" ");
        let of = |option: &str| -> Vec<String> {
            let (_, after) = help.rsplit_once(option).expect("the option");
            let end = after.find(" --").unwrap_or(after.len());
            let words = after[..end].split([' ', ',', '[', '.', '(']);
            words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        let read = of("--input-format <INPUT_FORMAT>");
        let written = (command != "eval").then(|| of("--output-format <OUTPUT_FORMAT>"));
        let names = EXPORT_FORMATS.map(|format| format.name);
        for name in names.into_iter().chain(not_written) {
            let is_read = read.iter().any(|word| word == name);
            assert_eq!(is_read, !not_read.contains(&name), "{command} --input-format {name}");
            if let Some(written) = &written {
                let is_written = written.iter().any(|word| word == name);
                let should = !not_written.contains(&name);
                assert_eq!(is_written, should, "{command} --output-format {name}");
            }
        }
    }
}

#[test]
fn inspect_says_what_the_model_is() {
    let output = bioner(&["inspect", "models/default"], b"");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let description: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(description["architecture"], "llama");
    assert!(description["unsupported"].is_null());
    assert!(description["config"]["format"].is_string());
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
