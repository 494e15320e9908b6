//! The KV cache: keys and values of the positions already read, for every sequence and layer.
//!
//! Keys and values are stored in segments. A segment holds consecutive positions of all layers, and
//! a sequence is a list of segments. A fork lists the same segments as its parent, so a shared
//! prefix is computed and stored once. A sequence that continues after a fork starts a segment of
//! its own. A segment that no sequence lists is free: its memory is used for the next sequence.

use std::collections::HashMap;

use super::config::Config;
use crate::error::{Error, Result};

/// Vector width of the attention kernels, in f32 values. The keys of this many positions are stored
/// together, transposed, so that one vector instruction multiplies a query's feature with all of
/// them.
pub(super) const LANES: usize = 16;

/// A segment's memory grows by this many positions, a multiple of [`LANES`]. `Vec`'s own doubling
/// could take twice the memory needed, and one position of a small model takes 46 kB.
const GROWTH: usize = 2 * LANES;

/// Identifies a sequence of a [`KvCache`]. A cache never uses an id twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SequenceId(u64);

/// Keys and values of consecutive positions.
#[derive(Debug)]
struct Segment {
    /// One for each layer.
    layers: Vec<LayerKv>,
    /// How many sequences list this segment.
    references: usize,
}

/// Keys and values of a segment at one layer.
#[derive(Debug, Default, Clone)]
pub(super) struct LayerKv {
    /// `[positions / LANES, kv_heads, head_dim, LANES]`
    pub keys: Vec<f32>,
    /// `[positions, kv_heads, head_dim]`
    pub values: Vec<f32>,
}

/// An entry of a sequence's list of segments.
#[derive(Debug, Clone, Copy)]
struct SegmentRef {
    /// Index in [`KvCache::segments`].
    segment: usize,
    /// How many positions of the segment belong to the sequence, counted from its first.
    len: usize,
}

#[derive(Debug, Clone, Default)]
struct Sequence {
    segments: Vec<SegmentRef>,
}

impl Sequence {
    /// Positions in the sequence.
    fn len(&self) -> usize {
        self.segments.iter().map(|entry| entry.len).sum()
    }
}

/// Keys and values of all sequences of a model.
pub struct KvCache {
    /// Whether they are computed with the model's adapters.
    pub(super) adapted: bool,
    kv_heads: usize,
    head_dim: usize,
    layers: usize,
    segments: Vec<Segment>,
    /// Indices of the segments that no sequence lists.
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
            segments: Vec::new(),
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
        for entry in &sequence.segments {
            self.segments[entry.segment].references += 1;
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
        sequence.segments.retain_mut(|entry| {
            entry.len = entry.len.min(left);
            left -= entry.len;
            if entry.len == 0 {
                removed.push(entry.segment);
            }
            entry.len > 0
        });
        removed.into_iter().for_each(|segment| self.drop_reference(segment));
    }

    /// Removes a sequence. Segments that no other sequence shares are free for the next one.
    pub fn release(&mut self, sequence: SequenceId) {
        for entry in self.sequences.remove(&sequence).unwrap_or_default().segments {
            self.drop_reference(entry.segment);
        }
    }

    /// Removes all sequences but this one, and returns the memory of free segments to the system.
    pub fn keep_only(&mut self, sequence: SequenceId) {
        let mut others: Vec<SequenceId> = self.sequences.keys().copied().collect();
        others.retain(|&other| other != sequence);
        others.into_iter().for_each(|other| self.release(other));
        for &segment in &self.free {
            self.segments[segment].layers.fill(LayerKv::default());
        }
    }

    /// Memory of all keys and values, in bytes, free segments included.
    pub fn bytes(&self) -> usize {
        let floats = |layer: &LayerKv| layer.keys.capacity() + layer.values.capacity();
        let total: usize =
            self.segments.iter().flat_map(|segment| &segment.layers).map(floats).sum();
        total * size_of::<f32>()
    }

    fn drop_reference(&mut self, segment: usize) {
        let references = &mut self.segments[segment].references;
        *references -= 1;
        if *references == 0 {
            self.free.push(segment);
        }
    }

    pub(super) fn contains(&self, sequence: SequenceId) -> bool {
        self.sequences.contains_key(&sequence)
    }

    /// Adds `count` positions to the end of a sequence, all in one segment. Their keys and values
    /// are undefined until [`KvCache::write`] has stored them, layer by layer.
    ///
    /// # Errors
    /// [`Error::Internal`] if the sequence is not in the cache.
    pub(super) fn extend(&mut self, sequence: SequenceId, count: usize) -> Result<()> {
        let entries = match self.sequences.get_mut(&sequence) {
            Some(sequence) => &mut sequence.segments,
            None => return Err(released()),
        };
        let own = entries.last().is_some_and(|entry| self.segments[entry.segment].references == 1);
        if !own {
            let segment = self.free.pop().unwrap_or_else(|| {
                let layers = vec![LayerKv::default(); self.layers];
                self.segments.push(Segment { layers, references: 0 });
                self.segments.len() - 1
            });
            self.segments[segment].references = 1;
            entries.push(SegmentRef { segment, len: 0 });
        }
        let Some(entry) = entries.last_mut() else {
            return Err(Error::Internal("a sequence without a segment".into()));
        };
        entry.len += count;
        let floats = entry.len.next_multiple_of(GROWTH) * self.kv_heads * self.head_dim;
        for layer in &mut self.segments[entry.segment].layers {
            grow(&mut layer.keys, floats);
            grow(&mut layer.values, floats);
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
        let width = self.kv_heads * self.head_dim;
        let entries = self.sequences.get(&sequence).map(|sequence| &sequence.segments);
        let entry = entries.and_then(|entries| entries.last()).ok_or_else(released)?;
        let first = entry.len - keys.len() / width;
        let stored = &mut self.segments[entry.segment].layers[layer];
        stored.values[first * width..][..values.len()].copy_from_slice(values);
        for (i, key) in keys.chunks_exact(width).enumerate() {
            let (block, lane) = ((first + i) / LANES, (first + i) % LANES);
            let block = &mut stored.keys[block * width * LANES..][..width * LANES];
            for (place, &k) in block[lane..].iter_mut().step_by(LANES).zip(key) {
                *place = k;
            }
        }
        Ok(())
    }

    /// The segments of a sequence at one layer, in order, each with the number of its positions that
    /// belong to the sequence.
    pub(super) fn segments(
        &self,
        sequence: SequenceId,
        layer: usize,
    ) -> impl Iterator<Item = (&LayerKv, usize)> {
        self.sequences
            .get(&sequence)
            .into_iter()
            .flat_map(|sequence| &sequence.segments)
            .map(move |entry| (&self.segments[entry.segment].layers[layer], entry.len))
    }
}

fn released() -> Error {
    Error::Internal("the sequence has been released".into())
}

/// Makes `floats` at least `len` long, without reserving more memory than that.
fn grow(floats: &mut Vec<f32>, len: usize) {
    if let Some(more) = len.checked_sub(floats.len()) {
        floats.reserve_exact(more);
        floats.resize(len, 0.0);
    }
}
