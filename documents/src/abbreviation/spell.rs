//! Whether a text spells a short form, and from where on.

use super::greek;
use super::short::{Candidate, Kind};
use super::token::{is_apostrophe, is_hyphen, is_quote};
use super::window::Window;
use crate::span::ByteSpan;

/// The long form of `candidate` at the end of the window.
pub(super) fn long_form(text: &str, candidate: &Candidate, window: &Window) -> Option<ByteSpan> {
    if window.ends_wrongly(text) {
        return None;
    }
    if candidate.kind == Kind::Species {
        return species(text, candidate.text, window);
    }
    let first = window.first(most_words(candidate.text));
    spellings(candidate.text).iter().find_map(|short| {
        let by_initials = window.by_initials(short, first);
        let at = by_initials.or_else(|| window.by_letters(short, first, None))?;
        let starts_alike = || window.word(at).chars().take(2).eq(short.iter().copied().take(2));
        if candidate.kind == Kind::Word && by_initials.is_none() && !starts_alike() {
            return None;
        }
        accepted(text, candidate, window.span(text, window.widened(at)))
    })
}

/// The long form of `candidate` if it is all of `span`.
pub(super) fn whole_long_form(
    text: &str,
    candidate: &Candidate,
    span: ByteSpan,
) -> Option<ByteSpan> {
    let capitals = candidate.text.chars().filter(|c| c.is_uppercase() || c.is_numeric()).count();
    let window = Window::before(text, span.start, span.end);
    if candidate.kind != Kind::Letters || capitals < 2 || window.ends_wrongly(text) {
        return None;
    }
    let first = window.words().filter(|&at| !window.is_edge(at)).last()?;
    let plain = window.words().take_while(|&at| at > first).all(|at| !window.is_edge(at));
    spellings(candidate.text).iter().find_map(|short| {
        let by_initials = window.by_initials(short, first).filter(|&at| at == first);
        let by_letters = || window.by_letters(short, first, Some(first)).filter(|_| plain);
        let at = by_initials.or_else(by_letters)?;
        accepted(text, candidate, window.span(text, at))
    })
}

/// The span, unless it is no longer than the short form or has it as a word.
fn accepted(text: &str, candidate: &Candidate, long: ByteSpan) -> Option<ByteSpan> {
    let short = candidate.text;
    let words = long.slice(text);
    let has_short =
        words.split(|c: char| c.is_whitespace() || is_hyphen(c)).any(|word| word == short);
    (words.chars().count() > short.chars().count() && !has_short).then_some(long)
}

/// "Streptococcus pneumoniae" for "S. pneumoniae".
fn species(text: &str, short: &str, window: &Window) -> Option<ByteSpan> {
    let (genus, epithet) = short.split_once('.')?;
    let ByteSpan { start: from, end } = window.place()?;
    let before = text[from..end].strip_suffix(epithet.trim_start())?.trim_end();
    let name = before.rsplit(char::is_whitespace).next()?.trim_start_matches(is_quote);
    let longer = name.len() > genus.len() + 1 && name.chars().all(char::is_alphabetic);
    (longer && name.starts_with(genus))
        .then(|| ByteSpan::new(from + before.len() - name.len(), end))
}

/// The most words of a long form.
fn most_words(short: &str) -> usize {
    let count = short.chars().count();
    (count + 5).min(count * 2)
}

/// The letters and digits that a long form may spell for a short form, the likeliest first: all of
/// them; with the first letter of the name of a Greek letter; without the s of a plural; up to a slash
/// ("HER2/neu").
fn spellings(short: &str) -> Vec<Vec<char>> {
    let mut found: Vec<Vec<char>> = Vec::new();
    let mut add = |spelling: Vec<char>, least: usize| {
        if spelling.len() >= least && !found.contains(&spelling) {
            found.push(spelling);
        }
    };
    let letters = || short.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
    let named = |text: &str| {
        let small = text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric());
        let mut spelled = Vec::new();
        for letter in small {
            match greek::name(letter) {
                Some(name) => spelled.extend(name.chars()),
                None => spelled.push(letter),
            }
        }
        spelled
    };
    add(named(short), 1);
    let initial = |c: char| greek::name(c).and_then(|name| name.chars().next()).unwrap_or(c);
    add(letters().map(initial).collect(), 2);
    if let Some(singular) = singular(short) {
        add(named(singular), 2);
    }
    if let Some((first, _)) = short.split_once('/') {
        add(named(first), 2);
    }
    found
}

/// A short form without the s of its plural: "PD" for "PDs".
pub(super) fn singular(short: &str) -> Option<&str> {
    let singular = short.strip_suffix('s')?.trim_end_matches(is_apostrophe);
    let last = singular.chars().next_back()?;
    (last.is_uppercase() || last.is_numeric()).then_some(singular)
}
