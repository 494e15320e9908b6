//! From where an answer can still be brought to its end: in the words of automata theory, which
//! configurations are co-accessible.
//!
//! Without this, a machine could write `; ` after the last word of the sentence and then find that no
//! mention is left. The analysis is exact and small because whatever can be written from a `floor` can
//! also be written from a lower one. So one number for each instruction and cursor is enough: the
//! first floor from which the answer cannot end any more.

use super::input::Input;
use super::program::Op;
use super::table::Table;

/// For each instruction and cursor, the first floor from which the answer cannot end any more; 0 if
/// it cannot end from any. Works backwards from the ends of the program until no limit rises.
pub(super) fn floor_limits(input: &Input, cursors: usize) -> Table {
    let ops = input.ops();
    let mut limits = Table::new(ops.len(), cursors, 0);
    let before = predecessors(ops);
    let mut risen = Vec::new();
    for (pc, op) in ops.iter().enumerate() {
        if *op == Op::Accept {
            risen.extend((0..cursors).map(|cursor| (pc, cursor)));
        }
    }
    for &(pc, cursor) in &risen {
        *limits.number(pc, cursor) = any_floor(input);
    }
    while let Some((pc, cursor)) = risen.pop() {
        for &earlier in &before[pc] {
            let earlier_cursors = match ops[earlier] {
                Op::Copy(_) | Op::SkipSpace => cursor.saturating_sub(1)..cursor + 1,
                Op::Rewind if cursor == 0 => 0..cursors,
                Op::Rewind => continue,
                _ => cursor..cursor + 1,
            };
            for cursor in earlier_cursors {
                let limit = limit_before(input, &limits, earlier as u32, cursor as u32);
                let known = limits.number(earlier, cursor);
                if limit > *known {
                    *known = limit;
                    risen.push((earlier, cursor));
                }
            }
        }
    }
    limits
}

/// The limit where the answer can end from any floor.
fn any_floor(input: &Input) -> u32 {
    input.pieces() + 1
}

/// For each instruction, those that it can follow.
fn predecessors(ops: &[Op]) -> Vec<Vec<usize>> {
    let mut before = vec![Vec::new(); ops.len()];
    for (pc, op) in ops.iter().enumerate() {
        match op {
            Op::Accept => {}
            Op::Choice(targets) => {
                for &target in targets {
                    before.get_mut(target).into_iter().for_each(|list| list.push(pc));
                }
            }
            _ => before.get_mut(pc + 1).into_iter().for_each(|list| list.push(pc)),
        }
    }
    before
}

/// The limit of an instruction, as far as those of the instructions after it are known.
fn limit_before(input: &Input, limits: &Table, pc: u32, cursor: u32) -> u32 {
    let limit = |pc: u32, cursor: u32| limits.get(pc, cursor).unwrap_or(0);
    match &input.ops()[pc as usize] {
        Op::Accept => any_floor(input),
        Op::Choice(targets) => {
            targets.iter().map(|&target| limit(target as u32, cursor)).max().unwrap_or(0)
        }
        Op::Literal(_) | Op::OccurrenceNumber => limit(pc + 1, cursor),
        // The shortest mention leaves the lowest floor.
        Op::Mention(spelling) => {
            let after = limit(pc + 1, cursor);
            let fits = |start: u32| {
                input.mention_start(*spelling, start).is_some_and(|(_, end)| end + 1 < after)
            };
            (1..after).rev().find(|&floor| fits(floor - 1)).unwrap_or(0)
        }
        Op::Copy(spelling) => match input.spelled(*spelling, cursor, false) {
            Some(_) => limit(pc + 1, cursor + 1),
            None => 0,
        },
        Op::SkipSpace => limit(pc + 1, input.after_space(cursor)),
        Op::Only(condition) if input.holds(*condition, cursor) => limit(pc + 1, cursor),
        Op::Only(_) => 0,
        Op::Rewind if limit(pc + 1, 0) > 0 => any_floor(input),
        Op::Rewind => 0,
    }
}
