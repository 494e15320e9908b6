//! Lines to the cells of a table.
//!
//! Tabs, `|` and runs of three or more spaces stand between the columns of a table. They stand in prose
//! too, so a line is a row only where there is reason to take it for one: the line before or behind has
//! as many of them, or what they part does not read on: a sentence reads on behind a word that something
//! must follow, and with a small letter where the line ends as a sentence does. A label and its value
//! (`Service:  MEDICINE`) and a number and its item (`1.  Asthma`) are one cell.

use super::line::is_unfinished;
use bioner_context::Enumerator;
use bioner_documents::ByteSpan;

/// How many spaces in a row part columns.
const MIN_SPACES: usize = 3;

/// From how many pipes on a line is a row, though no space stands beside them.
const MIN_PIPES: usize = 3;

/// A line as cells.
#[derive(Debug, Default)]
pub struct Row {
    /// Its cells in order; a line that is no row is one cell.
    pub cells: Vec<ByteSpan>,
    pipes: bool,
}

impl Row {
    /// Whether the line is a row of a table.
    pub fn has_cells(&self) -> bool {
        self.cells.len() > 1 || self.pipes
    }
}

/// The lines of a block as rows.
pub fn rows(text: &str, block: &[ByteSpan]) -> Vec<Row> {
    let parts: Vec<Parts> = block.iter().map(|&line| Parts::of(text, line)).collect();
    (0..block.len())
        .map(|at| {
            let part = &parts[at];
            let alike = |other: Option<&Parts>| other.is_some_and(|other| part.is_like(other));
            let in_table = alike(parts.get(at + 1)) || at > 0 && alike(parts.get(at - 1));
            part.cells(text, block[at], in_table)
        })
        .collect()
}

/// What stands between the separators of a line.
struct Parts {
    parts: Vec<ByteSpan>,
    /// What parts them: tabs and wide spaces, or pipes.
    gaps: usize,
    pipes: usize,
}

impl Parts {
    fn of(text: &str, line: ByteSpan) -> Self {
        let slice = line.slice(text);
        let pipes = slice.bytes().filter(|&b| b == b'|').count();
        let apart = |(at, pipe): (usize, &str)| {
            slice[..at].ends_with(char::is_whitespace)
                && slice[at + pipe.len()..].starts_with(char::is_whitespace)
        };
        let bordered = slice.starts_with('|')
            || pipes >= MIN_PIPES
            || pipes > 0 && slice.match_indices('|').any(apart);
        let pipes = if bordered { pipes } else { 0 };
        let mut parts = Vec::new();
        let (mut start, mut spaces, mut gaps) = (0, 0, 0);
        let mut characters = slice.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let end = at + character.len_utf8();
            let ends_gap = characters.peek().is_none_or(|(_, next)| !next.is_whitespace());
            if character.is_whitespace() {
                // A tab is as wide as any number of spaces.
                spaces += if character == '\t' { MIN_SPACES } else { 1 };
                if spaces >= MIN_SPACES && ends_gap {
                    gaps += 1;
                    parts.push(ByteSpan::new(start, end).shifted(line.start));
                    start = end;
                }
                continue;
            }
            spaces = 0;
            if character == '|' && pipes > 0 {
                parts.push(ByteSpan::new(start, at).shifted(line.start));
                start = end;
            }
        }
        parts.push(ByteSpan::new(start, slice.len()).shifted(line.start));
        let parts = parts.into_iter().map(|part| super::trimmed(text, part));
        Parts { parts: parts.filter(|part| !part.is_empty()).collect(), gaps, pipes }
    }

    /// Whether two lines look like rows of one table.
    fn is_like(&self, other: &Parts) -> bool {
        (self.gaps > 0 && self.gaps == other.gaps) || (self.pipes > 0 && self.pipes == other.pipes)
    }

    fn cells(&self, text: &str, line: ByteSpan, in_table: bool) -> Row {
        let pipes = self.pipes > 1 || self.pipes > 0 && in_table;
        let prose = text[..line.end].ends_with(['.', '?', '!', ',', '-']);
        let mut cells: Vec<ByteSpan> = Vec::new();
        for &part in &self.parts {
            let Some(last) = cells.last_mut() else {
                cells.push(part);
                continue;
            };
            let (before, after) = (last.slice(text), part.slice(text));
            let by_pipe = text[last.end..part.start].contains('|');
            let label = before.ends_with(':')
                || Enumerator::of_marked(before).is_some()
                || before.chars().nth(1).is_none();
            let small = after.starts_with(|c: char| c.is_lowercase() || c.is_ascii_punctuation());
            let reads_on = is_unfinished(before) || prose && small && !in_table;
            if (by_pipe && !pipes) || (!by_pipe && (label || reads_on)) {
                last.end = part.end;
            } else {
                cells.push(part);
            }
        }
        // Pipes that part nothing are no table.
        let pipes = pipes && cells.len() > 1;
        Row { cells, pipes }
    }
}
