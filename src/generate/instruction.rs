//! The instruction that was read last, for whoever asks the same next: a page that extracts from one
//! text after another has it read once.

use std::sync::Mutex;

use crate::model::{KvCache, SequenceId};

/// What the last generator left.
#[derive(Default)]
pub(super) struct Kept(Mutex<Option<Instruction>>);

/// An instruction, and the only sequence of a cache.
struct Instruction {
    text: String,
    cache: KvCache,
    sequence: SequenceId,
}

impl Kept {
    /// Takes the instruction, if it is there and nobody else has it.
    pub fn take(&self, text: &str) -> Option<(KvCache, SequenceId)> {
        let kept = self.0.lock().ok()?.take_if(|kept| kept.text == text)?;
        Some((kept.cache, kept.sequence))
    }

    /// Keeps an instruction instead of the one before, and no other sequence of its cache.
    pub fn put(&self, text: String, mut cache: KvCache, sequence: SequenceId) {
        cache.keep_only(sequence);
        if let Ok(mut kept) = self.0.lock() {
            *kept = Some(Instruction { text, cache, sequence });
        }
    }
}
