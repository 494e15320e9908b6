//! An answer in the making: which tokens may come next, and what must.

use std::sync::Arc;

use super::plan::Plan;
use super::program::Program;
use super::state::{Reached, State};
use super::vocabulary::{TokenId, Vocabulary};
use crate::sentence::Sentence;

/// What was to be written is not allowed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the grammar does not allow this: refused at byte {at} of what was added")]
pub struct Refused {
    /// How many of the bytes are allowed.
    pub at: usize,
}

/// One answer in the making: what its grammar allows next.
///
/// A clone shares the grammar and copies a few threads.
#[derive(Debug)]
pub struct Machine {
    plan: Arc<Plan>,
    state: State,
    ended: bool,
    scratch: Scratch,
}

/// Buffers kept between calls.
#[derive(Debug, Default)]
struct Scratch {
    /// The states on the way to the node of the trie that is being looked at.
    path: Vec<State>,
    reached: Reached,
}

impl Machine {
    /// An answer to `sentence`, nothing written yet. `program` is the grammar made for it.
    pub fn new(program: Arc<Program>, sentence: &Sentence) -> Self {
        let plan = Arc::new(Plan::new(program, sentence));
        let mut scratch = Scratch::default();
        let state = plan.start(&mut scratch.reached);
        Machine { plan, state, ended: false, scratch }
    }

    /// Puts into `out` every token after which the answer can still be brought to its end,
    /// ascending; the end token is among them if the answer may end here.
    ///
    /// Until the answer has ended there is always one, provided that the program has an answer at
    /// all and that the vocabulary [writes](Vocabulary::writes) each byte of it.
    pub fn allowed(&mut self, vocabulary: &Vocabulary, out: &mut Vec<TokenId>) {
        out.clear();
        if self.ended {
            return;
        }
        if self.state.may_end {
            out.push(vocabulary.end());
        }
        walk(&self.plan, vocabulary, Vocabulary::ROOT, &self.state, 0, &mut self.scratch, out);
        out.sort_unstable();
    }

    /// The longest run of bytes that comes next whatever is chosen: empty if there is a choice, to
    /// end the answer here included.
    ///
    /// The run may stop within what the model would write as one token, as in `Chemical: ` before a
    /// word: cut it into tokens with that in mind.
    pub fn forced(&self) -> Vec<u8> {
        if self.ended {
            return Vec::new();
        }
        self.plan.run_of(&self.state, usize::MAX, |state| self.plan.next_bytes(state).single())
    }

    /// The plainest way to go on, of at most `most` bytes: nothing more is marked or listed than must
    /// be. Ends where the answer may. A guess, for a model to confirm several tokens at once.
    pub fn plainest(&self, most: usize) -> Vec<u8> {
        if self.ended { Vec::new() } else { self.plan.plainest(&self.state, most) }
    }

    /// Writes a token; the end token ends the answer.
    ///
    /// # Errors
    /// If the token is not [allowed](Machine::allowed). The machine is then as it was.
    pub fn push(&mut self, vocabulary: &Vocabulary, token: TokenId) -> Result<(), Refused> {
        if token == vocabulary.end() {
            if !self.may_end() {
                return Err(Refused { at: 0 });
            }
            self.ended = true;
            return Ok(());
        }
        match vocabulary.bytes(token) {
            [] => Err(Refused { at: 0 }),
            bytes => self.push_bytes(bytes),
        }
    }

    /// Writes bytes; they may end within a character.
    ///
    /// # Errors
    /// If the grammar does not allow them. The machine is then as it was.
    pub fn push_bytes(&mut self, bytes: &[u8]) -> Result<(), Refused> {
        if self.ended && !bytes.is_empty() {
            return Err(Refused { at: 0 });
        }
        let (mut state, mut next) = (self.state.clone(), State::default());
        for (at, &byte) in bytes.iter().enumerate() {
            self.plan.step(&state, byte, &mut next, &mut self.scratch.reached);
            if next.is_dead() {
                return Err(Refused { at });
            }
            std::mem::swap(&mut state, &mut next);
        }
        self.state = state;
        Ok(())
    }

    /// Whether what was written is a whole answer, not yet ended.
    pub fn may_end(&self) -> bool {
        self.state.may_end && !self.ended
    }
}

impl Clone for Machine {
    fn clone(&self) -> Self {
        Machine {
            plan: self.plan.clone(),
            state: self.state.clone(),
            ended: self.ended,
            scratch: Scratch::default(),
        }
    }
}

/// Adds to `out` the tokens below `node` that go on from what is written on the way to it, after
/// which the program is in `state`.
fn walk(
    plan: &Plan,
    vocabulary: &Vocabulary,
    node: usize,
    state: &State,
    depth: usize,
    scratch: &mut Scratch,
    out: &mut Vec<TokenId>,
) {
    if scratch.path.len() == depth {
        scratch.path.push(State::default());
    }
    let mut next = std::mem::take(&mut scratch.path[depth]);
    let bytes = plan.next_bytes(state);
    for child in vocabulary.children(node) {
        let byte = vocabulary.label(child);
        if !bytes.contains(byte) {
            continue;
        }
        out.extend_from_slice(vocabulary.tokens(child));
        if !vocabulary.is_leaf(child) {
            plan.step(state, byte, &mut next, &mut scratch.reached);
            walk(plan, vocabulary, child, &next, depth + 1, scratch, out);
        }
    }
    scratch.path[depth] = next;
}
