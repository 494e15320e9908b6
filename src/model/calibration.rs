//! Calibrated scores: from the probability of what the model wrote to a score that says how often
//! such an answer is right.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::gguf::Metadata;
use crate::error::{Error, Result};
use bioner_documents::inventory;

/// What the parameters may be.
const SCALES: RangeInclusive<f64> = 0.01..=100.0;
const SHIFTS: RangeInclusive<f64> = -100.0..=100.0;

/// Parameters of the calibration. A tuned model is overconfident, so the score of a mention is a
/// logistic function of the log odds that the model gave it (Platt, "Probabilistic outputs for
/// support vector machines", 1999), fitted on examples with known answers. The file names the
/// parameters, `bioner.score.scale` and `bioner.score.shift`. Without them the score is the
/// probability itself.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// The log odds are multiplied by this.
    pub scale: f32,
    /// Added to the product.
    pub shift: f32,
}

/// The calibrations of a model: one for all text, and one for each kind of text that it was measured on.
///
/// The kind of a text is not known, so it is taken from what is asked for: a question whose types are
/// among those of a [preset](bioner_documents::Preset) has the preset's calibration. The file names
/// these in `bioner.score.presets`: on each line the name of a preset, the scale and the shift.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibrations {
    /// For all text.
    pub general: Calibration,
    /// By the name of the preset, in the file's order.
    pub presets: Vec<(String, Calibration)>,
}

impl Calibrations {
    /// Reads the parameters from a file's metadata.
    ///
    /// # Errors
    /// [`Error::ModelFile`] if one is out of range or not a number.
    pub(super) fn read(metadata: &Metadata) -> Result<Self> {
        let number =
            |key: &str, default: f32, range: RangeInclusive<f64>| match metadata.float(key)? {
                None => Ok(default),
                Some(value) if range.contains(&value) => Ok(value as f32),
                Some(value) => Err(Error::ModelFile(format!("its {key} is {value}"))),
            };
        let none = Calibration::NONE;
        let general = Calibration {
            scale: number("bioner.score.scale", none.scale, SCALES)?,
            shift: number("bioner.score.shift", none.shift, SHIFTS)?,
        };
        let lines = metadata.text("bioner.score.presets")?.unwrap_or_default();
        let presets = lines.lines().map(preset).collect::<Result<_>>()?;
        Ok(Calibrations { general, presets })
    }

    /// The calibration for a question about these types: that of the first preset listed here that has all
    /// of these names.
    pub fn of<S: AsRef<str>>(&self, types: &[S]) -> Calibration {
        let fits = |(name, _): &&(String, Calibration)| {
            inventory().preset(name).is_some_and(|preset| {
                let has = |name: &S| preset.types.iter().any(|other| other == name.as_ref());
                types.iter().all(has)
            })
        };
        self.presets.iter().find(fits).map_or(self.general, |&(_, calibration)| calibration)
    }
}

/// A line of `bioner.score.presets`.
fn preset(line: &str) -> Result<(String, Calibration)> {
    let parts: Vec<&str> = line.split_whitespace().collect();
    if let [name, scale, shift] = parts[..]
        && let (Ok(scale), Ok(shift)) = (scale.parse(), shift.parse())
        && SCALES.contains(&scale)
        && SHIFTS.contains(&shift)
    {
        let calibration = Calibration { scale: scale as f32, shift: shift as f32 };
        return Ok((name.to_owned(), calibration));
    }
    Err(Error::ModelFile(format!("its bioner.score.presets has the line {line:?}")))
}

impl Calibration {
    /// Leaves probabilities unchanged.
    pub const NONE: Calibration = Calibration { scale: 1.0, shift: 0.0 };

    /// The score, 0 to 1, of an answer with this natural logarithm of its probability.
    pub fn score(self, log: f32) -> f32 {
        // By one library on every platform, so that scores are the same to the bit.
        let probability = libm::exp(f64::from(log.min(0.0)));
        if self == Self::NONE {
            return probability as f32;
        }
        let odds = f64::from(self.scale) * Self::odds(probability) + f64::from(self.shift);
        (1.0 / (1.0 + libm::exp(-odds))) as f32
    }

    /// The natural logarithm of the odds of a probability. 1e-4 is added to the probability and to its
    /// complement, which bounds the result to about -9.2 to 9.2: differences between more extreme
    /// probabilities say nothing about correctness.
    pub fn odds(probability: f64) -> f64 {
        const SMOOTHING: f64 = 1e-4;
        libm::log((probability + SMOOTHING) / (1.0 - probability + SMOOTHING))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_has_the_calibration_of_the_first_preset_with_its_types() {
        let [note, trial] =
            ["note 0.5 -1", "trial 0.25 0"].map(|line| preset(line).expect("right"));
        let calibrations =
            Calibrations { general: Calibration::NONE, presets: vec![note.clone(), trial.clone()] };
        for (types, expected) in [
            (&["Disease", "Medication"][..], note.1),
            (&["Symptom"], note.1),
            (&["Drug", "Condition"], trial.1),
            (&["Disease", "Drug"], Calibration::NONE),
            (&["Eponym"], Calibration::NONE),
        ] {
            assert_eq!(calibrations.of(types), expected, "{types:?}");
        }
    }

    #[test]
    fn parameters_that_are_no_numbers_or_out_of_range_are_refused() {
        for line in
            ["note", "note 1", "note 1 x", "note 0 0", "note NaN 0", "note 1 1000", "a b c d"]
        {
            assert_eq!(preset(line).expect_err(line).code(), "model-file");
        }
    }

    #[test]
    fn without_calibration_a_score_is_the_probability() {
        for p in [0.0f32, 0.25, 0.5, 1.0] {
            assert_eq!(Calibration::NONE.score(p.ln()), p);
        }
    }

    #[test]
    fn scale_and_shift_change_the_log_odds() {
        let score = |scale, shift, p: f32| Calibration { scale, shift }.score(p.ln());
        let close = |a: f32, b: f32| (a - b).abs() < 1e-3;
        assert!(close(score(1.0, 1e-7, 0.3), 0.3));
        assert!(close(score(0.5, 0.0, 0.5), 0.5));
        assert!(close(score(0.5, 0.0, 0.9), 0.75));
        assert!(close(score(1.0, -1.0, 0.5), 1.0 / (1.0 + 1f32.exp())));
    }

    #[test]
    fn scores_increase_with_the_probability_and_stay_between_0_and_1() {
        let calibration = Calibration { scale: 0.4, shift: -0.3 };
        let logs = [f32::NEG_INFINITY, -3.0, -0.1, -1e-3, -1e-4, -1e-5, 0.0];
        let scores = logs.map(|log| calibration.score(log));
        assert!(scores.is_sorted_by(|a, b| a < b), "{scores:?}");
        assert!(scores[0] > 0.0 && scores[6] < 1.0, "{scores:?}");
    }
}
