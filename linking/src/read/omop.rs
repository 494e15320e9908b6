//! The table CONCEPT of the OMOP common data model, version 5, tab-separated as Athena gives it. The
//! identifier is `OMOP:` and the `concept_id`; the code of the source vocabulary, `SNOMED:38341003`,
//! is an equivalent one. Standard concepts go before others, and retired ones are left out.

use bioner_documents::code;

use super::Report;
use crate::builder::Builder;

/// The entity types of domains.
const KINDS: [(&str, &str); 6] = [
    ("Condition", "Disease"),
    ("Drug", "Chemical"),
    ("Procedure", "Procedure"),
    ("Measurement", "Measurement"),
    ("Device", "Device"),
    ("Spec Anatomic Site", "Anatomy"),
];

const STANDARD: u8 = 128;

/// A table, with the names of its columns once the first line is read.
#[derive(Default)]
pub(super) struct Table {
    columns: Vec<String>,
}

impl Table {
    pub(super) fn line(&mut self, line: &str, builder: &mut Builder, report: &mut Report) {
        let cells: Vec<&str> = line.split('\t').map(|cell| unquoted(cell.trim())).collect();
        if self.columns.is_empty() {
            self.columns = cells.iter().map(|cell| cell.to_ascii_lowercase()).collect();
            if !self.columns.iter().any(|column| column == "concept_name") {
                report.tell(code::COLUMNS, "the table has no column concept_name");
            }
            return;
        }
        if cells.len() != self.columns.len() {
            let message = format!("{} columns are needed, not {}", self.columns.len(), cells.len());
            return report.tell(code::COLUMNS, message);
        }
        let cell = |name: &str| {
            let at = self.columns.iter().position(|column| column == name);
            at.and_then(|at| cells.get(at).copied()).unwrap_or("")
        };
        if !cell("invalid_reason").is_empty() {
            return;
        }
        if cell("concept_id").parse::<u64>().is_err() {
            return report.tell(code::SYNTAX, "the concept_id is no number");
        }
        let domain = cell("domain_id");
        let kind = KINDS.iter().find(|(known, _)| *known == domain).map(|(_, kind)| *kind);
        let (vocabulary, source) = (cell("vocabulary_id"), cell("concept_code"));
        let code = format!("{vocabulary}:{source}");
        let same: &[&str] =
            if vocabulary.is_empty() || source.is_empty() { &[] } else { &[code.as_str()] };
        let frequency = if cell("standard_concept") == "S" { STANDARD } else { 0 };
        let id = format!("OMOP:{}", cell("concept_id"));
        if let Err(error) =
            builder.concept_same_as(&id, cell("concept_name"), kind, frequency, same)
        {
            report.refused(&error);
        }
    }
}

/// A cell without the quotes around it.
fn unquoted(cell: &str) -> &str {
    cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell)
}
