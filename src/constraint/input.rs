//! The sentence that a program copies from: how its pieces are written, and which of them make
//! mentions.

use std::sync::Arc;

use super::program::{Condition, Op, Program, SpellingId};
use crate::sentence::{PieceKind, Sentence};

/// A program and the sentence that it copies from.
#[derive(Debug)]
pub(super) struct Input {
    program: Program,
    sentence: Arc<Sentence>,
    mentions: Vec<MentionTable>,
    /// Whether brackets go in pairs in this sentence's mentions.
    pairs_brackets: bool,
    /// The occurrence numbers in decimal, from 0; empty if the program writes none.
    numbers: Vec<Box<[u8]>>,
}

/// The mentions that can be written in one spelling.
#[derive(Debug)]
struct MentionTable {
    /// For each piece, the byte a mention that starts there begins with and the nearest piece at which
    /// it can end; `None` if none starts there.
    starts: Vec<Option<(u8, u32)>>,
    /// For each piece, the nearest piece at which a mention that holds it can end, brackets aside;
    /// `None` if there is none because the piece, or one before the end, cannot be written.
    ends: Vec<Option<u32>>,
}

impl Input {
    pub fn new(program: Program, sentence: Arc<Sentence>) -> Self {
        let spellings = 0..program.spellings().len();
        let mentions = spellings.map(|id| MentionTable::new(&program, id, &sentence)).collect();
        let numbers = match program.ops().contains(&Op::OccurrenceNumber) {
            true => {
                (0..=sentence.pieces().len()).map(|n| n.to_string().into_bytes().into()).collect()
            }
            false => Vec::new(),
        };
        let pairs_brackets = program.pairs_brackets(&sentence);
        Input { program, sentence, mentions, pairs_brackets, numbers }
    }

    /// The instruction at `pc`; `None` behind the last.
    pub fn op(&self, pc: u32) -> Option<&Op> {
        self.program.ops().get(pc as usize)
    }

    /// All instructions.
    pub fn ops(&self) -> &[Op] {
        self.program.ops()
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
        *self.mentions.get(spelling)?.starts.get(piece as usize)?
    }

    /// The nearest piece at which a mention that started at `start` and goes on with `piece` can end.
    /// Where brackets do not matter, neither does `start`.
    pub fn mention_end(&self, spelling: SpellingId, start: u32, piece: u32) -> Option<u32> {
        let table = self.mentions.get(spelling)?;
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

    /// Whether it depends on the start of a mention where it may end.
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

    /// The cursor after [`Op::SkipSpace`].
    pub fn after_space(&self, cursor: u32) -> u32 {
        if self.is_space(cursor) == Some(true) { cursor + 1 } else { cursor }
    }

    /// Whether a condition holds of the cursor.
    pub fn holds(&self, condition: Condition, cursor: u32) -> bool {
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

impl MentionTable {
    fn new(program: &Program, spelling: SpellingId, sentence: &Sentence) -> Self {
        let spelling = &program.spellings()[spelling];
        let count = sentence.pieces().len();
        let mut table = MentionTable { starts: vec![None; count], ends: vec![None; count] };
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
            // The nearest end for a mention that goes on from the piece before.
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
