//! The cheapest way to the end of an answer: the one that is drafted.
//!
//! A mention costs most, literals cost their bytes, and what is copied is free. In a format that
//! repeats the sentence the cheapest way is the rest of the sentence without a further mark, which is
//! what a model writes nearly everywhere; in a list it is the end of the list.

use super::input::Input;
use super::program::Op;
use super::table::Table;

/// The cost of a mention; a literal costs its length in bytes.
const MENTION: u32 = 1000;
/// The cost where no way leads to the end.
pub(super) const NO_WAY: u32 = u32::MAX / 2;

/// For each instruction and cursor, the cost of the cheapest way from there to the end.
/// `floor_limits` says from where there is a way.
pub(super) fn costs(input: &Input, floor_limits: &Table) -> Table {
    let (instructions, cursors) = (input.ops().len(), floor_limits.cursors());
    let mut costs = Table::new(instructions, cursors, NO_WAY);
    // Ways lead to later instructions and cursors, except in loops: in this order a few rounds find
    // everything.
    let mut changed = true;
    while changed {
        changed = false;
        for cursor in (0..cursors).rev() {
            for pc in (0..instructions).rev() {
                let cost = match floor_limits.get(pc as u32, cursor as u32) {
                    None | Some(0) => NO_WAY,
                    Some(_) => cost_from(input, &costs, pc as u32, cursor as u32),
                };
                let known = costs.number(pc, cursor);
                changed |= cost < *known;
                *known = cost.min(*known);
            }
        }
    }
    costs
}

/// The cost from an instruction on, as far as those of the instructions after it are known.
fn cost_from(input: &Input, costs: &Table, pc: u32, cursor: u32) -> u32 {
    let from = |pc: u32, cursor: u32| costs.get(pc, cursor).unwrap_or(NO_WAY);
    let (own, rest) = match &input.ops()[pc as usize] {
        Op::Accept => return 0,
        Op::Choice(targets) => {
            let costs = targets.iter().map(|&target| from(target as u32, cursor));
            return costs.min().unwrap_or(NO_WAY);
        }
        Op::Literal(bytes) => (bytes.len() as u32, from(pc + 1, cursor)),
        Op::Mention(_) => (MENTION, from(pc + 1, cursor)),
        Op::Copy(_) => (0, from(pc + 1, cursor + 1)),
        Op::SkipSpace => (0, from(pc + 1, input.after_space(cursor))),
        Op::OccurrenceNumber | Op::Only(_) => (0, from(pc + 1, cursor)),
        Op::Rewind => (0, from(pc + 1, 0)),
    };
    (own + rest).min(NO_WAY)
}
