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
/// or a hyphen. Of several in a table, the one that comes first here counts.
const IDS: [&str; 15] = [
    "id",
    "pmid",
    "note_id",
    "noteid",
    "report_id",
    "doc_id",
    "docid",
    "document_id",
    "documentid",
    "nct_id",
    "nctid",
    "nct_number",
    "row_id",
    "document",
    "name",
];
const TITLES: [&str; 3] = ["title", "note_title", "article_title"];
const TEXTS: [&str; 7] = ["text", "note_text", "abstract", "note", "report", "texte", "résumé"];

/// Those of [`IDS`] that may as well be what the text is called.
const IDS_OR_TEXTS: [&str; 2] = ["document", "name"];

impl Columns {
    /// How many rows are looked at.
    pub const ROWS: usize = 200;

    /// Guesses by the names in the first row, or else by what the rows hold.
    pub fn guess(rows: &[Vec<String>]) -> Columns {
        let rows = &rows[..rows.len().min(Self::ROWS)];
        let first = rows.first().map_or(&[][..], Vec::as_slice);
        let plain = |name: &String| name.trim().to_lowercase().replace([' ', '-'], "_");
        let names: Vec<String> = first.iter().map(plain).collect();
        let named = |wanted: &[&str], free: &dyn Fn(usize) -> bool| {
            let column = |wanted: &&str| {
                let mut columns = names.iter().enumerate();
                columns.find(|&(column, name)| name == wanted && free(column)).map(|(at, _)| at)
            };
            wanted.iter().find_map(column)
        };
        let width = rows.iter().map(Vec::len).max().unwrap_or(0);
        let length = |column: usize| -> usize {
            let fields = rows.iter().skip(1).filter_map(|row| row.get(column));
            fields.map(|field| field.chars().count()).sum()
        };
        // Of equals the first.
        let longest = |may: &dyn Fn(usize) -> bool| {
            (0..width).rev().filter(|&column| may(column)).max_by_key(|&column| length(column))
        };
        let is_id = |column: usize| {
            names.get(column).is_some_and(|name| {
                IDS.contains(&name.as_str()) && !IDS_OR_TEXTS.contains(&name.as_str())
            })
        };
        let any = |_: usize| true;
        let text = named(&TEXTS, &any);
        let is_named =
            text.is_some() || named(&IDS, &any).is_some() || named(&TITLES, &any).is_some();
        let text = text.or_else(|| longest(&|column| !is_id(column))).or_else(|| longest(&any));
        let text = text.unwrap_or(0);
        // A column is taken for one thing.
        let other = |column| column != text;
        let (id, title) = (named(&IDS, &other), named(&TITLES, &other));
        // Names are short, and no name is said twice.
        let distinct: HashSet<&String> = first.iter().collect();
        let head = is_named
            || (rows.len() > 1
                && first.iter().all(|name| is_short(name))
                && distinct.len() == first.len());
        Columns { width, text, id, title, head }
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
