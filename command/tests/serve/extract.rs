//! One text.

use std::process::Command;

use serde_json::{Value, json};

use crate::server::{Server, example, root};

/// What the command line writes.
fn command_line(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_bioner"))
        .arg("extract")
        .args(arguments)
        .current_dir(root())
        .env_remove("BIONER_MODEL")
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn the_golden_entities_are_found_by_clients_at_the_same_time() {
    let server = Server::start(&["--workers", "2"]);
    let golden = std::fs::read_to_string(root().join("tests/golden/entities.json")).expect("it");
    let cases: Vec<Value> = serde_json::from_str(&golden).expect("JSON");
    assert!(cases.len() > 5);
    // Twice each, so that documents with the same question are worked on together.
    std::thread::scope(|scope| {
        for case in cases.iter().chain(&cases) {
            let server = &server;
            scope.spawn(move || {
                let file = root().join(case["file"].as_str().expect("a file"));
                let text = std::fs::read_to_string(file).expect("the example");
                let (types, format) = (&case["types"], &case["format"]);
                let answer = server.extract(&json!({
                    "text": text, "types": types, "format": format, "offsets": "utf16",
                }));
                assert_eq!(answer.status, 200, "{}", answer.body);
                let mut entities = answer.json()["entities"].clone();
                for entity in entities.as_array_mut().expect("entities") {
                    let entity = entity.as_object_mut().expect("an entity");
                    assert!(entity.shift_remove("score").is_some_and(|score| score.is_f64()));
                }
                assert_eq!(entities, case["entities"]);
            });
        }
    });
    assert_eq!(server.metric("bioner_documents_total{outcome=\"Found\"}"), 12.0);
    assert_eq!(server.metric("bioner_documents_at_work"), 0.0);
    assert!(server.metric("bioner_tokens_total") > 1000.0);
}

#[test]
fn answers_are_those_of_the_command_line_to_the_last_byte() {
    let server = Server::start(&["--link"]);
    let note = "www/examples/discharge-note.txt";
    let expected = command_line(&["--preset", "note", "--sections", "--link", "--raw", note]);
    let answer = server.extract(&json!({
        "id": "discharge-note", "text": example("discharge-note.txt"),
        "preset": "note", "sections": true, "link": true, "raw": true,
    }));
    assert_eq!(answer.body + "\n", expected);
    let abstracts = std::fs::read_to_string(root().join("benches/texts/abstracts.jsonl"));
    let abstracts: String =
        abstracts.expect("the abstracts").split_inclusive('\n').take(8).collect();
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("served-abstracts.jsonl");
    std::fs::write(&path, &abstracts).expect("a temporary file");
    let expected = command_line(&[path.to_str().expect("a path")]);
    let answer = server.lines("", &abstracts);
    assert_eq!(answer.body, expected);
    assert_eq!(answer.body.lines().count(), 8);
}

#[test]
fn offsets_count_what_is_asked_for_and_bad_requests_are_told_why() {
    let server = Server::start(&[]);
    let text = "🧬 Naïve: he took aspirin.";
    for (unit, start) in [("codepoints", 17), ("utf16", 18), ("bytes", 21)] {
        let answer = server.extract(&json!({"text": text, "types": ["Drug"], "offsets": unit}));
        let answer = answer.json();
        let entities = answer["entities"].as_array().expect("entities").iter();
        let mut starts = entities.filter(|entity| entity["text"] == "aspirin");
        let entity = starts.next().expect("the drug");
        assert_eq!(
            (&entity["start"], &entity["end"]),
            (&json!(start), &json!(start + 7)),
            "{unit}"
        );
    }
    let empty = server.extract(&json!({"text": "", "id": {"any": [1]}})).json();
    assert_eq!(empty, json!({"id": {"any": [1]}, "entities": []}));
    for (body, status, code) in [
        (json!({"text": "No.", "types": ["A|B"]}), 400, "types"),
        (json!({"text": "No.", "types": []}), 400, "types"),
        (json!({"text": "No.", "preset": "recipe"}), 400, "preset"),
        (json!({"text": "No.", "format": "prose"}), 400, "format"),
        (json!({"text": "No.", "types": ["Drug"], "preset": "note"}), 400, "input"),
        (json!({"text": "No.", "type": ["Drug"]}), 400, "input"),
        (json!({"text": "No.", "raw": "yes"}), 400, "input"),
        (json!({"text": "No.", "offsets": "lines"}), 400, "input"),
        (json!({"text": "No.", "output_format": "csv"}), 400, "input"),
        (json!({"text": "No.", "link": true}), 400, "link"),
        (json!({"text": 7}), 400, "input"),
        (json!({"texts": "No."}), 400, "input"),
        (json!(["No."]), 400, "input"),
    ] {
        let answer = server.extract(&body);
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{body}");
    }
    // Options stand in the query or beside the text, but none in both.
    for (query, body, status, code) in [
        ("types=Drug&preset=note", json!({"text": "No."}), 400, "input"),
        ("preset=note", json!({"text": "No.", "types": ["Drug"]}), 400, "input"),
        ("raw=true", json!({"text": "No.", "raw": true}), 400, "input"),
        ("type=Drug", json!({"text": "No."}), 400, "input"),
        ("preset=recipe", json!({"text": "No."}), 400, "preset"),
        ("output_format=csv", json!({"text": "No."}), 415, "media-type"),
    ] {
        let path = format!("/v1/extract?{query}");
        let answer = server.post(&path, "application/json", body.to_string());
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{query} {body}");
        let told = answer.json()["error"]["message"].to_string();
        assert!(!told.contains("application/json for one"), "{told}");
    }
    let body = json!({"id": 4, "text": "No fever.", "sections": true}).to_string();
    let answer = server.post("/v1/extract?preset=note&offsets=utf16", "application/json", body);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let answer = answer.json();
    assert_eq!((&answer["id"], &answer["entities"][0]["text"]), (&json!(4), &json!("fever")));
    assert_eq!(answer["entities"][0]["assertion"], "absent");
    for (path, media_type, status, code) in [
        ("/v1/extract", "application/json", 400, "input"),
        ("/v1/extract", "image/png", 415, "media-type"),
        ("/v1/extract", "", 415, "media-type"),
        ("/v1/extract?type=Drug", "application/x-ndjson", 400, "input"),
        ("/v1/extracts", "application/json", 404, "not-found"),
        ("/v1/types", "application/json", 405, "method"),
    ] {
        let answer = server.post(path, media_type, "{\"text\": \"No");
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{path} {media_type}");
    }
}
