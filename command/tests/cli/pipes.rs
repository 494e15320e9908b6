//! What comes through a pipe: it has no name that tells its format, and can be read once.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use serde_json::Value;

use crate::{bioner, lines, on_file};

const BIOC: &str = r#"[{"source": "PubTator", "documents": [
 {"id": "1", "passages": [{"infons": {"type": "title"}, "offset": 0, "text": "Gout", "annotations": []}]},
 {"id": "2", "passages": [{"infons": {"type": "title"}, "offset": 0, "text": "Rash", "annotations": []}]}]}]"#;

const TASKS: &str = r#"[{"id": 1, "data": {"text": "Gout"}, "annotations": [{"result": []}]},
 {"id": 2, "data": {"text": "Rash"}, "annotations": []}]"#;

const COLLECTION: &str = "{\"documents\": [\n  {\"text\": \"Gout\"},\n  {\"text\": \"Rash\"}\n]}\n";

const LINES: &str = "{\"text\": \"Gout\"}\n{\"text\": \"Rash\"}\n";

#[test]
fn json_of_every_kind_is_known_without_a_name() {
    let convert = ["convert", "--output-format", "json-lines"];
    for input in [BIOC, TASKS, COLLECTION, LINES] {
        for output in [
            bioner(&[&convert[..], &["-"]].concat(), input.as_bytes()),
            on_file(&convert, "without-suffix", input.as_bytes()),
        ] {
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{told}");
            let texts: Vec<_> = lines(&output).iter().map(|line| line["text"].clone()).collect();
            assert_eq!(texts, ["Gout", "Rash"], "{input}");
        }
    }
    let prose = bioner(&[&convert[..], &["-"]].concat(), b"[Case] {Name} has gout.");
    assert_eq!(lines(&prose)[0]["text"], "[Case] {Name} has gout.");
}

#[cfg(unix)]
#[test]
fn a_packed_pipe_with_a_name_of_the_system_is_known() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(LINES.as_bytes()).expect("in memory");
    let packed = gzip.finish().expect("in memory");
    for input in [LINES.as_bytes(), &packed] {
        let output = bioner(&["convert", "--output-format", "json-lines", "/dev/stdin"], input);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(lines(&output).len(), 2);
    }
}

/// How long a machine may take that has other work.
const PATIENCE: Duration = Duration::from_secs(300);

#[test]
fn whoever_waits_for_a_result_before_sending_more_gets_it() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_bioner"))
        .args(["extract", "--types", "Drug", "-"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .env_remove("BIONER_MODEL")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    let output = BufReader::new(child.stdout.take().expect("a pipe"));
    let (sender, results) = channel();
    std::thread::spawn(move || output.lines().try_for_each(|line| sender.send(line)));
    for drug in ["aspirin", "", "codeine"] {
        writeln!(input, "{{\"id\": \"{drug}\", \"text\": \"She took {drug}.\"}}")
            .expect("it reads");
        let Ok(line) = results.recv_timeout(PATIENCE) else {
            child.kill().expect("it is killed");
            panic!("nothing comes before the input ends");
        };
        let line: Value = serde_json::from_str(&line.expect("UTF-8")).expect("JSON");
        assert_eq!(line["id"], drug);
        assert_eq!(line["entities"][0]["text"].as_str().unwrap_or_default(), drug);
    }
    drop(input);
    assert!(child.wait().expect("it ends").success());
}
