//! `--shard`: one of several parts of the documents, for as many machines.

use std::fmt;
use std::str::FromStr;

use crate::input::{Bad, Given};

/// Part K of N: the documents whose number, counted from 1, is K, K + N, K + 2N, ….
///
/// So the parts are equally large whatever the order of the documents, and nobody needs to know how many
/// there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    number: usize,
    of: usize,
}

impl Shard {
    /// The documents of this part. What is wrong with a part of a document is told in every part.
    pub fn of(
        self,
        documents: impl Iterator<Item = Result<Given, Bad>>,
    ) -> impl Iterator<Item = Result<Given, Bad>> {
        let mut seen = 0;
        documents.filter(move |read| {
            if matches!(read, Err(Bad { whole: false, .. })) {
                return true;
            }
            let mine = seen % self.of == self.number - 1;
            seen += 1;
            mine
        })
    }
}

impl Default for Shard {
    /// All documents.
    fn default() -> Self {
        Shard { number: 1, of: 1 }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split_once('/').and_then(|(number, of)| {
            Some(Shard { number: number.parse().ok()?, of: of.parse().ok()? })
        });
        numbers.filter(|shard| (1..=shard.of).contains(&shard.number)).ok_or_else(|| {
            "a shard is K/N, such as 3/16 for the third of sixteen; K is 1 to N".to_owned()
        })
    }
}
