//! Tab-separated values: a line `identifier, name, type, synonyms, frequency`, of which the first two
//! are needed. Synonyms are separated by `|`. A first line with the names of the columns may give them
//! in another order. Lines of one identifier add names to one concept; the first name is the preferred
//! one. A line that begins with `#` is a remark.

use bioner_documents::code;

use super::Report;
use crate::builder::Builder;

/// Where the columns are.
#[derive(Clone, Copy)]
struct Columns {
    id: usize,
    name: usize,
    kind: Option<usize>,
    synonyms: Option<usize>,
    frequency: Option<usize>,
}

const USUAL: Columns =
    Columns { id: 0, name: 1, kind: Some(2), synonyms: Some(3), frequency: Some(4) };

/// A table, of which the first line may be a header.
#[derive(Default)]
pub(super) struct Table {
    columns: Option<Columns>,
}

impl Table {
    pub(super) fn line(&mut self, line: &str, builder: &mut Builder, report: &mut Report) {
        if line.starts_with('#') {
            return;
        }
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let columns = match self.columns {
            Some(columns) => columns,
            None => {
                let named = header(&cells);
                self.columns = Some(named.unwrap_or(USUAL));
                if named.is_some() {
                    return;
                }
                USUAL
            }
        };
        let cell = |at: usize| cells.get(at).copied();
        let (Some(id), Some(name)) = (cell(columns.id), cell(columns.name)) else {
            let message = "an identifier and a name with a tab between them are needed";
            return report.tell(code::COLUMNS, message);
        };
        let some = |at: Option<usize>| at.and_then(cell).filter(|cell| !cell.is_empty());
        let frequency = match some(columns.frequency).map(str::parse::<u8>) {
            None => 0,
            Some(Ok(frequency)) => frequency,
            Some(Err(_)) => {
                report.tell(code::SYNTAX, "the frequency is no number from 0 to 255; 0 is taken");
                0
            }
        };
        let concept = match builder.concept(id, name, some(columns.kind), frequency) {
            Ok(concept) => concept,
            Err(error) => return report.refused(&error),
        };
        for synonym in some(columns.synonyms).unwrap_or("").split('|') {
            if !synonym.trim().is_empty()
                && let Err(error) = builder.name(concept, synonym)
            {
                report.refused(&error);
            }
        }
    }
}

/// The columns that a header names; none if it is no header.
fn header(cells: &[&str]) -> Option<Columns> {
    let at = |names: &[&str]| {
        cells.iter().position(|cell| names.contains(&cell.to_ascii_lowercase().as_str()))
    };
    Some(Columns {
        id: at(&["id", "identifier", "code", "concept"])?,
        name: at(&["name", "label", "term", "preferred"])?,
        kind: at(&["type", "kind", "category"]),
        synonyms: at(&["synonyms", "synonym", "aliases"]),
        frequency: at(&["frequency"]),
    })
}
