//! `--output-format json-lines`: what `json` gives, with the texts.

use serde_json::Value;

use crate::{bioner, lines};

const INPUT: &str = concat!(
    "{\"id\": 7, \"text\": \"Past Medical History:\\nMetformin for type 2 diabetes.\", \"year\": 2020}\n",
    "{\"id\": \"b\", \"words\": \"no text\"}\n",
    "{\"id\": 8.5, \"text\": \"No pneumonia.\"}\n",
    "{\"id\": \"9\", \"text\": \"\"}\n",
);

#[test]
fn lines_with_texts_have_all_that_lines_without_have() {
    let extract = ["extract", "--assertion", "--sections", "--link", "--output-format"];
    let [plain, with] = ["json", "json-lines"].map(|format| {
        let output = bioner(&[&extract[..], &[format]].concat(), INPUT.as_bytes());
        assert_eq!(output.status.code(), Some(1), "one has no text");
        lines(&output)
    });
    assert_eq!(plain[0]["entities"][0]["section"]["loinc"], "11348-0");
    assert_eq!(plain[0]["entities"][0]["candidates"][0]["name"], "Metformin");
    assert_eq!(plain.len(), with.len());
    for (plain, with) in plain.iter().zip(&with) {
        for (name, value) in plain.as_object().expect("an object") {
            assert_eq!(with.get(name), Some(value), "{name} of {with}");
        }
    }
    let of = |name: &str| -> Vec<&Value> { with.iter().map(|line| &line[name]).collect() };
    assert_eq!(of("text")[2], "No pneumonia.");
    assert_eq!(of("year")[0], 2020, "what a document has stays");
    assert_eq!(of("error")[1]["code"], "input");
}

#[test]
fn numbers_stay_numbers_where_json_is_made_of_json() {
    let output = bioner(&["convert", "--output-format", "json-lines"], INPUT.as_bytes());
    let ids: Vec<Value> = lines(&output).iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, [Value::from(7), Value::from(8.5), Value::from("9")]);
    let found = bioner(
        &["extract", "--sections", "--link", "--output-format", "json-lines"],
        INPUT.as_bytes(),
    );
    let again = bioner(&["convert", "--output-format", "json-lines"], &found.stdout);
    let texts = |output| lines(output).into_iter().filter(|line| line.get("error").is_none());
    assert!(texts(&found).eq(texts(&again)), "{}", String::from_utf8_lossy(&again.stdout));
}
