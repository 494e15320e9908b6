//! Words that a line's end breaks in two.
//!
//! Behind a letter a hyphen at the end of a line either belongs to the word (`beta-` `blocker`) or was
//! put there by the typesetter (`thrombo-` `cytopenia`). If the document has the word on one line too,
//! it belongs to the word where it does there. Otherwise it belongs to the word behind a capital letter
//! or a digit (`TNF-` `alpha`, `5-` `fluorouracil`), before one (`anti-` `PD-1`), behind a first part
//! that is written with a hyphen ([`FIRST`]) and before a second part that is ([`SECOND`]). Else it is
//! dropped. In both cases the line's end is not shown.

use super::glyph::Glyph;
use super::word_forms::WordForms;
use bioner_segment::characters::SOFT_HYPHEN;

/// Sorted: what has a hyphen behind it in a compound.
const FIRST: &[&str] = &[
    "alpha", "beta", "cross", "delta", "dose", "double", "drug", "early", "eighty", "epsilon",
    "fifty", "first", "forty", "four", "gamma", "half", "high", "higher", "kappa", "lambda",
    "large", "long", "low", "lower", "ninety", "non", "omega", "open", "placebo", "quasi", "risk",
    "self", "semi", "seventy", "short", "single", "sixty", "small", "theta", "third", "thirty",
    "three", "time", "triple", "twenty", "two", "well", "wild",
];

/// Sorted: ends of single words that begin with one of those: `short-` `ness`, `high-` `lights`.
const ENDINGS: &[&str] = &[
    "ary",
    "er",
    "est",
    "evity",
    "ing",
    "ish",
    "itude",
    "itudinal",
    "itudinally",
    "light",
    "lighted",
    "lights",
    "ly",
    "ment",
    "ness",
];

/// Sorted: what has a hyphen before it in a compound, whatever the first part is.
const SECOND: &[&str] = &[
    "acting",
    "activated",
    "adjusted",
    "agonist",
    "agonists",
    "antagonist",
    "antagonists",
    "associated",
    "based",
    "binding",
    "blind",
    "blinded",
    "blocker",
    "blockers",
    "blocking",
    "containing",
    "controlled",
    "converting",
    "deficient",
    "dependent",
    "derived",
    "driven",
    "effectiveness",
    "exposed",
    "expressing",
    "fold",
    "free",
    "induced",
    "infected",
    "inhibiting",
    "inhibitor",
    "inhibitors",
    "known",
    "label",
    "like",
    "linked",
    "lowering",
    "matched",
    "mediated",
    "negative",
    "old",
    "onset",
    "positive",
    "producing",
    "reactive",
    "receptor",
    "refractory",
    "related",
    "releasing",
    "resistant",
    "response",
    "rich",
    "scale",
    "secreting",
    "selective",
    "sensitive",
    "specific",
    "stage",
    "stimulating",
    "term",
    "threatening",
    "transfected",
    "treated",
    "type",
    "up",
    "wide",
];

/// Sorted: how words begin that `anti` is written together with.
const WITH_ANTI: &[&str] = &[
    "asthm", "bacter", "biot", "bod", "canc", "coag", "convuls", "depress", "diabet", "diarrh",
    "dot", "emet", "epilept", "fung", "gen", "histam", "hypert", "malar", "metabol", "microb",
    "neoplas", "oxid", "platelet", "psychot", "pyret", "retrovir", "rheum", "sep", "serum",
    "spasm", "thromb", "tuberc", "tumo", "tuss", "viral", "virus",
];

/// Words after which a hyphen stands for what comes later: `hypo-` `and hyperkalemia`.
const BETWEEN: [&str; 6] = ["and", "or", "to", "versus", "vs", "nor"];

/// Joins words broken at a line's end and drops all soft hyphens.
pub(super) fn join_broken_words(glyphs: &mut Vec<Glyph>, words: &WordForms) {
    let mut kept = Vec::with_capacity(glyphs.len());
    let mut at = 0;
    while at < glyphs.len() {
        let glyph = glyphs[at];
        let soft = glyph.shown == SOFT_HYPHEN;
        if (soft || glyph.shown == '-')
            && let Some(next) = after_line_end(glyphs, at + 1)
            && let Some(keeps) = keeps_hyphen(&kept, &glyphs[next..], words)
        {
            if keeps && !soft {
                kept.push(glyph);
            }
            at = next;
            continue;
        }
        if !soft {
            kept.push(glyph);
        }
        at += 1;
    }
    *glyphs = kept;
}

/// Where the next line's text begins, if only white space with a line's end in it comes before.
fn after_line_end(glyphs: &[Glyph], from: usize) -> Option<usize> {
    let space = glyphs[from..].iter().take_while(|g| g.shown == ' ').count();
    let ends = glyphs[from..from + space].iter().any(|g| g.breaks);
    (ends && from + space < glyphs.len()).then_some(from + space)
}

/// Whether the hyphen between two lines belongs to the word; `None` if the two parts are no word.
fn keeps_hyphen(before: &[Glyph], after: &[Glyph], words: &WordForms) -> Option<bool> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | ',');
    let part: Vec<char> =
        before.iter().rev().map(|g| g.shown).take_while(|&c| c.is_alphanumeric()).collect();
    let first: String = part.iter().rev().collect();
    let second: String =
        after.iter().map(|g| g.shown).take_while(|c| c.is_alphanumeric()).collect();
    if first.is_empty() || second.is_empty() || BETWEEN.contains(&second.as_str()) {
        // "N,N'-" and "(R)-" go on, a dash between spaces does not.
        let closes =
            before.last().is_some_and(|g| is_part(g.shown) || matches!(g.shown, ')' | ']'));
        return (closes && !second.is_empty() && !BETWEEN.contains(&second.as_str()))
            .then_some(true);
    }
    if let Some(keeps) = words.keeps_hyphen(&first, &second) {
        return Some(keeps);
    }
    let compound = before.len() > first.chars().count()
        && before[before.len() - first.chars().count() - 1].shown == '-'
        && SECOND.binary_search(&second.as_str()).is_ok();
    let symbol = |text: &str| text.chars().skip(1).any(char::is_uppercase) || has_digit(text);
    let lone = first.chars().count() == 1;
    let lower = first.to_lowercase();
    let keeps = lone
        || symbol(&first)
        || !second.starts_with(char::is_lowercase)
        || has_digit(&second)
        || compound
        || SECOND.binary_search(&second.as_str()).is_ok()
        || (lower == "anti" && !WITH_ANTI.iter().any(|start| second.starts_with(start)))
        || (FIRST.binary_search(&lower.as_str()).is_ok()
            && ENDINGS.binary_search(&second.as_str()).is_err());
    // A line of capitals is broken as any other is.
    let capitals = |text: &str| text.chars().all(char::is_uppercase);
    let shouted = first.chars().count() > 4 && capitals(&first) && capitals(&second);
    Some(keeps && !(shouted && second.chars().count() > 1))
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted() {
        for table in [FIRST, ENDINGS, SECOND, WITH_ANTI] {
            assert!(table.is_sorted());
        }
    }
}
