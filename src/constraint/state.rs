//! The simulation of a program: all its threads at once, byte by byte.
//!
//! A [`State`] is the set of all places a program can be in after what was written, as in Pike's
//! virtual machine. A thread always stands before a byte it can write, and is kept only if the
//! answer can be brought to its end from there (see [`Plan`]). So every state has a next byte or
//! may end, and each next byte leads to such a state: there are no dead ends. Of threads that
//! differ in nothing but their floor the lowest is kept, for it can write whatever the others can.

use std::ops::Range;

use super::plan::Plan;
use super::program::Op;

/// In place of a piece: before the first byte of a mention, wherever it may start.
const ANYWHERE: u32 = u32::MAX;

/// A place in the program and in the unit (literal, piece, number) that is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Thread {
    pc: u32,
    /// The bytes of the unit already written.
    offset: u32,
    /// In a mention, the piece that is being written, or [`ANYWHERE`].
    piece: u32,
    /// In a mention, its first piece; [`ANYWHERE`] where that does not matter any more.
    start: u32,
    registers: Registers,
}

/// The registers of a thread; 0 where they are not needed any more, so that equal threads look
/// equal. The floor comes last: of sorted threads that differ only in it the first is to be kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Registers {
    /// Which occurrence of its text the last mention is: all of it that can still be asked for.
    occurrence: u32,
    cursor: u32,
    floor: u32,
}

/// A set of threads, sorted, each once; and whether the answer may end.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    threads: Vec<Thread>,
    pub may_end: bool,
}

/// The instructions reached in one step, with the registers there.
#[derive(Debug, Default)]
pub(super) struct Reached(Vec<(u32, Registers)>);

/// A set of bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ByteSet([u64; 4]);

impl Plan {
    /// The state in which nothing is written.
    pub fn start(&self, reached: &mut Reached) -> State {
        let mut state = State::default();
        reached.0.clear();
        self.follow(0, Registers::default(), &mut state, reached);
        state.sort();
        state
    }

    /// The bytes that can come next.
    pub fn next_bytes(&self, state: &State) -> ByteSet {
        let mut bytes = ByteSet::default();
        for thread in &state.threads {
            match self.open_starts(thread) {
                Some(starts) => starts.for_each(|(_, byte)| bytes.add(byte)),
                None => self.next_byte(thread).into_iter().for_each(|byte| bytes.add(byte)),
            }
        }
        bytes
    }

    /// Puts into `next` what `state` becomes when `byte` is written.
    pub fn step(&self, state: &State, byte: u8, next: &mut State, reached: &mut Reached) {
        next.threads.clear();
        next.may_end = false;
        reached.0.clear();
        for thread in &state.threads {
            if let Some(starts) = self.open_starts(thread) {
                for (piece, _) in starts.filter(|&(_, first)| first == byte) {
                    self.write(Thread { piece, start: piece, ..*thread }, next, reached);
                }
            } else if self.next_byte(thread) == Some(byte) {
                self.write(*thread, next, reached);
            }
        }
        next.sort();
    }

    /// The byte that leads to the plainest end; `None` if nothing can be written.
    pub fn plainest_byte(&self, state: &State) -> Option<u8> {
        // Of two ways that cost the same, the one that does not go on with a mark that is open.
        let cost = |thread: &Thread| {
            let copies = matches!(self.op(thread.pc), Some(Op::Copy(_)));
            (self.cost(thread.pc, thread.registers.cursor), copies)
        };
        let byte = |thread: &Thread| match self.open_starts(thread) {
            Some(mut starts) => starts.next().map(|(_, byte)| byte),
            None => self.next_byte(thread),
        };
        let choices = state.threads.iter().filter_map(|thread| Some((cost(thread), byte(thread)?)));
        choices.min().map(|(_, byte)| byte)
    }

    /// If the thread is before a mention, the pieces at which the mention can start and the bytes
    /// it then begins with.
    fn open_starts(&self, thread: &Thread) -> Option<impl Iterator<Item = (u32, u8)>> {
        let Some(Op::Mention(spelling)) = self.op(thread.pc) else { return None };
        let limit = self.limit(thread.pc + 1, thread.registers.cursor);
        let pieces: Range<u32> = thread.registers.floor..limit.saturating_sub(1);
        let starts = pieces.filter_map(move |piece| {
            let (byte, end) = self.mention_start(*spelling, piece)?;
            (end + 1 < limit).then_some((piece, byte))
        });
        (thread.piece == ANYWHERE).then_some(starts)
    }

    fn next_byte(&self, thread: &Thread) -> Option<u8> {
        self.unit(thread).get(thread.offset as usize).copied()
    }

    /// The bytes a thread is writing.
    fn unit(&self, thread: &Thread) -> &[u8] {
        let Thread { piece, start, registers, .. } = *thread;
        match self.op(thread.pc) {
            Some(Op::Literal(bytes)) => bytes,
            Some(Op::Mention(spelling)) => {
                self.spelled(*spelling, piece, start == piece).unwrap_or_default()
            }
            Some(Op::Copy(spelling)) => {
                self.spelled(*spelling, registers.cursor, false).unwrap_or_default()
            }
            Some(Op::OccurrenceNumber) => self.number(registers.occurrence),
            _ => &[],
        }
    }

    /// Adds to `next` what a thread becomes when it writes its next byte.
    fn write(&self, mut thread: Thread, next: &mut State, reached: &mut Reached) {
        let Thread { pc, piece, start, registers, .. } = thread;
        thread.offset += 1;
        let unit_ends = thread.offset as usize >= self.unit(&thread).len();
        match self.op(pc) {
            Some(Op::Mention(spelling)) => {
                thread.registers.floor = 0;
                let limit = self.limit(pc + 1, registers.cursor);
                let numbered = self.live(pc + 1).mention;
                let counts = numbered || self.pairs_brackets();
                if !unit_ends {
                    next.threads.push(thread);
                    return;
                }
                let end = self.mention_end(*spelling, start, piece + 1);
                if end.is_some_and(|end| end + 1 < limit) {
                    let start = if counts { start } else { ANYWHERE };
                    next.threads.push(Thread { offset: 0, piece: piece + 1, start, ..thread });
                }
                if piece + 1 < limit && self.may_end(start, piece) {
                    let occurrence = if numbered { self.occurrence(start, piece) } else { 0 };
                    let registers = Registers { floor: piece + 1, occurrence, ..registers };
                    self.follow(pc + 1, registers, next, reached);
                }
            }
            _ if !unit_ends => next.threads.push(thread),
            Some(Op::Copy(_)) => {
                let registers = Registers { cursor: registers.cursor + 1, ..registers };
                self.follow(pc + 1, registers, next, reached);
            }
            _ => self.follow(pc + 1, registers, next, reached),
        }
    }

    /// Adds to `next` the threads reached from `pc` without writing, except those already reached.
    fn follow(&self, pc: u32, registers: Registers, next: &mut State, reached: &mut Reached) {
        let mut at = reached.0.len();
        self.reach(pc, registers, reached);
        while let Some(&(pc, registers)) = reached.0.get(at) {
            at += 1;
            let thread = Thread { pc, offset: 0, piece: 0, start: ANYWHERE, registers };
            match self.op(pc) {
                None => {}
                Some(Op::Accept) => next.may_end = true,
                Some(Op::Choice(targets)) => {
                    for &target in targets {
                        self.reach(target as u32, registers, reached);
                    }
                }
                Some(Op::Literal(bytes)) if bytes.is_empty() => {
                    self.reach(pc + 1, registers, reached);
                }
                Some(Op::Literal(_) | Op::OccurrenceNumber | Op::Copy(_)) => {
                    next.threads.push(thread);
                }
                Some(Op::Mention(_)) => next.threads.push(Thread { piece: ANYWHERE, ..thread }),
                Some(Op::SkipSpace) => {
                    let cursor = self.after_space(registers.cursor);
                    self.reach(pc + 1, Registers { cursor, ..registers }, reached);
                }
                // Where it does not hold, the limit is 0 and this was not reached.
                Some(Op::Only(_)) => self.reach(pc + 1, registers, reached),
                Some(Op::Rewind) => {
                    let registers = Registers { floor: 0, cursor: 0, ..registers };
                    self.reach(pc + 1, registers, reached);
                }
            }
        }
    }

    /// Adds an instruction to those reached, if the answer can end from there and nothing that can
    /// write as much is reached already.
    fn reach(&self, pc: u32, registers: Registers, Reached(reached): &mut Reached) {
        if registers.floor >= self.limit(pc, registers.cursor) {
            return;
        }
        let live = self.live(pc);
        let needed = |live: bool, value: u32| if live { value } else { 0 };
        let registers = Registers {
            occurrence: needed(live.mention, registers.occurrence),
            cursor: needed(live.cursor, registers.cursor),
            floor: needed(live.floor, registers.floor),
        };
        let known = reached.iter().any(|(other, known)| {
            *other == pc
                && known.occurrence == registers.occurrence
                && known.cursor == registers.cursor
                && known.floor <= registers.floor
        });
        if !known {
            reached.push((pc, registers));
        }
    }
}

impl State {
    /// Whether nothing can be written and the answer cannot end.
    pub fn is_dead(&self) -> bool {
        self.threads.is_empty() && !self.may_end
    }

    fn sort(&mut self) {
        self.threads.sort_unstable();
        self.threads.dedup_by_key(|thread| Thread {
            registers: Registers { floor: 0, ..thread.registers },
            ..*thread
        });
    }
}

impl ByteSet {
    fn add(&mut self, byte: u8) {
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
