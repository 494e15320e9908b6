//! What cannot be a name or a part of one: headings, fields, placeholders, ages, numbers of items,
//! separators.

use super::Names;
use super::text::Text;
use bioner_context::Enumerator;
use bioner_context::headings::{self, Heading};

/// What stands between brackets where a text was made anonymous.
const PLACEHOLDERS: [&str; 24] = [
    "ADDRESS",
    "AGE",
    "CITY",
    "CONTACT",
    "COUNTRY",
    "DATE",
    "DOB",
    "DOCTOR",
    "EMAIL",
    "HOSPITAL",
    "ID",
    "INITIALS",
    "LOCATION",
    "MRN",
    "NAME",
    "NUMBER",
    "ORGANIZATION",
    "PATIENT",
    "PERSON",
    "PHONE",
    "PROFESSION",
    "REDACTED",
    "TIME",
    "URL",
];

impl Names {
    /// Headings before a colon or alone, and the values of header fields.
    pub(super) fn bar_headings(&mut self, text: Text) {
        let view = text.view;
        if let Some((length, _)) = headings::at_start(view)
            && length == headings::trimmed_end(view)
        {
            self.bar(text.pieces, 0, length);
            return;
        }
        // A heading begins with a capital, and its colon has something other than a letter behind it
        // or is followed by a capital: "METHODS:Aspirin".
        let mut found: Vec<(usize, usize, Heading)> = Vec::new();
        let mut last = 0;
        for (colon, _) in view.match_indices(':') {
            if let Some((start, heading)) = headings::before_colon(&view[last..colon]) {
                found.push((last + start, colon, heading));
            }
            last = colon + 1;
        }
        for (number, &(start, colon, heading)) in found.iter().enumerate() {
            self.bar(text.pieces, start, colon);
            let end = found.get(number + 1).map_or(view.len(), |next| next.0);
            let value = &view[colon + 1..end];
            if heading == Heading::Field
                && value.split_whitespace().count() <= headings::MAX_VALUE_WORDS
            {
                self.bar(text.pieces, colon + 1, end);
            }
        }
    }

    /// What stands in place of something that was left out: `[**Name 12**]`, `[NAME]`, `___`.
    pub(super) fn bar_placeholders(&mut self, text: Text) {
        let view = text.view;
        let mut at = 0;
        while let Some(start) = view[at..].find("[**").map(|found| at + found) {
            let end = view[start..].find("**]").map_or(view.len(), |length| start + length + 3);
            self.bar(text.pieces, start, end);
            at = end;
        }
        for (start, open) in view.match_indices(['[', '<']) {
            let close = if open == "[" { ']' } else { '>' };
            let Some(length) = view[start..].bytes().take(32).position(|b| b == close as u8) else {
                continue;
            };
            let inside = &view[start + 1..start + length];
            let mut words = inside.split([' ', '_', '-', '/']).filter(|word| !word.is_empty());
            let name = |word: &str| {
                let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
                word.is_empty() || PLACEHOLDERS.contains(&word)
            };
            let letters = inside.contains(|c: char| c.is_ascii_uppercase());
            if letters && words.any(name) && !inside.contains(char::is_lowercase) {
                self.bar(text.pieces, start, start + length + 1);
            }
        }
        let mut at = 0;
        while let Some(start) = view[at..].find("__").map(|found| at + found) {
            let end = start + view[start..].bytes().take_while(|&b| b == b'_').count();
            self.bar(text.pieces, start, end);
            at = end;
        }
    }

    /// A patient's age with or without the sex: `58F`, `72yo`, `58-year-old`, `63 y/o`.
    pub(super) fn bar_ages(&mut self, text: Text) {
        for index in 0..text.pieces.len() {
            let word = text.of(index);
            let digits = word.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 || digits > 3 {
                continue;
            }
            let number: u32 = word[..digits].parse().unwrap_or(0);
            let rest = word[digits..].to_lowercase();
            // "technetium-99m" is an isotope.
            let before = index.checked_sub(1).is_some_and(|before| text.of(before) == "-");
            let hyphen = before || text.of(index + 1) == "-";
            let last = match rest.as_str() {
                "f" | "m" if (10..=120).contains(&number) && !hyphen => index,
                "yo" | "yof" | "yom" | "yoa" | "yr" | "yrs" => index,
                "y" | "" => match text.age_behind(index + 1) {
                    Some(last) => last,
                    None => continue,
                },
                _ => continue,
            };
            // "18F" is an isotope as well as an age.
            if rest == "f" && number == 18 && !text.is_patient(index + 1) {
                continue;
            }
            self.bar(text.pieces, text.pieces[index].view.start, text.pieces[last].view.end);
        }
    }

    /// The numbers of items, with a bracket that closes nothing: `ii)`, `3)`.
    pub(super) fn bar_enumerators(&mut self, text: Text) {
        for close in 1..text.pieces.len() {
            let paired = self.partners.get(close).is_some_and(Option::is_some);
            let begins = close == 1 || text.is_space(close - 2);
            if text.of(close) == ")" && !paired && begins && is_item_number(text.of(close - 1)) {
                self.barred[close - 1..=close].fill(true);
            }
        }
    }

    /// What stands between the items of a list and in no name: a dash between two words with a space on
    /// both sides, a semicolon between two words with none.
    pub(super) fn bar_separators(&mut self, text: Text) {
        let is_word = |at: usize, least: usize| {
            let word = text.of(at);
            text.is_word(at) && word.len() >= least && word.starts_with(char::is_alphabetic)
        };
        for index in 1..text.pieces.len() {
            let separates = match text.of(index) {
                "-" => {
                    text.is_space(index - 1) && text.is_space(index + 1) && is_word(index + 2, 1)
                }
                ";" => is_word(index - 1, 4) && is_word(index + 1, 4),
                _ => false,
            };
            self.barred[index] |= separates;
        }
    }
}

/// Whether a word before a bracket numbers an item: `3`, `12`, `ii`, `b`.
fn is_item_number(word: &str) -> bool {
    Enumerator::of(word)
        .is_some_and(|found| found.is_number() || found == Enumerator::Letter { small: true })
}
