//! The formats against files that `python/tests` reads too: what is written to the letter
//! (`formats.jsonl`), and what must not be read (`refused.jsonl`).

use std::fs;
use std::path::PathBuf;

use bioner::format::{self, Format, Labelled};
use bioner::{ByteSpan, Sentence, prompt};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Golden {
    text: String,
    types: Vec<String>,
    /// Places in `text`, in code points.
    entities: Vec<Entity>,
    format: String,
    prompt: String,
    answer: String,
}

#[derive(Clone, Serialize, Deserialize)]
struct Entity {
    start: usize,
    end: usize,
    r#type: String,
}

#[derive(Deserialize)]
struct Refused {
    text: String,
    types: Vec<String>,
    format: String,
    answer: String,
    /// Why it is refused, for whoever reads the file.
    why: String,
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn read<T: for<'a> Deserialize<'a>>(name: &str) -> Vec<T> {
    let text = fs::read_to_string(path(name)).expect("the file is part of the repository");
    text.lines().map(|line| serde_json::from_str(line).expect("a JSON line")).collect()
}

/// The entities that stand at pieces of the sentence, in its view.
fn labelled(golden: &Golden, sentence: &Sentence) -> Vec<Labelled> {
    let mut bytes: Vec<usize> = golden.text.char_indices().map(|(at, _)| at).collect();
    bytes.push(golden.text.len());
    let place = |entity: &Entity| {
        let span = ByteSpan::new(bytes[entity.start], bytes[entity.end]);
        let kind = golden.types.iter().position(|name| *name == entity.r#type)?;
        Some(Labelled { span: sentence.to_view(span)?, kind })
    };
    let mut entities: Vec<_> = golden.entities.iter().filter_map(place).collect();
    entities.sort();
    entities
}

fn prompt_of(format: &dyn Format, golden: &Golden, sentence: &Sentence) -> String {
    prompt::instruction(&golden.types, format) + &prompt::question(sentence.view(), format)
}

#[test]
fn prompts_and_answers_are_those_of_the_golden_file() {
    let goldens: Vec<Golden> = read("formats.jsonl");
    for format in format::all() {
        let of_format = goldens.iter().filter(|golden| golden.format == format.name());
        assert!(of_format.count() >= 25, "{} is missing in the golden file", format.name());
    }
    for golden in &goldens {
        let format = format::by_name(&golden.format).expect("one of the formats");
        let sentence = Sentence::whole(&golden.text);
        let entities = labelled(golden, &sentence);
        assert_eq!(prompt_of(format, golden, &sentence), golden.prompt, "{}", golden.format);
        let answer = prompt::to_wire(&format.render(&sentence, &golden.types, &entities), format);
        assert_eq!(answer, golden.answer, "{}", golden.format);
        let parsed = prompt::parse(format, &sentence, &golden.types, &answer);
        assert!(parsed.is_ok(), "{}: {answer:?}: {parsed:?}", golden.format);
    }
}

/// Writes the golden file anew from the sentences and entities it holds:
/// `cargo test --test engine -- --ignored formats`. Look at the difference before it is committed.
#[test]
#[ignore = "writes tests/golden/formats.jsonl"]
fn write_golden_file() {
    let mut sentences: Vec<Golden> = read("formats.jsonl");
    let key = |g: &Golden| (g.text.clone(), g.types.clone());
    sentences.dedup_by_key(|golden| key(golden));
    let mut out = String::new();
    for golden in sentences {
        let sentence = Sentence::whole(&golden.text);
        let entities = labelled(&golden, &sentence);
        for format in format::all() {
            let line = Golden {
                text: golden.text.clone(),
                types: golden.types.clone(),
                entities: golden.entities.clone(),
                format: format.name().to_owned(),
                prompt: prompt_of(*format, &golden, &sentence),
                answer: prompt::to_wire(
                    &format.render(&sentence, &golden.types, &entities),
                    *format,
                ),
            };
            out += &serde_json::to_string(&line).expect("plain data");
            out.push('\n');
        }
    }
    fs::write(path("formats.jsonl"), out).expect("the file can be written");
}

#[test]
fn malformed_answers_are_refused() {
    let refused: Vec<Refused> = read("refused.jsonl");
    for format in format::all() {
        let of_format = refused.iter().filter(|refused| refused.format == format.name());
        assert!(of_format.count() >= 4, "{} is missing in the file", format.name());
    }
    for Refused { text, types, format, answer, why } in refused {
        let named = format::by_name(&format).expect("one of the formats");
        let read = prompt::parse(named, &Sentence::whole(&text), &types, &answer);
        assert!(read.is_err(), "{format} reads {answer:?} ({why}): {read:?}");
    }
}

#[test]
fn names_are_those_of_the_list_and_no_others() {
    for format in format::all() {
        let found = format::by_name(format.name()).expect("its own name");
        assert_eq!(found.name(), format.name());
    }
    assert_eq!(format::by_name("json").map(|f| f.name()).map_err(|e| e.code()), Err("format"));
    assert_eq!(format::by_name("lines-grouped").expect("the default").phrase(), "");
}
