//! Keys and values of the positions already read, per sequence.
//!
//! A sequence is a list of segments. A fork lists the same segments as its parent, so a shared
//! instruction is held and was computed once; whichever of them reads on first begins a segment of
//! its own. Segments nobody lists keep their memory for the next sequence.

use std::collections::HashMap;

use super::config::Config;
use super::forward::Workspace;
use crate::error::{Error, Result};

/// Positions whose keys are stored together, feature by feature, so that a query meets this many
/// at once: the width of the attention kernels.
pub(super) const LANES: usize = 16;

/// Positions that a segment grows by, whole blocks of lanes. Doubling, as vectors do by themselves,
/// would take up to twice what is needed: a position of a small model is 46 kB.
const GRAIN: usize = 2 * LANES;

/// Names a sequence of a [`KvCache`]. Never used twice by one cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SequenceId(u64);

/// Keys and values of consecutive positions, for every layer.
#[derive(Debug, Default)]
pub(super) struct Segment {
    layers: Vec<LayerSegment>,
    /// Positions held.
    len: usize,
    /// Sequences that list this segment.
    owners: usize,
}

/// One layer's part of a segment.
#[derive(Debug, Default, Clone)]
pub(super) struct LayerSegment {
    /// `[positions / LANES, kv_heads, head_dim, LANES]`
    pub keys: Vec<f32>,
    /// `[positions, kv_heads, head_dim]`
    pub values: Vec<f32>,
}

/// A part of a sequence: the first `used` positions of a segment.
#[derive(Debug, Clone, Copy)]
struct Piece {
    segment: usize,
    used: usize,
}

#[derive(Debug, Clone, Default)]
struct Sequence {
    pieces: Vec<Piece>,
}

impl Sequence {
    fn len(&self) -> usize {
        self.pieces.iter().map(|piece| piece.used).sum()
    }
}

/// The sequences being read and written, and their keys and values.
pub struct KvCache {
    kv_heads: usize,
    head_dim: usize,
    layers: usize,
    segments: Vec<Segment>,
    /// Segments without owners.
    spare: Vec<usize>,
    sequences: HashMap<SequenceId, Sequence>,
    next: u64,
    /// Buffers of the forward pass, kept between passes.
    pub(super) workspace: Workspace,
}

impl KvCache {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            kv_heads: config.kv_heads,
            head_dim: config.head_dim,
            layers: config.layers,
            segments: Vec::new(),
            spare: Vec::new(),
            sequences: HashMap::new(),
            next: 0,
            workspace: Workspace::default(),
        }
    }

    fn add(&mut self, sequence: Sequence) -> SequenceId {
        let id = SequenceId(self.next);
        self.next += 1;
        self.sequences.insert(id, sequence);
        id
    }

    /// Begins an empty sequence.
    pub fn start(&mut self) -> SequenceId {
        self.add(Sequence::default())
    }

    /// Begins a sequence that continues from all of `prefix`, sharing its keys and values without
    /// copying them. Either may be continued, truncated or released without touching the other.
    /// A fork of a sequence that is not (or no longer) here is empty.
    pub fn fork(&mut self, prefix: SequenceId) -> SequenceId {
        let sequence = self.sequences.get(&prefix).cloned().unwrap_or_default();
        for piece in &sequence.pieces {
            self.segments[piece.segment].owners += 1;
        }
        self.add(sequence)
    }

    /// Positions read so far; 0 for a sequence that is not here.
    pub fn len(&self, sequence: SequenceId) -> usize {
        self.sequences.get(&sequence).map_or(0, Sequence::len)
    }

    /// Whether nothing has been read yet.
    pub fn is_empty(&self, sequence: SequenceId) -> bool {
        self.len(sequence) == 0
    }

    /// Forgets all positions from `len` on. Does nothing if there are none.
    pub fn truncate(&mut self, sequence: SequenceId, len: usize) {
        let Some(pieces) = self.sequences.get_mut(&sequence).map(|s| &mut s.pieces) else {
            return;
        };
        let mut left = len;
        let mut dropped = Vec::new();
        pieces.retain_mut(|piece| {
            piece.used = piece.used.min(left);
            left -= piece.used;
            if piece.used == 0 {
                dropped.push(piece.segment);
            }
            piece.used > 0
        });
        dropped.into_iter().for_each(|segment| self.disown(segment));
    }

    /// Ends a sequence. Memory that no other sequence shares serves the next one.
    pub fn release(&mut self, sequence: SequenceId) {
        for piece in self.sequences.remove(&sequence).unwrap_or_default().pieces {
            self.disown(piece.segment);
        }
    }

    /// Ends all sequences but this one, and gives their memory back.
    pub fn keep_only(&mut self, sequence: SequenceId) {
        let mut others: Vec<SequenceId> = self.sequences.keys().copied().collect();
        others.retain(|&other| other != sequence);
        others.into_iter().for_each(|other| self.release(other));
        for &segment in &self.spare {
            self.segments[segment].layers.fill(LayerSegment::default());
        }
    }

    /// Bytes taken by keys and values, those kept for later sequences included.
    pub fn bytes(&self) -> usize {
        let floats = |layer: &LayerSegment| layer.keys.capacity() + layer.values.capacity();
        let total: usize =
            self.segments.iter().flat_map(|segment| &segment.layers).map(floats).sum();
        total * size_of::<f32>()
    }

    fn disown(&mut self, segment: usize) {
        let held = &mut self.segments[segment];
        held.owners -= 1;
        if held.owners == 0 {
            held.len = 0;
            self.spare.push(segment);
        }
    }

    pub(super) fn contains(&self, sequence: SequenceId) -> bool {
        self.sequences.contains_key(&sequence)
    }

    /// Makes room for `count` more positions at the end of a sequence; they are then part of it, to
    /// be filled with [`KvCache::write`] layer by layer. Returns where to write them.
    pub(super) fn extend(&mut self, sequence: SequenceId, count: usize) -> Result<Room> {
        let pieces = match self.sequences.get_mut(&sequence) {
            Some(sequence) => &mut sequence.pieces,
            None => return Err(Error::Internal("the sequence has been released".into())),
        };
        let own = pieces.last().is_some_and(|piece| self.segments[piece.segment].owners == 1);
        if !own {
            let segment = self.spare.pop().unwrap_or_else(|| {
                let layers = vec![LayerSegment::default(); self.layers];
                self.segments.push(Segment { layers, len: 0, owners: 0 });
                self.segments.len() - 1
            });
            self.segments[segment].owners = 1;
            pieces.push(Piece { segment, used: 0 });
        }
        let Some(piece) = pieces.last_mut() else {
            return Err(Error::Internal("a sequence without a segment".into()));
        };
        let start = piece.used;
        piece.used += count;
        let room = Room { segment: piece.segment, start };
        let segment = &mut self.segments[room.segment];
        // What a truncation left behind is overwritten.
        segment.len = piece.used;
        let floats = segment.len.next_multiple_of(GRAIN) * self.kv_heads * self.head_dim;
        for layer in &mut segment.layers {
            grow(&mut layer.keys, floats);
            grow(&mut layer.values, floats);
        }
        Ok(room)
    }

    /// Writes one layer's keys and values, `[positions, kv_heads * head_dim]`, into the room.
    pub(super) fn write(&mut self, layer: usize, room: Room, keys: &[f32], values: &[f32]) {
        let width = self.kv_heads * self.head_dim;
        let held = &mut self.segments[room.segment].layers[layer];
        held.values[room.start * width..][..values.len()].copy_from_slice(values);
        for (i, key) in keys.chunks_exact(width).enumerate() {
            let (block, lane) = ((room.start + i) / LANES, (room.start + i) % LANES);
            let block = &mut held.keys[block * width * LANES..][..width * LANES];
            for (slot, &k) in block[lane..].iter_mut().step_by(LANES).zip(key) {
                *slot = k;
            }
        }
    }

    /// The segments of a sequence at one layer, in order, each with the positions it contributes.
    pub(super) fn pieces(
        &self,
        sequence: SequenceId,
        layer: usize,
    ) -> impl Iterator<Item = (&LayerSegment, usize)> {
        self.sequences
            .get(&sequence)
            .into_iter()
            .flat_map(|sequence| &sequence.pieces)
            .map(move |piece| (&self.segments[piece.segment].layers[layer], piece.used))
    }
}

/// Makes `floats` at least so long, taking no more memory than that.
fn grow(floats: &mut Vec<f32>, len: usize) {
    if let Some(more) = len.checked_sub(floats.len()) {
        floats.reserve_exact(more);
        floats.resize(len, 0.0);
    }
}

/// Where new positions of a sequence are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    segment: usize,
    /// First position, counted within the segment.
    start: usize,
}
