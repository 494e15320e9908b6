//! `bioner convert`.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::{PUBTATOR, bioner, folder, lines, on_file, slice};

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
fn xmi_is_a_folder_in_and_out() {
    let to = folder("xmi-out");
    let to = to.to_str().expect("a path");
    let output = on_file(
        &["convert", "--output-format", "xmi", "--output", to],
        "b.txt",
        PUBTATOR.as_bytes(),
    );
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(std::path::Path::new(to).join("TypeSystem.xml").is_file());
    let documents = lines(&bioner(&["convert", "--output-format", "json-lines", to], b""));
    let ids: Vec<&Value> = documents.iter().map(|document| &document["id"]).collect();
    assert_eq!(ids, ["21", "22"]);
    assert_eq!(documents[0]["entities"][2]["id"], "MESH:D003000");
    let one = bioner(&["convert", "--output-format", "json-lines", &format!("{to}/21.xmi")], b"");
    assert_eq!(lines(&one), documents[..1]);
    let refused = bioner(&["convert", "--output-format", "xmi", to], b"");
    assert_eq!(refused.status.code(), Some(2));
    let empty = folder("xmi-none");
    let none = bioner(
        &[
            "convert",
            "--input-format",
            "xmi",
            "--output-format",
            "json",
            empty.to_str().expect("a path"),
        ],
        b"",
    );
    assert!(String::from_utf8_lossy(&none.stderr).contains("no .xmi file"));
}

#[test]
fn a_table_has_the_columns_that_any_document_needs() {
    let input = concat!(
        r#"{"id": "a", "text": "gout", "entities": [{"start": 0, "end": 4, "type": "D"}]}"#,
        "\n",
        r#"{"id": "b", "text": "gout", "entities": [{"start": 0, "end": 4, "type": "D", "assertion": "absent", "id": "X:1"}]}"#,
        "\n",
    );
    let expected = "\u{feff}id,start,end,type,text,score,identifier,assertion\r\n\
        a,0,4,D,gout,,,\r\nb,0,4,D,gout,,X:1,absent\r\n";
    let file = on_file(&["convert", "--output-format", "csv"], "said.jsonl", input.as_bytes());
    assert_eq!(String::from_utf8(file.stdout).expect("UTF-8"), expected);
    let piped = bioner(&["convert", "--output-format", "csv", "-"], input.as_bytes());
    assert_eq!(String::from_utf8(piped.stdout).expect("UTF-8"), expected);
}

#[test]
fn bioc_a_line_is_told_by_what_is_in_it() {
    let line =
        |id: u8| format!(r#"{{"id": "{id}", "passages": [{{"offset": 0, "text": "gout"}}]}}"#);
    let input = format!("{}\n{}\n", line(1), line(2));
    let arguments = ["convert", "--output-format", "pubtator"];
    for output in [
        on_file(&arguments, "bioc.jsonl", input.as_bytes()),
        bioner(&[&arguments[..], &["-"]].concat(), input.as_bytes()),
    ] {
        let written = String::from_utf8(output.stdout).expect("UTF-8");
        assert_eq!(written, "1|t|gout\n1|a|\n\n2|t|gout\n2|a|\n\n");
    }
}

#[test]
fn half_a_compressed_file_is_read_as_far_as_it_goes() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    for number in 0..5000 {
        writeln!(gzip, "{{\"id\": {number}, \"text\": \"gout\"}}").expect("in memory");
    }
    let bytes = gzip.finish().expect("in memory");
    let half = &bytes[..bytes.len() / 2];
    let output = on_file(&["convert", "--output-format", "json-lines"], "half.jsonl.gz", half);
    assert_eq!(output.status.code(), Some(1));
    assert!(lines(&output).len() > 100, "what could be read is kept");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("the file ends in the middle of its compressed data"), "{told}");
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

/// What the program says with a file as its standard input, and one that its standard output is added to.
fn through(arguments: &[&str], input: &str, output: Option<&str>) -> Output {
    let append = |path| std::fs::File::options().append(true).open(path).expect("a file");
    Command::new(env!("CARGO_BIN_EXE_bioner"))
        .args(arguments)
        .stdin(std::fs::File::open(input).expect("a file"))
        .stdout(output.map_or_else(Stdio::piped, |path| append(path).into()))
        .stderr(Stdio::piped())
        .spawn()
        .and_then(|child| child.wait_with_output())
        .expect("the program runs")
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
    // Through another name of it, out of the folder that is read, and as standard input and output.
    std::fs::hard_link(path("a.pubtator"), path("linked")).expect("a link");
    for refused in [
        convert("json-lines", &path("linked"), &path("a.pubtator")),
        convert("json-lines", &path("b.ann"), &here),
        through(
            &["convert", "--output-format", "csv", "--output", &path("b.txt")],
            &path("b.txt"),
            None,
        ),
        through(
            &["convert", "--output-format", "csv", &path("b.txt")],
            "/dev/null",
            Some(&path("b.txt")),
        ),
    ] {
        assert_eq!(refused.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&refused.stderr).contains("overwrite"));
    }
    let annotation = std::fs::read_to_string(path("b.ann")).expect("a file");
    assert_eq!(annotation, "T1\tDisease 0 4\tGout\n");
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
