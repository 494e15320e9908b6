//! The KV cache: keys and values of the positions already read, for every sequence and layer.
//!
//! Keys and values are stored in pages. A page holds at most [`PAGE`] consecutive positions of all
//! layers, and a sequence is a list of pages. A fork lists the same pages as its parent, so a shared
//! prefix is computed and stored once. A sequence that continues after a fork starts a page of its
//! own. A page that no sequence lists is free and is used for the next positions of any sequence. All
//! pages have the same size, so the memory of a cache depends on how many positions it held at once,
//! not on which sequence was the longest in each place.

use std::collections::HashMap;

use super::config::Config;
use crate::error::{Error, Result};

/// Vector width of the attention kernels, in f32 values. The keys of this many positions are stored
/// together, transposed, so that one vector instruction multiplies a query's feature with all of
/// them.
pub(super) const LANES: usize = 16;

/// The most positions in a page, a multiple of [`LANES`]. One position of a small model takes 46 kB.
pub(super) const PAGE: usize = LANES;

/// Identifies a sequence of a [`KvCache`]. A cache never uses an id twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SequenceId(u64);

/// Keys and values of consecutive positions.
#[derive(Debug, Default)]
struct Page {
    /// For each layer the keys, `[PAGE / LANES, kv_heads, head_dim, LANES]`, then the values, `[PAGE,
    /// kv_heads, head_dim]`. Empty if the memory was returned to the system.
    data: Vec<f32>,
    /// How many sequences list this page.
    references: usize,
}

/// An entry of a sequence's list of pages.
#[derive(Debug, Clone, Copy)]
struct PageRef {
    /// Index in [`KvCache::pages`].
    page: usize,
    /// How many positions of the page belong to the sequence, counted from its first.
    len: usize,
}

/// Keys and values of a page at one layer.
#[derive(Clone, Copy)]
pub(super) struct LayerPage<'a> {
    /// `[PAGE / LANES, kv_heads, head_dim, LANES]`
    pub keys: &'a [f32],
    /// `[PAGE, kv_heads, head_dim]`
    pub values: &'a [f32],
    /// How many of its positions belong to the sequence.
    pub len: usize,
}

#[derive(Debug, Clone, Default)]
struct Sequence {
    pages: Vec<PageRef>,
}

impl Sequence {
    /// Positions in the sequence.
    fn len(&self) -> usize {
        self.pages.iter().map(|entry| entry.len).sum()
    }
}

/// Keys and values of all sequences of a model.
pub struct KvCache {
    /// Whether they are computed with the model's adapters.
    pub(super) adapted: bool,
    kv_heads: usize,
    head_dim: usize,
    layers: usize,
    pages: Vec<Page>,
    /// Indices of the pages that no sequence lists.
    free: Vec<usize>,
    sequences: HashMap<SequenceId, Sequence>,
    next_id: u64,
}

impl KvCache {
    pub(super) fn new(config: &Config, adapted: bool) -> Self {
        Self {
            adapted,
            kv_heads: config.kv_heads,
            head_dim: config.head_dim,
            layers: config.layers,
            pages: Vec::new(),
            free: Vec::new(),
            sequences: HashMap::new(),
            next_id: 0,
        }
    }

    fn add(&mut self, sequence: Sequence) -> SequenceId {
        let id = SequenceId(self.next_id);
        self.next_id += 1;
        self.sequences.insert(id, sequence);
        id
    }

    /// Starts an empty sequence.
    pub fn start(&mut self) -> SequenceId {
        self.add(Sequence::default())
    }

    /// Starts a sequence that continues from all of `prefix` and shares its keys and values without
    /// copying them. Both can be continued, truncated and released independently. A fork of a
    /// sequence that is not in the cache is empty.
    pub fn fork(&mut self, prefix: SequenceId) -> SequenceId {
        let sequence = self.sequences.get(&prefix).cloned().unwrap_or_default();
        for entry in &sequence.pages {
            self.pages[entry.page].references += 1;
        }
        self.add(sequence)
    }

    /// Positions in a sequence; 0 for a sequence that is not in the cache.
    pub fn len(&self, sequence: SequenceId) -> usize {
        self.sequences.get(&sequence).map_or(0, Sequence::len)
    }

    /// Whether a sequence has no positions.
    pub fn is_empty(&self, sequence: SequenceId) -> bool {
        self.len(sequence) == 0
    }

    /// Removes all positions of a sequence from `len` on, if there are any.
    pub fn truncate(&mut self, sequence: SequenceId, len: usize) {
        let Some(sequence) = self.sequences.get_mut(&sequence) else { return };
        let mut left = len;
        let mut removed = Vec::new();
        sequence.pages.retain_mut(|entry| {
            entry.len = entry.len.min(left);
            left -= entry.len;
            if entry.len == 0 {
                removed.push(entry.page);
            }
            entry.len > 0
        });
        removed.into_iter().for_each(|page| self.drop_reference(page));
    }

    /// Removes a sequence. Pages that no other sequence shares are free for the next one.
    pub fn release(&mut self, sequence: SequenceId) {
        for entry in self.sequences.remove(&sequence).unwrap_or_default().pages {
            self.drop_reference(entry.page);
        }
    }

    /// Removes all sequences but this one, and returns the memory of free pages to the system.
    pub fn keep_only(&mut self, sequence: SequenceId) {
        let mut others: Vec<SequenceId> = self.sequences.keys().copied().collect();
        others.retain(|&other| other != sequence);
        others.into_iter().for_each(|other| self.release(other));
        for &page in &self.free {
            self.pages[page].data = Vec::new();
        }
    }

    /// Memory of all keys and values, in bytes, free pages included.
    pub fn bytes(&self) -> usize {
        self.pages.iter().map(|page| page.data.capacity()).sum::<usize>() * size_of::<f32>()
    }

    fn drop_reference(&mut self, page: usize) {
        let references = &mut self.pages[page].references;
        *references -= 1;
        if *references == 0 {
            self.free.push(page);
        }
    }

    pub(super) fn contains(&self, sequence: SequenceId) -> bool {
        self.sequences.contains_key(&sequence)
    }

    /// Adds `count` positions to the end of a sequence. Their keys and values are undefined until
    /// [`KvCache::write`] has stored them, layer by layer.
    ///
    /// # Errors
    /// [`Error::Internal`] if the sequence is not in the cache.
    pub(super) fn extend(&mut self, sequence: SequenceId, count: usize) -> Result<()> {
        let page_floats = self.layers * self.layer_floats();
        let Some(Sequence { pages: entries }) = self.sequences.get_mut(&sequence) else {
            return Err(released());
        };
        let mut left = count;
        // What is left of the last page, unless another sequence lists it too.
        if let Some(entry) = entries.last_mut()
            && self.pages[entry.page].references == 1
        {
            let added = left.min(PAGE - entry.len);
            entry.len += added;
            left -= added;
        }
        while left > 0 {
            let page = self.free.pop().unwrap_or_else(|| {
                self.pages.push(Page::default());
                self.pages.len() - 1
            });
            let Page { data, references } = &mut self.pages[page];
            *references = 1;
            data.resize(page_floats, 0.0);
            let len = left.min(PAGE);
            entries.push(PageRef { page, len });
            left -= len;
        }
        Ok(())
    }

    /// Stores the keys and values of one layer, `[positions, kv_heads * head_dim]` each, for the last
    /// positions of a sequence, which the latest [`KvCache::extend`] added.
    ///
    /// # Errors
    /// [`Error::Internal`] if the sequence is not in the cache.
    pub(super) fn write(
        &mut self,
        layer: usize,
        sequence: SequenceId,
        keys: &[f32],
        values: &[f32],
    ) -> Result<()> {
        let (width, layer_floats) = (self.kv_heads * self.head_dim, self.layer_floats());
        let entries = &self.sequences.get(&sequence).ok_or_else(released)?.pages;
        let mut rows = keys.chunks_exact(width).zip(values.chunks_exact(width)).rev();
        for entry in entries.iter().rev() {
            if rows.len() == 0 {
                break;
            }
            let stored = &mut self.pages[entry.page].data[layer * layer_floats..][..layer_floats];
            let (stored_keys, stored_values) = stored.split_at_mut(PAGE * width);
            for (at, (key, value)) in (0..entry.len).rev().zip(&mut rows) {
                stored_values[at * width..][..width].copy_from_slice(value);
                let (block, lane) = (at / LANES, at % LANES);
                let block = &mut stored_keys[block * width * LANES..][..width * LANES];
                for (place, &k) in block[lane..].iter_mut().step_by(LANES).zip(key) {
                    *place = k;
                }
            }
        }
        Ok(())
    }

    /// The pages of a sequence at one layer, in order.
    pub(super) fn pages(
        &self,
        sequence: SequenceId,
        layer: usize,
    ) -> impl Iterator<Item = LayerPage<'_>> {
        let layer_floats = self.layer_floats();
        let entries = self.sequences.get(&sequence).into_iter().flat_map(|one| &one.pages);
        entries.map(move |entry| {
            let data = &self.pages[entry.page].data[layer * layer_floats..][..layer_floats];
            let (keys, values) = data.split_at(layer_floats / 2);
            LayerPage { keys, values, len: entry.len }
        })
    }

    /// The keys and values of a page at one layer, in f32 values.
    fn layer_floats(&self) -> usize {
        2 * PAGE * self.kv_heads * self.head_dim
    }
}

fn released() -> Error {
    Error::Internal("the sequence has been released".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A cache of one layer with heads of one feature: a position is one number.
    fn cache() -> KvCache {
        KvCache {
            adapted: false,
            kv_heads: 1,
            head_dim: 1,
            layers: 1,
            pages: Vec::new(),
            free: Vec::new(),
            sequences: HashMap::new(),
            next_id: 0,
        }
    }

    fn append(cache: &mut KvCache, sequence: SequenceId, numbers: std::ops::Range<usize>) {
        let numbers: Vec<f32> = numbers.map(|number| number as f32).collect();
        cache.extend(sequence, numbers.len()).unwrap();
        cache.write(0, sequence, &numbers, &numbers).unwrap();
    }

    fn contents(cache: &KvCache, sequence: SequenceId) -> Vec<usize> {
        let mut found = Vec::new();
        for page in cache.pages(sequence, 0) {
            assert_eq!(page.keys[..page.len], page.values[..page.len]);
            found.extend(page.values[..page.len].iter().map(|&value| value as usize));
        }
        found
    }

    #[test]
    fn what_is_appended_in_any_pieces_is_found_again() {
        for pieces in [vec![5, 7, 40, 1], vec![PAGE, PAGE], vec![2 * PAGE + 3, PAGE - 3, 1]] {
            let (mut cache, mut len) = (cache(), 0);
            let sequence = cache.start();
            for piece in pieces {
                append(&mut cache, sequence, len..len + piece);
                len += piece;
            }
            assert!(contents(&cache, sequence).into_iter().eq(0..len));
        }
    }

    #[test]
    fn forks_share_the_pages_of_their_prefix_and_nothing_else() {
        let mut cache = cache();
        let prefix = cache.start();
        append(&mut cache, prefix, 0..PAGE + 4);
        let before = cache.bytes();
        let forks = [cache.fork(prefix), cache.fork(prefix)];
        assert_eq!(cache.bytes(), before);
        for (fork, numbers) in forks.into_iter().zip([100..120, 200..207]) {
            append(&mut cache, fork, numbers);
        }
        append(&mut cache, forks[0], 120..140);
        let expected = |numbers| (0..PAGE + 4).chain(numbers).collect::<Vec<_>>();
        assert_eq!(contents(&cache, forks[0]), expected(100..140));
        assert_eq!(contents(&cache, forks[1]), expected(200..207));
        cache.truncate(forks[0], PAGE + 2);
        assert!(contents(&cache, forks[0]).into_iter().eq(0..PAGE + 2));
        assert_eq!(contents(&cache, prefix), expected(0..0));
    }

    #[test]
    fn free_pages_serve_sequences_of_any_length() {
        let mut cache = cache();
        let long = cache.start();
        append(&mut cache, long, 0..8 * PAGE);
        let before = cache.bytes();
        cache.release(long);
        for _ in 0..3 {
            let short: Vec<SequenceId> = (0..8).map(|_| cache.start()).collect();
            for &sequence in &short {
                append(&mut cache, sequence, 0..PAGE);
            }
            assert_eq!(cache.bytes(), before);
            short.into_iter().for_each(|sequence| cache.release(sequence));
        }
        let kept = cache.start();
        append(&mut cache, kept, 0..1);
        cache.keep_only(kept);
        assert_eq!(cache.bytes(), before / 8, "one page is left");
        append(&mut cache, kept, 1..3 * PAGE);
        assert!(contents(&cache, kept).into_iter().eq(0..3 * PAGE));
    }
}
