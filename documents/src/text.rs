//! What several formats do with a text: keep it on one line, tell names apart.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::{ByteSpan, Offsets, Unit};

/// Whether some reader of line formats ends a line or a column here.
pub(crate) fn breaks_line(character: char) -> bool {
    matches!(
        character,
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{1c}'
            ..='\u{1f}' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether some reader takes the character away at the ends of a line.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace() || breaks_line(character)
}

/// The text with every character that ends a line or a column as one space: offsets stay the same.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|c| if breaks_line(c) { ' ' } else { c }).collect()
}

/// Names told apart by a number where two are the same: `7`, `7-2`, `7-3`.
///
/// It remembers a number for each name that it gave out, 16 bytes, and not the names.
#[derive(Debug, Default)]
pub(crate) struct Distinct {
    /// For the hash of a name, how often it was asked for.
    given: HashMap<u64, u32>,
}

impl Distinct {
    /// `name`, or if it was given out before, the name with the next number that is free. Names that
    /// differ in case only count as one, as file systems may see them.
    pub fn name(&mut self, name: &str) -> String {
        self.name_by(name, |times| format!("{name}-{times}"))
    }

    /// `name`, or if it was given out before, the next that `other` makes of how often it was.
    pub fn name_by(&mut self, name: &str, other: impl Fn(u32) -> String) -> String {
        let key = hash(name);
        let Some(&(mut times)) = self.given.get(&key) else {
            self.given.insert(key, 1);
            return name.to_owned();
        };
        loop {
            times += 1;
            let candidate = other(times);
            if let Entry::Vacant(free) = self.given.entry(hash(&candidate)) {
                free.insert(1);
                self.given.insert(key, times);
                return candidate;
            }
        }
    }
}

fn hash(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    for character in name.chars().flat_map(char::to_lowercase) {
        character.hash(&mut hasher);
    }
    hasher.finish()
}

/// Where the parts of a text that are written stand in what is written, in code points.
pub(crate) struct Kept {
    source: Offsets,
    /// The parts, in order, and where each begins in what is written.
    parts: Vec<(ByteSpan, usize)>,
}

impl Kept {
    /// Nothing of `text` so far.
    pub fn new(text: &str) -> Self {
        Kept { source: Offsets::new(text, Unit::CodePoint), parts: Vec::new() }
    }

    /// The next part, written character for character, and where it begins there.
    pub fn push(&mut self, part: ByteSpan, at: usize) {
        if !part.is_empty() {
            self.parts.push((part, at));
        }
    }

    /// Where `span` is written, as far as it is; `None` if nothing of it is.
    pub fn place(&self, span: ByteSpan) -> Option<(usize, usize)> {
        let first = self.parts.partition_point(|(part, _)| part.end <= span.start);
        let last = self.parts.partition_point(|(part, _)| part.start < span.end);
        let &(part, at) = self.parts.get(first)?;
        let start = at + self.source.of(span.start.max(part.start)) - self.source.of(part.start);
        let &(part, at) = self.parts.get(last.checked_sub(1)?)?;
        let end = at + self.source.of(span.end.min(part.end)) - self.source.of(part.start);
        (start < end).then_some((start, end))
    }
}

/// A score as it is written: four digits are more than a score can mean.
pub fn rounded(score: f64) -> f64 {
    (score * 1e4).round() / 1e4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        let mut names = Distinct::default();
        let given: Vec<String> =
            ["7", "7", "7-2", "A", "a", "7", "7-2"].iter().map(|name| names.name(name)).collect();
        assert_eq!(given, ["7", "7-2", "7-2-2", "A", "a-2", "7-3", "7-2-3"]);
    }
}
