//! The table CONCEPT of the OMOP common data model, version 5, with tabs between the cells as Athena gives
//! it, or with commas as databases export it. The identifier is `OMOP:` and the `concept_id`; the code of the source vocabulary, `SNOMED:38341003`,
//! is an equivalent one. Standard concepts go before others, and retired ones are left out.

use bioner_documents::code;

use super::Report;
use super::separator::Separator;
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
pub(super) struct Table {
    separator: Separator,
    columns: Vec<String>,
}

impl Table {
    /// The table that begins with this line; none if it is no table of concepts.
    pub(super) fn told(line: &str) -> Option<Table> {
        let end = line.find(['\t', ',', ';'])?;
        let separator = match line[end..].chars().next() {
            Some('\t') | None => Separator::Tab,
            Some(sign) => Separator::Sign(sign),
        };
        let is_one = unquoted(line[..end].trim()).eq_ignore_ascii_case("concept_id");
        is_one.then(|| Table { separator, columns: Vec::new() })
    }

    pub(super) fn line(&mut self, line: &str, builder: &mut Builder, report: &mut Report) {
        let read = match self.separator.cells(line) {
            Ok(read) => read,
            Err(what) => return report.tell(code::SYNTAX, what),
        };
        let cells: Vec<&str> = read.cells.iter().map(|cell| unquoted(cell)).collect();
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
