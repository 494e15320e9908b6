//! How near two keys are.

use crate::grams::{Grams, trigrams};
use crate::normalize::is_place;

/// Beginnings of words that turn a meaning into its opposite, whatever else is equal.
const OPPOSITES: [(&str, &str); 3] = [("hyper", "hypo"), ("tachy", "brady"), ("macro", "micro")];

/// What two keys are worth that differ by one slip, and from how many bytes on: shorter names that differ
/// so little are often different names.
pub(crate) const SLIP: f32 = 0.9;
const SLIP_FROM: usize = 8;

/// What is left of the likeness where each name has a word that the other has not: "left" and "right" in
/// names that are equal otherwise.
const EXCHANGED: f32 = 0.8;
/// What is left of it where one name has a word more: a narrower concept.
const NARROWER: f32 = 0.95;
/// From which Dice coefficient on two words are the same word, spelled otherwise.
const SAME_WORD: f32 = 0.6;

/// From 0 to 1: the weighted Dice coefficient of the trigrams, or more for a single slip. 0 where numbers
/// or single letters differ, or where one is "hyper" and the other "hypo".
pub(crate) fn similarity(grams: &Grams, one: &str, other: &str) -> f32 {
    if places(one) != places(other) || opposed(one, other) || opposed(other, one) {
        return 0.0;
    }
    let slip =
        one.len().min(other.len()) >= SLIP_FROM && one_slip(one.as_bytes(), other.as_bytes());
    let exchanged = match (has_more(one, other), has_more(other, one)) {
        (true, true) => EXCHANGED,
        (false, false) => 1.0,
        _ => NARROWER,
    };
    let dice = dice(one, other, |gram| grams.weight(gram)) * exchanged;
    if slip { dice.max(SLIP) } else { dice }
}

/// The Dice coefficient of the trigrams of two keys.
fn dice(one: &str, other: &str, weigh: impl Fn([u8; 3]) -> f32) -> f32 {
    let (a, b) = (set(one), set(other));
    let weight = |set: &[[u8; 3]]| set.iter().map(|&gram| weigh(gram)).sum::<f32>();
    let both: Vec<_> = a.iter().copied().filter(|gram| b.binary_search(gram).is_ok()).collect();
    let total = weight(&a) + weight(&b);
    if total > 0.0 { 2.0 * weight(&both) / total } else { 0.0 }
}

/// Whether a key has a word that is none of the other's.
fn has_more(one: &str, other: &str) -> bool {
    let same = |a: &str, b: &str| {
        a == b || one_slip(a.as_bytes(), b.as_bytes()) || dice(a, b, |_| 1.0) >= SAME_WORD
    };
    one.split(' ').any(|word| !other.split(' ').any(|others| same(word, others)))
}

/// Whether one byte is changed, added or left out, or two neighbours are exchanged.
fn one_slip(one: &[u8], other: &[u8]) -> bool {
    let start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[start..], &other[start..]);
    let end = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    match (&one[..one.len() - end], &other[..other.len() - end]) {
        ([a, b], [c, d]) => a == d && b == c,
        (one, other) => one.len().max(other.len()) <= 1,
    }
}

fn set(key: &str) -> Vec<[u8; 3]> {
    let mut set: Vec<_> = trigrams(key.as_bytes()).collect();
    set.sort_unstable();
    set.dedup();
    set
}

fn places(key: &str) -> Vec<&str> {
    key.split(' ').filter(|word| is_place(word)).collect()
}

/// Whether `one` has a word with the first of two opposites, and `other` with the second.
fn opposed(one: &str, other: &str) -> bool {
    let begins = |key: &str, with| key.split(' ').any(|word| word.starts_with(with));
    OPPOSITES.iter().any(|&(up, down)| {
        begins(one, up) && !begins(one, down) && begins(other, down) && !begins(other, up)
    })
}
