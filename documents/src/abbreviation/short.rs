//! Short forms: where they stand between brackets, and what can be one.

use super::token::{is_quote, trimmed};
use super::words;
use crate::span::ByteSpan;

/// The most characters of a short form.
const MAX_SHORT_FORM: usize = 10;

/// The most characters of a species' name with an abbreviated genus.
const MAX_SPECIES: usize = 40;

/// A short form that may be defined.
pub(super) struct Candidate<'a> {
    pub text: &'a str,
    pub kind: Kind,
}

/// How a short form is made of its long form.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Of its letters.
    Letters,
    /// Of its beginning: a word with a capital ("Dex"), which might be any word.
    Word,
    /// Of the first letter of a genus, with the rest of the name: "S. pneumoniae".
    Species,
}

impl<'a> Candidate<'a> {
    /// What a short form may be, if it may be one.
    pub fn of(text: &'a str) -> Option<Self> {
        let kind = if is_species(text) {
            Kind::Species
        } else if !has_form(text) || words::is_no_short_form(text) {
            return None;
        } else if is_capitalised(text) {
            Kind::Word
        } else {
            Kind::Letters
        };
        Some(Candidate { text, kind })
    }
}

/// Two to ten characters, at most two words, with a letter, and with a capital or a digit: "(see)" is
/// none.
fn has_form(text: &str) -> bool {
    let count = text.chars().count();
    let joins = |c: char| c.is_alphanumeric() || c.is_whitespace() || "-./+'’*‐‑‒–−".contains(c);
    (2..=MAX_SHORT_FORM).contains(&count)
        && text.starts_with(char::is_alphanumeric)
        && text.contains(char::is_alphabetic)
        && text.contains(|c: char| c.is_uppercase() || c.is_numeric())
        && text.split_whitespace().count() <= 2
        && text.chars().all(joins)
}

/// A capital and then only small letters, three or more in all.
fn is_capitalised(text: &str) -> bool {
    let mut characters = text.chars();
    characters.next().is_some_and(char::is_uppercase)
        && text.chars().count() > 2
        && characters.all(char::is_lowercase)
}

/// "S. pneumoniae", "Str. pneumoniae", "E. coli K12".
fn is_species(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(genus), Some(epithet)) = (words.next(), words.next()) else { return false };
    let genus = genus.strip_suffix('.').unwrap_or_default();
    let small = |word: &str| word.len() > 2 && word.chars().all(|c| c.is_lowercase() || c == '-');
    text.chars().count() <= MAX_SPECIES
        && (1..=4).contains(&genus.chars().count())
        && genus.starts_with(char::is_uppercase)
        && genus.chars().skip(1).all(char::is_lowercase)
        && small(epithet)
        && words.next().is_none_or(small)
        && words.next().is_none()
}

/// The parts of what stands between brackets that may be a short or a long form, without quotation
/// marks and without words that only lead to it ("hereafter", "abbreviated as"). Parts are separated
/// by commas, semicolons, brackets, equals signs and "or".
pub(super) fn alternatives(text: &str, inside: ByteSpan, most: usize) -> Vec<ByteSpan> {
    let mut found = Vec::new();
    let mut rest = inside;
    while found.len() < most && !rest.is_empty() {
        let end = rest.start + separator(rest.slice(text));
        let part = words::without_lead(text, ByteSpan::new(rest.start, end));
        let part = without_quotes(text, part);
        if !part.is_empty() {
            found.push(part);
        }
        // Brackets within hold something of their own.
        let after = text[end..rest.end].chars().next();
        if after.is_some_and(|c| "([".contains(c)) {
            break;
        }
        let next = rest.slice(text)[end - rest.start..].chars().next().map_or(0, char::len_utf8);
        rest.start = end + next;
    }
    found
}

/// Where the first part ends, in bytes.
fn separator(text: &str) -> usize {
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        let rest = &text[at + character.len_utf8()..];
        let ends = match character {
            ';' | ',' | ':' => rest.is_empty() || rest.starts_with(char::is_whitespace),
            '=' => true,
            // A bracket in the middle of a word is part of a chemical name.
            '(' | '[' => before.is_whitespace(),
            c if c.is_whitespace() => {
                rest.strip_prefix("or").is_some_and(|rest| rest.starts_with(char::is_whitespace))
            }
            _ => false,
        };
        if ends {
            return at;
        }
        before = character;
    }
    text.len()
}

fn without_quotes(text: &str, span: ByteSpan) -> ByteSpan {
    let span = trimmed(text, span);
    let inner = span.slice(text).trim_matches(is_quote);
    if inner.is_empty() {
        return ByteSpan::new(span.end, span.end);
    }
    let lead = span.len() - span.slice(text).trim_start_matches(is_quote).len();
    trimmed(text, ByteSpan::new(span.start + lead, span.start + lead + inner.len()))
}

/// The word that ends before `open`, with white space between at most.
pub(super) fn last_word(text: &str, open: usize) -> Option<ByteSpan> {
    let before = text[..open].trim_end();
    let mut start = before.len();
    for (at, character) in before.char_indices().rev().take(MAX_SHORT_FORM + 4) {
        if character.is_whitespace() || "()[]".contains(character) {
            break;
        }
        start = at;
    }
    let span = without_quotes(text, ByteSpan::new(start, before.len()));
    // Nothing but a short form before a bracket that is glued to it: "PD(1)" is a name.
    (!span.is_empty()).then_some(span)
}
