//! Writes a table of entities.

use std::io::{self, Write};

use crate::text::{Distinct, rounded};
use crate::{Document, Fields, Offsets, Unit};

/// The columns that every table of entities has.
pub const COLUMNS: [&str; 5] = ["start", "end", "type", "text", "score"];

/// The column of ids in a vocabulary; `id` is the document's.
const IDENTIFIER: &str = "identifier";

/// Writes a table of entities, a row each. It begins with a byte order mark, so that spreadsheets read
/// it as UTF-8. A field that a spreadsheet would take for a formula has an apostrophe in front.
pub struct Writer {
    unit: Unit,
    /// The column of documents, where there may be several.
    ids: Option<Distinct>,
    /// The optional columns.
    fields: Fields,
}

impl Writer {
    /// A table with offsets in `unit`, with a column `id` in front if it is of several documents, and a
    /// column for each of `fields`.
    pub fn new(unit: Unit, several: bool, fields: Fields) -> Self {
        Writer { unit, ids: several.then(Default::default), fields }
    }

    /// Writes the names of the columns.
    pub fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all("\u{feff}".as_bytes())?;
        let id = self.ids.as_ref().map(|_| "id");
        let identifier = self.fields.id().then_some(IDENTIFIER);
        let more = identifier.into_iter().chain(self.fields.attributes());
        row(id.into_iter().chain(COLUMNS).chain(more), out)
    }

    /// Writes the entities of one document. The second one with an id has `-2` after it.
    pub fn document(&mut self, document: &Document, out: &mut dyn Write) -> io::Result<()> {
        let id = self.ids.as_mut().map(|ids| inert(&ids.name(&document.id)));
        let offsets = Offsets::new(&document.text, self.unit);
        for entity in &document.entities {
            let score = entity.score.map_or(String::new(), |score| rounded(score).to_string());
            let fields = [
                offsets.of(entity.span.start).to_string(),
                offsets.of(entity.span.end).to_string(),
                inert(&entity.kind),
                inert(entity.span.slice(&document.text)),
                score,
            ];
            let identifier = self.fields.id().then(|| entity.id.as_deref().unwrap_or_default());
            let attributes = self.fields.attributes();
            let attributes = attributes.map(|name| entity.attributes.get(name).unwrap_or_default());
            let more: Vec<String> = identifier.into_iter().chain(attributes).map(inert).collect();
            row(id.iter().chain(&fields).chain(&more), out)?;
        }
        Ok(())
    }
}

/// A row, with the line end of RFC 4180.
fn row(fields: impl Iterator<Item = impl AsRef<[u8]>>, out: &mut dyn Write) -> io::Result<()> {
    let mut writer =
        ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(fields)?;
    out.write_all(&writer.into_inner().map_err(|error| error.into_error())?)
}

/// A field that no spreadsheet takes for a formula. Numbers are left alone.
fn inert(field: &str) -> String {
    let risky = field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    // Rust reads "-inf" as a number, and spreadsheets do not.
    let is_number = |text: &str| text.parse::<f64>().is_ok_and(f64::is_finite);
    if risky && !is_number(field.trim()) { format!("'{field}") } else { field.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_made_inert_and_numbers_are_not() {
        for field in ["=1+1", "+cmd", "-x", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "-inf", "+nan"] {
            assert_eq!(inert(field), format!("'{field}"));
        }
        for field in ["-5", "+1.5", "-1e-3", "a=b", "", "α-synuclein"] {
            assert_eq!(inert(field), field);
        }
    }
}
