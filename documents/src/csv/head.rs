//! Whether the first row of a table names its columns, and which fields are values rather than names.

use std::collections::HashSet;

/// Whether the first row may name the columns: its fields are short, no two are the same, and none is a
/// value.
pub(super) fn may_name(rows: &[&[String]]) -> bool {
    let [first, others @ ..] = rows else { return false };
    if others.is_empty() {
        return false;
    }
    let distinct: HashSet<&String> = first.iter().collect();
    let is_value = |(column, name): (usize, &String)| {
        is_value(name) || is_one_of(name, others.iter().filter_map(|row| row.get(column)))
    };
    let names = distinct.len() == first.len() && first.iter().all(|name| is_short(name));
    names && (are_numbers(first) || !first.iter().enumerate().any(is_value))
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

/// Whether the columns are numbered, behind one of row names: `,0,1`, as pandas writes what has no names.
fn are_numbers(first: &[String]) -> bool {
    let [rows, columns @ ..] = first else { return false };
    let mut columns = columns.iter().enumerate();
    rows.is_empty() && columns.all(|(number, name)| *name == number.to_string())
}

/// Whether a field is a number or a date.
pub(super) fn is_value(field: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    const MAX_VALUE: usize = 40; // bytes
    if field.len() > MAX_VALUE {
        return false;
    }
    let field = without_formula(field.trim()).to_lowercase();
    let is_part = |part: &str| {
        part.chars().all(|c| c.is_ascii_digit())
            || MONTHS.iter().any(|month| part.starts_with(month) && part.len() < 10)
            // A day and a time, as ISO 8601 has them.
            || part.starts_with(|c: char| c.is_ascii_digit())
                && part.trim_end_matches('z').chars().all(|c| c.is_ascii_digit() || c == 't')
    };
    let between = |c: char| !c.is_alphanumeric();
    field.chars().any(|c| c.is_ascii_digit())
        && (field.parse::<f64>().is_ok() || field.split(between).all(is_part))
}

/// Whether a field is as all others of its column but for its digits: `P001` above `P002`.
fn is_one_of<'a>(field: &str, others: impl Iterator<Item = &'a String>) -> bool {
    let shape = |field: &str| {
        let mut shape = String::new();
        for character in field.trim().chars() {
            let character = if character.is_ascii_digit() { '0' } else { character };
            if character != '0' || !shape.ends_with('0') {
                shape.push(character);
            }
        }
        shape
    };
    let own = shape(field);
    let mut others = others.filter(|other| !other.trim().is_empty()).peekable();
    own.contains('0') && others.peek().is_some() && others.all(|other| shape(other) == own)
}

/// A field without what keeps spreadsheets from making a number of it: `="007"`.
pub(super) fn without_formula(field: &str) -> &str {
    let content = field.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    content.filter(|content| !content.contains('"')).unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_are_values_and_names_are_not() {
        for value in
            ["7", "10001", "-1.5", "1e3", "1,234", "5%", "2020-01-31", "31.12.2020", "1/2/20 10:30"]
        {
            assert!(is_value(value), "{value}");
        }
        for value in ["12 Jan 2020", "03-MAR-2021", "2020-01-31T10:30:00Z", "=\"007\"", " 8 "] {
            assert!(is_value(value), "{value}");
        }
        for name in ["", "id", "icd10", "note 2", "text", "nan", "jan", "P001", "t0"] {
            assert!(!is_value(name), "{name}");
        }
    }
}
