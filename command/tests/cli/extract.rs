//! `bioner extract`.

use crate::{PUBTATOR, bioner, lines, on_file, slice};

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
fn a_text_of_5_mb_is_refused_with_what_to_do_and_the_rest_goes_on() {
    let large = "He has asthma (gout). ".repeat(230_000);
    let output = bioner(&["extract", "--types", "Disease"], large.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let error = &lines(&output)[0]["error"];
    assert_eq!(error["code"], "text-too-large");
    assert!(error["message"].as_str().is_some_and(|told| told.contains("split it")), "{error}");
    let input = format!(
        "{{\"id\": 1, \"text\": \"{large}\"}}\n{{\"id\": 2, \"text\": \"He has asthma.\"}}\n"
    );
    let output = bioner(&["extract", "--types", "Disease"], input.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let documents = lines(&output);
    assert_eq!(documents[0]["error"]["code"], "text-too-large");
    assert_eq!(documents[1]["entities"][0]["text"], "asthma");
    // A format without a place for it.
    let arguments = ["extract", "--types", "Disease", "--output-format", "pubtator"];
    let output = bioner(&arguments, input.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("document \"1\"") && told.contains("[text-too-large]"), "{told}");
}

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
fn the_types_of_a_preset_are_asked_for() {
    let text = b"Aspirin helped against the headache.";
    let arguments =
        ["extract", "--preset", "safety", "--format", "lines-grouped", "--together", "--raw"];
    let output = bioner(&arguments, text);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let document = &lines(&output)[0];
    let raw = document["raw"][0]["text"].as_str().expect("an answer");
    let asked: Vec<&str> = raw.lines().filter_map(|line| line.split(':').next()).collect();
    assert_eq!(asked, ["Drug", "Disease", "AdverseEffect"]);
    for (arguments, words) in [
        (
            &["--preset", "recipe"][..],
            "\"recipe\"; there are literature, note, trial, safety [preset]",
        ),
        (&["--preset", "note", "--types", "Gene"], "cannot be used with"),
    ] {
        let output = bioner(&[&["extract"], arguments].concat(), text);
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn too_many_types_are_refused_with_the_limit() {
    let types: Vec<String> = (0..=24).map(|number| format!("Type {number}")).collect();
    let output = bioner(&["extract", "--types", &types.join(",")], b"Aspirin for headache.");
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        told.contains("25 entity types") && told.contains("at most 24 at once [types]"),
        "{told}"
    );
}

#[test]
fn an_answer_in_compact_is_shown_with_the_names_of_types() {
    let text = b"Aspirin helped against the headache, ibuprofen did not.";
    let arguments = ["extract", "--types", "Drug,Eponym", "--format", "compact", "--raw"];
    let output = bioner(&arguments, text);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let document = &lines(&output)[0];
    for raw in document["raw"].as_array().expect("answers") {
        let raw = raw["text"].as_str().expect("an answer");
        assert!(
            raw.lines().all(|line| line.starts_with("Drug: ") || line.starts_with("Eponym: ")),
            "{raw}"
        );
    }
}

#[test]
fn documents_come_in_order_and_are_the_same_with_any_number_of_threads() {
    let long = "Amiodarone caused thyroid dysfunction, and she took ibuprofen. ".repeat(4);
    let texts = [&long, "Asthma.", "", "He took aspirin for gout.", &long, "No fever.", "Gout."];
    let line = |(id, text)| serde_json::json!({ "id": id, "text": text }).to_string();
    let mut input: Vec<String> = texts.into_iter().enumerate().map(line).collect();
    input.insert(4, "not JSON".into());
    let input = input.join("\n");
    let with = |threads| {
        let arguments = ["extract", "--types", "Chemical,Disease", "--threads", threads, "-"];
        bioner(&arguments, input.as_bytes()).stdout
    };
    let alone = with("1");
    let found = String::from_utf8_lossy(&alone).matches("\"type\"").count();
    assert!(found > 6, "{found}");
    for threads in ["2", "5", "12"] {
        assert!(with(threads) == alone, "with {threads} threads");
    }
}

#[test]
fn types_of_a_line_that_are_none_do_not_matter_where_they_are_not_asked_for() {
    let line = |types: &str| format!("{{\"text\": \"He took aspirin.\", \"types\": {types}}}\n");
    let input: String =
        ["null", "\"Drug\"", "{\"Drug\": 1}", "[1]"].into_iter().map(line).collect();
    let extracted = bioner(&["extract", "--types", "Drug"], input.as_bytes());
    let converted = bioner(&["convert", "--output-format", "json-lines"], input.as_bytes());
    for output in [&extracted, &converted] {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(lines(output).len(), 4);
    }
    assert!(lines(&extracted).iter().all(|line| line["entities"][0]["text"] == "aspirin"));
    assert_eq!(lines(&converted)[2]["types"]["Drug"], 1, "other fields are kept");
}
