use super::*;

#[test]
fn the_file_of_rules_is_read() {
    assert_eq!(Rules::read(RULES_JSON).err(), None);
}

fn file(rule: &str) -> String {
    format!(
        r#"{{"sources": {{"own": ""}}, "numbers": ["two"], "questions": [], "answers": [], "affirmations": [], "lists": {{"be": ["is", "has been"]}}, "rules": [{rule}]}}"#
    )
}

fn rules(phrases: &str) -> Rules {
    let rule = r#"{"about": "", "sets": ["absent"], "direction": "forward", "sources": ["own"], "phrases": "#;
    Rules::read(&file(&format!("{rule}{phrases}}}"))).expect("rules")
}

fn matched(rules: &Rules, text: &str) -> Vec<String> {
    let words = words(text, 0..text.len());
    let matches = rules.matches(&words, &rules.ids(text, &words), words.len(), |_| false);
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
        rules.matches(&words, &rules.ids(text, &words), words.len(), |word| word == 1)[0].words,
        0..1
    );
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
        (r#"{"about": "", "sources": [], "phrases": ["{a|b"]}"#, "not closed"),
        (r#"{"about": "", "sources": [], "phrases": ["{a|{b}}"]}"#, "no alternative"),
        (r#"{"about": "", "sources": [], "phrases": [], "wthin": 3}"#, "wthin"),
    ] {
        let error = Rules::read(&file(rule)).expect_err("an error");
        assert!(error.contains(told), "{rule}: {error}");
    }
}
