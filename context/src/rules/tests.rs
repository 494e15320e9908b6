use super::*;

#[test]
fn the_file_of_rules_is_read() {
    assert_eq!(Rules::read(RULES_JSON).err(), None);
}

fn file(rule: &str) -> String {
    format!(
        r#"{{"sources": {{"own": ""}}, "numbers": ["two"], "questions": [], "answers": [], "affirmations": [], "changes": [], "lists": {{"be": ["is", "has been"]}}, "rules": [{rule}]}}"#
    )
}

fn rules(phrases: &str) -> Rules {
    let rule = r#"{"about": "", "sets": ["absent"], "direction": "forward", "sources": ["own"], "phrases": "#;
    Rules::read(&file(&format!("{rule}{phrases}}}"))).expect("rules")
}

fn matched(rules: &Rules, text: &str) -> Vec<String> {
    let words = words(text, 0..text.len());
    let matches = rules.matches(&words, &rules.ids(text, &words, false), words.len(), |_| false);
    let span =
        |found: &Match| words[found.words.start].span.start..words[found.words.end - 1].span.end;
    matches.iter().map(|found| text[span(found)].to_owned()).collect()
}

#[test]
fn a_phrase_stands_for_several() {
    let rules = rules(r##"["{it|that} <be> {now|} gone", "#-<be>", "never $", "r/o"]"##);
    assert_eq!(matched(&rules, "It is gone"), ["It is gone"]);
    assert_eq!(matched(&rules, "THAT HAS BEEN NOW GONE"), ["THAT HAS BEEN NOW GONE"]);
    assert_eq!(matched(&rules, "it gone, that is"), [""; 0]);
    assert_eq!(matched(&rules, "two-is 12-is three-is"), ["two-is", "12-is"]);
    assert_eq!(matched(&rules, "never ever, never"), ["never"]);
    assert_eq!(matched(&rules, "R / O gout"), ["R / O"]);
}

#[test]
fn the_longest_phrase_counts_and_stops_before_a_mention() {
    let rules = rules(r#"["no", "no sign of"]"#);
    assert_eq!(matched(&rules, "no sign of no sign"), ["no sign of", "no"]);
    let text = "no sign of";
    let words = words(text, 0..text.len());
    assert_eq!(
        rules.matches(&words, &rules.ids(text, &words, false), words.len(), |word| word == 1)[0]
            .words,
        0..1
    );
}

#[test]
fn a_phrase_may_begin_where_something_begins_and_look_at_what_follows() {
    let rules = rules(r#"["^ hold", "on yyyy", "in yyyy ~{$|,}", "out ~{of|by}"]"#);
    assert_eq!(matched(&rules, "hold, hold (hold; hold"), ["hold"; 4]);
    assert_eq!(matched(&rules, "we hold"), [""; 0]);
    assert_eq!(matched(&rules, "on 1987 on 2000 on 1850 on 20155"), ["on 1987"]);
    assert_eq!(matched(&rules, "in 2015 trial, in 2015, in 2016"), ["in 2015", "in 2016"]);
    assert_eq!(matched(&rules, "out of, out, out by"), ["out", "out"]);
}

#[test]
fn a_number_in_digits_and_a_word_in_capitals_are_told() {
    let rules = rules(r#"["nn of", "the NO", "no"]"#);
    assert_eq!(matched(&rules, "12 of, two of"), ["12 of"]);
    assert_eq!(matched(&rules, "the NO, the No, The NO"), ["the NO", "No", "The NO"]);
    assert_eq!(matched(&rules, "THE NO"), ["NO"]);
    let text = "the NO, no";
    let words = words(text, 0..text.len());
    let ids = rules.ids(text, &words, true);
    let found = rules.matches(&words, &ids, words.len(), |_| false);
    assert_eq!(found.len(), 2);
    assert_eq!(rules.matches(&words[1..], &ids[1..], words.len() - 1, |_| false).len(), 1);
}

#[test]
fn what_follows_a_phrase_may_be_a_mention() {
    assert_eq!(effects(r#""phrases": ["never ~{x|y}"]"#, "never x, never y, never z"), [1, 1]);
    assert_eq!(effects(r#""phrases": ["never x", "old a ~y"]"#, "never x, old x y"), [0; 0]);
}

/// How many effects each phrase has that is found. Mentions begin at the words "x".
fn effects(rule: &str, text: &str) -> Vec<usize> {
    let start = r#"{"about": "", "sets": ["absent"], "direction": "forward", "sources": ["own"], "#;
    let rules = Rules::read(&file(&format!("{start}{rule}}}"))).expect("rules");
    let words = words(text, 0..text.len());
    let begins = |at: usize| words.get(at).is_some_and(|word| &text[word.span.clone()] == "x");
    let matches = rules.matches(&words, &rules.ids(text, &words, false), words.len(), begins);
    matches.iter().map(|found| found.effects.len()).collect()
}

#[test]
fn a_phrase_acts_only_where_it_has_what_it_needs() {
    let needs = r#""phrases": ["start"], "needs": ["if"], "to": ["call"]"#;
    assert_eq!(effects(needs, "start x if y"), [1]);
    assert_eq!(effects(needs, "start x"), [0; 0]);
    assert_eq!(effects(needs, "start x, call if y"), [0; 0]);
    let touches = r#""phrases": ["on"], "touches": true"#;
    assert_eq!(effects(touches, "on x and on the x"), [1]);
    let short = r#""phrases": ["old"], "within": 2"#;
    assert_eq!(effects(short, "old y x, old a b c x, old"), [1]);
}

#[test]
fn a_phrase_may_be_about_the_mention_that_begins_with_it() {
    let rules = Rules::read(&file(
        r#"{"about": "", "sets": ["absent"], "direction": "inside", "sources": [], "phrases": ["no"]},
        {"about": "", "direction": "inside", "sources": [], "phrases": ["no synthase"]}"#,
    ))
    .expect("rules");
    let inside = |text: &str| {
        let words = words(text, 0..text.len());
        rules.inside(&rules.ids(text, &words, false)).map(|sets| sets.assertion)
    };
    assert_eq!(inside("no fever"), Some(Some(Assertion::Absent)));
    assert_eq!(inside("no synthase gene"), Some(None));
    assert_eq!(inside("no synthase"), Some(None));
    assert_eq!(inside("no"), None);
    assert_eq!(inside("fever, no"), None);
    assert_eq!(matched(&rules, "no fever"), [""; 0]);
}

#[test]
fn a_phrase_may_need_a_word_before_it() {
    let rules = Rules::read(&file(
        r#"{"about": "", "sets": ["absent"], "direction": "forward", "after": ["if"], "sources": [], "phrases": ["stop"]}"#,
    ))
    .expect("rules");
    assert_eq!(matched(&rules, "if ill, stop salt"), ["stop"]);
    assert_eq!(matched(&rules, "stop salt if ill"), [""; 0]);
}

#[test]
fn a_wrong_rule_is_told() {
    for (rule, told) in [
        (r#"{"about": "", "sources": ["other"], "phrases": []}"#, "no source"),
        (
            r#"{"about": "", "sets": ["gone"], "direction": "both", "sources": [], "phrases": []}"#,
            "gone",
        ),
        (r#"{"about": "", "sets": ["absent"], "sources": [], "phrases": []}"#, "no direction"),
        (r#"{"about": "", "ends": ["absent"], "sources": [], "phrases": []}"#, "no attribute"),
        (r#"{"about": "", "sources": [], "phrases": ["{a|}"]}"#, "can be empty"),
        (r#"{"about": "", "sources": [], "phrases": ["<who>"]}"#, "no list"),
        (r#"{"about": "", "sources": [], "phrases": ["a ~{b c}"]}"#, "more than a word"),
        (r#"{"about": "", "sources": [], "phrases": ["{a|b"]}"#, "not closed"),
        (r#"{"about": "", "sources": [], "phrases": ["{a|{b}}"]}"#, "no alternative"),
        (r#"{"about": "", "sources": [], "phrases": [], "wthin": 3}"#, "wthin"),
    ] {
        let error = Rules::read(&file(rule)).expect_err("an error");
        assert!(error.contains(told), "{rule}: {error}");
    }
}
