//! Tables: CSV as RFC 4180 has it, and what is about under that name.

mod columns;
mod head;
mod quotes;
mod table;
mod writer;

use std::io::BufRead;

use crate::Document;
use crate::decode::decode;
use crate::problem::{Problem, code};

use self::table::{Row, Table, is_blank};

pub use self::columns::Columns;
pub use self::table::delimiter_of;
pub use self::writer::{COLUMNS, Writer};

/// The rows of a table. Quoted fields may hold delimiters, line breaks and doubled quotes; in a file
/// that writes quotes as `\"` those too. A quote inside an unquoted field is a character like any other; in
/// a table with tabs every quote may be: many have no quoting.
/// Empty lines are no rows. Without a delimiter, it is the one that the first line has most of. Where the
/// first line has none, every line is a field.
pub fn read(text: &str, delimiter: Option<u8>) -> Vec<Vec<String>> {
    Table::new(text, delimiter).rows().map(|row| row.fields).collect()
}

/// What is wrong with a table as a whole: a quote that is not closed, or only by that of a later row. It
/// takes in what follows.
pub fn problems(text: &str, delimiter: Option<u8>) -> Vec<Problem> {
    Table::new(text, delimiter).problems()
}

/// The documents of a table, a row each: the columns called `text` (or `title` and `abstract`) and `id`,
/// or what is meant by them; without such names the column with the longest text.
pub fn read_documents(
    mut input: impl BufRead,
    delimiter: Option<u8>,
) -> impl Iterator<Item = Result<Document, Problem>> {
    let mut bytes = Vec::new();
    if let Err(error) = input.read_to_end(&mut bytes) {
        return vec![Err(Problem::io(&error))].into_iter();
    }
    let Some(text) = decode(&bytes) else {
        let problem = Problem::new(code::NOT_TEXT, "the file is no text");
        return vec![Err(problem)].into_iter();
    };
    documents(&text, delimiter, None).into_iter()
}

/// The documents of a table, a row each but for those with nothing in them, and what is wrong with it. The columns are guessed where they
/// are not given.
pub fn documents(
    text: &str,
    delimiter: Option<u8>,
    columns: Option<&Columns>,
) -> Vec<Result<Document, Problem>> {
    let table = Table::new(text, delimiter);
    let mut rows: Vec<Row> = table.rows().filter(|row| !is_blank(&row.fields)).collect();
    let guess;
    let columns = match columns {
        Some(columns) => columns,
        None => {
            guess = Columns::of(rows.iter().map(|row| row.fields.as_slice()));
            &guess
        }
    };
    let mut ids = columns.ids(&rows);
    let mut documents = Vec::new();
    for (index, row) in rows.iter_mut().enumerate().skip(usize::from(columns.head)) {
        let number = if columns.head { index } else { index + 1 };
        let read = columns.document(&table, row, number, &mut ids);
        documents.extend(read.0.map(Ok).into_iter().chain(read.1.map(Err)));
    }
    documents.extend(table.problems().into_iter().map(Err));
    documents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_doubled_or_escaped() {
        let table = "id,note\r\n1,\"two\r\nlines, \"\"quoted\"\"\"\r\n\r\n2,5'4\" tall\r\n";
        let rows = read(table, None);
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1][1], "two\r\nlines, \"quoted\"");
        assert_eq!(rows[2][1], "5'4\" tall");
        let escaped = "id;note\n1;\"said \\\"gout\\\"; left\"\n2;\"C:\\\\\"\n";
        let rows = read(escaped, None);
        assert_eq!(rows[1], ["1", "said \"gout\"; left"]);
        assert_eq!(rows[2], ["2", "C:\\"]);
        // A backslash before the quote that ends a field is a backslash.
        assert_eq!(read("a,b\n\"C:\\\",x\n", None)[1], ["C:\\", "x"]);
        assert_eq!(read("\u{feff}a\tb\n1\t\n", None), [["a", "b"], ["1", ""]]);
        assert_eq!(read("a,b\n\"never closed, x\n", None)[1][0], "never closed, x\n");
    }
}
