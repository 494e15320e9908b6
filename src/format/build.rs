//! Building blocks that several grammars share.

use crate::constraint::{Op, Program, SpellingId};

/// How a list of mentions is written: what stands before the first, before each later one, and what
/// stands for an empty list.
pub(super) struct List<'a> {
    pub(super) first: &'a str,
    pub(super) next: &'a str,
    pub(super) none: &'a str,
}

impl List<'_> {
    /// Adds a list of items, each written by what `item` adds. An item holds a mention; where the
    /// sentence has none left, the machine does not begin another item.
    pub(super) fn build(&self, program: &mut Program, item: impl FnOnce(&mut Program)) {
        let start = program.choice();
        let some = program.here();
        literal(program, self.first);
        let repeat = program.here();
        item(program);
        let after = program.choice();
        let more = program.here();
        literal(program, self.next);
        program.jump(repeat);
        let none = program.here();
        literal(program, self.none);
        let end = program.here();
        program.set_choice(start, [some, none]);
        program.set_choice(after, [more, end]);
    }
}

/// Adds a literal, unless it is empty.
pub(super) fn literal(program: &mut Program, text: &str) {
    if !text.is_empty() {
        program.literal(text);
    }
}

/// Adds a choice of branches, all of which continue with what is added next.
pub(super) fn either<T>(
    program: &mut Program,
    branches: impl IntoIterator<Item = T>,
    mut build: impl FnMut(&mut Program, T),
) {
    let choice = program.choice();
    let mut starts = Vec::new();
    let mut jumps = Vec::new();
    for branch in branches {
        starts.push(program.here());
        build(program, branch);
        jumps.push(program.choice());
    }
    let end = program.here();
    for jump in jumps {
        program.set_choice(jump, [end]);
    }
    program.set_choice(choice, starts);
}

/// Adds a choice of the names of the types.
pub(super) fn type_name(program: &mut Program, types: &[String]) {
    either(program, types, |program, name| literal(program, name));
}

/// Adds a mention, written plain where `plain` can write it, or between quotes.
pub(super) fn plain_or_quoted(program: &mut Program, plain: SpellingId, quoted: SpellingId) {
    either(program, [false, true], |program, quotes| {
        if quotes {
            program.literal("\"");
            program.push(Op::Mention(quoted));
            program.literal("\"");
        } else {
            program.push(Op::Mention(plain));
        }
    });
}
