//! `--link` and `--vocabulary`.

use serde_json::Value;

use crate::{bioner, folder, lines};

const TEXT: &[u8] = "Metformin treats type 2 diabetes (T2D). T2D is common.".as_bytes();

fn ids<'a>(document: &'a Value, name: &str) -> Vec<&'a Value> {
    let entities = document["entities"].as_array().expect("entities");
    entities.iter().filter(|entity| entity["text"] == name).map(|entity| &entity["id"]).collect()
}

#[test]
fn entities_get_identifiers_of_the_built_in_vocabulary() {
    let output = bioner(&["extract", "--link", "-"], TEXT);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let document = &lines(&output)[0];
    assert_eq!(ids(document, "Metformin"), ["DRUGBANK:DB00331"]);
    assert_eq!(ids(document, "T2D"), ["MESH:D003924", "MESH:D003924"]);
    let first = &document["entities"][0]["candidates"][0];
    assert_eq!((&first["name"], &first["score"]), (&"Metformin".into(), &1.0.into()));

    let output = bioner(&["extract", "--link", "--output-format", "pubtator", "-"], TEXT);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.contains("\tMetformin\tChemical\tDRUGBANK:DB00331\n"), "{text}");
}

#[test]
fn nobody_gets_identifiers_unasked() {
    let output = bioner(&["extract", "-"], TEXT);
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(
        text.contains("Metformin") && !text.contains("\"id\":\"") && !text.contains("candidates")
    );
}

#[test]
fn ones_own_vocabulary_goes_first_and_its_bad_lines_are_told() {
    let path = folder("own-vocabulary").join("own.tsv");
    std::fs::write(&path, "L:1\tmetformin\tDrug\nbad line\nL:2\tT2D\n").expect("a file");
    let path = path.to_str().expect("a path");
    let output = bioner(&["extract", "--vocabulary", path, "-"], TEXT);
    assert!(output.status.success());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("own.tsv: line 2: ") && told.contains("[columns]"), "{told}");
    assert_eq!(ids(&lines(&output)[0], "Metformin"), ["L:1"]);

    for arguments in [["--vocabulary", "none.tsv"], ["--vocabulary", "LICENSE"]] {
        let output = bioner(&[&["extract"], &arguments[..], &["-"]].concat(), TEXT);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains("[input]"), "{told}");
    }
}
