//! Results of an analysis of a program.

/// A number for each instruction of a program and each cursor.
#[derive(Debug)]
pub(super) struct Table {
    cursors: usize,
    /// `[instructions, cursors]`
    numbers: Vec<u32>,
}

impl Table {
    /// The same number everywhere. With one cursor, all cursors count as that one.
    pub fn new(instructions: usize, cursors: usize, number: u32) -> Self {
        Table { cursors, numbers: vec![number; instructions * cursors] }
    }

    /// How many cursors are told apart.
    pub fn cursors(&self) -> usize {
        self.cursors
    }

    /// The number of an instruction and a cursor; `None` if there is no such instruction or the cursor
    /// is behind the end of the sentence.
    pub fn get(&self, pc: u32, cursor: u32) -> Option<u32> {
        let cursor = if self.cursors == 1 { 0 } else { cursor as usize };
        let index = pc as usize * self.cursors + cursor;
        self.numbers.get(index).copied().filter(|_| cursor < self.cursors)
    }

    /// The number of an instruction and a cursor that exist, to be changed.
    pub fn number(&mut self, pc: usize, cursor: usize) -> &mut u32 {
        &mut self.numbers[pc * self.cursors + cursor]
    }
}
