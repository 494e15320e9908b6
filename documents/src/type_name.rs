//! The names of entity types that can be asked for.
//!
//! A name is part of an instruction in natural language and of every output format. It begins with a
//! letter or a digit. It holds letters, digits and the characters that combine with them, single spaces,
//! and `-`, `_`, `/`, `+`, `'`, `’`, `(` and `)`: no output format gives any of these a meaning where the
//! name of a type stands. It has at most [`MAX_TYPE_NAME`] characters.
//!
//! The rule is for what is asked of the model. An annotation that a file brings keeps its type, whatever
//! that is.

use serde::Serialize;

use crate::is_combining;

/// The most types that can be asked for at once.
pub const MAX_TYPES: usize = 24;

/// The most characters that the name of a type may have.
pub const MAX_TYPE_NAME: usize = 40;

/// Why a list of types cannot be asked for. In JSON it is an object with the `reason`, the `name` that it
/// is about, and the `limit` that was passed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum TypesError {
    /// The list is empty.
    #[error("no entity type was asked for; name at least one, such as Disease")]
    None,
    /// The list is too long.
    #[error("{count} entity types were asked for; ask for at most {limit} at once")]
    TooMany {
        /// How many there are.
        count: usize,
        /// How many there may be.
        limit: usize,
    },
    /// A name is empty, or white space alone.
    #[error("an entity type has no name")]
    Empty,
    /// A name has too many characters.
    #[error("the entity type {name:?} is too long; use at most {limit} characters")]
    TooLong {
        /// The name.
        name: String,
        /// How many characters it may have.
        limit: usize,
    },
    /// A name has a character that names may not have, or not at the beginning.
    #[error(
        "the entity type {name:?} cannot be written; begin with a letter or a digit, and use \
         letters, digits, spaces and the signs - _ / + ' ( ) only"
    )]
    Characters {
        /// The name.
        name: String,
    },
    /// Two names are the same, or differ in nothing but case or the form of the apostrophe.
    #[error("the entity type {name:?} was asked for twice")]
    Repeated {
        /// The second of the two.
        name: String,
    },
}

/// Checks the names of the types that are asked for. Returns them in the same order, without the white
/// space around them and with single spaces inside.
///
/// # Errors
/// [`TypesError`] for the first thing that is wrong.
pub fn check_types<S: AsRef<str>>(types: &[S]) -> Result<Vec<String>, TypesError> {
    if types.is_empty() {
        return Err(TypesError::None);
    }
    if types.len() > MAX_TYPES {
        return Err(TypesError::TooMany { count: types.len(), limit: MAX_TYPES });
    }
    let mut checked: Vec<String> = Vec::with_capacity(types.len());
    let mut keys: Vec<String> = Vec::with_capacity(types.len());
    for name in types {
        let name = check_name(name.as_ref())?;
        let key = type_key(&name);
        if keys.contains(&key) {
            return Err(TypesError::Repeated { name });
        }
        keys.push(key);
        checked.push(name);
    }
    Ok(checked)
}

fn check_name(name: &str) -> Result<String, TypesError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(TypesError::Empty);
    }
    if name.chars().count() > MAX_TYPE_NAME {
        return Err(TypesError::TooLong { name, limit: MAX_TYPE_NAME });
    }
    if !name.starts_with(char::is_alphanumeric) || !name.chars().all(may_hold) {
        return Err(TypesError::Characters { name });
    }
    Ok(name)
}

/// Whether the name of a type may hold the character.
fn may_hold(character: char) -> bool {
    character.is_alphanumeric()
        || is_combining(character)
        || matches!(character, ' ' | '-' | '_' | '/' | '+' | '\'' | '’' | '(' | ')')
}

/// What is equal for two names that count as the same: the name without the difference between upper and
/// lower case, and with `'` for `’`.
pub fn type_key(name: &str) -> String {
    // The way through upper case makes `ß` and `ss`, and the two small sigmas, the same.
    name.to_uppercase().to_lowercase().replace('’', "'").replace('ς', "σ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(types: &[&str]) -> TypesError {
        check_types(types).expect_err("these cannot be asked for")
    }

    #[test]
    fn names_are_trimmed_and_kept_in_order() {
        let types = [" Disease", "Cell \u{a0} line ", "Crohn's disease", "T cell (CD4+)"];
        let checked = ["Disease", "Cell line", "Crohn's disease", "T cell (CD4+)"];
        assert_eq!(check_types(&types).as_deref(), Ok(checked.map(str::to_owned).as_slice()));
        for name in ["5'-UTR", "DNA/RNA", "Maladie d’Alzheimer", "Ge\u{300}ne_2", "糖尿病", "A-"]
        {
            assert_eq!(check_types(&[name]).as_deref(), Ok([name.to_owned()].as_slice()));
        }
    }

    #[test]
    fn what_cannot_be_asked_for_is_refused_with_the_reason() {
        let characters = |name: &str| TypesError::Characters { name: name.to_owned() };
        for name in
            ["A|B", "<b>", "-", "'s", "(A)", "+A", "A, B", "a:b", "a\"b", "[A]", "a\\b", "a;b"]
        {
            assert_eq!(reason(&[name]), characters(name));
        }
        assert_eq!(reason(&[]), TypesError::None);
        assert_eq!(reason(&["A", " \t"]), TypesError::Empty);
        let long = "é".repeat(MAX_TYPE_NAME);
        assert!(check_types(&[&long]).is_ok());
        let long = long + "x";
        assert_eq!(reason(&[&long]), TypesError::TooLong { name: long.clone(), limit: 40 });
        let many: Vec<String> = (0..=MAX_TYPES).map(|n| format!("T{n}")).collect();
        assert!(check_types(&many[1..]).is_ok());
        assert_eq!(check_types(&many), Err(TypesError::TooMany { count: 25, limit: 24 }));
    }

    #[test]
    fn names_that_differ_in_case_or_apostrophe_are_the_same() {
        for (first, second) in [
            ("Gene", "Gene"),
            ("Gene", " GENE "),
            ("Crohn's disease", "crohn’s Disease"),
            ("ΝΌΣΟΣ", "νόσος"),
            ("Große Zelle", "GROSSE ZELLE"),
        ] {
            let name = second.trim().to_owned();
            assert_eq!(reason(&[first, second]), TypesError::Repeated { name });
        }
        assert!(check_types(&["Cell", "Cell line", "Cell-line", "Cells"]).is_ok());
    }

    #[test]
    fn an_error_is_told_to_programs_by_its_reason_name_and_limit() {
        let json = |error: TypesError| serde_json::to_value(error).expect("plain data");
        assert_eq!(json(TypesError::None), serde_json::json!({"reason": "none"}));
        assert_eq!(
            json(TypesError::TooLong { name: "A".into(), limit: 40 }),
            serde_json::json!({"reason": "too-long", "name": "A", "limit": 40})
        );
    }
}
