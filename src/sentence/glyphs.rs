//! From the characters of the source to those of the view.
//!
//! Rules that look at more than one character (a word broken at the end of a line, a reference number, a
//! dose) drop glyphs or add spaces. What is dropped belongs to no piece. A space that is added has an
//! empty place in the source.

use super::glyph::{Glyph, is_plain_word};
use super::{Context, broken_words, expansions, references};
use bioner_documents::{ByteSpan, is_combining};
use bioner_segment::characters::{
    SOFT_HYPHEN, Shown, is_invisible, is_superscript_digit, shown_as,
};

/// The glyphs of `source[span]`, in order.
pub(super) fn glyphs(source: &str, span: ByteSpan, context: &Context) -> Vec<Glyph> {
    let mut glyphs = read(source, span);
    broken_words::join_broken_words(&mut glyphs, &context.word_forms);
    references::drop_numbers(&mut glyphs, &context.references);
    part_doses(&mut glyphs);
    drop_stops(&mut glyphs);
    if let Some(defined) = &context.defined {
        expansions::expand(&mut glyphs, defined);
    }
    glyphs
}

/// Every character by itself, without those that are not seen. Soft hyphens are still there.
fn read(source: &str, span: ByteSpan) -> Vec<Glyph> {
    let text = span.slice(source);
    let mut glyphs: Vec<Glyph> = Vec::with_capacity(text.len());
    let mut before = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map(|&(_, next)| next);
        if is_invisible(character, before, after) {
            continue;
        }
        before = Some(character);
        let start = span.start + at;
        let source = ByteSpan::new(start, start + character.len_utf8());
        if is_combining(character)
            && let Some(last) = glyphs.last_mut()
            && let Some(both) = unicode_normalization::char::compose(last.shown, character)
        {
            last.shown = both;
            last.source.end = source.end;
            continue;
        }
        let breaks = matches!(character, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}');
        let raised = is_superscript_digit(character);
        let shown = match shown_as(character) {
            _ if character == SOFT_HYPHEN => Shown::One(SOFT_HYPHEN),
            // Its mark would belong to the symbol, and its letter would not.
            Shown::Several(several) if is_combining(several[0]) && ends_with_symbol(&glyphs) => {
                Shown::One(character)
            }
            shown => shown,
        };
        let mut push = |shown| glyphs.push(Glyph { shown, source, breaks, raised });
        match shown {
            Shown::One(shown) => push(shown),
            Shown::Several(several) => several.into_iter().for_each(push),
        }
    }
    glyphs
}

/// Whether the last glyph is a symbol, or a mark that combines with one.
fn ends_with_symbol(glyphs: &[Glyph]) -> bool {
    let mut bases = glyphs.iter().rev().map(|glyph| glyph.shown).filter(|&c| !is_combining(c));
    bases.next().is_some_and(|base| base != ' ' && !base.is_alphanumeric())
}

/// The units of doses that are written right behind a number.
const UNITS: [&str; 19] = [
    "mg", "g", "kg", "mcg", "ug", "\u{3BC}g", "ng", "ml", "l", "units", "unit", "iu", "u", "meq",
    "mmol", "mgs", "gm", "mls", "cc",
];

/// Parts a name from the dose that is stuck to it: `Metformin500mg`, `salbutamol2.5 mg`. The name has
/// four letters or more and no capital behind the first but in a word of capitals; the unit is a
/// whole word.
fn part_doses(glyphs: &mut Vec<Glyph>) {
    let mut spaces = Vec::new();
    let mut letters = 0;
    for at in 0..glyphs.len() {
        let shown = glyphs[at].shown;
        if shown.is_alphabetic() {
            letters += 1;
            continue;
        }
        let starts_number = shown.is_ascii_digit() && letters >= 4;
        if starts_number && is_dose(&glyphs[at..]) && is_plain_word(&glyphs[at - letters..at]) {
            spaces.push(at);
        }
        letters = 0;
    }
    for at in spaces.into_iter().rev() {
        let source = ByteSpan::new(glyphs[at].source.start, glyphs[at].source.start);
        glyphs.insert(at, Glyph { shown: ' ', source, breaks: false, raised: false });
    }
}

/// Whether a number and a unit stand here, with spaces between them or none.
fn is_dose(glyphs: &[Glyph]) -> bool {
    let number = glyphs
        .iter()
        .take_while(|g| !g.raised && (g.shown.is_ascii_digit() || matches!(g.shown, '.' | ',')))
        .count();
    let Some(rest) = glyphs.get(number..) else { return false };
    let rest = &rest[spaces(rest)..];
    let unit: String =
        rest.iter().map(|g| g.shown).take_while(|c| c.is_alphanumeric()).take(8).collect();
    number <= 8 && UNITS.contains(&unit.to_lowercase().as_str())
}

/// How many spaces glyphs begin with.
fn spaces(glyphs: &[Glyph]) -> usize {
    glyphs.iter().take_while(|g| g.shown == ' ').count()
}

/// Abbreviations that begin a name and are known without their full stop: `Vit. D` is read as `Vit D`.
const SHORT_FIRST_WORDS: [&str; 4] = ["vit", "vits", "strep", "staph"];

/// Drops the full stop of an abbreviation that begins a name; the abbreviation's place covers it.
fn drop_stops(glyphs: &mut Vec<Glyph>) {
    let mut start = 0;
    let mut at = 0;
    while at < glyphs.len() {
        let shown = glyphs[at].shown;
        if shown == '.' && at > start && at - start <= 5 {
            let word: String = glyphs[start..at].iter().map(|g| g.shown).collect();
            let gap = spaces(&glyphs[at + 1..]);
            let goes_on =
                gap > 0 && glyphs.get(at + 1 + gap).is_some_and(|g| g.shown.is_alphanumeric());
            if goes_on && SHORT_FIRST_WORDS.contains(&word.to_lowercase().as_str()) {
                glyphs[at - 1].source.end = glyphs[at].source.end;
                glyphs.remove(at);
                start = at;
                continue;
            }
        }
        if !shown.is_alphanumeric() {
            start = at + 1;
        }
        at += 1;
    }
}
