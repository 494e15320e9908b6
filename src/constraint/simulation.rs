//! Running a program: all its threads at once, byte by byte, as Pike's virtual machine does.
//!
//! A thread always stands before a byte that it can write, and is kept only if the answer can be
//! brought to its end from there, as the [`Plan`] knows. So every state has a next byte or may end, and
//! each next byte leads to such a state: there are no dead ends.

use std::ops::Range;

use super::plan::Plan;
use super::program::Op;
use super::state::{ANYWHERE, ByteSet, Registers, State, Thread};

/// The instructions reached in one step without writing, with the registers there. A buffer kept
/// between steps.
#[derive(Debug, Default)]
pub(super) struct Reached(Vec<(u32, Registers)>);

impl Plan {
    /// The state before anything is written.
    pub fn start(&self, reached: &mut Reached) -> State {
        let mut state = State::default();
        reached.0.clear();
        self.epsilon_closure(0, Registers::default(), &mut state, reached);
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
        next.clear();
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

    /// The next byte on the cheapest way to the end; `None` if nothing can be written.
    pub fn cheapest_byte(&self, state: &State) -> Option<u8> {
        // Of ways that cost the same, the one that closes an open mark rather than copy on.
        let cost = |thread: &Thread| {
            let copies = matches!(self.input.op(thread.pc), Some(Op::Copy(_)));
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
        let Some(Op::Mention(spelling)) = self.input.op(thread.pc) else { return None };
        let limit = self.floor_limit(thread.pc + 1, thread.registers.cursor);
        let pieces: Range<u32> = thread.registers.floor..limit.saturating_sub(1);
        let starts = pieces.filter_map(move |piece| {
            let (byte, end) = self.input.mention_start(*spelling, piece)?;
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
        match self.input.op(thread.pc) {
            Some(Op::Literal(bytes)) => bytes,
            Some(Op::Mention(spelling)) => {
                self.input.spelled(*spelling, piece, start == piece).unwrap_or_default()
            }
            Some(Op::Copy(spelling)) => {
                self.input.spelled(*spelling, registers.cursor, false).unwrap_or_default()
            }
            Some(Op::OccurrenceNumber) => self.input.number(registers.occurrence),
            _ => &[],
        }
    }

    /// Adds to `next` what a thread becomes when it writes its next byte.
    fn write(&self, mut thread: Thread, next: &mut State, reached: &mut Reached) {
        let Thread { pc, piece, start, registers, .. } = thread;
        thread.offset += 1;
        let unit_ends = thread.offset as usize >= self.unit(&thread).len();
        match self.input.op(pc) {
            Some(Op::Mention(spelling)) => {
                thread.registers.floor = 0;
                let limit = self.floor_limit(pc + 1, registers.cursor);
                let numbered = self.live(pc + 1).mention;
                let counts = numbered || self.input.pairs_brackets();
                if !unit_ends {
                    next.threads.push(thread);
                    return;
                }
                let end = self.input.mention_end(*spelling, start, piece + 1);
                if end.is_some_and(|end| end + 1 < limit) {
                    let start = if counts { start } else { ANYWHERE };
                    next.threads.push(Thread { offset: 0, piece: piece + 1, start, ..thread });
                }
                if piece + 1 < limit && self.input.may_end(start, piece) {
                    let occurrence = if numbered { self.input.occurrence(start, piece) } else { 0 };
                    let registers = Registers { floor: piece + 1, occurrence, ..registers };
                    self.epsilon_closure(pc + 1, registers, next, reached);
                }
            }
            _ if !unit_ends => next.threads.push(thread),
            Some(Op::Copy(_)) => {
                let registers = Registers { cursor: registers.cursor + 1, ..registers };
                self.epsilon_closure(pc + 1, registers, next, reached);
            }
            _ => self.epsilon_closure(pc + 1, registers, next, reached),
        }
    }

    /// Adds to `next` the threads reached from `pc` without writing, except those already reached.
    fn epsilon_closure(
        &self,
        pc: u32,
        registers: Registers,
        next: &mut State,
        reached: &mut Reached,
    ) {
        let mut at = reached.0.len();
        self.reach(pc, registers, reached);
        while let Some(&(pc, registers)) = reached.0.get(at) {
            at += 1;
            let thread = Thread { pc, offset: 0, piece: 0, start: ANYWHERE, registers };
            match self.input.op(pc) {
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
                    let cursor = self.input.after_space(registers.cursor);
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
        if registers.floor >= self.floor_limit(pc, registers.cursor) {
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
