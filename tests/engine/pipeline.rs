//! The whole pipeline on the real model: text in, entities out.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::common;
use bioner::{Entity, Limits, Offsets, Options, Part, Raw, Recognizer, Session, Share, Unit};
use serde_json::{Value, json};

const TEXT: &str = "Selegiline-induced postural hypotension in Parkinson's disease. \
    Two patients on levodopa developed hypotension; levodopa was withdrawn.";

fn recognizer() -> &'static Recognizer {
    static RECOGNIZER: OnceLock<Recognizer> = OnceLock::new();
    RECOGNIZER.get_or_init(load)
}

fn load() -> Recognizer {
    let model = common::load(&common::default_model_bytes()).expect("the default model loads");
    Recognizer::new(model).expect("its tokenizer is known")
}

/// What a session gives out until it is finished.
fn finish(mut session: Session) -> Vec<Part> {
    let mut parts = Vec::new();
    while !session.is_finished() {
        parts.extend(session.step().expect("a step"));
    }
    parts
}

fn options(types: &[&str], format: &str) -> Options {
    Options { format: Some(format.to_owned()), ..Options::new(types.iter().copied()) }
}

/// Entities as the command line and the golden file have them: code points, and the text.
fn found(text: &str, options: &Options) -> Vec<Value> {
    let offsets = Offsets::new(text, Unit::CodePoint);
    let entities = recognizer().extract(text, options).expect("the text can be worked on");
    let mut last = 0;
    entities
        .iter()
        .map(|entity| {
            assert!(last <= entity.span.start, "entities come by start");
            last = entity.span.start;
            assert!((0.0..=1.0).contains(&entity.score), "{}", entity.score);
            json!({
                "start": offsets.of(entity.span.start),
                "end": offsets.of(entity.span.end),
                "type": options.types[entity.kind],
                "text": entity.span.slice(text),
            })
        })
        .collect()
}

fn words(text: &str, options: &Options) -> Vec<(String, String)> {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let found = found(text, options);
    found.iter().map(|entity| (word(&entity["text"]), word(&entity["type"]))).collect()
}

#[test]
fn chemicals_and_diseases_are_found_where_they_stand() {
    let found = words(TEXT, &options(&["Chemical", "Disease"], "lines-grouped"));
    for expected in [("Selegiline", "Chemical"), ("Parkinson's disease", "Disease")] {
        let expected = (expected.0.to_owned(), expected.1.to_owned());
        assert!(found.contains(&expected), "{expected:?} in {found:?}");
    }
    let levodopa = found.iter().filter(|(text, _)| text == "levodopa").count();
    assert_eq!(levodopa, 2, "a repeated mention is found each time: {found:?}");
}

#[test]
fn every_format_runs_on_the_real_model_and_parses() {
    let selegiline = ("Selegiline".to_owned(), "Chemical".to_owned());
    for format in bioner::format::all() {
        // A malformed answer would be an error, and `found` checks the spans.
        let found = words(TEXT, &options(&["Chemical", "Disease"], format.name()));
        // Only a model made for `compact` knows its markers.
        let is_known = format.name() != "compact" || recognizer().config().format == "compact";
        assert!(!is_known || found.contains(&selegiline), "{}: {found:?}", format.name());
    }
}

#[test]
fn what_is_worked_on_beside_a_sentence_does_not_change_its_entities() {
    let example = std::fs::read_to_string(root("www/examples/abstract.txt")).expect("the example");
    let together = options(&["Chemical", "Disease"], "lines-grouped");
    let expected = found(&example, &together);
    assert!(expected.len() > 5, "{expected:?}");
    for limits in [
        Limits { sentences: 1, tokens: 7, draft_tokens: 0 },
        Limits { sentences: 3, tokens: 16, draft_tokens: 16 },
        Limits { sentences: 0, tokens: 0, draft_tokens: 0 },
    ] {
        let differently = Options { limits, ..together.clone() };
        assert_eq!(found(&example, &differently), expected, "{limits:?}");
    }
}

#[test]
fn a_hundred_sentences_are_answered_as_each_by_itself() {
    let lines =
        std::fs::read_to_string(root("benches/texts/abstracts.jsonl")).expect("the abstracts");
    let texts: Vec<String> = lines
        .lines()
        .take(10)
        .map(|line| serde_json::from_str::<Value>(line).expect("an abstract"))
        .map(|line| line["text"].as_str().expect("its text").to_owned())
        .collect();
    // Entities with their scores to the last bit, and what the model wrote.
    let answers = |limits| {
        let asked = Options { limits, ..options(&["Chemical", "Disease"], "lines-grouped") };
        let mut session = recognizer().session(&asked).expect("a session");
        for text in &texts {
            session.add(text.as_str()).expect("a small text");
        }
        let parts = finish(session);
        let documents = parts.iter().flat_map(|part| vec![part.document; part.entities.len()]);
        let entities = parts.iter().flat_map(|part| part.entities.clone());
        let entities: Vec<(usize, Entity)> = documents.zip(entities).collect();
        let raws: Vec<Raw> = parts.into_iter().flat_map(|part| part.raw).collect();
        (entities, raws)
    };
    let (entities, raws) = answers(Limits { sentences: 1, tokens: usize::MAX, draft_tokens: 0 });
    assert!(raws.len() > 100 && entities.len() > 100, "{} sentences", raws.len());
    for limits in [Limits::default(), Limits { sentences: 6, tokens: 16, draft_tokens: 8 }] {
        let (quick_entities, quick_raws) = answers(limits);
        assert_eq!(quick_raws, raws, "{limits:?}");
        assert_eq!(quick_entities, entities, "{limits:?}");
    }
}

#[test]
fn drafts_change_nothing_in_any_format() {
    for format in bioner::format::all() {
        let mut options = options(&["Chemical", "Disease"], format.name());
        options.limits = Limits { sentences: 8, tokens: 64, draft_tokens: 64 };
        let drafted = found(TEXT, &options);
        assert!(!drafted.is_empty(), "{}", format.name());
        options.limits.draft_tokens = 0;
        assert_eq!(found(TEXT, &options), drafted, "{}", format.name());
    }
}

#[test]
fn parts_come_in_order_and_cover_the_documents() {
    let mut session =
        recognizer().session(&options(&["Disease"], "lines-grouped")).expect("a session");
    let texts = ["He has asthma. She has asthma.", "", "He has asthma. She has COPD. No."];
    for text in texts {
        session.add(text).expect("a small text");
    }
    let parts = finish(session);
    let order: Vec<usize> = parts.iter().map(|part| part.document).collect();
    assert!(order.is_sorted(), "{order:?}");
    for (document, total) in [2, 0, 3].into_iter().enumerate() {
        let of: Vec<_> = parts.iter().filter(|part| part.document == document).collect();
        assert!(!of.is_empty() && of.iter().all(|part| part.total == total));
        assert!(of.iter().map(|part| part.done).is_sorted());
        assert!(of.last().is_some_and(|part| part.is_last()));
        assert_eq!(of.iter().map(|part| part.raw.len()).sum::<usize>(), total);
    }
}

#[test]
fn documents_that_take_turns_do_not_wait_for_a_large_one() {
    let options = options(&["Disease"], "lines-grouped");
    let large: Vec<String> = (0..400).map(|n| format!("Patient {n} has asthma.")).collect();
    let (large, small) = (large.join("\n"), "He has COPD. She has asthma.");
    let mut session = recognizer().session(&options).expect("a session").in_turns();
    for text in [&large, "", small, small] {
        session.add(text).expect("a small text");
    }
    session.cancel(3);
    let mut parts = Vec::new();
    while !parts.iter().any(|part: &Part| part.document == 2 && part.is_last()) {
        parts.extend(session.step().expect("a step"));
    }
    assert_eq!(session.sentences(0), 400, "it is not finished");
    assert!(parts.iter().any(|part| part.document == 1 && part.is_last()));
    let of_small = parts.iter().filter(|part| part.document == 2);
    let entities: Vec<Entity> = of_small.flat_map(|part| part.entities.clone()).collect();
    assert_eq!(entities, recognizer().extract(small, &options).expect("entities"));
    // Nothing more comes of what is given up, and the session goes on.
    session.cancel(0);
    assert!(session.is_finished() && parts.iter().all(|part| part.document != 3));
    let document = session.add(small).expect("a small text");
    let parts = finish(session);
    assert!(parts.iter().all(|part| part.document == document));
    let again: Vec<Entity> = parts.into_iter().flat_map(|part| part.entities).collect();
    assert_eq!(again, entities);
}

#[test]
fn a_sentence_that_is_repeated_is_decoded_once() {
    // Of its own: what it keeps is what the last sessions left.
    let recognizer = load();
    let options = options(&["Disease"], "lines-grouped");
    // More sentences than are kept while they wait for an answer.
    let work = |count: usize| {
        let text = vec!["He has asthma."; count].join("\n");
        let mut session = recognizer.session(&options).expect("a session");
        let document = session.add(text.as_str()).expect("a small text");
        assert_eq!(session.sentences(document), count);
        let mut parts = Vec::new();
        while !session.is_finished() {
            parts.extend(session.step().expect("a step"));
        }
        let entities = parts.iter().flat_map(|part| &part.entities);
        let found: Vec<String> = entities.map(|e| e.span.slice(&text).to_owned()).collect();
        assert_eq!(found, vec!["asthma"; count]);
        session.tokens()
    };
    work(1); // reads the instruction
    assert_eq!(work(3000), work(1));
}

#[test]
fn a_document_answered_in_shares_is_the_document() {
    // What is remembered of one sentence for the next must not depend on who answered it.
    let text =
        "He has asthma. Aspirin helped. She has COPD, not asthma. No pain. Well. And COPD. Asthma?";
    let options = options(&["Chemical", "Anatomy", "Disease"], "lines-grouped");
    let mut session = recognizer().session(&options).expect("a session");
    session.add(text).expect("a small text");
    let whole: Vec<Part> = finish(session);
    let joined = |parts: &[Part]| {
        let entities: Vec<Entity> = parts.iter().flat_map(|part| part.entities.clone()).collect();
        let raw: Vec<_> = parts.iter().flat_map(|part| part.raw.clone()).collect();
        (entities, raw)
    };
    assert_eq!(joined(&whole).1.len(), 2 * 7, "two questions a sentence");
    assert!(!joined(&whole).0.is_empty());
    for of in [2, 3, 8] {
        let share = |number| Share { number, of, answered: Vec::new() };
        let mut session = recognizer().session(&options).expect("a session");
        let document = session.add_shared(text, &share(0)).expect("a small text");
        let mut parts = Vec::new();
        while !session.is_idle() {
            parts.extend(session.step().expect("a step"));
        }
        assert!(!session.is_finished(), "the other shares are not there yet");
        // The last share comes first.
        for number in (1..of).rev() {
            let mut helper = recognizer().help(&options, text, &share(number)).expect("a helper");
            while !helper.is_finished() {
                for (sentence, answers) in helper.step().expect("a step") {
                    session.add_answers(document, sentence, answers);
                }
            }
            parts.extend(session.step().expect("a step"));
        }
        assert!(session.is_finished());
        assert_eq!(joined(&parts), joined(&whole));
        assert!(parts.iter().all(|part| part.total == 7));
    }
}

#[test]
fn types_that_do_not_go_together_are_asked_for_one_after_the_other() {
    let text = "Aspirin relieved headache in 20 rats. Nothing else was seen.";
    let kinds = ["Disease", "Species", "Chemical"];
    let raws = |options: &Options| -> Vec<Raw> {
        let mut session = recognizer().session(options).expect("a session");
        session.add(text).expect("a small text");
        finish(session).into_iter().flat_map(|part| part.raw).collect()
    };
    let asked = |types: &[&str]| options(types, "lines-grouped");
    let apart = raws(&asked(&kinds));
    let (drugs, species) = (raws(&asked(&["Disease", "Chemical"])), raws(&asked(&["Species"])));
    // Two questions a sentence, each answered as if it had been asked alone.
    let expected: Vec<Raw> =
        drugs.into_iter().zip(species).flat_map(|(one, other)| [one, other]).collect();
    assert_eq!(apart, expected);
    let found = words(text, &asked(&kinds));
    let found: Vec<(&str, &str)> = found.iter().map(|(text, kind)| (&**text, &**kind)).collect();
    assert_eq!(found, [("Aspirin", "Chemical"), ("headache", "Disease"), ("rats", "Species")]);
    // In one question, if that is what is wanted.
    let together = raws(&Options { together: true, ..asked(&kinds) });
    assert_eq!(together.len(), 2);
    assert!(together[0].text.contains("Species"), "{together:?}");
}

#[test]
fn the_instruction_is_read_once_for_sessions_that_ask_the_same() {
    // Of its own: what it keeps is what the last sessions left.
    let recognizer = load();
    let work = |options: &Options, steps: usize| {
        let mut session = recognizer.session(options).expect("a session");
        session.add(TEXT).expect("a small text");
        let mut parts = Vec::new();
        for _ in 0..steps {
            if session.is_finished() {
                break;
            }
            parts.extend(session.step().expect("a step"));
        }
        (parts, session.tokens())
    };
    let asked = options(&["Chemical", "Disease"], "lines-grouped");
    let (parts, tokens) = work(&asked, usize::MAX);
    let (again, fewer) = work(&asked, usize::MAX);
    assert_eq!(again, parts);
    assert!(fewer < tokens, "{fewer} tokens, {tokens} at first");
    // Also after a session that was given up with sentences at work,
    work(&asked, 2);
    assert_eq!(work(&asked, usize::MAX), (parts.clone(), fewer));
    // and after others that asked for something else, but not after many.
    for name in 0..9 {
        assert_eq!(work(&asked, usize::MAX), (parts.clone(), fewer));
        work(&options(&[&format!("Type {name}")], "lines-grouped"), 1);
    }
    for name in 0..9 {
        work(&options(&[&format!("Type {name}")], "lines-grouped"), 1);
    }
    assert_eq!(work(&asked, usize::MAX), (parts, tokens));
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    let code = |options: Options| recognizer().session(&options).err().map(|error| error.code());
    assert_eq!(code(options(&[], "lines-grouped")), Some("types"));
    assert_eq!(code(options(&["a<b"], "lines-grouped")), Some("types"));
    assert_eq!(code(options(&["Disease"], "prose")), Some("format"));
}

/// Where no format is named, the types decide which tuning answers.
#[test]
fn adapters_answer_what_the_weights_were_not_tuned_for() {
    let text = std::fs::read_to_string(root("www/examples/discharge-note.txt")).expect("a note");
    let note = bioner::preset_types("note").expect("a preset");
    let note: Vec<&str> = note.iter().map(String::as_str).collect();
    let automatic = |types: &[&str]| found(&text, &Options::new(types.iter().copied()));
    assert_eq!(automatic(&note), found(&text, &options(&note, "compact")));
    assert!(!automatic(&note).is_empty());
    for types in [&["Disease", "Chemical"][..], &["Anatomy"]] {
        let own = found(&text, &options(types, "lines-grouped"));
        assert_eq!(automatic(types), own);
        assert_ne!(own, found(&text, &options(types, "compact")));
    }
}

/// The entities of the examples, which the browser must find as well. With BIONER_BLESS=1 they are
/// written anew: after a change of the weights, not of the code.
#[test]
fn golden_entities() {
    let path = root("tests/golden/entities.json");
    let preset = |name: &str| bioner::preset_types(name).expect("a preset");
    let names = |types: &[&str]| types.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    // In the last three the adapters answer.
    let cases = [
        ("abstract", "lines-grouped", names(&["Chemical", "Disease"])),
        ("discharge-note", "lines-grouped", names(&["Disease", "Chemical", "Anatomy"])),
        ("trial-eligibility", "lines-grouped", names(&["Gene", "Cancer", "Species", "Drug"])),
        ("discharge-note", "compact", preset("note")),
        ("trial-eligibility", "compact", preset("trial")),
        ("abstract", "compact", preset("safety")),
    ];
    let cases: Vec<Value> = cases
        .iter()
        .map(|(example, format, types)| {
            let file = format!("www/examples/{example}.txt");
            let text = std::fs::read_to_string(root(&file)).expect("the example");
            let types: Vec<&str> = types.iter().map(String::as_str).collect();
            let entities = found(&text, &options(&types, format));
            json!({"file": file, "types": types, "format": format, "entities": entities})
        })
        .collect();
    let text = serde_json::to_string_pretty(&cases).expect("JSON") + "\n";
    if std::env::var_os("BIONER_BLESS").is_some() {
        std::fs::write(&path, &text).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(&path).expect("tests/golden/entities.json");
    assert_eq!(text, golden);
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}
