//! A program prepared for its sentence: what is worked out before the first token is written.

use std::sync::Arc;

use super::costs::{NO_WAY, costs};
use super::floor_limits::floor_limits;
use super::input::Input;
use super::liveness::{Live, live_registers};
use super::program::Program;
use super::table::Table;
use crate::sentence::Sentence;

/// A program prepared for its sentence. Machines run it without changing it.
#[derive(Debug)]
pub(super) struct Plan {
    pub input: Input,
    live: Vec<Live>,
    floor_limits: Table,
    costs: Table,
}

impl Plan {
    pub fn new(program: Program, sentence: Arc<Sentence>) -> Self {
        let input = Input::new(program, sentence);
        let live = live_registers(input.ops());
        // Cursors are told apart only if the program reads them.
        let reads_cursor = live.iter().any(|live| live.cursor);
        let cursors = if reads_cursor { input.pieces() as usize + 1 } else { 1 };
        let floor_limits = floor_limits(&input, cursors);
        let costs = costs(&input, &floor_limits);
        Plan { input, live, floor_limits, costs }
    }

    /// The registers that are live before the instruction at `pc`.
    pub fn live(&self, pc: u32) -> Live {
        self.live.get(pc as usize).copied().unwrap_or_default()
    }

    /// The first floor from which the answer cannot be brought to its end, at `pc` with `cursor`.
    pub fn floor_limit(&self, pc: u32, cursor: u32) -> u32 {
        self.floor_limits.get(pc, cursor).unwrap_or(0)
    }

    /// The cost of the cheapest way to the end, from `pc` with `cursor`.
    pub fn cost(&self, pc: u32, cursor: u32) -> u32 {
        self.costs.get(pc, cursor).unwrap_or(NO_WAY)
    }
}
