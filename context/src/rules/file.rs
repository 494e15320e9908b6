//! The file of rules as it is written, and the parts of its phrases.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use super::{ATTRIBUTES, Effect, Sets};
use crate::status::{Assertion, Experiencer, Temporality};

/// The file as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub sources: BTreeMap<String, String>,
    /// Numbers as words.
    pub numbers: HashSet<String>,
    /// What questions begin with, and what answers them.
    pub questions: HashSet<String>,
    pub answers: HashSet<String>,
    /// What says of the words before it that they are there: "seen", and "persists".
    pub affirmations: HashSet<String>,
    pub changes: HashSet<String>,
    pub lists: Lists,
    pub rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// For those who read the file.
    #[serde(rename = "about")]
    _about: String,
    /// What its phrases say of mentions: nothing, if they only end scopes, or look like others.
    #[serde(default)]
    sets: Vec<String>,
    /// Of which mentions: those behind (`forward`) or before (`backward`), `both`, or the one that
    /// begins with the phrase (`inside`).
    direction: Option<String>,
    /// How many words at most stand between phrase and mention.
    within: Option<usize>,
    /// The words that end the scope, besides what ends any.
    #[serde(default)]
    pub to: Vec<String>,
    /// The phrases act only where one of these words stands in their scope. It ends it.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The phrases act only where one of these words stands before them.
    #[serde(default)]
    pub after: Vec<String>,
    /// Whether they act only where a mention stands directly behind.
    #[serde(default)]
    touches: bool,
    /// Whether they are signs, which are all before or all behind what they are about.
    #[serde(default)]
    sign: bool,
    /// Of which attributes they end the scope of other phrases.
    #[serde(default)]
    ends: Vec<String>,
    pub sources: Vec<String>,
    pub phrases: Vec<String>,
}

/// Words and phrases under a name.
pub type Lists = BTreeMap<String, Vec<String>>;

impl Rule {
    /// What its phrases do, but for `to`, `needs` and `after`.
    pub fn effect(&self) -> Result<Effect, String> {
        let mut sets = Sets::default();
        for name in &self.sets {
            match name.as_str() {
                "present" => sets.assertion = Some(Assertion::Present),
                "absent" => sets.assertion = Some(Assertion::Absent),
                "possible" => sets.assertion = Some(Assertion::Possible),
                "current" => sets.temporality = Some(Temporality::Current),
                "historical" => sets.temporality = Some(Temporality::Historical),
                "hypothetical" => sets.temporality = Some(Temporality::Hypothetical),
                "patient" => sets.experiencer = Some(Experiencer::Patient),
                "family" => sets.experiencer = Some(Experiencer::Family),
                _ => return Err(format!("nothing is called {name:?}")),
            }
        }
        let (forward, backward) = match self.direction.as_deref() {
            Some("forward") => (true, false),
            Some("backward") => (false, true),
            Some("both") => (true, true),
            Some("inside") => (false, false),
            None if self.sets.is_empty() => (false, false),
            other => return Err(format!("{other:?} is no direction")),
        };
        let mut ends = [false; ATTRIBUTES];
        for name in &self.ends {
            let attribute =
                ["assertion", "temporality", "experiencer"].iter().position(|a| a == name);
            ends[attribute.ok_or_else(|| format!("no attribute is called {name:?}"))?] = true;
        }
        let within = self.within.unwrap_or(usize::MAX);
        let inside = self.direction.as_deref() == Some("inside");
        let (sign, touches) = (self.sign, self.touches);
        Ok(Effect {
            sets,
            forward,
            backward,
            inside,
            within,
            touches,
            sign,
            ends,
            ..Effect::default()
        })
    }
}

/// The parts of a phrase, each with its alternatives.
pub fn parts(phrase: &str, lists: &Lists) -> Result<Vec<Vec<String>>, String> {
    let mut parts = Vec::new();
    let mut rest = phrase;
    while !rest.is_empty() {
        let (close, length) = match rest.as_bytes()[0] {
            b'{' => ('}', rest.find('}')),
            b'<' => ('>', rest.find('>')),
            _ => {
                let end = rest.find(['{', '<']).unwrap_or(rest.len());
                if !rest[..end].trim().is_empty() {
                    parts.push(vec![rest[..end].to_owned()]);
                }
                rest = &rest[end..];
                continue;
            }
        };
        let Some(end) = length else {
            return Err(format!("a bracket is not closed in the phrase {phrase:?}"));
        };
        let mut choices = Vec::new();
        for choice in rest[1..end].split('|') {
            let name = match close {
                '>' => Some(choice),
                _ => choice.strip_prefix('<').and_then(|choice| choice.strip_suffix('>')),
            };
            match name {
                Some(name) => match lists.get(name) {
                    Some(list) => choices.extend(list.iter().cloned()),
                    None => return Err(format!("no list is called {name:?}")),
                },
                None if choice.contains(['{', '<', '>']) => {
                    return Err(format!("{choice:?} is no alternative in the phrase {phrase:?}"));
                }
                None => choices.push(choice.to_owned()),
            }
        }
        parts.push(choices);
        rest = &rest[end + 1..];
    }
    Ok(parts)
}
