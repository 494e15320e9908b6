//! Which concepts an entity type can mean.

use bioner_documents::inventory;

/// The types of concepts that a type of the inventory means besides its own, and how well they fit.
/// Corpora annotate symptoms as diseases and the reverse, and tumours are diseases to MeSH.
const ALSO: [(&str, &str, f32); 5] = [
    ("Disease", "Symptom", 0.96),
    ("Cancer", "Disease", 1.0),
    ("Symptom", "Disease", 0.98),
    ("AdverseEffect", "Symptom", 1.0),
    ("AdverseEffect", "Disease", 0.98),
];

/// The name in the inventory of an entity type, or the name as given.
pub(crate) fn canonical(kind: &str) -> &str {
    match inventory().find(kind) {
        Some(at) => &inventory().types[at].name,
        None => kind,
    }
}

/// How well a concept of type `concept` fits a mention of type `mention`, 0 to 1. Both are
/// [canonical]. A concept without a type fits everything.
pub(crate) fn fit(mention: &str, concept: Option<&str>) -> f32 {
    let Some(concept) = concept else { return 1.0 };
    if mention == concept {
        return 1.0;
    }
    let also = ALSO.iter().find(|(from, to, _)| *from == mention && *to == concept);
    also.map_or(0.0, |(_, _, fit)| *fit)
}
