//! From the probability of what was written to a score that means what it says.

use serde::{Deserialize, Serialize};

use super::gguf::Metadata;
use crate::error::{Error, Result};

/// A tuned model is surer than it is right. So the score of a mention is a logistic function of the log
/// odds that the model gave it (Platt, "Probabilistic outputs for support vector machines", 1999),
/// fitted where the right answers are known: `bioner.score.scale` and `bioner.score.shift` in the
/// file. Without them the score is the probability itself.
///
/// Beyond some point a model's certainty says nothing more, so [`Calibration::odds`] end there.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// What the log odds are multiplied by.
    pub scale: f32,
    /// What is added then.
    pub shift: f32,
}

impl Calibration {
    /// Leaves probabilities as they are.
    pub const NONE: Calibration = Calibration { scale: 1.0, shift: 0.0 };

    /// # Errors
    /// [`Error::ModelFile`] if the numbers make no sense.
    pub(super) fn read(metadata: &Metadata) -> Result<Self> {
        let number = |key: &str, otherwise: f32, least: f64, most: f64| match metadata.float(key)? {
            None => Ok(otherwise),
            Some(value) if (least..=most).contains(&value) => Ok(value as f32),
            Some(value) => Err(Error::ModelFile(format!("its {key} is {value}"))),
        };
        Ok(Calibration {
            scale: number("bioner.score.scale", Self::NONE.scale, 0.01, 100.0)?,
            shift: number("bioner.score.shift", Self::NONE.shift, -100.0, 100.0)?,
        })
    }

    /// The score, 0 to 1, of what was written with this logarithm of a probability.
    pub fn score(self, log: f32) -> f32 {
        // In 64 bits, so that the libraries of different machines round to the same 32.
        let probability = f64::from(log.min(0.0)).exp();
        if self == Self::NONE {
            return probability as f32;
        }
        let odds = f64::from(self.scale) * Self::odds(probability) + f64::from(self.shift);
        (1.0 / (1.0 + (-odds).exp())) as f32
    }

    /// The logarithm of the odds of a probability, from -9.2 to 9.2: those of its like with one
    /// chance in 10,000 either way.
    pub fn odds(probability: f64) -> f64 {
        const EITHER_WAY: f64 = 1e-4;
        ((probability + EITHER_WAY) / (1.0 - probability + EITHER_WAY)).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_calibration_a_score_is_the_probability() {
        for p in [0.0f32, 0.25, 0.5, 1.0] {
            assert_eq!(Calibration::NONE.score(p.ln()), p);
        }
    }

    #[test]
    fn a_scale_bends_and_a_shift_moves() {
        let score = |scale, shift, p: f32| Calibration { scale, shift }.score(p.ln());
        let close = |a: f32, b: f32| (a - b).abs() < 1e-3;
        assert!(close(score(1.0, 1e-7, 0.3), 0.3));
        assert!(close(score(0.5, 0.0, 0.5), 0.5));
        assert!(close(score(0.5, 0.0, 0.9), 0.75));
        assert!(close(score(1.0, -1.0, 0.5), 1.0 / (1.0 + 1f32.exp())));
    }

    #[test]
    fn scores_keep_their_order_and_bounds() {
        let calibration = Calibration { scale: 0.4, shift: -0.3 };
        let logs = [f32::NEG_INFINITY, -3.0, -0.1, -1e-3, -1e-4, -1e-5, 0.0];
        let scores = logs.map(|log| calibration.score(log));
        assert!(scores.is_sorted_by(|a, b| a < b), "{scores:?}");
        assert!(scores[0] > 0.0 && scores[6] < 1.0, "{scores:?}");
    }
}
