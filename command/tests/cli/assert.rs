//! `bioner assert`, and `bioner extract` with what it asserts.

use serde_json::{Value, json};

use crate::{bioner, lines, on_file};

/// A line with the given mentions as entities.
fn line(id: &str, text: &str, mentions: &[&str]) -> Value {
    let entities: Vec<Value> = mentions
        .iter()
        .map(|mention| {
            let byte = text.find(mention).expect("a mention of the text");
            let start = text[..byte].chars().count();
            json!({"start": start, "end": start + mention.chars().count(), "type": "Disease"})
        })
        .collect();
    json!({"id": id, "text": text, "entities": entities})
}

fn status(entity: &Value) -> [&str; 3] {
    ["assertion", "temporality", "experiencer"].map(|name| entity[name].as_str().expect("a value"))
}

#[test]
fn each_entity_gets_what_the_text_says_of_it() {
    let note = "🧬 Family history: diabetes.\n\nHistory of gout.\nNo fever, but cough.\n\
        Rule out sepsis. Return if chills occur.";
    let mut given = line("note", note, &["diabetes", "gout", "fever", "cough", "sepsis", "chills"]);
    given["source"] = json!({"ward": 3});
    given["entities"][3]["score"] = json!(0.5);
    let output = on_file(&["assert"], "note.jsonl", format!("{given}\n").as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found = &lines(&output)[0];
    let entities = found["entities"].as_array().expect("entities");
    let said: Vec<[&str; 3]> = entities.iter().map(status).collect();
    assert_eq!(
        said,
        [
            ["present", "historical", "family"],
            ["present", "historical", "patient"],
            ["absent", "current", "patient"],
            ["present", "current", "patient"],
            ["possible", "current", "patient"],
            ["present", "hypothetical", "patient"],
        ]
    );
    // Everything else is as it was.
    let mut rest = found.clone();
    for entity in rest["entities"].as_array_mut().expect("entities") {
        for name in ["assertion", "temporality", "experiencer"] {
            entity.as_object_mut().expect("an entity").remove(name);
        }
    }
    assert_eq!(rest, given);
}

#[test]
fn the_fields_are_those_of_the_golden_file() {
    let golden = include_str!("../../../tests/golden/attributes.jsonl").lines();
    let golden: Vec<Value> = golden.map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let kept = |line: &Value, names: &[&str]| {
        let entities = line["entities"].as_array().expect("entities").iter();
        let kept = entities.map(|entity| {
            let fields = entity.as_object().expect("an entity").iter();
            let fields = fields.filter(|(name, _)| names.contains(&name.as_str()));
            fields.map(|(name, value)| (name.clone(), value.clone())).collect::<Value>()
        });
        json!({"id": line["id"], "text": line["text"], "entities": kept.collect::<Vec<_>>()})
    };
    let given = ["start", "end", "type"];
    let input: String = golden.iter().map(|line| format!("{}\n", kept(line, &given))).collect();
    let output = bioner(&["assert", "-"], input.as_bytes());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let all = ["start", "end", "type", "assertion", "temporality", "experiencer"];
    let expected: Vec<Value> = golden.iter().map(|line| kept(line, &all)).collect();
    assert_eq!(lines(&output), expected);
}

#[test]
fn a_negation_reaches_past_where_a_long_sentence_is_split() {
    let symptoms: Vec<String> = (0..120).map(|number| format!("symptom {number:03}")).collect();
    let text = format!("The patient denies {}.", symptoms.join(", "));
    let mentions: Vec<&str> = symptoms.iter().map(String::as_str).collect();
    let input = line("long", &text, &mentions).to_string();
    let output = bioner(&["assert", "-"], input.as_bytes());
    let found = &lines(&output)[0];
    let entities = found["entities"].as_array().expect("entities");
    assert_eq!(entities.len(), 120);
    assert!(entities.iter().all(|entity| entity["assertion"] == "absent"));
}

#[test]
fn bad_lines_and_entities_are_told_and_the_rest_goes_on() {
    let good = line("good", "No fever.", &["fever"]);
    let mut partly = line("partly", "No fever or chills.", &["fever", "chills"]);
    partly["entities"][0]["end"] = json!(90);
    let input = format!(
        "{good}\n{{\"id\": \n\n{{\"id\": \"x\", \"entities\": []}}\n{{\"id\": 7, \"text\": \"gout\"}}\n\
        [1]\n{{\"id\": \"y\", \"text\": \"gout\", \"entities\": {{}}}}\n{partly}\n{good}"
    );
    let output = bioner(&["assert"], input.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let found = lines(&output);
    let ids: Vec<&Value> = found.iter().map(|line| &line["id"]).collect();
    assert_eq!(
        ids,
        [
            &json!("good"),
            &Value::Null,
            &json!("x"),
            &json!(7),
            &Value::Null,
            &json!("y"),
            &json!("partly"),
            &json!("good")
        ]
    );
    for (at, number) in [(1, 2), (2, 4), (3, 5), (4, 6), (5, 7)] {
        let error = &found[at]["error"];
        assert_eq!(error["code"], "input");
        let message = error["message"].as_str().expect("a message");
        assert!(message.contains(&format!("line {number}: ")), "{message}");
    }
    assert_eq!(found[6]["entities"][0], partly["entities"][0], "it stays as it was");
    assert_eq!(found[6]["entities"][1]["assertion"], "absent");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("line 8: entity 1: ") && told.contains("[input]"), "{told}");
    assert_eq!(found[7]["entities"][0]["assertion"], "absent");
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let output = bioner(&["assert", "no-such-file.jsonl"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no-such-file.jsonl"));
}

const NOTE: &[u8] =
    b"Past Medical History: diabetes mellitus.\nHospital Course: The patient denies asthma.";

fn extracted(arguments: &[&str]) -> Vec<Value> {
    let output = bioner(&[&["extract"], arguments].concat(), NOTE);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found = lines(&output)[0]["entities"].as_array().expect("entities").clone();
    assert!(found.len() >= 2, "there is something to check: {found:?}");
    found
}

#[test]
fn extract_gives_the_optional_fields_where_they_are_asked_for() {
    for entity in extracted(&["--types", "Disease"]) {
        let mut fields: Vec<&String> = entity.as_object().expect("an entity").keys().collect();
        fields.sort();
        assert_eq!(fields, ["end", "score", "start", "text", "type"]);
    }
    let found = extracted(&["--types", "Disease", "--assertion", "--sections"]);
    let of = |name: &str| found.iter().find(|entity| entity["text"] == name).expect("a mention");
    assert_eq!(status(of("asthma")), ["absent", "current", "patient"]);
    assert_eq!(status(of("diabetes mellitus")), ["present", "historical", "patient"]);
    assert_eq!(
        of("diabetes mellitus")["section"],
        json!({"heading": "Past Medical History", "name": "past medical history", "loinc": "11348-0"})
    );
    let output = bioner(&["extract", "--assertion", "--output-format", "json-lines"], NOTE);
    let found = &lines(&output)[0];
    assert!(found["entities"].to_string().contains("\"assertion\":\"absent\""), "{found}");
}

#[test]
fn the_preset_of_notes_asserts_unless_told_not_to() {
    for entity in extracted(&["--preset", "note"]) {
        status(&entity);
        assert!(entity.get("section").is_none());
    }
    for entity in extracted(&["--preset", "note", "--no-assertion"]) {
        assert!(entity.get("assertion").is_none(), "{entity}");
    }
    let both = bioner(&["extract", "--assertion", "--no-assertion"], NOTE);
    assert_eq!(both.status.code(), Some(2));
}
