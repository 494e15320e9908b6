//! Abbreviations of notes that are read as their long forms: `COPD` as `chronic obstructive pulmonary
//! disease`.
//!
//! Notes use them without a definition, and a model that was tuned on abstracts, where each is
//! defined, misses some. The table holds those that are read one way, in capitals as here, wherever
//! they are not defined; one with two common readings (MS, PE, RA) is not in it. A document that
//! defines an abbreviation is read as it is printed. A mention of the long form is a mention of the
//! abbreviation.

use std::collections::HashSet;

use bioner_documents::ByteSpan;
use bioner_documents::abbreviation::Definition;

use super::glyph::Glyph;

/// Sorted: abbreviations and what they are read as.
const EXPANSIONS: &[(&str, &str)] = &[
    ("ADHD", "attention deficit hyperactivity disorder"),
    ("AKI", "acute kidney injury"),
    ("ARDS", "acute respiratory distress syndrome"),
    ("BPH", "benign prostatic hyperplasia"),
    ("CHF", "congestive heart failure"),
    ("CKD", "chronic kidney disease"),
    ("COPD", "chronic obstructive pulmonary disease"),
    ("DKA", "diabetic ketoacidosis"),
    ("DVT", "deep vein thrombosis"),
    ("ESRD", "end-stage renal disease"),
    ("GERD", "gastroesophageal reflux disease"),
    ("HCTZ", "hydrochlorothiazide"),
    ("HTN", "hypertension"),
    ("NAFLD", "nonalcoholic fatty liver disease"),
    ("NIDDM", "non-insulin-dependent diabetes mellitus"),
    ("NSCLC", "non-small cell lung cancer"),
    ("NSTEMI", "non-ST-elevation myocardial infarction"),
    ("PTSD", "posttraumatic stress disorder"),
    ("STEMI", "ST-elevation myocardial infarction"),
    ("T2DM", "type 2 diabetes mellitus"),
    ("TIA", "transient ischemic attack"),
    ("UTI", "urinary tract infection"),
];

/// The abbreviations of the table that a document's definitions define.
pub(super) fn defined(definitions: &[Definition]) -> HashSet<&'static str> {
    let known = definitions.iter().filter_map(|definition| entry(&definition.short));
    known.map(|(short, _)| short).collect()
}

/// Puts long forms in place of the abbreviations of the table that are whole tokens and not
/// `defined`, or their plurals. Each character of a long form has the place of the abbreviation.
pub(super) fn expand(glyphs: &mut Vec<Glyph>, defined: &HashSet<&'static str>) {
    let mut at = 0;
    while at < glyphs.len() {
        let word = glyphs[at..].iter().take_while(|g| g.shown.is_alphanumeric()).count();
        if word == 0 {
            at += 1;
            continue;
        }
        let after = at + word;
        if (3..=7).contains(&word)
            && stands_alone(glyphs, at, after)
            && let printed = glyphs[at..after].iter().map(|g| g.shown).collect::<String>()
            && let Some((short, long)) = long_form(&printed)
            && !defined.contains(short)
        {
            let mut glyph = glyphs[at];
            glyph.source.end = glyphs[after - 1].source.end;
            let long = long.chars().map(|shown| Glyph { shown, ..glyph });
            glyphs.splice(at..after, long.clone());
            let behind = at + long.count();
            part_at_slash(glyphs, behind);
            let parted = at.checked_sub(1).is_some_and(|slash| part_at_slash(glyphs, slash));
            at = behind + usize::from(parted);
        } else {
            at = after;
        }
    }
}

/// The long form of an abbreviation of the table or of its plural, and the abbreviation.
fn long_form(printed: &str) -> Option<(&'static str, String)> {
    if let Some((short, long)) = entry(printed) {
        return Some((short, long.to_owned()));
    }
    let (short, long) = entry(printed.strip_suffix('s')?)?;
    let plural = [("is", "es"), ("y", "ies")]
        .into_iter()
        .find_map(|(one, several)| long.strip_suffix(one).map(|stem| format!("{stem}{several}")));
    Some((short, plural.unwrap_or_else(|| format!("{long}s"))))
}

/// Shows a slash between two names as a comma and a space: `HTN/COPD` is a list, the long forms with
/// a slash between them look like one name. Whether it did.
fn part_at_slash(glyphs: &mut Vec<Glyph>, slash: usize) -> bool {
    let is_part = |at: Option<usize>| {
        at.and_then(|at| glyphs.get(at)).is_some_and(|g| g.shown.is_alphanumeric())
    };
    let around = [slash.checked_sub(2), slash.checked_sub(1), Some(slash + 1), Some(slash + 2)];
    if glyphs.get(slash).is_none_or(|g| g.shown != '/') || !around.into_iter().all(is_part) {
        return false;
    }
    glyphs[slash].shown = ',';
    let end = glyphs[slash].source.end;
    let space = Glyph { shown: ' ', source: ByteSpan::new(end, end), breaks: false, raised: false };
    glyphs.insert(slash + 1, space);
    true
}

/// Whether no symbol that makes a longer token stands beside glyphs: `NSCLC-7` is something else,
/// `COPD-related` is not.
fn stands_alone(glyphs: &[Glyph], start: usize, end: usize) -> bool {
    let joins = |c: char| matches!(c, '-' | '_' | '+' | '@' | '.');
    let shown = |at: usize| glyphs.get(at).map(|g| g.shown);
    let before = start.checked_sub(1).and_then(shown).is_some_and(joins);
    let after = shown(end).is_some_and(joins)
        && shown(end + 1).is_some_and(|c| c.is_uppercase() || c.is_numeric());
    !before && !after
}

fn entry(short: &str) -> Option<(&'static str, &'static str)> {
    let index = EXPANSIONS.binary_search_by_key(&short, |(short, _)| short).ok()?;
    Some(EXPANSIONS[index])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_in_reach() {
        assert!(EXPANSIONS.is_sorted());
        assert!(EXPANSIONS.iter().all(|(short, _)| (3..=6).contains(&short.len())));
    }
}
