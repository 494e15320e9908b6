//! Random walks: any choice of allowed tokens comes to an end, and to an answer that holds.

use proptest::prelude::*;

use super::programs::{grouped, inline, markers, numbered, quoted};
use super::{TYPES, accepts, allowed, machine};
use crate::Sentence;
use crate::constraint::{Program, TokenTrie};

/// Text of the kinds that make trouble: repeats, delimiters, marks, characters of several bytes.
fn texts() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "a", "ab", "rat", "rats", "the", " ", "  ", "-", ";", "; ", "\"", "\\", "<", ">", "#",
        "@@", "β", "é", "e\u{301}", "🧬", "中", "1", ".", "\n", "Chemical", ": ",
    ]);
    prop::collection::vec(word, 0..14).prop_map(|words| words.concat())
}

/// All bytes, and tokens as a tokenizer has them: words with a space before them, ends of words,
/// delimiters with what is beside them, halves of characters.
fn tokens() -> TokenTrie {
    let mut tokens: Vec<_> = (0..=255u8).map(|byte| Some(vec![byte])).collect();
    for token in [
        " rat",
        "rat",
        "at",
        "ats",
        "rats",
        " a",
        "; ",
        ";",
        " ;",
        ": -",
        " -\n",
        "\n ",
        "</",
        "\">",
        " <",
        "<Ch",
        "Chemical",
        " Chemical",
        " Chemical:",
        "ical>",
        "Disease",
        " Disease: ",
        "##",
        "@@",
        "t##",
        "#1",
        "#1;",
        "1;",
        "2;a",
        "\" \"",
        "\\\"",
        "\\\\",
        "a b",
        "the the",
        "β-",
        "é ",
    ] {
        tokens.push(Some(token.into()));
    }
    tokens.push(Some("🧬".as_bytes()[..2].to_vec()));
    tokens.push(Some([&"é".as_bytes()[1..], b" "].concat()));
    tokens.push(Some([b" ", &"中".as_bytes()[..1]].concat()));
    tokens.push(None);
    let end = tokens.len() as u32 - 1;
    TokenTrie::new(tokens, end)
}

/// Writes allowed tokens, as `choices` say, until the answer has ended.
fn walk(program: &Program, sentence: &Sentence, choices: &[u16], bound: usize) -> String {
    let tokens = tokens();
    let mut machine = machine(program.clone(), sentence);
    let mut answer = Vec::new();
    for &choice in choices.iter().cycle().take(bound) {
        let open = allowed(&mut machine, &tokens);
        assert!(open.is_sorted_by(|a, b| a < b), "ascending, each once: {open:?}");
        assert_eq!(open.contains(&tokens.end()), machine.may_end());
        for token in 0..tokens.len() as u32 {
            let pushed = machine.clone().push(&tokens, token).is_ok();
            assert_eq!(pushed, open.contains(&token), "token {token} after {answer:?}");
        }
        let forced = machine.forced();
        assert!(machine.clone().push_bytes(&forced).is_ok());
        let token = open[usize::from(choice) % open.len()];
        machine.push(&tokens, token).expect("allowed");
        if token == tokens.end() {
            return String::from_utf8(answer).expect("whole characters at the end");
        }
        let bytes = tokens.bytes(token);
        let shared = bytes.len().min(forced.len());
        assert_eq!(bytes[..shared], forced[..shared], "what is forced comes next");
        answer.extend_from_slice(bytes);
    }
    panic!("no end after {bound} tokens: {:?}", String::from_utf8_lossy(&answer));
}

fn choices() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn lists(text in texts(), choices in choices()) {
        let sentence = Sentence::whole(&text);
        let program = grouped(&sentence, &TYPES);
        // At most a mention and a separator for each piece and type.
        let bound = 2 * (3 * sentence.view().len() + 20);
        let answer = walk(&program, &sentence, &choices, bound);
        prop_assert_eq!(accepts(&program, &sentence, &answer), Ok(()));
        let (chemical, disease) = answer.split_once("\n Disease: ").expect("two lines");
        for line in [chemical.strip_prefix(" Chemical: ").expect("its type first"), disease] {
            prop_assert!(is_list(&sentence, line), "{line:?} of {:?}", sentence.view());
        }
    }

    #[test]
    fn marks(text in texts(), choices in choices()) {
        let sentence = Sentence::whole(&text);
        let program = inline(&sentence, &TYPES);
        let bound = 30 * (sentence.view().len() + 1);
        let answer = walk(&program, &sentence, &choices, bound);
        prop_assert_eq!(accepts(&program, &sentence, &answer), Ok(()));
        if !sentence.view().contains(['<', '>']) {
            let text = ["<Chemical>", "</Chemical>", "<Disease>", "</Disease>"]
                .iter()
                .fold(answer, |text, mark| text.replace(mark, ""));
            prop_assert_eq!(text, sentence.view());
        }
    }

    #[test]
    fn marks_of_one_type_after_the_other(text in texts(), choices in choices()) {
        let sentence = Sentence::whole(&text);
        let program = markers(&sentence, &TYPES);
        let bound = 2 * (6 * sentence.view().len() + 20);
        let answer = walk(&program, &sentence, &choices, bound);
        prop_assert_eq!(accepts(&program, &sentence, &answer), Ok(()));
    }

    #[test]
    fn numbers(text in texts(), choices in choices()) {
        let sentence = Sentence::whole(&text);
        let program = numbered(&sentence);
        let answer = walk(&program, &sentence, &choices, 6 * sentence.view().len() + 1);
        prop_assert_eq!(accepts(&program, &sentence, &answer), Ok(()));
        if !sentence.view().contains(['#', ';']) {
            let mut floor = 0;
            for record in answer.split_terminator(';') {
                let (mention, number) = record.split_once('#').expect("a number");
                let number: usize = number.parse().expect("decimal");
                let place = sentence.occurrences(mention).nth(number - 1).expect("an occurrence");
                prop_assert!(place.start >= floor, "{answer:?} of {:?}", sentence.view());
                floor = place.end;
            }
        }
    }

    #[test]
    fn quotes(text in texts(), choices in choices()) {
        let sentence = Sentence::whole(&text);
        if sentence.pieces().is_empty() {
            return Ok(()); // Not even one string: this grammar has no answer.
        }
        let program = quoted(&sentence);
        let answer = walk(&program, &sentence, &choices, 5 * sentence.view().len() + 1);
        prop_assert_eq!(accepts(&program, &sentence, &answer), Ok(()));
        // Read as JSON, but for the commas.
        let mentions = serde_json::Deserializer::from_str(&answer).into_iter::<String>();
        let mut floor = 0;
        for mention in mentions {
            let mention = mention.expect("a string");
            let place = sentence.occurrences(&mention).find(|place| place.start >= floor);
            floor = place.expect("whole pieces of the sentence, in its order").end;
        }
    }
}

/// Whether `line` can be read as mentions of the sentence, in its order, or as none. The separator
/// may also stand in the sentence, so some way to read it is looked for.
fn is_list(sentence: &Sentence, line: &str) -> bool {
    fn reads(sentence: &Sentence, line: &str, floor: usize) -> bool {
        let cuts = line.match_indices("; ").map(|(at, _)| (at, at + 2));
        cuts.chain([(line.len(), line.len())]).any(|(cut, rest)| {
            let place = sentence.occurrences(&line[..cut]).find(|place| place.start >= floor);
            place
                .is_some_and(|place| cut == line.len() || reads(sentence, &line[rest..], place.end))
        })
    }
    line == "-" || reads(sentence, line, 0)
}
