//! The fields of entities in texts that the command line and the browser are tested with too:
//! `tests/golden/attributes.jsonl`. `BIONER_BLESS=1` writes it.

#![allow(clippy::expect_used)] // in helpers, which Clippy takes for no tests

use std::path::PathBuf;

use bioner_attributes::{Vocabularies, VocabularyReader, Wanted, outline};
use bioner_documents::{Entity, Offsets, Unit, json as format};
use bioner_linking::Mention;
use serde_json::{Map, Value, json};

fn path(of: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(of)
}

fn vocabularies() -> Vocabularies {
    let mut reader = VocabularyReader::new();
    reader.push(&std::fs::read(path("vocabulary/builtin.vocab.gz")).expect("the vocabulary"));
    let mut vocabularies = Vocabularies::new();
    vocabularies.set_built_in(reader.finish().1.expect("a vocabulary"));
    vocabularies
}

/// A line with all that is given for its text and the places and types of its entities. Offsets count
/// code points.
fn annotated(line: &Value, vocabularies: &Vocabularies) -> Value {
    let text = line["text"].as_str().expect("a text");
    let offsets = Offsets::new(text, Unit::CodePoint);
    let entities = line["entities"].as_array().expect("entities").iter();
    let entities: Vec<Entity> = entities
        .map(|entity| format::entity(text, &offsets, entity.clone()).expect("an entity"))
        .collect();
    let mentions: Vec<_> =
        entities.iter().map(|entity| Mention::new(entity.span, &entity.kind)).collect();
    let links = vocabularies.linker().link(text, &mentions);
    let spans: Vec<_> = entities.iter().map(|entity| entity.span).collect();
    let contexts = Wanted { assertion: true, sections: true }.of(text, &spans);
    let annotated = entities.iter().zip(contexts).zip(links).map(|((entity, context), link)| {
        let mut fields = Map::new();
        fields.insert("start".into(), offsets.of(entity.span.start).into());
        fields.insert("end".into(), offsets.of(entity.span.end).into());
        fields.insert("type".into(), entity.kind.as_str().into());
        context.put_into(&mut fields);
        if let Value::Object(link) = json!(link) {
            fields.extend(link);
        }
        Value::Object(fields)
    });
    let sections = outline(text).into_iter().map(|entry| {
        let mut section = json!({
            "start": offsets.of(entry.span.start),
            "end": offsets.of(entry.span.end),
        });
        if let (Value::Object(all), Value::Object(own)) = (&mut section, json!(entry.section)) {
            all.extend(own);
            all.extend(entry.body.map(|body| ("body".to_owned(), offsets.of(body).into())));
        }
        section
    });
    json!({
        "id": line["id"],
        "text": text,
        "entities": annotated.collect::<Vec<_>>(),
        "sections": sections.collect::<Vec<_>>(),
    })
}

#[test]
fn golden_attributes() {
    let golden = path("tests/golden/attributes.jsonl");
    let expected = std::fs::read_to_string(&golden).expect("the golden file");
    let vocabularies = vocabularies();
    let lines = expected.lines().map(|line| serde_json::from_str(line).expect("JSON"));
    let found: String =
        lines.map(|line: Value| format!("{}\n", annotated(&line, &vocabularies))).collect();
    if std::env::var_os("BIONER_BLESS").is_some() {
        std::fs::write(&golden, &found).expect("the golden file");
    }
    assert!(found.contains("\"absent\"") && found.contains("MESH:D003924"));
    assert_eq!(found, std::fs::read_to_string(&golden).expect("the golden file"));
}

#[test]
fn other_spaces_change_nothing() {
    let golden = std::fs::read_to_string(path("tests/golden/attributes.jsonl")).expect("a file");
    let vocabularies = vocabularies();
    for line in golden.lines() {
        let plain: Value = serde_json::from_str(line).expect("JSON");
        let expected = annotated(&plain, &vocabularies).to_string();
        for space in ["\u{a0}", "\u{2009}", "\u{202f}", "\u{3000}"] {
            // Each is one code point too, so that all places stay as they are.
            let spaced = serde_json::from_str(&line.replace(' ', space)).expect("JSON");
            let found = annotated(&spaced, &vocabularies).to_string();
            assert_eq!(found.replace(space, " "), expected, "{space:?}");
        }
    }
}
