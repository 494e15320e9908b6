use super::repeats::REPEAT_SCORE;
use super::*;
use crate::entity::Origin;
use bioner_documents::ByteSpan;

/// Words, type and score of what the model found. Words that stand before those listed earlier are sought
/// behind them.
type Found<'a> = (&'a str, usize, f32);

/// The entities of each sentence of a document after it went through the memory.
fn completed(sentences: &[(&str, &[Found])]) -> Vec<Vec<Entity>> {
    let text = sentences.iter().map(|s| s.0).collect::<Vec<_>>().join(" ");
    let mut memory =
        Memory::new(Arc::new(Document::new(text.as_str().into()).expect("a small text")));
    let mut start = 0;
    let mut complete = |&(own, found): &(&str, &[Found])| {
        let sentence = Sentence::new(&text, ByteSpan::new(start, start + own.len()));
        let mut from = start;
        let mut entities: Vec<Entity> = Vec::new();
        for &(words, kind, score) in found {
            let at = from + text[from..].find(words).unwrap();
            from = at;
            let span = ByteSpan::new(at, at + words.len());
            entities.push(Entity { span, kind, score, origin: None });
        }
        start += own.len() + 1;
        memory.complete(&sentence, &mut entities);
        entities
    };
    let completed: Vec<Vec<Entity>> = sentences.iter().map(&mut complete).collect();
    let ends = completed.iter().flatten().map(|entity| entity.span);
    assert!(ends.is_sorted_by_key(|span| span.start));
    completed
}

/// Their words and types, of the sentence numbered `sentence`.
fn words(sentences: &[(&str, &[Found])], sentence: usize) -> Vec<(String, usize)> {
    let text = sentences.iter().map(|s| s.0).collect::<Vec<_>>().join(" ");
    let found = &completed(sentences)[sentence];
    found.iter().map(|e| (e.span.slice(&text).to_owned(), e.kind)).collect()
}

/// Only those that were added.
fn added(sentences: &[(&str, &[Found])], sentence: usize) -> Vec<String> {
    let text = sentences.iter().map(|s| s.0).collect::<Vec<_>>().join(" ");
    let found = completed(sentences);
    let added = found[sentence].iter().filter(|entity| entity.origin.is_some());
    added.map(|entity| entity.span.slice(&text).to_owned()).collect()
}

#[test]
fn a_mention_is_marked_where_it_comes_again() {
    let found = completed(&[
        ("Pellagra is rare.", &[("Pellagra", 1, 1.0)]),
        ("In Pellagra, drugs; not Pellagras but Pellagra-like.", &[("drugs", 0, 0.9)]),
    ]);
    assert_eq!(found[0][0].origin, None);
    let repeats: Vec<(usize, f32, Option<Origin>)> =
        found[1].iter().map(|e| (e.kind, e.score, e.origin)).collect();
    let again = (1, REPEAT_SCORE, Some(Origin::Repeat));
    assert_eq!(repeats, [again, (0, 0.9, None), again]);
}

#[test]
fn only_what_came_before_and_was_sure_is_remembered() {
    let document: &[(&str, &[Found])] = &[
        ("AD and PD, x and 12.", &[("PD", 0, 0.85), ("x", 0, 1.0), ("12", 0, 1.0)]),
        ("AD is worse than PD, x and 12.", &[]),
        ("AD.", &[("AD", 0, 1.0)]),
    ];
    assert!(added(document, 0).is_empty() && added(document, 1).is_empty());
}

#[test]
fn what_the_sentence_has_of_its_own_stays_and_the_longest_comes_first() {
    let found = words(
        &[
            ("breast cancer, cancer", &[("breast cancer", 0, 1.0), ("cancer", 0, 1.0)]),
            ("lung cancer or breast  cancer", &[("lung cancer", 2, 0.3)]),
        ],
        1,
    );
    assert_eq!(found, [("lung cancer".into(), 2), ("breast  cancer".into(), 0)]);
}

#[test]
fn a_repeat_is_a_whole_token() {
    let document: &[(&str, &[Found])] = &[
        ("TRX was low.", &[("TRX", 0, 1.0)]),
        ("TRX-1, TRX-L1, anti-TRX-1, TRX2, TRX+, 3-TRX and TRX_a.", &[]),
        ("TRX-related, (TRX), anti-TRX and GLX/TRX.", &[]),
        ("Trx, trx and tRX", &[]),
    ];
    assert!(added(document, 1).is_empty());
    assert_eq!(added(document, 2), ["TRX"; 4]);
    assert!(added(document, 3).is_empty());
}

#[test]
fn a_word_in_another_role_is_no_repeat() {
    let document: &[(&str, &[Found])] = &[
        ("Blood lead and a cold.", &[("lead", 0, 1.0), ("cold", 1, 1.0)]),
        ("This can lead to ulcers in cold water.", &[]),
        ("Levels of lead rose; his cold did not pass.", &[]),
        ("FIT was found in acute leukemia.", &[("FIT", 0, 1.0)]),
        ("NO FIT PATIENTS WERE ILL.", &[]),
    ];
    assert!(added(document, 1).is_empty());
    assert_eq!(added(document, 2), ["lead", "cold"]);
    assert!(added(document, 4).is_empty());
}

#[test]
fn an_abbreviation_is_what_its_long_form_is() {
    let long = "Hollow crest syndrome";
    let document: &[(&str, &[Found])] = &[
        ("Hollow crest syndrome (HCS) is rare; HCS-like.", &[(long, 1, 0.5)]),
        ("Two HCS, more HCSs and a HCS-1.", &[]),
    ];
    let found = completed(document);
    assert_eq!(added(document, 0), ["HCS", "HCS"]);
    assert_eq!(added(document, 1), ["HCS", "HCSs"]);
    let derived = (1, 0.5, Some(Origin::Abbreviation));
    assert!(found[1].iter().all(|e| (e.kind, e.score, e.origin) == derived));
}

#[test]
fn an_abbreviation_is_what_the_model_says_of_it_and_of_the_end_of_its_long_form() {
    let own = [("crest syndrome", 1, 0.6), ("HCS", 1, 0.9)];
    let document: &[(&str, &[Found])] =
        &[("Hollow crest syndrome (HCS) is rare.", &own), ("Two HCSs and an HCS.", &[])];
    assert_eq!(added(document, 1), ["HCSs", "HCS"]);
    assert!(completed(document)[1].iter().all(|entity| (entity.kind, entity.score) == (1, 0.6)));
    // Of two types neither counts.
    let own = [("crest syndrome", 1, 0.6), ("HCS", 2, 0.9)];
    let document: &[(&str, &[Found])] = &[(document[0].0, &own), (document[1].0, &[])];
    assert!(added(document, 1).is_empty());
}

#[test]
fn a_later_definition_counts_from_there_on() {
    let document: &[(&str, &[Found])] = &[
        ("Multiple sclerosis (MS) was mild.", &[("Multiple sclerosis", 1, 0.95), ("MS", 1, 0.95)]),
        ("MS progressed.", &[]),
        ("It was read by mass spectrometry (MS).", &[]),
        ("MS was run twice.", &[]),
        ("Mitral stenosis (MS) was not seen, MS.", &[("Mitral stenosis", 2, 0.8)]),
    ];
    assert_eq!(words(document, 1), [("MS".into(), 1)]);
    assert!(words(document, 2).is_empty() && words(document, 3).is_empty());
    let mitral = ["Mitral stenosis", "MS", "MS"].map(|name| (name.to_owned(), 2));
    assert_eq!(words(document, 4), mitral);
}

#[test]
fn two_meanings_in_one_sentence() {
    let both =
        [("Phenyl ester", 0, 0.9), ("PE", 0, 0.9), ("PE", 1, 0.8), ("pleural edema", 1, 0.9)];
    let document: &[(&str, &[Found])] =
        &[("Phenyl ester (PE) in pleural edema (PE) and PE.", &both)];
    let expected = [("Phenyl ester", 0), ("PE", 0), ("pleural edema", 1), ("PE", 1), ("PE", 1)];
    assert_eq!(words(document, 0), expected.map(|(name, kind)| (name.to_owned(), kind)));
}

#[test]
fn a_marked_abbreviation_gets_the_type_of_its_long_form() {
    let document: &[(&str, &[Found])] = &[
        ("Copper storage disease (CSD).", &[("Copper storage disease", 1, 0.9)]),
        ("CSD and CSD gene.", &[("CSD", 2, 0.4), ("CSD gene", 2, 0.9)]),
        ("Anti-CSD-1 was given.", &[("CSD", 1, 0.4)]),
    ];
    assert_eq!(words(document, 1), [("CSD".into(), 1), ("CSD gene".into(), 2)]);
    assert!(words(document, 2).is_empty());
}

#[test]
fn a_mark_made_from_memory_is_not_remembered_as_another() {
    let document: &[(&str, &[Found])] =
        &[("AD", &[("AD", 0, 0.95)]), ("AD", &[]), ("AD", &[("AD", 1, 1.0)]), ("AD", &[])];
    let last = &completed(document)[3][0];
    assert_eq!((last.kind, last.score), (0, 0.95 * REPEAT_SCORE));
}

#[test]
fn a_redefined_abbreviation_is_no_entity_though_the_model_marks_it() {
    let own = [("Murmur syndrome", 1, 0.9), ("MS", 1, 0.9), ("MS", 1, 0.9)];
    let document: &[(&str, &[Found])] =
        &[("Murmur syndrome (MS) was heard by micro speakers (MS).", &own[..2])];
    assert_eq!(words(document, 0).len(), 2);
    let marked: &[(&str, &[Found])] = &[
        ("Murmur syndrome (MS) was rare.", &own[..2]),
        ("Micro speakers (MS) helped; MS.", &[("MS", 1, 0.9)]),
    ];
    assert!(words(marked, 1).is_empty());
}

#[test]
fn a_heading_has_no_repeats() {
    let document: &[(&str, &[Found])] = &[
        ("An illness was seen.", &[("illness", 1, 0.95)]),
        ("HISTORY OF PRESENT ILLNESS: an illness", &[]),
        ("History of present illness: illness", &[]),
    ];
    assert_eq!(added(document, 1), ["illness"]);
    assert_eq!(added(document, 2), ["illness"]);
}
