//! Liveness analysis: which registers an instruction, or one after it, still reads.

use super::program::Op;

/// The registers whose values can still change what is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Live {
    pub floor: bool,
    pub mention: bool,
    pub cursor: bool,
}

/// The registers that are live before each instruction. Works backwards until nothing changes.
pub(super) fn live_registers(ops: &[Op]) -> Vec<Live> {
    let mut live = vec![Live::default(); ops.len()];
    let mut changed = true;
    while changed {
        changed = false;
        for (pc, op) in ops.iter().enumerate().rev() {
            let after = live.get(pc + 1).copied().unwrap_or_default();
            let before = match op {
                Op::Accept => Live::default(),
                Op::Choice(targets) => targets
                    .iter()
                    .filter_map(|&target| live.get(target).copied())
                    .fold(Live::default(), Live::or),
                Op::Literal(_) => after,
                Op::Mention(_) => Live { floor: true, mention: false, ..after },
                Op::OccurrenceNumber => Live { mention: true, ..after },
                Op::Copy(_) | Op::SkipSpace | Op::Only(_) => Live { cursor: true, ..after },
                Op::Rewind => Live { floor: false, cursor: false, ..after },
            };
            changed |= before != live[pc];
            live[pc] = before;
        }
    }
    live
}

impl Live {
    fn or(self, other: Live) -> Live {
        Live {
            floor: self.floor | other.floor,
            mention: self.mention | other.mention,
            cursor: self.cursor | other.cursor,
        }
    }
}
