//! What the program does to the machine, as the system sees it: no connection, no file written that was not asked for,
//! and no document's text in its messages.
//!
//! strace says which calls it makes. Where there is none (it is for Linux), these tests are left out.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::{PUBTATOR, folder, on_file};

/// A word that stands for a patient's name, which nothing else has.
const NAME: &str = "Quastelbury";

/// What was traced: the calls that have to do with networks, and the files that were opened for writing.
struct Traced {
    network: Vec<String>,
    written: Vec<String>,
    found: String,
}

/// A program and its calls, or nothing without strace.
fn traced(name: &str, command: &[&str]) -> Option<Traced> {
    if !cfg!(target_os = "linux") {
        return None;
    }
    let log = folder(&format!("traced-{name}")).join("calls");
    let calls = "%network,open,openat,creat,rename,renameat2,mkdir,mkdirat,unlink,unlinkat";
    let output = Command::new("strace")
        .args(["-f", "-qq", "-s", "300", "-e", &format!("trace={calls}"), "-o"])
        .arg(&log)
        .args(command)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .env_remove("BIONER_MODEL")
        .stdin(Stdio::null())
        .output()
        .expect("strace, which npm run setup installs");
    let calls = std::fs::read_to_string(&log).expect("what strace wrote");
    // A line is "PID call(arguments) = result"; signals and ends of processes have no parenthesis there.
    let calls: Vec<&str> = calls
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(_, call)| call.trim())
        .collect();
    let is_file = |call: &str| {
        ["open", "creat", "rename", "mkdir", "unlink"].iter().any(|name| call.starts_with(name))
    };
    let writes = |call: &str| {
        !call.starts_with("open")
            || ["O_WRONLY", "O_RDWR", "O_CREAT"].iter().any(|flag| call.contains(flag))
    };
    let is_call =
        |call: &str| call.starts_with(|c: char| c.is_ascii_lowercase()) && call.contains('(');
    let (files, network): (Vec<_>, Vec<_>) =
        calls.into_iter().filter(|call| is_call(call)).partition(|call| is_file(call));
    assert!(
        !files.is_empty(),
        "a program opens files: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Some(Traced {
        network: network.into_iter().map(str::to_owned).collect(),
        written: files.into_iter().filter(|call| writes(call)).map(str::to_owned).collect(),
        found: String::from_utf8_lossy(&output.stdout).into_owned(),
    })
}

fn text_file() -> std::path::PathBuf {
    let file = folder("private").join("note.txt");
    std::fs::write(&file, format!("{NAME} took aspirin for headache.")).expect("a temporary file");
    file
}

#[test]
fn the_trace_shows_a_program_that_connects_and_writes() {
    let to = folder("connects").join("file");
    let script = format!("echo > {}; echo > /dev/tcp/127.0.0.1/9", to.display());
    let Some(traced) = traced("connects", &["bash", "-c", &script]) else { return };
    assert!(traced.network.iter().any(|call| call.contains("AF_INET")), "{:?}", traced.network);
    assert!(
        traced.written.iter().any(|call| call.contains("connects/file")),
        "{:?}",
        traced.written
    );
}

#[test]
fn extraction_connects_to_nothing_and_writes_no_file() {
    let note = text_file();
    let program = env!("CARGO_BIN_EXE_bioner");
    let command = [program, "extract", "--preset", "note", "--sections", "--link", path(&note)];
    let Some(traced) = traced("extract", &command) else { return };
    assert!(traced.found.contains("\"aspirin\""), "it did its work: {}", traced.found);
    assert_eq!(traced.network, Vec::<String>::new());
    assert_eq!(traced.written, Vec::<String>::new());
}

#[test]
fn what_is_written_is_the_output_alone() {
    let note = text_file();
    let to = folder("private-output").join("found.csv");
    let program = env!("CARGO_BIN_EXE_bioner");
    let command =
        [program, "extract", "--output-format", "csv", "--output", path(&to), path(&note)];
    let Some(traced) = traced("output", &command) else { return };
    assert!(to.exists());
    assert_eq!(traced.network, Vec::<String>::new());
    assert!(
        !traced.written.is_empty() && traced.written.iter().all(|call| call.contains(path(&to))),
        "{:?}",
        traced.written
    );
}

#[test]
fn messages_do_not_quote_the_text() {
    let broken = PUBTATOR.replace("Naloxone", NAME).replace("0\t8\t", "0\tx\t");
    let files = [
        (
            "private.jsonl",
            format!("{{\"id\": 1, \"text\": \"{NAME} has\n{{\"note\": \"{NAME}\"}}\n{NAME}\n"),
        ),
        ("private.json", format!("[{{\"text\": \"{NAME} has")),
        ("private.csv", format!("id,note\n1,\"{NAME} has\n")),
        ("private.pubtator", broken),
        ("private.xml", format!("<collection><document><id>1</id><passage><text>{NAME} has</x>")),
        ("private.conll", format!("{NAME} X Y Z-Disease\n{NAME}\n")),
        (
            "private-bioc.json",
            format!("{{\"documents\": [{{\"passages\": [{{\"text\": 5, \"x\": \"{NAME}\"}}]}}]}}"),
        ),
    ];
    let mut telling = 0;
    for (name, content) in &files {
        let output = on_file(&["convert", "--output-format", "json"], name, content.as_bytes());
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(!told.contains(NAME), "{name}: {told}");
        telling += usize::from(told.contains("bioner: "));
    }
    assert!(telling >= 5, "{telling} of the files are told to be broken");
    let [(name, lines), ..] = &files;
    let output = on_file(&["extract", "--types", "Drug"], name, lines.as_bytes());
    assert_eq!(output.status.code(), Some(1), "lines that cannot be worked on");
    for told in [&output.stderr, &output.stdout] {
        assert!(!String::from_utf8_lossy(told).contains(NAME), "{}", String::from_utf8_lossy(told));
    }
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path")
}
