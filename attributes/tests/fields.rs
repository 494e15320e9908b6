//! The fields of entities, and the sections of a text.

use bioner_attributes::{Wanted, outline};
use bioner_documents::ByteSpan;

const NOTE: &str = "Seen in clinic.\n\nFamily history: diabetes in the father.\n\nALLERGIES:\n\n  \
    None to peni\u{1f9ec}cillin.\n\nPlan:";

fn spans(mentions: &[&str]) -> Vec<ByteSpan> {
    let span = |mention: &&str| {
        let start = NOTE.find(mention).unwrap_or_default();
        ByteSpan::new(start, start + mention.len())
    };
    mentions.iter().map(span).collect()
}

#[test]
fn only_what_is_wanted_is_given() {
    let spans = spans(&["clinic", "diabetes"]);
    for assertion in [false, true] {
        for sections in [false, true] {
            let fields = Wanted { assertion, sections }.of(NOTE, &spans);
            assert_eq!(fields.len(), 2);
            assert!(fields.iter().all(|of| of.status.is_some() == assertion));
            assert!(fields[0].section.is_none(), "before the first heading");
            assert_eq!(fields[1].section.is_some(), sections);
        }
    }
    let fields = Wanted { assertion: true, sections: true }.of(NOTE, &spans).remove(1);
    assert_eq!(fields.status.as_ref().map(|status| status.experiencer), Some("family"));
    let section = fields.section.as_ref();
    assert_eq!(section.map(|section| &*section.heading), Some("Family history"));
    assert!(section.is_some_and(|section| section.name.is_some() && section.loinc.is_some()));
    assert_eq!(
        fields.into_attributes().section.as_deref(),
        Some("family history"),
        "its name, in file formats"
    );
}

#[test]
fn the_outline_has_headings_and_bodies() {
    let entries = outline(NOTE);
    let slices: Vec<_> = entries
        .iter()
        .map(|entry| (&*entry.section.heading, entry.body.map(|at| &NOTE[at..entry.span.end])))
        .collect();
    assert_eq!(
        slices,
        [
            ("Family history", Some("diabetes in the father.\n\n")),
            ("ALLERGIES", Some("None to peni\u{1f9ec}cillin.\n\n")),
            ("Plan", None),
        ]
    );
    for entry in &entries {
        assert!(entry.span.slice(NOTE).starts_with(&entry.section.heading));
    }
    assert!(outline("").is_empty());
}
