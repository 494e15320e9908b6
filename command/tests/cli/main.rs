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
