//! Shapes that several grammars share.

use crate::constraint::{Op, Program, SpellingId};

/// How a list of mentions is written: what stands before the first, before each later one, and in
/// place of all when there is none.
pub(super) struct List<'a> {
    pub(super) first: &'a str,
    pub(super) next: &'a str,
    pub(super) none: &'a str,
}

impl List<'_> {
    /// Adds the list, of items that `item` adds. Each holds a mention; where the sentence has none
    /// left to put there, the machine does not begin another.
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

/// Adds a literal, if there is anything to write.
pub(super) fn literal(program: &mut Program, text: &str) {
    if !text.is_empty() {
        program.literal(text);
    }
}

/// Adds a choice of branches that all go on with what is added next.
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

/// Adds a mention that is written plain where `plain` can, or between quotes.
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
