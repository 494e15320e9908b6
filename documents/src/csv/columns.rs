//! Which columns of a table hold what.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::Document;
use crate::problem::{Problem, code};

/// Which columns of a table hold what. Columns are numbered from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns {
    /// How many there are.
    pub width: usize,
    /// The column of the text.
    pub text: usize,
    /// The column of the documents' ids, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<usize>,
    /// The column of the titles, if there is one. A title is put before the text, on a line of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<usize>,
    /// Whether the first row names the columns.
    pub head: bool,
}

/// What a column is called that holds an id, a title, the text; in small letters, with `_` for a space
/// or a hyphen.
const IDS: [&str; 10] = [
    "id",
    "pmid",
    "doc_id",
    "docid",
    "document",
    "document_id",
    "documentid",
    "name",
    "nct_id",
    "nctid",
];
const TITLES: [&str; 1] = ["title"];
const TEXTS: [&str; 6] = ["text", "abstract", "note", "report", "texte", "résumé"];

impl Columns {
    /// How many rows are looked at.
    pub const ROWS: usize = 200;

    /// Guesses by the names in the first row, or else by what the rows hold.
    pub fn guess(rows: &[Vec<String>]) -> Columns {
        let rows = &rows[..rows.len().min(Self::ROWS)];
        let first = rows.first().map_or(&[][..], Vec::as_slice);
        let named = |names: &[&str]| {
            let plain = |name: &String| name.trim().to_lowercase().replace([' ', '-'], "_");
            first.iter().position(|name| names.contains(&plain(name).as_str()))
        };
        let (id, title, text) = (named(&IDS), named(&TITLES), named(&TEXTS));
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let length = |column: usize| -> usize {
            let fields = rows.iter().skip(1).filter_map(|row| row.get(column));
            fields.map(|field| field.chars().count()).sum()
        };
        // Of equals the first.
        let longest = (0..width).rev().max_by_key(|&column| length(column));
        // Names are short, and no name is said twice.
        let distinct: HashSet<&String> = first.iter().collect();
        let head = id.is_some()
            || title.is_some()
            || text.is_some()
            || (rows.len() > 1
                && first.iter().all(|name| is_short(name))
                && distinct.len() == first.len());
        let text = text.or(longest).unwrap_or(0);
        let title = title.filter(|&column| column != text);
        Columns { width, text, id: id.filter(|_| head), title, head }
    }

    /// The document of a row: which row it is, counted from 0, and which line it begins in.
    pub(super) fn document(
        &self,
        mut row: Vec<String>,
        index: usize,
        line: usize,
    ) -> Result<Document, Problem> {
        let mut take = |column: usize| row.get_mut(column).map(std::mem::take);
        let number = if self.head { index } else { index + 1 };
        let id = self.id.and_then(&mut take).map(|id| id.trim().to_owned());
        let id = id.filter(|id| !id.is_empty()).unwrap_or_else(|| number.to_string());
        let title = self.title.and_then(&mut take);
        let Some(text) = take(self.text) else {
            let message = format!("row {number} has no column {}", self.text + 1);
            return Err(Problem::at(line, code::COLUMNS, message));
        };
        Ok(match title {
            Some(title) => Document::titled(id, &title, &text),
            None => Document::new(id, text),
        })
    }
}

/// Whether a field may be the name of a column: short, no sentence ends in it, and it is no sentence of
/// three words or more.
fn is_short(name: &str) -> bool {
    let stops = ['.', '!', '?'];
    let mut pairs = name.chars().zip(name.chars().skip(1));
    let is_sentence = name.trim_end().ends_with(stops) && name.split_whitespace().count() > 2;
    name.chars().count() < 40
        && !is_sentence
        && !pairs.any(|(stop, after)| stops.contains(&stop) && after.is_whitespace())
}
