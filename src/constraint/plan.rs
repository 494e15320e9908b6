//! What is worked out about a program and its sentence before the first token: which registers an
//! instruction still needs, and from where an answer can be brought to its end.
//!
//! Without the second, a machine could follow `; ` behind the last word of the sentence and find
//! that no mention is left to write. It is exact and small because of one property: whatever can be
//! written from a `floor` can also be written from a lower one. So for each instruction and each
//! `cursor` one number says all, the highest floor from which the answer can still end.

use std::sync::Arc;

use super::program::{Condition, Op, Program, SpellingId};
use crate::sentence::{PieceKind, Sentence};

/// Which registers can still change what is written, from an instruction on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Live {
    pub floor: bool,
    pub mention: bool,
    pub cursor: bool,
}

/// One spelling of the sentence, as mentions use it.
#[derive(Debug)]
struct SpellingTable {
    /// For each piece, the byte a mention that starts there begins with and the nearest piece at which
    /// it can end; `None` if none starts there.
    starts: Vec<Option<(u8, u32)>>,
    /// For each piece, the nearest piece at which a mention that holds it can end, brackets aside; `None` if there is none, because the piece, or one before the end, cannot be written.
    ends: Vec<Option<u32>>,
}

/// A program, its sentence, and what is known about both.
#[derive(Debug)]
pub(super) struct Plan {
    program: Arc<Program>,
    sentence: Sentence,
    spellings: Vec<SpellingTable>,
    /// Whether brackets go in pairs in this sentence's mentions.
    pairs_brackets: bool,
    /// The occurrence numbers, in decimal, from 0; empty if the program writes none.
    numbers: Vec<Box<[u8]>>,
    live: Vec<Live>,
    /// How many cursors are told apart: one if the program never asks for it.
    cursors: usize,
    /// For each instruction and cursor, the first floor from which the answer cannot end any more.
    limits: Vec<u32>,
    /// For each instruction and cursor, what the plainest end from there costs.
    costs: Vec<u32>,
}

impl Plan {
    pub fn new(program: Arc<Program>, sentence: &Sentence) -> Self {
        let spellings =
            (0..program.spellings().len()).map(|id| SpellingTable::new(&program, id, sentence));
        let spellings = spellings.collect();
        let live = live_registers(program.ops());
        let cursors =
            if live.iter().any(|live| live.cursor) { sentence.pieces().len() + 1 } else { 1 };
        let numbers = match program.ops().contains(&Op::OccurrenceNumber) {
            true => {
                (0..=sentence.pieces().len()).map(|n| n.to_string().into_bytes().into()).collect()
            }
            false => Vec::new(),
        };
        let limits = vec![0; live.len() * cursors];
        let sentence = sentence.clone();
        let costs = Vec::new();
        let pairs_brackets = program.pairs_brackets(&sentence);
        let mut plan = Plan {
            program,
            sentence,
            spellings,
            pairs_brackets,
            numbers,
            live,
            cursors,
            limits,
            costs,
        };
        plan.find_limits();
        plan.costs = plan.find_costs();
        plan
    }

    /// The instruction at `pc`; `None` behind the last.
    pub fn op(&self, pc: u32) -> Option<&Op> {
        self.program.ops().get(pc as usize)
    }

    /// All instructions.
    pub fn ops(&self) -> &[Op] {
        self.program.ops()
    }

    /// How many cursors are told apart: one if the program never asks for it.
    pub fn cursors(&self) -> usize {
        self.cursors
    }

    /// What the plainest end costs from `pc` with `cursor`.
    pub fn cost(&self, pc: u32, cursor: u32) -> u32 {
        self.known(&self.costs, pc, cursor).unwrap_or(super::draft::NEVER)
    }

    /// What a table of every instruction and cursor says of these; nothing for a cursor behind the
    /// sentence's end.
    pub(super) fn known(&self, table: &[u32], pc: u32, cursor: u32) -> Option<u32> {
        let cursor = if self.cursors == 1 { 0 } else { cursor as usize };
        let place = pc as usize * self.cursors + cursor;
        table.get(place).copied().filter(|_| cursor < self.cursors)
    }

    /// The registers that are needed from `pc` on.
    pub fn live(&self, pc: u32) -> Live {
        self.live.get(pc as usize).copied().unwrap_or_default()
    }

    /// The first floor from which the answer cannot be brought to its end, at `pc` with `cursor`.
    pub fn limit(&self, pc: u32, cursor: u32) -> u32 {
        self.known(&self.limits, pc, cursor).unwrap_or(0)
    }

    /// How many pieces the sentence has.
    pub fn pieces(&self) -> u32 {
        self.sentence.pieces().len() as u32
    }

    /// Whether a piece is there and is a space, or not.
    pub fn is_space(&self, piece: u32) -> Option<bool> {
        self.sentence.pieces().get(piece as usize).map(|piece| piece.kind == PieceKind::Space)
    }

    /// Whether a piece is there and a mention may begin with it.
    fn may_begin(&self, piece: u32) -> bool {
        self.program.may_begin(&self.sentence, piece as usize)
    }

    /// How a piece is written, as the first of a mention or elsewhere.
    pub fn spelled(&self, spelling: SpellingId, piece: u32, first: bool) -> Option<&[u8]> {
        let pieces = &self.program.spellings().get(spelling)?.pieces;
        let (as_first, elsewhere) = pieces.get(piece as usize)?;
        let bytes = if first { as_first } else { elsewhere };
        bytes.as_deref().filter(|bytes| !bytes.is_empty())
    }

    /// The byte with which a mention that starts at a piece begins and the nearest piece at which it
    /// can end; `None` if none starts there.
    pub fn mention_start(&self, spelling: SpellingId, piece: u32) -> Option<(u8, u32)> {
        *self.spellings.get(spelling)?.starts.get(piece as usize)?
    }

    /// The nearest piece at which a mention that started at `start` and goes on with `piece` can end.
    /// Where brackets do not matter, neither does `start`.
    pub fn mention_end(&self, spelling: SpellingId, start: u32, piece: u32) -> Option<u32> {
        let table = self.spellings.get(spelling)?;
        let goes_on = piece.checked_sub(1).is_some_and(|before| self.may_go_on(before));
        goes_on.then(|| table.end(&self.program, &self.sentence, start, piece))?
    }

    /// Whether a mention that started at `start` may end with a piece.
    pub fn may_end(&self, start: u32, piece: u32) -> bool {
        self.program.may_end(&self.sentence, piece as usize)
            && (!self.pairs_brackets || self.sentence.is_balanced(start as usize, piece as usize))
    }

    /// Whether a mention that holds a piece may hold the next one too.
    fn may_go_on(&self, piece: u32) -> bool {
        self.program.may_go_on(&self.sentence, piece as usize)
    }

    /// Whether where a mention ends hangs on where it started.
    pub fn pairs_brackets(&self) -> bool {
        self.pairs_brackets
    }

    /// Which occurrence of its own text the mention of these pieces is, from 1.
    pub fn occurrence(&self, first: u32, last: u32) -> u32 {
        let pieces = self.sentence.pieces();
        let start = pieces[first as usize].view.start;
        let text = &self.sentence.view()[start..pieces[last as usize].view.end];
        self.sentence.occurrences(text).take_while(|place| place.start <= start).count() as u32
    }

    /// A number in decimal. 0, the occurrence before any mention is written, is a number too.
    pub fn number(&self, number: u32) -> &[u8] {
        self.numbers.get(number as usize).map_or(&[], |digits| digits)
    }

    /// Works backwards from the ends of the program until no limit rises any more.
    fn find_limits(&mut self) {
        let mut before = vec![Vec::new(); self.live.len()];
        let mut risen = Vec::new();
        for (pc, op) in self.program.ops().iter().enumerate() {
            match op {
                Op::Accept => risen.extend((0..self.cursors).map(|cursor| (pc, cursor))),
                Op::Choice(targets) => {
                    for &target in targets {
                        before.get_mut(target).into_iter().for_each(|list| list.push(pc));
                    }
                }
                _ if pc + 1 < before.len() => before[pc + 1].push(pc),
                _ => {}
            }
        }
        for &(pc, cursor) in &risen {
            self.limits[pc * self.cursors + cursor] = self.pieces() + 1;
        }
        while let Some((pc, cursor)) = risen.pop() {
            for &earlier in &before[pc] {
                let cursors = match self.program.ops()[earlier] {
                    Op::Copy(_) | Op::SkipSpace => cursor.saturating_sub(1)..cursor + 1,
                    Op::Rewind if cursor == 0 => 0..self.cursors,
                    Op::Rewind => continue,
                    _ => cursor..cursor + 1,
                };
                for cursor in cursors {
                    let limit = self.limit_before(earlier as u32, cursor as u32);
                    let known = &mut self.limits[earlier * self.cursors + cursor];
                    if limit > *known {
                        *known = limit;
                        risen.push((earlier, cursor));
                    }
                }
            }
        }
    }

    /// The limit of an instruction, as far as those of the instructions after it are known.
    fn limit_before(&self, pc: u32, cursor: u32) -> u32 {
        let any_floor = self.pieces() + 1;
        match &self.program.ops()[pc as usize] {
            Op::Accept => any_floor,
            Op::Choice(targets) => {
                targets.iter().map(|&target| self.limit(target as u32, cursor)).max().unwrap_or(0)
            }
            Op::Literal(_) | Op::OccurrenceNumber => self.limit(pc + 1, cursor),
            // The shortest mention leaves the lowest floor.
            Op::Mention(spelling) => {
                let limit = self.limit(pc + 1, cursor);
                let fits = |start: u32| {
                    self.mention_start(*spelling, start).is_some_and(|(_, end)| end + 1 < limit)
                };
                (1..limit).rev().find(|&after| fits(after - 1)).unwrap_or(0)
            }
            Op::Copy(spelling) => match self.spelled(*spelling, cursor, false) {
                Some(_) => self.limit(pc + 1, cursor + 1),
                None => 0,
            },
            Op::SkipSpace => self.limit(pc + 1, self.after_space(cursor)),
            Op::Only(condition) => {
                if self.holds(*condition, cursor) {
                    self.limit(pc + 1, cursor)
                } else {
                    0
                }
            }
            Op::Rewind => {
                if self.limit(pc + 1, 0) > 0 {
                    any_floor
                } else {
                    0
                }
            }
        }
    }

    /// The cursor after [`Op::SkipSpace`].
    pub fn after_space(&self, cursor: u32) -> u32 {
        if self.is_space(cursor) == Some(true) { cursor + 1 } else { cursor }
    }

    fn holds(&self, condition: Condition, cursor: u32) -> bool {
        let before = cursor.checked_sub(1);
        match condition {
            Condition::BeforeText => self.is_space(cursor) == Some(false),
            Condition::AfterMention => {
                before.is_some_and(|piece| self.program.may_end(&self.sentence, piece as usize))
            }
            Condition::InMention => before.is_some_and(|piece| self.may_go_on(piece)),
            Condition::AfterInMention => before.is_some_and(|last| {
                let space = last.checked_sub(1).filter(|&piece| self.is_space(piece) == Some(true));
                let first = space.unwrap_or(last).saturating_sub(1);
                (first..last).all(|piece| self.may_go_on(piece))
            }),
            Condition::BeforeMention => self.may_begin(cursor),
            Condition::AfterFirst => before.is_some_and(|piece| self.may_begin(piece)),
            Condition::AtEnd => cursor >= self.pieces(),
        }
    }
}

impl SpellingTable {
    fn new(program: &Program, spelling: SpellingId, sentence: &Sentence) -> Self {
        let spelling = &program.spellings()[spelling];
        let count = sentence.pieces().len();
        let mut table = SpellingTable { starts: vec![None; count], ends: vec![None; count] };
        let spelled = |index: usize| match spelling.pieces.get(index) {
            Some((first, elsewhere)) => (first.as_deref(), elsewhere.as_deref()),
            None => (None, None),
        };
        let mut end_after = None;
        for index in (0..count).rev() {
            let end = match program.may_end(sentence, index) {
                true => Some(index as u32),
                false => end_after,
            };
            let written = spelled(index).1.is_some_and(|bytes| !bytes.is_empty());
            table.ends[index] = end.filter(|_| written);
            // What a mention that goes on from the piece before can reach.
            let goes_on = index > 0 && program.may_go_on(sentence, index - 1);
            end_after = table.ends[index].filter(|_| goes_on);
        }
        let pairs = program.pairs_brackets(sentence);
        for index in (0..count).filter(|&index| program.may_begin(sentence, index)) {
            let first = spelled(index).0.and_then(|bytes| bytes.first().copied());
            let alone =
                program.may_end(sentence, index) && (!pairs || sentence.is_balanced(index, index));
            let end = match alone {
                true => Some(index as u32),
                false if program.may_go_on(sentence, index) => {
                    table.end(program, sentence, index as u32, index as u32 + 1)
                }
                false => None,
            };
            table.starts[index] = first.zip(end);
        }
        table
    }

    /// The nearest piece at which a mention that started at `start` and goes on with `piece` can end.
    fn end(&self, program: &Program, sentence: &Sentence, start: u32, piece: u32) -> Option<u32> {
        let mut end = (*self.ends.get(piece as usize)?)?;
        if !program.pairs_brackets(sentence) {
            return Some(end);
        }
        while !sentence.is_balanced(start as usize, end as usize) {
            if !program.may_go_on(sentence, end as usize) {
                return None;
            }
            end = (*self.ends.get(end as usize + 1)?)?;
        }
        Some(end)
    }
}

/// Which registers each instruction needs, itself or further on.
fn live_registers(ops: &[Op]) -> Vec<Live> {
    let mut live = vec![Live::default(); ops.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for (pc, op) in ops.iter().enumerate().rev() {
            let after = live.get(pc + 1).copied().unwrap_or_default();
            let needs = match op {
                Op::Accept => Live::default(),
                Op::Choice(targets) => targets
                    .iter()
                    .filter_map(|&target| live.get(target).copied())
                    .fold(Live::default(), |a, b| Live {
                        floor: a.floor | b.floor,
                        mention: a.mention | b.mention,
                        cursor: a.cursor | b.cursor,
                    }),
                Op::Literal(_) => after,
                Op::Mention(_) => Live { floor: true, mention: false, ..after },
                Op::OccurrenceNumber => Live { mention: true, ..after },
                Op::Copy(_) | Op::SkipSpace | Op::Only(_) => Live { cursor: true, ..after },
                Op::Rewind => Live { floor: false, cursor: false, ..after },
            };
            changed |= needs != live[pc];
            live[pc] = needs;
        }
    }
    live
}
