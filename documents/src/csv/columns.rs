//! Which columns of a table hold what.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use super::head;
use super::table::{Row, Table, is_blank};
use crate::Document;
use crate::names::{IDS, IDS_OR_TEXTS, TEXTS, TITLES, plain};
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

impl Columns {
    /// How many rows are looked at.
    pub const ROWS: usize = 200;

    /// Guesses by the names in the first row, or else by what the rows hold.
    pub fn guess(rows: &[Vec<String>]) -> Columns {
        Self::of(rows.iter().map(Vec::as_slice))
    }

    /// As [`Columns::guess`].
    pub(super) fn of<'a>(rows: impl Iterator<Item = &'a [String]>) -> Columns {
        let rows: Vec<&[String]> = rows.filter(|row| !is_blank(row)).take(Self::ROWS).collect();
        let first = rows.first().copied().unwrap_or_default();
        let names: Vec<String> = first.iter().map(|name| plain(name)).collect();
        let named = |wanted: &[&str], free: &dyn Fn(usize) -> bool| {
            let column = |wanted: &&str| {
                let mut columns = names.iter().enumerate();
                columns.find(|&(column, name)| name == wanted && free(column)).map(|(at, _)| at)
            };
            wanted.iter().find_map(column)
        };
        let any = |_: usize| true;
        let text = named(&TEXTS, &any);
        let is_named =
            text.is_some() || named(&IDS, &any).is_some() || named(&TITLES, &any).is_some();
        let head = is_named || head::may_name(&rows);
        let width = if head { first.len() } else { most_common(rows.iter().map(|row| row.len())) };
        let length = |column: usize| -> usize {
            let fields = rows.iter().skip(usize::from(head)).filter_map(|row| row.get(column));
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
        let is_value = |column: usize| {
            let mut fields = rows.iter().skip(usize::from(head)).filter_map(|row| row.get(column));
            fields.all(|field| field.trim().is_empty() || head::is_value(field))
        };
        let text = text
            .or_else(|| longest(&|column| !is_id(column) && !is_value(column)))
            .or_else(|| longest(&|column| !is_id(column)))
            .or_else(|| longest(&any));
        let text = text.unwrap_or(0);
        // A column is taken for one thing.
        let other = |column| column != text;
        let (id, title) = (named(&IDS, &other), named(&TITLES, &other));
        Columns { width, text, id, title, head }
    }

    /// The ids that are taken, if some row has none of its own.
    pub(super) fn ids(&self, rows: &[Row]) -> HashSet<String> {
        let own = |row: &Row| -> Option<String> {
            let id = head::without_formula(row.fields.get(self.id?)?).trim();
            (!id.is_empty()).then(|| id.to_owned())
        };
        match self.id.is_none() || rows.iter().all(|row| own(row).is_some()) {
            true => HashSet::new(),
            false => rows.iter().filter_map(own).collect(),
        }
    }

    /// The document of a row with that number, as far as it can be read, and what is wrong with the row.
    /// `ids` are those that are taken.
    pub(super) fn document(
        &self,
        table: &Table,
        row: &mut Row,
        number: usize,
        ids: &mut HashSet<String>,
    ) -> (Option<Document>, Option<Problem>) {
        let (fields, line) = (row.fields.len(), row.line);
        let is_surplus = |field: &String| !field.trim().is_empty();
        let surplus = row.fields.iter().skip(self.width).any(is_surplus);
        let text = match surplus && self.text + 1 == self.width {
            true => Some(table.rest_of_row(row, self.text).to_owned()),
            false => None,
        };
        let is_joined = text.is_some();
        let mut take = |column: usize| {
            let field = std::mem::take(row.fields.get_mut(column)?);
            Some(match head::without_formula(&field) {
                content if content.len() < field.len() => content.to_owned(),
                _ => field,
            })
        };
        let id = self.id.and_then(&mut take).map(|id| id.trim().to_owned());
        let id = match id.filter(|id| !id.is_empty()) {
            Some(id) => id,
            None if self.id.is_none() => number.to_string(),
            // An id that no row has.
            None => {
                let more = (2..).map(|times| format!("row-{number}-{times}"));
                let mut made = std::iter::once(format!("row-{number}")).chain(more);
                made.find(|made| ids.insert(made.clone())).unwrap_or_default()
            }
        };
        let title = self.title.and_then(&mut take);
        let Some(text) = text.or_else(|| take(self.text)) else {
            let message = format!("row {number} has no column {}", self.text + 1);
            return (None, Some(Problem::at(line, code::COLUMNS, message)));
        };
        let problem = surplus.then(|| {
            let kept = match is_joined {
                true => "those behind are taken for the end of its text",
                false => "its text may be cut",
            };
            let columns = self.width;
            let message =
                format!("row {number} has {fields} fields and the table {columns} columns; {kept}");
            Problem { text_is_whole: is_joined, ..Problem::at(line, code::COLUMNS, message) }
        });
        let document = match title {
            Some(title) => Document::titled(id, &title, &text),
            None => Document::new(id, text),
        };
        (Some(document), problem)
    }
}

/// The number that occurs most often, of equals the smallest; 0 if there is none.
fn most_common(numbers: impl Iterator<Item = usize>) -> usize {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    numbers.for_each(|number| *counts.entry(number).or_default() += 1);
    counts.into_iter().rev().max_by_key(|&(_, count)| count).map_or(0, |(number, _)| number)
}
