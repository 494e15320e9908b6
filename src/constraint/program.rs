//! The language an output format builds its grammar from.
//!
//! A grammar is a small program, as for a Pike virtual machine for regular expressions: literals,
//! choices and jumps, and in addition instructions that copy from the sentence. Every format's language
//! is regular once the sentence is known, but a plain automaton would need a state for each pair of
//! places in the sentence, where a program with three registers needs twenty instructions. The
//! registers of a thread, all counted in pieces of the sentence:
//!
//! - `floor`: no mention may start before this piece,
//! - `mention`: the pieces of the last mention that was written,
//! - `cursor`: the piece that [`Op::Copy`] writes next.
//!
//! Each loop of a program must hold an [`Op::Mention`] or an [`Op::Copy`]: both move forward in the
//! sentence, so every answer ends, whatever the model prefers.

use crate::sentence::{PieceKind, Sentence};

/// The index of an instruction in its program.
pub type Label = usize;

/// Which spelling of the sentence an instruction writes.
pub type SpellingId = usize;

/// One instruction. Execution continues with the next one unless it says otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// Writes these bytes.
    Literal(Box<[u8]>),
    /// Continues at any of these instructions.
    Choice(Vec<Label>),
    /// Writes a mention: one or more whole pieces from `floor` on, first and last no space, in this
    /// spelling. Sets `mention` to its pieces and `floor` to the piece after it.
    Mention(SpellingId),
    /// Writes, in decimal and from 1, which occurrence of its own text in the sentence `mention` is
    /// (as [`Sentence::occurrences`] counts them). Follows a mention.
    OccurrenceNumber,
    /// Writes the piece at `cursor` in this spelling and moves `cursor` past it.
    Copy(SpellingId),
    /// Moves `cursor` past a space, if it is at one; writes nothing.
    SkipSpace,
    /// Continues only if the condition holds; writes nothing.
    Only(Condition),
    /// Puts `floor` and `cursor` back to the first piece.
    Rewind,
    /// The answer may end here. Execution does not continue: where an answer may end or go on, a choice
    /// leads to this and to the rest.
    Accept,
}

/// A condition of [`Op::Only`] on `cursor`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// It is at a piece that is no space.
    BeforeText,
    /// A mention may end with the piece before it.
    AfterMention,
    /// A mention that holds the piece before it may hold the one it is at.
    InMention,
    /// A mention that holds the last word or symbol before the piece before it may hold that one.
    AfterInMention,
    /// A mention may begin with the piece it is at.
    BeforeMention,
    /// A mention may begin with the piece before it.
    AfterFirst,
    /// It is past the last piece.
    AtEnd,
}

/// The bytes a piece is written with, if it can be.
pub type Spelled = Option<Box<[u8]>>;

/// How the pieces of a sentence are written: as they are, or escaped.
#[derive(Debug, Clone, Default)]
pub struct Spelling {
    /// For each piece, how it is written as the first of a mention, and everywhere else;
    /// `None`, or nothing at all, where it cannot be written in this spelling.
    pub pieces: Vec<(Spelled, Spelled)>,
}

/// A grammar for the answer to one sentence.
#[derive(Debug, Clone, Default)]
pub struct Program {
    ops: Vec<Op>,
    spellings: Vec<Spelling>,
    /// Whether mentions are only what [may be a name](Sentence::may_be_name).
    pub(super) names_only: bool,
}

impl Program {
    /// An empty program.
    pub fn new() -> Self {
        Program::default()
    }

    /// The instructions.
    pub fn ops(&self) -> &[Op] {
        &self.ops
    }

    /// The spellings that instructions refer to.
    pub fn spellings(&self) -> &[Spelling] {
        &self.spellings
    }

    /// Restricts mentions to what [may be a name](Sentence::may_be_name), instead of any run of pieces.
    /// Where the sentence is copied with marks, all holds but that brackets go in pairs.
    pub fn restrict_to_names(&mut self) {
        self.names_only = true;
    }

    /// Puts `prefix` before each line that the program writes: at the start, and after each line end
    /// of a literal. (Pieces of a sentence hold no line ends.)
    pub fn prefix_lines(&mut self, prefix: &str) {
        for op in &mut self.ops {
            match op {
                Op::Literal(bytes) => {
                    let lines = bytes.split(|&byte| byte == b'\n').collect::<Vec<_>>();
                    *bytes = lines.join(format!("\n{prefix}").as_bytes()).into();
                }
                Op::Choice(targets) => targets.iter_mut().for_each(|target| *target += 1),
                _ => {}
            }
        }
        self.ops.insert(0, Op::Literal(prefix.as_bytes().into()));
    }

    /// Whether a mention may begin with a piece of the sentence.
    pub fn may_begin(&self, sentence: &Sentence, index: usize) -> bool {
        match sentence.pieces().get(index) {
            Some(_) if self.names_only => sentence.may_begin_name(index),
            Some(piece) => piece.kind != PieceKind::Space,
            None => false,
        }
    }

    /// Whether a mention may end with a piece of the sentence.
    pub fn may_end(&self, sentence: &Sentence, index: usize) -> bool {
        match sentence.pieces().get(index) {
            Some(_) if self.names_only => sentence.may_end_name(index),
            Some(piece) => piece.kind != PieceKind::Space,
            None => false,
        }
    }

    /// Whether a mention that holds a piece of the sentence may hold the next one too.
    pub fn may_go_on(&self, sentence: &Sentence, index: usize) -> bool {
        !self.names_only || sentence.name_may_go_on(index)
    }

    /// Whether brackets go in pairs in this sentence's mentions.
    pub fn pairs_brackets(&self, sentence: &Sentence) -> bool {
        self.names_only && sentence.has_brackets()
    }

    /// The label of the next instruction to be added.
    pub fn here(&self) -> Label {
        self.ops.len()
    }

    /// Adds an instruction and returns its label.
    pub fn push(&mut self, op: Op) -> Label {
        self.ops.push(op);
        self.ops.len() - 1
    }

    /// Adds a [`Op::Literal`].
    pub fn literal(&mut self, text: &str) -> Label {
        self.push(Op::Literal(text.as_bytes().into()))
    }

    /// Adds a [`Op::Choice`] whose targets are filled in later with [`Program::set_choice`].
    pub fn choice(&mut self) -> Label {
        self.push(Op::Choice(Vec::new()))
    }

    /// Sets the targets of the choice at `label`.
    pub fn set_choice(&mut self, label: Label, targets: impl Into<Vec<Label>>) {
        self.ops[label] = Op::Choice(targets.into());
    }

    /// Adds a jump: a choice with one target.
    pub fn jump(&mut self, target: Label) -> Label {
        self.push(Op::Choice(vec![target]))
    }

    /// Adds a spelling given by a function of a piece's text and whether it comes first; `None`
    /// where the piece cannot be written so.
    pub fn spelling(
        &mut self,
        sentence: &Sentence,
        spell: impl Fn(&str, bool) -> Option<String>,
    ) -> SpellingId {
        self.spelling_at(sentence, |index, first| spell(sentence.piece_text(index), first))
    }

    /// Adds a spelling given by a function of a piece's index and whether it comes first, for
    /// spellings that depend on what stands around the piece.
    pub fn spelling_at(
        &mut self,
        sentence: &Sentence,
        spell: impl Fn(usize, bool) -> Option<String>,
    ) -> SpellingId {
        let bytes = |index: usize, first: bool| -> Spelled {
            Some(spell(index, first)?.into_bytes().into())
        };
        let pieces = (0..sentence.pieces().len())
            .map(|index| (bytes(index, true), bytes(index, false)))
            .collect();
        self.spellings.push(Spelling { pieces });
        self.spellings.len() - 1
    }
}
