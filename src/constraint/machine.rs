//! The machine: which tokens may come next in an answer, and which bytes must.

use std::sync::Arc;

use super::plan::Plan;
use super::program::Program;
use super::simulation::Reached;
use super::state::State;
use super::token_trie::{TokenId, TokenTrie};
use crate::sentence::Sentence;

/// What was to be written is not allowed here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the grammar does not allow this: refused at byte {at} of what was added")]
pub struct Refused {
    /// How many of the bytes are allowed.
    pub at: usize,
}

/// Runs a program for one answer: says what it allows next, and takes what is written.
///
/// A clone shares the prepared program and copies the state, a few threads.
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
    /// The states on the path to the node of the trie that is looked at.
    path: Vec<State>,
    reached: Reached,
}

impl Machine {
    /// A machine for the answer to `sentence`, before anything is written. `program` is the grammar
    /// made for this sentence.
    pub fn new(program: Program, sentence: Arc<Sentence>) -> Self {
        let plan = Arc::new(Plan::new(program, sentence));
        let mut scratch = Scratch::default();
        let state = plan.start(&mut scratch.reached);
        Machine { plan, state, ended: false, scratch }
    }

    /// Puts into `out` every token after which the answer can still be brought to its end,
    /// ascending; the end token is among them if the answer may end here.
    ///
    /// Until the answer has ended there is always one, provided that the program has an answer at
    /// all and that the trie [writes](TokenTrie::writes) each byte of it.
    pub fn allowed(&mut self, trie: &TokenTrie, out: &mut Vec<TokenId>) {
        out.clear();
        if self.ended {
            return;
        }
        if self.state.may_end {
            out.push(trie.end());
        }
        walk(&self.plan, trie, TokenTrie::ROOT, &self.state, 0, &mut self.scratch, out);
        out.sort_unstable();
    }

    /// The longest run of bytes that comes next whatever is chosen; empty if there is a choice, also
    /// if the choice is to end the answer here.
    ///
    /// It may stop within what the model would write as one token, as in `Chemical: ` before a word:
    /// its last token is better left to the model.
    pub fn forced(&self) -> Vec<u8> {
        self.continuation(usize::MAX, |state| self.plan.next_bytes(state).single())
    }

    /// The cheapest way to go on, at most `max_bytes` of it and only up to where the answer may end:
    /// with no further mention or mark than must be. A draft for speculative decoding.
    pub fn cheapest(&self, max_bytes: usize) -> Vec<u8> {
        self.continuation(max_bytes, |state| self.plan.cheapest_byte(state))
    }

    /// The bytes that `next` chooses one after another: at most `max_bytes`, up to where it chooses
    /// none or the answer may end.
    fn continuation(&self, max_bytes: usize, next: impl Fn(&State) -> Option<u8>) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.ended {
            return bytes;
        }
        let (mut state, mut after) = (self.state.clone(), State::default());
        let mut reached = Reached::default();
        while bytes.len() < max_bytes && !state.may_end {
            let Some(byte) = next(&state) else { break };
            self.plan.step(&state, byte, &mut after, &mut reached);
            std::mem::swap(&mut state, &mut after);
            bytes.push(byte);
        }
        bytes
    }

    /// Writes a token; the end token ends the answer.
    ///
    /// # Errors
    /// If the token is not [allowed](Machine::allowed). The machine is then as it was.
    pub fn push(&mut self, trie: &TokenTrie, token: TokenId) -> Result<(), Refused> {
        if token == trie.end() {
            if !self.may_end() {
                return Err(Refused { at: 0 });
            }
            self.ended = true;
            return Ok(());
        }
        match trie.bytes(token) {
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

    /// Whether what was written is a whole answer that is not ended yet.
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

/// Adds to `out` the tokens below `node` that the program allows. `state` is its state after the bytes
/// on the path to `node`, of which there are `depth`.
fn walk(
    plan: &Plan,
    trie: &TokenTrie,
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
    for child in trie.children(node) {
        let byte = trie.label(child);
        if !bytes.contains(byte) {
            continue;
        }
        out.extend_from_slice(trie.tokens(child));
        if !trie.is_leaf(child) {
            plan.step(state, byte, &mut next, &mut scratch.reached);
            walk(plan, trie, child, &next, depth + 1, scratch, out);
        }
    }
    scratch.path[depth] = next;
}
