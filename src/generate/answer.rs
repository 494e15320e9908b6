//! What was written for a sentence, and how sure the model was of it.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::prompt;

/// What the model wrote for one sentence. It can be handed from one engine to another.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Answer {
    /// The answer in the output format.
    pub(crate) text: String,
    /// For each token, where it ends in the answer, and the logarithm of its probability among the
    /// tokens allowed; zero where the grammar left no choice.
    steps: Vec<(usize, f32)>,
}

impl Answer {
    /// An answer from its [wire form](crate::prompt), in which the steps end.
    pub(super) fn from_wire(wire: &str, mut steps: Vec<(usize, f32)>) -> Self {
        let offsets = prompt::offsets_from_wire(wire);
        for (end, _) in &mut steps {
            *end = offsets[*end];
        }
        // Answers are kept for long.
        steps.shrink_to_fit();
        Answer { text: prompt::from_wire(wire), steps }
    }

    /// The logarithm of the probability of the tokens that write these bytes of the answer.
    pub(crate) fn log_probability(&self, written: &Range<usize>) -> f32 {
        let starts = std::iter::once(0).chain(self.steps.iter().map(|step| step.0));
        starts
            .zip(&self.steps)
            .filter(|(start, (end, _))| *start < written.end && written.start < *end)
            .map(|(_, (_, log))| log)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_end_in_the_answer_without_the_spaces_of_the_wire_form() {
        let steps = [1, 3, 4, 6, 8].map(|end| (end, 0.0)).to_vec();
        let answer = Answer::from_wire(" ab\n cd ", steps);
        assert_eq!(answer.text, "ab\ncd ");
        let ends: Vec<usize> = answer.steps.iter().map(|step| step.0).collect();
        assert_eq!(ends, [0, 2, 3, 4, 6]);
    }

    #[test]
    fn probabilities_multiply_for_the_tokens_that_write_the_bytes() {
        let half = 0.5f32.ln();
        let answer = Answer { text: "abcdef".into(), steps: vec![(2, half), (4, half), (6, half)] };
        assert_eq!(answer.log_probability(&(0..2)).exp(), 0.5);
        assert_eq!(answer.log_probability(&(1..3)).exp(), 0.25);
        assert_eq!(answer.log_probability(&(0..6)).exp(), 0.125);
    }
}
