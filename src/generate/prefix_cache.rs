//! Instructions that were read before, with their keys and values. A page that extracts from one
//! text after another reads its instruction once.

use std::collections::VecDeque;
use std::sync::Mutex;

use crate::model::{KvCache, SequenceId};

/// The most instructions that are kept: more than anybody asks at once. One takes about a megabyte.
const MAX_CACHED_PREFIXES: usize = 8;

/// The instructions of the last decoders, the most recent at the end.
#[derive(Default)]
pub(super) struct PrefixCache(Mutex<VecDeque<CachedPrefix>>);

/// An instruction, and a KV cache of which it is the only sequence.
struct CachedPrefix {
    instruction: String,
    cache: KvCache,
    sequence: SequenceId,
}

impl PrefixCache {
    /// Takes the instruction out, if it is there and no other decoder has taken it.
    pub fn take(&self, instruction: &str) -> Option<(KvCache, SequenceId)> {
        let mut prefixes = self.0.lock().ok()?;
        let index = prefixes.iter().position(|prefix| prefix.instruction == instruction)?;
        let CachedPrefix { cache, sequence, .. } = prefixes.remove(index)?;
        Some((cache, sequence))
    }

    /// Puts an instruction in, without the other sequences of its cache. If there are too many, the
    /// oldest is dropped.
    pub fn put(&self, instruction: String, mut cache: KvCache, sequence: SequenceId) {
        cache.keep_only(sequence);
        if let Ok(mut prefixes) = self.0.lock() {
            prefixes.retain(|prefix| prefix.instruction != instruction);
            if prefixes.len() == MAX_CACHED_PREFIXES {
                prefixes.pop_front();
            }
            prefixes.push_back(CachedPrefix { instruction, cache, sequence });
        }
    }
}
