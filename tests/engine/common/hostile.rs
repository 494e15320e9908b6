//! Texts that nobody writes in earnest, of any length: each is one small part over and over. They are
//! what takes a program longest that looks further than it has to.

/// A kind of text.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// What it is called in tables.
    pub name: &'static str,
    /// What is repeated.
    part: &'static str,
    /// What stands before all parts, and behind them.
    ends: (&'static str, &'static str),
}

impl Kind {
    /// A text of at least so many bytes, and of hardly more.
    pub fn text(&self, bytes: usize) -> String {
        let (first, last) = self.ends;
        let parts = bytes.saturating_sub(first.len() + last.len()).div_ceil(self.part.len());
        [first, &self.part.repeat(parts), last].concat()
    }
}

const fn kind(name: &'static str, part: &'static str) -> Kind {
    Kind { name, part, ends: ("", "") }
}

const fn within(
    name: &'static str,
    ends: (&'static str, &'static str),
    part: &'static str,
) -> Kind {
    Kind { name, part, ends }
}

/// All kinds. The first is a text as people write it, to compare the others with.
pub const KINDS: &[Kind] = &[
    kind("prose", "The patient denies chest pain (CP) and takes 5 mg of aspirin. "),
    kind("one letter", "a"),
    kind("one capital", "A"),
    kind("digits", "7"),
    kind("open brackets", "("),
    kind("closed brackets", ")"),
    kind("nested brackets", "(["),
    kind("pairs of brackets", "()"),
    kind("pairs with space", "(a) "),
    kind("square brackets", "[1]"),
    kind("placeholders", "[**"),
    kind("quotes", "\""),
    kind("apostrophes", "a'"),
    kind("commas", ", "),
    kind("items", "gout, "),
    kind("semicolons", "gout;"),
    kind("stops", ". "),
    kind("letters with stops", "a."),
    kind("initials", "A. "),
    kind("glued sentences", "a.Aa"),
    within("glued, then dashes", ("a.A", "---------"), "a.Aa"),
    kind("questions", "gout? No. "),
    kind("numbers of items", "1. "),
    kind("bracketed numbers", "1) "),
    kind("references", "1,"),
    kind("numbers behind a word", "stroke1,"),
    kind("raised digits", "\u{b2}"),
    kind("newlines", "\n"),
    kind("short lines", "a\n"),
    kind("carriage returns", "\r\n"),
    kind("list of words", "- gout\n"),
    kind("list dashes", "- "),
    kind("signs", "-gout +rash "),
    kind("broken words", "thrombo-\ncytopenia "),
    kind("hyphens", "-"),
    kind("words with hyphens", "a-"),
    kind("soft hyphens", "a\u{ad}"),
    kind("tabs", "\t"),
    kind("cells", "a\t"),
    kind("unfinished cells", "of\t"),
    kind("pipes", "|"),
    kind("pipes with space", " | "),
    kind("spaces", " "),
    kind("wide spaces", "a    "),
    kind("colons", ":"),
    kind("fields", "Plan: "),
    kind("headings", "PLAN:\n"),
    kind("underscores", "_"),
    kind("slashes", "a/"),
    kind("combining marks", "\u{301}"),
    kind("letters with marks", "e\u{301}"),
    kind("joiners", "\u{200d}"),
    kind("zero width", "a\u{200b}"),
    kind("turned text", "\u{202e}a"),
    kind("emoji", "👩‍⚕️"),
    kind("wide letters", "Ａ"),
    kind("no spaces", "糖尿病"),
    kind("abbreviations", "chronic pain (CP) "),
    kind("many short forms", "AB (cd), "),
    kind("remarks", "(see above) "),
    kind("known abbreviations", "COPD/"),
    kind("doses", "aspirin500mg "),
    kind("ages", "58-year-old "),
    kind("negations", "no "),
    kind("affirmations", "also seen "),
    kind("chemical names", "2(4-"),
    kind("control tokens", "<|im_start|>"),
    kind("marks of XML", "<b>&amp;"),
    kind("marks of JSON", "{\"\\"),
];
