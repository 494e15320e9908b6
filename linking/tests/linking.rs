//! Mentions in their documents.

#![allow(clippy::expect_used)] // in helpers, which Clippy takes for no tests

use bioner_documents::ByteSpan;
use bioner_linking::{Builder, Link, Linker, Mention};

const CONCEPTS: [(&str, &str, &str, u8, &[&str]); 18] = [
    ("MESH:D010300", "Parkinson Disease", "Disease", 100, &["paralysis agitans"]),
    ("MESH:D006973", "Hypertension", "Disease", 200, &["blood pressure, high"]),
    ("MESH:D007022", "Hypotension", "Disease", 90, &["low blood pressure"]),
    ("HP:0002615", "Hypotension", "Symptom", 90, &[]),
    ("MESH:D003924", "Diabetes Mellitus, Type 2", "Disease", 200, &["NIDDM"]),
    ("MESH:D003922", "Diabetes Mellitus, Type 1", "Disease", 150, &["IDDM"]),
    ("DRUGBANK:DB00331", "Metformin", "Chemical", 200, &["Glucophage"]),
    ("NCBITaxon:562", "Escherichia coli", "Species", 200, &[]),
    ("NCBITaxon:5759", "Entamoeba coli", "Species", 10, &["E. coli"]),
    ("MESH:D008175", "Lung Neoplasms", "Disease", 100, &["pulmonary neoplasms"]),
    ("MESH:D003920", "Diabetes Mellitus", "Disease", 80, &[]),
    ("MESH:D003919", "Diabetes Insipidus", "Disease", 80, &[]),
    ("MESH:D007674", "Kidney Diseases", "Disease", 100, &[]),
    ("MESH:D002292", "Carcinoma, Renal Cell", "Disease", 100, &[]),
    ("MESH:D004938", "Esophageal Neoplasms", "Disease", 100, &[]),
    ("HP:0011459", "Esophageal carcinoma", "Symptom", 50, &[]),
    ("MESH:D000438", "Alcohols", "Chemical", 60, &[]),
    ("DRUGBANK:DB00898", "Ethanol", "Chemical", 194, &["alcohol"]),
];

fn linker() -> Linker {
    let mut builder = Builder::new();
    for (id, name, kind, frequency, names) in CONCEPTS {
        let concept = builder.concept(id, name, Some(kind), frequency).expect("a concept");
        for name in names {
            builder.name(concept, name).expect("a name");
        }
    }
    let mut linker = Linker::new();
    linker.add(builder.finish().expect("a vocabulary"));
    linker
}

/// What stands for a space in text from elsewhere.
const SPACES: [&str; 6] = ["\u{a0}", "\u{2009}", "\u{202f}", "\u{3000}", "\t", "  "];

/// Links every place at which one of the names stands, which is the same with other spaces.
#[track_caller]
fn link(linker: &Linker, text: &str, names: &[(&str, &str)]) -> Vec<Link> {
    let links = links(linker, text, names);
    for space in SPACES {
        let spaced: Vec<_> = names.iter().map(|one| (one.0.replace(' ', space), one.1)).collect();
        let spaced: Vec<_> = spaced.iter().map(|one| (&*one.0, one.1)).collect();
        assert_eq!(self::links(linker, &text.replace(' ', space), &spaced), links, "{space:?}");
    }
    links
}

fn links(linker: &Linker, text: &str, names: &[(&str, &str)]) -> Vec<Link> {
    let mut mentions: Vec<Mention> = Vec::new();
    for (name, kind) in names {
        for (start, _) in text.match_indices(name) {
            mentions.push(Mention::new(ByteSpan::new(start, start + name.len()), kind));
        }
    }
    assert!(mentions.len() >= names.len(), "a name does not stand in the text");
    linker.link(text, &mentions)
}

#[track_caller]
fn id<'a>(linker: &Linker, name: &str, kind: &str, into: &'a mut String) -> Option<&'a str> {
    let link = linker.link_name(name, kind);
    for space in SPACES {
        assert_eq!(linker.link_name(&name.replace(' ', space), kind), link, "{name} {space:?}");
    }
    into.clear();
    into.push_str(&link.id?);
    Some(into)
}

#[test]
fn spellings_wordings_and_slips_are_found() {
    let linker = linker();
    let mut place = String::new();
    for (name, kind, expected) in [
        ("Parkinson’s disease", "Disease", "MESH:D010300"),
        ("PARALYSIS AGITANS", "Disorder", "MESH:D010300"),
        ("type-2 diabetes mellitus", "Disease", "MESH:D003924"),
        ("severe hypertension", "Disease", "MESH:D006973"),
        ("hypertensive", "Disease", "MESH:D006973"),
        ("hypertention", "Disease", "MESH:D006973"),
        ("lung cancer", "Disease", "MESH:D008175"),
        ("lung cancer", "Cancer", "MESH:D008175"),
        ("metformine", "Drug", "DRUGBANK:DB00331"),
        ("hypotension", "Symptom", "HP:0002615"),
        ("hypotension", "Disease", "MESH:D007022"),
        ("high blood pressure", "Symptom", "MESH:D006973"),
        ("E coli", "Organism", "NCBITaxon:5759"),
        ("diabetes", "Disease", "MESH:D003920"),
        ("Severe diabetes", "Disease", "MESH:D003920"),
        ("diabetic", "Disease", "MESH:D003920"),
        ("diabetes insipidus", "Disease", "MESH:D003919"),
        ("lung carcinoma", "Disease", "MESH:D008175"),
        ("Carcinoma of the lung", "Cancer", "MESH:D008175"),
        ("malignancies of the lung", "Disease", "MESH:D008175"),
        ("renal disease", "Disease", "MESH:D007674"),
        ("renal cell carcinoma", "Disease", "MESH:D002292"),
    ] {
        assert_eq!(id(&linker, name, kind, &mut place), Some(expected), "{name}");
    }
}

#[test]
fn what_is_something_else_gets_no_identifier() {
    let linker = linker();
    for (name, kind) in [
        ("metformin", "Disease"),
        ("Parkinson disease", "Species"),
        ("type 3 diabetes mellitus", "Disease"),
        ("type 3 diabetes", "Disease"),
        ("steroid-induced diabetes", "Disease"),
        ("metastatic lung carcinoma", "Disease"),
        ("skin carcinoma", "Disease"),
        ("carcinoma", "Disease"),
        ("migraine", "Disease"),
        ("Metformin", "Gene"),
        ("", "Disease"),
        ("+", "Chemical"),
    ] {
        assert_eq!(linker.link_name(name, kind).id, None, "{name}");
    }
}

#[test]
fn an_abbreviation_is_what_its_document_says() {
    let linker = linker();
    let text = "Parkinson disease (PD) and hypertension (HT). PD patients with HTs.";
    let links = link(&linker, text, &[("PD", "Disease"), ("HTs", "Disease")]);
    let ids: Vec<_> = links.iter().map(|link| link.id.as_deref()).collect();
    let parkinson = Some("MESH:D010300");
    assert_eq!(ids, [parkinson, parkinson, Some("MESH:D006973")]);
    assert_eq!(link(&linker, "PD progresses.", &[("PD", "Disease")])[0], Link::default());
}

#[test]
fn a_genus_is_the_one_that_was_written_out() {
    let linker = linker();
    let names = [("Escherichia coli", "Species"), ("E. coli", "Species")];
    let links = link(&linker, "Escherichia coli grew. E. coli lyses.", &names);
    assert_eq!(links[1].id.as_deref(), Some("NCBITaxon:562"));
}

#[test]
fn ones_own_vocabulary_goes_first() {
    let mut own = Builder::new();
    own.concept("LOCAL:1", "high blood pressure", None, 0).expect("a concept");
    own.concept("LOCAL:2", "hypertensio", None, 0).expect("a concept");
    let mut linker = Linker::new();
    linker.add(own.finish().expect("a vocabulary"));
    let mut built_in = Builder::new();
    let concept = built_in.concept("MESH:D006973", "Hypertension", Some("Disease"), 255);
    built_in.name(concept.expect("a concept"), "high blood pressure").expect("a name");
    linker.add(built_in.finish().expect("a vocabulary"));

    let both = linker.link_name("High blood pressure", "Disease");
    let ids: Vec<_> = both.candidates.iter().map(|candidate| candidate.id.as_str()).collect();
    assert_eq!(ids, ["LOCAL:1", "MESH:D006973"]);
    assert_eq!(both.id.as_deref(), Some("LOCAL:1"));
    // A name that is only similar does not go before one that is equal.
    assert_eq!(linker.link_name("hypertension", "Disease").id.as_deref(), Some("MESH:D006973"));
}

#[test]
fn a_type_has_its_identifiers_from_one_vocabulary() {
    let linker = linker();
    let ids = |name: &str, kind: &str| -> Vec<String> {
        linker.link_name(name, kind).candidates.into_iter().map(|one| one.id).collect()
    };
    // HPO has the wording, and MeSH, from which diseases come, the broader name.
    let (mesh, hpo) = ("MESH:D004938", "HP:0011459");
    assert_eq!(ids("oesophageal carcinoma", "Disease"), [mesh, hpo]);
    assert_eq!(ids("oesophageal carcinoma", "Symptom"), [hpo, mesh]);
}

#[test]
fn a_class_is_named_by_its_plural() {
    let linker = linker();
    let mut place = String::new();
    for (name, expected) in [("alcohol", "DRUGBANK:DB00898"), ("alcohols", "MESH:D000438")] {
        assert_eq!(id(&linker, name, "Drug", &mut place), Some(expected), "{name}");
    }
}
