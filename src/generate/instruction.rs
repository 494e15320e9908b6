//! The instructions that were read last, for whoever asks the same next: a page that extracts from one
//! text after another has them read once.

use std::collections::VecDeque;
use std::sync::Mutex;

use crate::model::{KvCache, SequenceId};

/// How many are kept: more than anybody asks at once. One takes about a megabyte.
const MOST: usize = 8;

/// What the last generators left, the last one at the end.
#[derive(Default)]
pub(super) struct Kept(Mutex<VecDeque<Instruction>>);

/// An instruction, and the only sequence of a cache.
struct Instruction {
    text: String,
    cache: KvCache,
    sequence: SequenceId,
}

impl Kept {
    /// Takes the instruction, if it is there and nobody else has it.
    pub fn take(&self, text: &str) -> Option<(KvCache, SequenceId)> {
        let mut kept = self.0.lock().ok()?;
        let place = kept.iter().position(|kept| kept.text == text)?;
        let Instruction { cache, sequence, .. } = kept.remove(place)?;
        Some((cache, sequence))
    }

    /// Keeps an instruction, and no other sequence of its cache. If there are too many, the one kept
    /// longest goes.
    pub fn put(&self, text: String, mut cache: KvCache, sequence: SequenceId) {
        cache.keep_only(sequence);
        if let Ok(mut kept) = self.0.lock() {
            kept.retain(|kept| kept.text != text);
            if kept.len() == MOST {
                kept.pop_front();
            }
            kept.push_back(Instruction { text, cache, sequence });
        }
    }
}
