//! What holds of every format, whatever the sentence: answers read back as what they say, the
//! grammar takes every answer that is rendered, and nothing that the grammar takes is refused or
//! names words that the sentence does not have.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::select as normal;
use super::*;
use crate::constraint::{Machine, TokenTrie};

/// Words that come again, delimiters of every format, what escapes look like, and other scripts.
const BITS: &[&str] = &[
    "p53",
    "p53",
    "cancer",
    "lung",
    "cancer lung",
    "IL-2",
    "12",
    "1.5",
    "null",
    "true",
    "NO",
    "-",
    "-",
    "--",
    "- ",
    ";",
    "; ",
    ";; ",
    "|",
    " | ",
    "\"",
    "\"\"",
    "'",
    "`",
    "<",
    ">",
    "</",
    "&",
    "&amp;",
    "&#9;",
    "<Cell>",
    "</Cell>",
    "[",
    "]",
    " | Cell]",
    "[]",
    "{",
    "}",
    "\\",
    "\\n",
    "\\;",
    "@",
    "@@",
    "#",
    "##",
    " #",
    ",",
    ", ",
    ":",
    ": ",
    ".",
    "*",
    "%",
    "?",
    "!",
    "\n- ",
    "\t",
    "\r\n",
    "\u{a0}",
    "\0",
    " ",
    " ",
    " ",
    "é",
    "e\u{301}",
    "\u{301}",
    ";\u{301}",
    "🧬",
    "👨‍⚕️",
    "α-",
    "β",
    "‐",
    "“",
    "’",
    "גנים",
    "糖尿病",
    "\u{200d}",
    "\u{feff}",
    "O",
    "B-Cell",
    "Cell: ",
    "mention",
    "type",
];

/// Names of types that begin alike, hold a space, or mean something to a format.
const TYPES: &[&str] = &[
    "Cell",
    "Cell line",
    "DNA/RNA",
    "-",
    "null",
    "I-Cell",
    "B",
    "12",
    "- x",
    "/Cell",
    "Gène_2",
    "Crohn's disease",
    "Crohn’s disease",
    "T cell (CD4+)",
    "A+",
    "A-",
    "5'-UTR",
    "1e+5",
    "Ge\u{300}ne",
];

/// Any list of names that can be asked for.
fn type_names() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[A-Za-z0-9é糖][A-Za-z0-9é糖\u{301} _/+'’()-]{0,12}", 1..4)
        .prop_filter_map("names that can be asked for", |names| crate::check_types(&names).ok())
}

#[derive(Debug, Clone)]
struct Case {
    text: String,
    types: Vec<String>,
    entities: Vec<Labelled>,
}

impl Case {
    fn sentence(&self) -> Sentence {
        Sentence::whole(&self.text)
    }
}

fn text() -> impl Strategy<Value = String> {
    let bit = prop_oneof![12 => select(BITS).prop_map(str::to_owned), 1 => "\\PC{0,4}", 1 => " "];
    prop::collection::vec(bit, 0..14).prop_map(|bits| bits.concat())
}

/// A sentence with entities, which overlap freely; a few of them are no whole pieces or of no type.
fn case() -> impl Strategy<Value = Case> {
    let listed = subsequence(TYPES, 1..4).prop_shuffle();
    let listed = listed.prop_map(|types| types.into_iter().map(str::to_owned).collect());
    let types = prop_oneof![2 => listed, 1 => type_names()];
    let entity = (any::<Index>(), 0usize..5, 0usize..4, 0usize..30);
    (text(), types, prop::collection::vec(entity, 0..7)).prop_map(|(text, types, picks)| {
        let sentence = Sentence::whole(&text);
        let count = sentence.pieces().len();
        let mut entities: Vec<_> = picks
            .into_iter()
            .filter(|_| count > 0)
            .map(|(first, more, kind, shift)| {
                let first = first.index(count);
                let start = sentence.pieces()[first].view.start + usize::from(shift == 0);
                let end = sentence.pieces()[(first + more).min(count - 1)].view.end;
                Labelled { span: ByteSpan::new(start, end.max(start)), kind }
            })
            .collect();
        entities.sort();
        Case { text, types, entities }
    })
}

/// What a format says of the entities: its normal form, without where it is written.
fn said(format: &dyn Format, case: &Case) -> Vec<(String, usize, Place)> {
    let sentence = case.sentence();
    let flat = || normal::flat(&sentence, &case.types, &case.entities);
    let grouped = || (0..case.types.len()).map(|k| normal::of_type(&sentence, k, &case.entities));
    let entities: Vec<Labelled> = match format.name() {
        "inline-xml" | "inline-bracket" | "iob2" | "json-occurrence" => flat(),
        "inline-marker" => grouped().flatten().collect(),
        "json-grouped" | "yaml-grouped" | "lines-grouped" | "compact" => {
            grouped().flat_map(|entities| normal::once(&sentence, entities)).collect()
        }
        _ => normal::once(&sentence, flat()),
    };
    let place = |span| match format.name() {
        "inline-xml" | "inline-bracket" | "inline-marker" | "iob2" => Place::At(span),
        "json-occurrence" => Place::Occurrence(normal::occurrence(&sentence, span)),
        _ => Place::Anywhere,
    };
    let say = |e: Labelled| (e.span.slice(sentence.view()).to_owned(), e.kind, place(e.span));
    entities.into_iter().map(say).collect()
}

fn read(mentions: Vec<Mention>) -> Vec<(String, usize, Place)> {
    mentions.into_iter().map(|mention| (mention.text, mention.kind, mention.place)).collect()
}

fn machine(format: &dyn Format, case: &Case, names_only: bool) -> Machine {
    let sentence = case.sentence();
    let program = match names_only {
        true => format.grammar_of_names(&sentence, &case.types),
        false => format.grammar(&sentence, &case.types),
    };
    Machine::new(program, Arc::new(sentence))
}

/// Whether the grammar takes the whole answer.
fn accepts(format: &dyn Format, case: &Case, answer: &str) -> bool {
    let mut machine = machine(format, case, false);
    machine.push_bytes(answer.as_bytes()).is_ok() && machine.may_end()
}

/// Each byte a token, and tokens of several bytes: words of the sentence, with a space before them
/// and after, and what the formats write around them.
fn vocabulary(case: &Case) -> TokenTrie {
    let mut tokens: Vec<_> = (0..=255u8).map(|byte| Some(vec![byte])).collect();
    tokens.push(None);
    let sentence = case.sentence();
    let words = (0..sentence.pieces().len()).map(|index| sentence.piece_text(index).to_owned());
    let around =
        ["; ", "\", \"", "\"}", "\"]", "\n", "\n- ", "</", " | ", "@@", "##", ": [", "\tB-"];
    for text in words.chain(case.types.iter().cloned()).chain(around.map(str::to_owned)) {
        tokens.extend(
            [&text, &format!(" {text}"), &format!("{text}\"")].map(|t| Some(t.clone().into())),
        );
    }
    TokenTrie::new(tokens, 256)
}

/// An answer that the grammar allows, each token chosen by the next of `choices`.
fn walk(
    format: &dyn Format,
    case: &Case,
    names_only: bool,
    mut choices: impl FnMut(usize) -> usize,
) -> String {
    let vocabulary = vocabulary(case);
    let mut machine = machine(format, case, names_only);
    let mut answer = Vec::new();
    let mut allowed = Vec::new();
    loop {
        machine.allowed(&vocabulary, &mut allowed);
        assert!(!allowed.is_empty(), "{}: stuck after {:?}", format.name(), lossy(&answer));
        let token = allowed[choices(allowed.len())];
        machine.push(&vocabulary, token).expect("an allowed token");
        if token == vocabulary.end() {
            return String::from_utf8(answer).expect("whole characters");
        }
        answer.extend_from_slice(vocabulary.bytes(token));
        assert!(answer.len() < 100_000, "{}: no end", format.name());
    }
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Checks an answer that the grammar takes; its mentions.
fn check(format: &dyn Format, case: &Case, answer: &str) -> Vec<Mention> {
    let sentence = case.sentence();
    let mentions = format.parse(&sentence, &case.types, answer);
    let mentions = mentions.unwrap_or_else(|e| panic!("{}: {e}: {answer:?}", format.name()));
    for mention in &mentions {
        assert!(mention.kind < case.types.len());
        let places: Vec<_> = sentence.occurrences(&mention.text).collect();
        let said = match mention.place {
            Place::Anywhere => !places.is_empty(),
            Place::Occurrence(number) => (1..=places.len()).contains(&number),
            Place::At(span) => places.contains(&span),
        };
        assert!(said, "{}: {mention:?} is not in {:?}", format.name(), sentence.view());
    }
    mentions
}

proptest! {
    #[test]
    fn what_is_rendered_reads_back_and_is_taken_by_the_grammar(case in case()) {
        let sentence = case.sentence();
        for format in all() {
            let answer = format.render(&sentence, &case.types, &case.entities);
            prop_assert!(!answer.starts_with(' ') && !answer.contains("\n\n") && !answer.contains("\n "));
            let mentions = format.parse(&sentence, &case.types, &answer);
            prop_assert!(mentions.is_ok(), "{}: {:?}: {:?}", format.name(), answer, mentions);
            let mentions = mentions.unwrap_or_default();
            for mention in &mentions {
                let written = &answer[mention.written.clone()];
                let plain = mention.text.chars().all(char::is_alphanumeric);
                prop_assert!(!written.is_empty());
                prop_assert!(!plain || written.contains(&mention.text), "{written:?}");
            }
            prop_assert_eq!(read(mentions), said(*format, &case), "{}: {:?}", format.name(), answer);
            prop_assert!(accepts(*format, &case, &answer), "{}: {:?}", format.name(), answer);
        }
    }

    #[test]
    fn whatever_the_model_prefers_its_answer_is_read(case in case(), seed in any::<u64>()) {
        let mut state = seed | 1;
        let mut random = move |count: usize| {
            // xorshift64 (Marsaglia, 2003)
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 33) as usize % count
        };
        for format in all() {
            let answer = walk(*format, &case, false, &mut random);
            check(*format, &case, &answer);
            let answer = walk(*format, &case, true, &mut random);
            for mention in check(*format, &case, &answer) {
                let closes = mention.text.starts_with(['.', ',', ';', ')', '"', '\'']);
                prop_assert!(!closes, "{}: {mention:?}", format.name());
            }
        }
    }

    #[test]
    fn the_grammar_takes_nothing_that_is_not_read(
        case in case(),
        edits in prop::collection::vec((any::<Index>(), select(BITS), 0usize..3), 1..3),
    ) {
        let sentence = case.sentence();
        for format in all() {
            let mut answer = format.render(&sentence, &case.types, &case.entities);
            for (place, bit, kind) in &edits {
                let mut places: Vec<_> = answer.char_indices().map(|(at, _)| at).collect();
                places.push(answer.len());
                let at = *place.get(&places);
                let end = answer[at..].chars().next().map_or(at, |c| at + c.len_utf8());
                match kind {
                    0 => answer.insert_str(at, bit),
                    1 => answer.replace_range(at..end, ""),
                    _ => answer.replace_range(at..end, bit),
                }
            }
            // Reading it must not panic, whatever it says.
            let parsed = format.parse(&sentence, &case.types, &answer);
            if accepts(*format, &case, &answer) {
                prop_assert!(parsed.is_ok(), "{}: {:?}", format.name(), answer);
                check(*format, &case, &answer);
            }
        }
    }

    #[test]
    fn any_text_is_read_or_refused(case in case(), answer in text()) {
        for format in all() {
            if let Ok(mentions) = format.parse(&case.sentence(), &case.types, &answer) {
                let sound =
                    |m: &Mention| !m.text.is_empty() && answer.get(m.written.clone()).is_some();
                prop_assert!(mentions.iter().all(sound));
            }
        }
    }
}

#[test]
fn an_early_occurrence_within_a_longer_mention_does_not_stand_in_the_way() {
    let text = "breast and lung cancer, lung cancer, lung and breast".to_owned();
    let sentence = Sentence::whole(&text);
    let at = |needle: &str, nth: usize| {
        let (start, _) = text.match_indices(needle).nth(nth).expect("in the text");
        Labelled { span: ByteSpan::new(start, start + needle.len()), kind: 0 }
    };
    let entities =
        vec![at("breast and lung cancer", 0), at("lung cancer", 1), at("lung", 2), at("breast", 1)];
    let case = Case { text: text.clone(), types: vec!["Cancer".into()], entities };
    for format in all() {
        let answer = format.render(&sentence, &case.types, &case.entities);
        assert_eq!(read(format.parse(&sentence, &case.types, &answer).expect("read")).len(), 4);
        assert!(accepts(*format, &case, &answer), "{answer:?}");
    }
}

#[test]
fn a_walk_that_always_takes_the_last_or_the_first_choice_ends() {
    let types = ["Cell", "Cell line"].map(str::to_owned).to_vec();
    let case = Case { text: "a - b; \"c\", d|e <f> @@ ##".into(), types, entities: Vec::new() };
    for format in all() {
        for names_only in [false, true] {
            check(*format, &case, &walk(*format, &case, names_only, |count| count - 1));
            check(*format, &case, &walk(*format, &case, names_only, |_| 0));
        }
    }
}

#[test]
fn formats_written_once_name_a_text_once_and_the_others_each_place() {
    let text = "p53, p53".to_owned();
    let sentence = Sentence::whole(&text);
    let types = ["Gene".to_owned()];
    let spans = [ByteSpan::new(0, 3), ByteSpan::new(5, 8)];
    let entities = spans.map(|span| Labelled { span, kind: 0 });
    for format in all() {
        let answer = format.render(&sentence, &types, &entities);
        let count = format.parse(&sentence, &types, &answer).expect("read").len();
        let each = ["inline-xml", "inline-bracket", "inline-marker", "iob2", "json-occurrence"];
        assert_eq!(count, 1 + usize::from(each.contains(&format.name())), "{}", format.name());
    }
}

#[test]
fn the_score_of_a_mention_is_that_of_its_words_type_and_number() {
    let sentence = Sentence::whole("in PD");
    let types = ["Disease".to_owned()];
    let entities = [Labelled { span: ByteSpan::new(3, 5), kind: 0 }];
    let written: Vec<_> = all()
        .iter()
        .map(|format| {
            let answer = format.render(&sentence, &types, &entities);
            let mentions = format.parse(&sentence, &types, &answer).expect("read");
            answer[mentions[0].written.clone()].to_owned()
        })
        .collect();
    assert_eq!(
        written,
        [
            "Disease>PD",
            "PD | Disease",
            "PD",
            "PD\tB-Disease",
            r#"PD", "type": "Disease"#,
            r#"PD", "type": "Disease", "occurrence": 1"#,
            r#"Disease">PD"#,
            "PD,Disease",
            "PD | Disease",
            "PD",
            "PD",
            "PD",
            "\u{e001} PD",
        ]
    );
}
