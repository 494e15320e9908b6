//! The state of a running program: the set of its threads.

/// In place of a piece: before the first byte of a mention, wherever it may start.
pub(super) const ANYWHERE: u32 = u32::MAX;

/// An instruction, and how far the unit that it writes (a literal, a piece, a number) is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Thread {
    pub pc: u32,
    /// The bytes of the unit already written.
    pub offset: u32,
    /// In a mention, the piece that is being written, or [`ANYWHERE`].
    pub piece: u32,
    /// In a mention, its first piece; [`ANYWHERE`] where that does not matter any more.
    pub start: u32,
    pub registers: Registers,
}

/// The registers of a thread; 0 where they are not live, so that threads that do the same are equal.
/// The floor comes last: of sorted threads that differ only in it, the first is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Registers {
    /// Which occurrence of its text the last mention is: all of the mention that is still needed.
    pub occurrence: u32,
    pub cursor: u32,
    pub floor: u32,
}

/// The threads of a program after what was written, sorted, each once; and whether the answer may end.
/// Of threads that differ only in their floor, the one with the lowest is kept: it can write whatever
/// the others can.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub threads: Vec<Thread>,
    pub may_end: bool,
}

/// A set of bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ByteSet([u64; 4]);

impl State {
    /// Whether nothing can be written and the answer cannot end.
    pub fn is_dead(&self) -> bool {
        self.threads.is_empty() && !self.may_end
    }

    /// Makes it the state without threads.
    pub fn clear(&mut self) {
        self.threads.clear();
        self.may_end = false;
    }

    /// Sorts the threads and removes those that others make unnecessary.
    pub fn sort(&mut self) {
        self.threads.sort_unstable();
        self.threads.dedup_by_key(|thread| Thread {
            registers: Registers { floor: 0, ..thread.registers },
            ..*thread
        });
    }
}

impl ByteSet {
    pub fn add(&mut self, byte: u8) {
        self.0[usize::from(byte >> 6)] |= 1 << (byte & 63);
    }

    pub fn contains(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] & (1 << (byte & 63)) != 0
    }

    /// The byte of a set of one.
    pub fn single(&self) -> Option<u8> {
        let count = self.0.iter().map(|word| word.count_ones()).sum::<u32>();
        let word = self.0.iter().position(|&word| word != 0)?;
        (count == 1).then(|| (word as u32 * 64 + self.0[word].trailing_zeros()) as u8)
    }
}
