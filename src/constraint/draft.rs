//! A guess at what the model will write, to be checked several tokens at a time.
//!
//! The guess is the plainest end the answer can come to: no further mention, no further mark. In a
//! format that tells the sentence again this is the rest of the sentence, which is what the model
//! writes nearly everywhere; in a list it is the end of the list.

use super::plan::Plan;
use super::program::Op;
use super::state::{Reached, State};

/// What a mention costs, beside which literals count by their bytes.
const MENTION: u32 = 1000;
/// From here no answer comes to its end.
pub(super) const NEVER: u32 = u32::MAX / 2;

impl Plan {
    /// For each instruction and cursor, what the plainest end from there costs.
    pub(super) fn find_costs(&self) -> Vec<u32> {
        let (ops, cursors) = (self.ops(), self.cursors());
        let mut costs = vec![NEVER; ops.len() * cursors];
        // What is copied lies behind the cursor and what is written behind the instruction, but for
        // loops: backwards, a few rounds find everything.
        let mut changed = true;
        while changed {
            changed = false;
            for cursor in (0..cursors).rev() {
                for pc in (0..ops.len()).rev() {
                    let cost = self.cost_of(pc as u32, cursor as u32, &costs);
                    let known = &mut costs[pc * cursors + cursor];
                    changed |= cost < *known;
                    *known = cost.min(*known);
                }
            }
        }
        costs
    }

    fn cost_of(&self, pc: u32, cursor: u32, costs: &[u32]) -> u32 {
        let at = |pc, cursor| self.known(costs, pc, cursor).unwrap_or(NEVER);
        if self.limit(pc, cursor) == 0 {
            return NEVER;
        }
        let (own, after) = match &self.ops()[pc as usize] {
            Op::Accept => return 0,
            Op::Choice(targets) => {
                return targets
                    .iter()
                    .map(|&target| at(target as u32, cursor))
                    .min()
                    .unwrap_or(NEVER);
            }
            Op::Literal(bytes) => (bytes.len() as u32, at(pc + 1, cursor)),
            Op::Mention(_) => (MENTION, at(pc + 1, cursor)),
            Op::Copy(_) => (0, at(pc + 1, cursor + 1)),
            Op::SkipSpace => (0, at(pc + 1, self.after_space(cursor))),
            Op::OccurrenceNumber | Op::Only(_) => (0, at(pc + 1, cursor)),
            Op::Rewind => (0, at(pc + 1, 0)),
        };
        (own + after).min(NEVER)
    }

    /// The plainest continuation of `state`, of at most `most` bytes, up to where the answer may end.
    pub(super) fn plainest(&self, state: &State, most: usize) -> Vec<u8> {
        self.run_of(state, most, |state| self.plainest_byte(state))
    }

    /// The bytes that `next` names one after another from `state` on: at most `most`, up to where it
    /// names none or the answer may end.
    pub(super) fn run_of(
        &self,
        state: &State,
        most: usize,
        next: impl Fn(&State) -> Option<u8>,
    ) -> Vec<u8> {
        let mut bytes = Vec::new();
        let (mut state, mut then) = (state.clone(), State::default());
        let mut reached = Reached::default();
        while bytes.len() < most && !state.may_end {
            let Some(byte) = next(&state) else { break };
            self.step(&state, byte, &mut then, &mut reached);
            std::mem::swap(&mut state, &mut then);
            bytes.push(byte);
        }
        bytes
    }
}
