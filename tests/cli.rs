//! The command line, run as a user would.

#![allow(clippy::expect_used, clippy::unwrap_used)] // in helpers, which Clippy takes for no tests

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
}

#[test]
fn names_of_types_with_signs_are_asked_for_and_others_refused() {
    let types = "Crohn's disease,T cell (CD4+)";
    let output = bioner(&["extract", "--types", types, "--raw"], b"Aspirin for headache.");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let raw = lines(&output)[0]["raw"].to_string();
    assert!(raw.contains("Crohn's disease: ") && raw.contains("T cell (CD4+): "), "{raw}");
    for types in ["A|B", "Disease,disease", "(A)", ""] {
        let output = bioner(&["extract", "--types", types], b"Aspirin for headache.");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && told.contains("[types]"), "{types}: {told}");
    }
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

const PUBTATOR: &str = "21|t|Naloxone and 😀 hypotension\n21|a|Clonidine lowers blood pressure.\n\
    21\t0\t8\tNaloxone\tChemical\t-\n21\t15\t26\thypotension\tDisease\t-\n\
    21\t27\t36\tClonidine\tChemical\tMESH:D003000\n\n22|t|\n22|a|Ibuprofen caused nausea.\n\n";

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_line() {
    let marked = "\u{feff}{\"id\": 1, \"text\": \"He took aspirin.\"}\r\n";
    for output in [
        bioner(&["extract", "--types", "Drug"], marked.as_bytes()),
        on_file(&["extract", "--types", "Drug"], "marked.jsonl", marked.as_bytes()),
    ] {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(lines(&output)[0]["id"], 1);
    }
}

#[test]
fn old_encodings_are_read() {
    let utf16: Vec<u8> =
        "\u{feff}{\"id\":1,\"text\":\"a\"}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let output = on_file(&["convert", "--output-format", "json-lines"], "wide.jsonl", &utf16);
    assert_eq!(lines(&output)[0]["text"], "a");
    let output =
        on_file(&["convert", "--output-format", "json"], "old.txt", b"M\xe9ni\xe8re\x92s disease");
    let read: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!((&read["id"], &read["text"]), (&"old".into(), &"Ménière’s disease".into()));
    let output = on_file(&["convert", "--output-format", "json"], "x.txt", b"%PDF-1.7");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("[input]"));
}

#[test]
fn annotations_are_converted_without_a_model() {
    let output =
        on_file(&["convert", "--output-format", "json-lines"], "a.txt", PUBTATOR.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let documents = lines(&output);
    assert_eq!(documents.len(), 2);
    assert_eq!(documents[0]["entities"][2]["id"], "MESH:D003000");
    assert_eq!(documents[1]["text"], "\nIbuprofen caused nausea.");
    let text = documents[0]["text"].as_str().expect("a text");
    for entity in documents[0]["entities"].as_array().expect("entities") {
        assert_eq!(slice(text, entity), entity["text"]);
    }
    let bad = format!("{PUBTATOR}23|t|Gout\n23\t0\t4\tGot\tDisease\t-\n");
    let output =
        on_file(&["convert", "--output-format", "pubtator"], "bad.pubtator", bad.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 11"));
    assert_eq!(
        String::from_utf8(output.stdout).expect("UTF-8"),
        format!("{PUBTATOR}23|t|Gout\n23|a|\n\n")
    );
}

#[test]
fn brat_is_a_folder_in_and_out() {
    let to = folder("brat-out");
    let to = to.to_str().expect("a path");
    let output = on_file(
        &["convert", "--output-format", "brat", "--output", to],
        "b.txt",
        PUBTATOR.as_bytes(),
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let back = bioner(&["convert", "--output-format", "json-lines", to], b"");
    let documents = lines(&back);
    let ids: Vec<&Value> = documents.iter().map(|document| &document["id"]).collect();
    assert_eq!(ids, ["21", "22"]);
    assert_eq!(documents[0]["entities"][1]["text"], "hypotension");
    let one = bioner(&["convert", "--output-format", "json-lines", &format!("{to}/21.ann")], b"");
    assert_eq!(lines(&one), documents[..1]);
    let refused = bioner(&["convert", "--output-format", "brat", to], b"");
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn compressed_files_are_read() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(PUBTATOR.as_bytes()).expect("in memory");
    let bytes = gzip.finish().expect("in memory");
    let output = on_file(&["convert", "--output-format", "pubtator"], "c.pubtator.gz", &bytes);
    assert_eq!(String::from_utf8(output.stdout).expect("UTF-8"), PUBTATOR);
}

#[test]
fn what_is_found_is_written_in_the_format_asked_for() {
    let arguments = ["extract", "--types", "Chemical,Disease", "--output-format"];
    let output = on_file(&[&arguments[..], &["pubtator"]].concat(), "d.txt", PUBTATOR.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("21\t0\t8\tNaloxone\tChemical\t-\n"), "{text}");
    assert!(
        text.contains("\n22|t|\n22|a|Ibuprofen caused nausea.\n22\t1\t10\tIbuprofen\t"),
        "{text}"
    );
    let output = on_file(
        &[&arguments[..], &["csv"]].concat(),
        "e.json",
        br#"[{"id": 4, "text": "He took aspirin."}]"#,
    );
    let table = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(
        table.starts_with("\u{feff}id,start,end,type,text,score\r\n4,8,15,Chemical,aspirin,0."),
        "{table}"
    );
    let refused = bioner(&["extract", "--raw", "--output-format", "csv"], b"text");
    assert_eq!(refused.status.code(), Some(2));
    let refused = bioner(&["extract", "--input-format", "prose"], b"text");
    assert!(String::from_utf8_lossy(&refused.stderr).contains("[input]"));
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
fn a_bad_line_is_told_with_its_number_and_a_line_in_another_encoding_is_read() {
    let file = b"{\"id\": 1, \"text\": \"caf\xe9\"}\n\n{\"id\": 2, \"te\n{\"id\": 3, \"text\": \"gout\", \"entities\": [{\"start\": 0}]}\n";
    let output = on_file(&["convert", "--output-format", "json-lines"], "some.jsonl", file);
    assert_eq!(output.status.code(), Some(1));
    let texts: Vec<Value> = lines(&output).iter().map(|line| line["text"].clone()).collect();
    assert_eq!(texts, ["café", "gout"]);
    let told = String::from_utf8_lossy(&output.stderr);
    let told: Vec<&str> = told.lines().collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("line 3: ") && !told[0].contains("line 1"), "{told:?}");
    assert!(told[1].contains("line 4: "), "{told:?}");
}

#[test]
fn the_input_is_never_overwritten() {
    let folder = folder("overwritten");
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    std::fs::write(path("a.pubtator"), PUBTATOR).expect("a file");
    std::fs::write(path("b.txt"), "Gout\r\n").expect("a file");
    std::fs::write(path("b.ann"), "T1\tDisease 0 4\tGout\n").expect("a file");
    let here = path("");
    let convert = |format: &str, to: &str, from: &str| {
        bioner(&["convert", "--output-format", format, "--output", to, from], b"")
    };
    for refused in [
        convert("pubtator", &path("a.pubtator"), &path("a.pubtator")),
        convert("csv", &path("b.txt"), &path("b.txt")),
        convert("brat", &here, &here),
        convert("brat", &here, &path("b.txt")),
        convert("brat", &here, &path("b.ann")),
    ] {
        assert_eq!(refused.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&refused.stderr).contains("overwrite"));
    }
    assert_eq!(std::fs::read_to_string(path("a.pubtator")).expect("a file"), PUBTATOR);
    assert_eq!(std::fs::read_to_string(path("b.txt")).expect("a file"), "Gout\r\n");
    let written = convert("csv", &path("a.csv"), &path("a.pubtator"));
    assert!(written.status.success(), "{}", String::from_utf8_lossy(&written.stderr));
}

#[test]
fn annotations_of_brat_without_their_text_are_told() {
    let folder = folder("orphan");
    std::fs::write(folder.join("x.ann"), "T1\tDisease 0 4\tGout\n").expect("a file");
    std::fs::write(folder.join("y.txt"), "Gout").expect("a file");
    let output = bioner(
        &["convert", "--output-format", "json-lines", folder.to_str().expect("a path")],
        b"",
    );
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines(&output).len(), 1);
    assert!(String::from_utf8_lossy(&output.stderr).contains("x.txt"));
}
