//! What the pipeline does with answers, whatever the weights: with models whose answers are known.

use bioner::{Options, Part, Recognizer, Session};

use crate::common;
use crate::common::scripted;

fn recognizer(model: &[u8]) -> Recognizer {
    let model = common::load(model).expect("the model loads");
    Recognizer::new(model).expect("its tokenizer is known")
}

fn in_format<const N: usize>(format: &str, types: [&str; N]) -> Options {
    Options { format: Some(format.to_owned()), ..Options::new(types) }
}

/// What a session gives out until it is finished.
fn finish(mut session: Session) -> Vec<Part> {
    let mut parts = Vec::new();
    while !session.is_finished() {
        parts.extend(session.step().expect("a step"));
    }
    parts
}

#[test]
fn a_document_remembers_what_it_has_said() {
    let first = "Hollow bone crest syndrome (HBCS) is rare.";
    let then = "The HBCS group was older.";
    let recognizer = recognizer(&scripted::finding(&["Hollow bone crest syndrome"]));
    let options = Options::new(["Disease"]);
    let words = |text: &str| -> Vec<String> {
        let entities = recognizer.extract(text, &options).expect("entities");
        entities.iter().map(|e| e.span.slice(text).to_owned()).collect()
    };
    assert!(words(then).is_empty());
    let found = ["Hollow bone crest syndrome", "HBCS"];
    assert_eq!(words(first), found);
    assert_eq!(words(&format!("{first} {then}")), [&found[..], &["HBCS"]].concat());
    // Nothing goes back in a document,
    assert_eq!(words(&format!("{then} {first}")), found);
    // or from one document to another.
    let mut session = recognizer.session(&options).expect("a session");
    for text in [first, then] {
        session.add(text).expect("a small text");
    }
    let parts = finish(session);
    let of = |document: usize| parts.iter().filter(move |part| part.document == document);
    assert_eq!(of(0).map(|part| part.entities.len()).sum::<usize>(), 2);
    assert_eq!(of(1).map(|part| part.raw.len()).sum::<usize>(), 1, "it was read");
    assert!(of(1).all(|part| part.entities.is_empty()));
}

#[test]
fn whatever_is_written_about_odd_texts_is_read_in_every_format() {
    let odd = "😀 <b>]|;\"'\\ @@##\t\0 e\u{301}tude مرض السكري, t(9;22) && - \u{202e}abc\u{202c} – \u{50000}";
    let recognizers = (0..16).map(|seed| recognizer(&scripted::at_random(seed)));
    let recognizers: Vec<Recognizer> = recognizers.collect();
    for format in bioner::format::all() {
        let options = in_format(format.name(), ["Disease", "Side effect"]);
        let mut found = 0;
        for recognizer in &recognizers {
            let entities = recognizer.extract(odd, &options).expect("an answer that can be read");
            for entity in &entities {
                assert!(!entity.span.slice(odd).trim().is_empty(), "{entity:?}");
                assert!(entity.kind < 2 && (0.0..=1.0).contains(&entity.score), "{entity:?}");
            }
            found += entities.len();
        }
        assert!(found > 0, "{}", format.name());
    }
}

#[test]
fn there_is_nothing_to_find_in_texts_without_words() {
    let recognizer = recognizer(&scripted::at_random(1));
    for format in bioner::format::all() {
        let options = in_format(format.name(), ["Disease"]);
        for empty in ["", " \r\n\t ", "\0"] {
            assert_eq!(recognizer.extract(empty, &options).expect("entities"), []);
        }
    }
}

#[test]
fn a_model_without_tokens_for_markers_spells_them() {
    let text = "Aspirin and ibuprofen caused Stevens-Johnson syndrome.";
    let types = ["Disease", "Eponym", "Medication"];
    let mut found = [0; 3];
    for seed in 0..24 {
        let recognizer = recognizer(&scripted::at_random(seed));
        let mut session = recognizer.session(&in_format("compact", types)).expect("a session");
        session.add(text).expect("a small text");
        for part in finish(session) {
            for entity in &part.entities {
                found[entity.kind] += 1;
            }
            // What is shown of the answer names the types, in the order asked, instead of markers.
            for line in part.raw.iter().flat_map(|raw| raw.text.lines()) {
                let (name, mention) = line.split_once(": ").expect("a type and a mention");
                assert!(types.contains(&name) && text.contains(mention), "{line}");
            }
        }
    }
    assert!(found.iter().all(|&count| count > 0), "{found:?}");
}

#[test]
fn the_format_that_a_model_names_is_asked_for_where_none_is() {
    let text = "Aspirin and ibuprofen caused gout.";
    let model = scripted::at_random(3);
    let named = recognizer(&scripted::in_format(3, "compact"));
    let answers = |recognizer: &Recognizer, options: &Options| {
        let mut session = recognizer.session(options).expect("a session");
        session.add(text).expect("a small text");
        let raw = finish(session).into_iter().flat_map(|part| part.raw);
        raw.map(|raw| raw.text).collect::<Vec<_>>()
    };
    for format in ["compact", "lines-grouped"] {
        let asked = in_format(format, ["Disease"]);
        assert_eq!(answers(&named, &asked), answers(&recognizer(&model), &asked));
    }
    let unnamed = Options::new(["Disease"]);
    assert_eq!(answers(&named, &unnamed), answers(&named, &in_format("compact", ["Disease"])));
    assert_eq!(
        answers(&recognizer(&model), &unnamed),
        answers(&named, &in_format("lines-grouped", ["Disease"]))
    );
    assert_ne!(answers(&named, &unnamed), answers(&recognizer(&model), &unnamed));
}
