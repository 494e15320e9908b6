//! The time of every stage grows with the length of a text and not with its square, whatever the text.
//!
//! Two lengths are compared, generously: a machine may be busy. `benches/growth` measures it up to 5 MB.

use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

use bioner::{Answer, Options, Recognizer, Share};
use bioner_documents::{ByteSpan, Format};
use bioner_linking::{Linker, Mention};
use serde_json::{from_value, json};

use crate::common::growth::{Given, stages, timed};
use crate::common::hostile::KINDS;
use crate::common::{load, scripted};

/// How many times as long the second text is. Quadratic work would take 1024 times as long for it.
const TIMES: usize = 32;

/// How many times as long it may take, beside what any work may take.
const BORNE: u32 = 8 * TIMES as u32;
const SLACK: Duration = Duration::from_millis(100);

/// Whether some work takes far longer with the second of two things. Another try tells a busy machine from
/// work that grows.
fn grows_too_fast<T>([short, long]: &[T; 2], work: impl Fn(&T) -> Duration) -> bool {
    (0..5).all(|_| {
        let before = work(short).max(work(short));
        work(long) > before * BORNE + SLACK
    })
}

#[test]
fn no_text_takes_a_time_that_grows_with_the_square_of_its_length() {
    const SHORT: usize = 2 << 10;
    let stages = stages();
    let mut slow = Vec::new();
    for (number, kind) in KINDS.iter().enumerate() {
        let both = [1, TIMES].map(|times| Given::new(kind.text(SHORT * times)));
        // What only passes characters on need not see every kind.
        let seen = stages.iter().filter(|stage| stage.reads || number % 7 == 0);
        let slow_stages = seen.filter(|stage| grows_too_fast(&both, |given| stage.time(given)));
        slow.extend(slow_stages.map(|stage| format!("{}: {}", stage.name, kind.name)));
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

/// Mentions of a text, as often as `count` says.
fn mentions(before: &str, name: &str, behind: &str, count: usize) -> (String, Vec<ByteSpan>) {
    let text = [before, &name.repeat(count), &behind.repeat(count)].concat();
    let length = name.trim_end().len();
    let starts = (0..count).map(|number| before.len() + number * name.len());
    (text, starts.map(|start| ByteSpan::new(start, start + length)).collect())
}

#[test]
fn many_mentions_are_linked_in_a_time_that_grows_with_their_number() {
    for (kind, name, behind) in
        [("Species", "E. coli ", ""), ("Disease", "CP ", "chronic pain (CP) ")]
    {
        let both = [2_000, 2_000 * TIMES].map(|count| mentions("", name, behind, count));
        let link = |(text, spans): &(String, Vec<ByteSpan>)| {
            let mentions = spans.iter().map(|&span| Mention::new(span, kind));
            let mentions: Vec<Mention> = mentions.collect();
            timed(|| Linker::new().link(text, &mentions))
        };
        assert!(!grows_too_fast(&both, link), "{name}");
    }
}

#[test]
fn xmi_with_many_texts_is_read_in_a_time_that_grows_with_their_number() {
    let file = |count: usize| {
        let mut file = String::from(
            "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" \
             xmlns:own=\"http:///own.ecore\">",
        );
        for id in 0..count {
            let _ = write!(file, "<cas:Sofa xmi:id=\"{id}\" sofaString=\"gout\"/>");
            let _ = write!(file, "<own:A xmi:id=\"a{id}\" sofa=\"{id}\" begin=\"0\" end=\"4\"/>");
        }
        file + "</xmi:XMI>"
    };
    let both = [500, 500 * TIMES].map(file);
    let read = |file: &String| {
        timed(|| {
            let read = Format::Xmi.read(file.as_bytes()).expect("it is read");
            let found = read.filter(|one| one.as_ref().is_ok_and(|one| one.entities.len() == 1));
            assert_eq!(found.count(), file.matches("Sofa").count());
        })
    };
    assert!(!grows_too_fast(&both, read));
}

/// A document that names many things with one beginning, each once: what is remembered of each sentence is
/// looked for in all that follow.
#[test]
fn what_is_remembered_is_found_in_a_time_that_grows_with_the_text() {
    let model = load(&scripted::finding(&["gout"])).expect("a model");
    let recognizer = Recognizer::new(model).expect("its tokens");
    let options = Options { format: Some("lines-grouped".into()), ..Options::new(["Disease"]) };
    let read = |count: &usize| {
        let name = |number: usize| format!("acute disease{number}x");
        let text: String = (0..*count).map(|number| format!("{}.\n\n", name(number))).collect();
        let mut session = recognizer.session(&options).expect("a session");
        // All answers come from elsewhere.
        let elsewhere = Share { number: 1, of: 1, answered: Vec::new() };
        let document = session.add_shared(text, &elsewhere).expect("a small text");
        assert_eq!(session.sentences(document), *count);
        for number in 0..*count {
            let answer = json!({"text": format!("Disease: {}", name(number)), "steps": []});
            let answer: Answer = from_value(answer).expect("an answer");
            session.add_answers(document, number, [Arc::new(answer)].into());
        }
        timed(|| {
            let parts = session.step().expect("a step");
            let found: usize = parts.iter().map(|part| part.entities.len()).sum();
            assert_eq!(found, *count);
        })
    };
    assert!(!grows_too_fast(&[500, 500 * TIMES], read));
}
