//! OBO 1.4: of each `[Term]` its `id`, `name` and `synonym`s. Terms that are obsolete are left out.

use bioner_documents::code;

use super::Report;
use crate::builder::Builder;

/// The entity types of well-known ontologies, by the beginning of their identifiers.
const KINDS: [(&str, &str); 10] = [
    ("HP:", "Symptom"),
    ("NCBITaxon:", "Species"),
    ("DOID:", "Disease"),
    ("MONDO:", "Disease"),
    ("CHEBI:", "Chemical"),
    ("UBERON:", "Anatomy"),
    ("CL:", "Cell"),
    ("CLO:", "CellLine"),
    ("GO:", "BiologicalProcess"),
    ("PR:", "Gene"),
];

/// The stanza that is being read.
#[derive(Default)]
pub(super) struct Stanzas {
    term: Option<Term>,
}

#[derive(Default)]
struct Term {
    id: String,
    name: String,
    synonyms: Vec<String>,
    obsolete: bool,
}

impl Stanzas {
    pub(super) fn line(&mut self, line: &str, builder: &mut Builder, report: &mut Report) {
        if line.starts_with('[') {
            self.end(builder, report);
            self.term = (line.trim() == "[Term]").then(Term::default);
            return;
        }
        let Some(term) = &mut self.term else { return };
        let Some((tag, value)) = line.split_once(':') else {
            return report.tell(code::SYNTAX, "a tag, a colon and a value are needed");
        };
        let value = value.trim();
        match tag.trim() {
            "id" => term.id = bare(value),
            "name" => term.name = unescaped(value),
            "is_obsolete" => term.obsolete = bare(value) == "true",
            "synonym" => match quoted(value) {
                Some(synonym) => term.synonyms.push(synonym),
                None => report.tell(code::SYNTAX, "the synonym does not stand between two quotes"),
            },
            _ => {}
        }
    }

    /// Ends a stanza.
    pub(super) fn end(&mut self, builder: &mut Builder, report: &mut Report) {
        let Some(term) = self.term.take().filter(|term| !term.obsolete) else { return };
        if term.id.is_empty() || term.name.is_empty() {
            return report.tell(code::MISSING, "the term that ends here has no id or no name");
        }
        let kind =
            KINDS.iter().find(|(start, _)| term.id.starts_with(start)).map(|(_, kind)| *kind);
        let concept = match builder.concept(&term.id, &term.name, kind, 0) {
            Ok(concept) => concept,
            Err(error) => return report.refused(&error),
        };
        for synonym in &term.synonyms {
            if let Err(error) = builder.name(concept, synonym) {
                report.refused(&error);
            }
        }
    }
}

/// A value without the remark behind it.
fn bare(value: &str) -> String {
    value.split(" !").next().unwrap_or(value).trim().to_owned()
}

/// The text between the first two quotes.
fn quoted(value: &str) -> Option<String> {
    let rest = value.strip_prefix('"')?;
    let mut escaped = false;
    let end = rest.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    Some(unescaped(&rest[..end]))
}

fn unescaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => text.extend(characters.next().map(|c| match c {
                'n' | 't' | 'W' => ' ',
                other => other,
            })),
            other => text.push(other),
        }
    }
    text
}
