//! Lines of values: `identifier, name, type, synonyms, frequency`, of which the first two are needed, with
//! tabs between them, or commas or semicolons where that is plain. Synonyms are separated by `|`. A first
//! line with the names of the columns may give them in another order. Lines of one identifier add names to
//! one concept; the first name is the preferred one. A line that begins with `#` is a remark.

use std::borrow::Cow;

use bioner_documents::code;

use super::Report;
use super::separator::{Cells, Separator};
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

/// How a table is written: told by its first line, which may be a header.
#[derive(Clone, Copy)]
struct Written {
    columns: Columns,
    separator: Separator,
    /// How many columns the first line has.
    width: usize,
    /// Whether a space follows each comma of the header, so that it need not be part of a name.
    spaced: bool,
}

/// A table, whose writing is not known at first.
#[derive(Default)]
pub(super) struct Table {
    written: Option<Written>,
}

const NEEDED: &str = "an identifier and a name with a tab between them are needed; with commas, \
    the first line has to be \"id,name\"";

impl Table {
    pub(super) fn line(&mut self, line: &str, builder: &mut Builder, report: &mut Report) {
        if line.starts_with('#') {
            return;
        }
        let separator = match self.written {
            Some(written) => written.separator,
            None => match Separator::told(line, |cells| header(cells).is_some()) {
                Some(separator) => separator,
                None => return report.tell(code::COLUMNS, NEEDED),
            },
        };
        let Cells { cells, spaced } = match separator.cells(line) {
            Ok(cells) => cells,
            Err(what) => return report.tell(code::SYNTAX, what),
        };
        let Written { columns, width, spaced: may_be_spaced, .. } = match self.written {
            Some(written) => written,
            None => {
                let named = header(&cells);
                let columns = named.unwrap_or(USUAL);
                let spaced = spaced && named.is_some();
                let written = Written { columns, separator, width: cells.len(), spaced };
                self.written = Some(written);
                if named.is_some() {
                    return;
                }
                written
            }
        };
        // A comma in a name must not make two cells of it.
        let is_parted = spaced && !may_be_spaced && width > 2;
        if separator != Separator::Tab && (cells.len() > width || is_parted) {
            let message = "a name with the separator in it has to stand in quotes";
            return report.tell(code::COLUMNS, message);
        }
        let cell = |at: usize| cells.get(at).map(|cell| &**cell);
        let (Some(id), Some(name)) = (cell(columns.id), cell(columns.name)) else {
            return report.tell(code::COLUMNS, NEEDED);
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
fn header(cells: &[Cow<'_, str>]) -> Option<Columns> {
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
