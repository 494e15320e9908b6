//! Whether scores mean what they say: of the mentions scored 0.9, nine in ten should be right.

use bioner::model::Calibration;
use serde::Serialize;

/// Mentions with their scores, and whether the corpus has them.
#[derive(Default)]
pub struct Reliability {
    found: Vec<(f64, bool)>,
}

/// What can be said of them.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Expected calibration error: how far the share of right mentions is from the mean score, in ten
    /// bins of scores, the mean weighted by mentions (Guo et al., arXiv 1706.04599).
    pub error: f64,
    pub bins: Vec<Bin>,
    /// The [`Calibration`] that would make these scores right.
    pub scale: f64,
    pub shift: f64,
}

/// The mentions of one tenth of the scores.
#[derive(Debug, Serialize)]
pub struct Bin {
    pub mentions: usize,
    pub score: f64,
    pub right: f64,
}

impl Reliability {
    pub fn add(&mut self, score: f32, right: bool) {
        self.found.push((f64::from(score), right));
    }

    pub fn report(&self) -> Report {
        let bins = self.bins();
        let error: f64 = bins.iter().map(|b| b.mentions as f64 * (b.score - b.right).abs()).sum();
        let (scale, shift) = self.fit();
        Report { error: error / self.found.len().max(1) as f64, bins, scale, shift }
    }

    fn bins(&self) -> Vec<Bin> {
        let mut sums = [(0, 0.0, 0.0); 10];
        for &(score, right) in &self.found {
            let (mentions, scores, rights) = &mut sums[((score * 10.0) as usize).min(9)];
            *mentions += 1;
            *scores += score;
            *rights += f64::from(u8::from(right));
        }
        let filled = sums.into_iter().filter(|(mentions, ..)| *mentions > 0);
        filled
            .map(|(mentions, scores, rights)| {
                let count = mentions as f64;
                Bin { mentions, score: scores / count, right: rights / count }
            })
            .collect()
    }

    /// Logistic regression of right and wrong on the log odds of the scores, by Newton's method with
    /// steps halved until they gain, and a prior as weak as one mention that keeps scores as they are.
    fn fit(&self) -> (f64, f64) {
        let odds = |&(score, right): &(f64, bool)| (Calibration::odds(score), right);
        let found: Vec<(f64, bool)> = self.found.iter().map(odds).collect();
        let loss = |scale: f64, shift: f64| {
            let surprise = |&(x, right): &(f64, bool)| {
                let z = scale * x + shift;
                let z = if right { -z } else { z };
                z.max(0.0) + (-z.abs()).exp().ln_1p()
            };
            let prior = ((scale - 1.0).powi(2) + shift.powi(2)) / 2.0;
            prior + found.iter().map(surprise).sum::<f64>()
        };
        let (mut scale, mut shift) = (1.0, 0.0);
        for _ in 0..100 {
            let (mut by_scale, mut by_shift) = (1.0 - scale, -shift);
            let (mut scale_scale, mut scale_shift, mut shift_shift) = (1.0, 0.0, 1.0);
            for &(x, right) in &found {
                let p = 1.0 / (1.0 + (-(scale * x + shift)).exp());
                let (miss, weight) = (f64::from(u8::from(right)) - p, p * (1.0 - p));
                by_scale += miss * x;
                by_shift += miss;
                scale_scale += weight * x * x;
                scale_shift += weight * x;
                shift_shift += weight;
            }
            let determinant = scale_scale * shift_shift - scale_shift * scale_shift;
            let step = (
                (shift_shift * by_scale - scale_shift * by_shift) / determinant,
                (scale_scale * by_shift - scale_shift * by_scale) / determinant,
            );
            let now = loss(scale, shift);
            let gains = |part: &f64| loss(scale + part * step.0, shift + part * step.1) < now;
            let parts = std::iter::successors(Some(1.0), |part| Some(part / 2.0)).take(40);
            let Some(part) = { parts }.find(gains) else { break };
            (scale, shift) = (scale + part * step.0, shift + part * step.1);
        }
        (scale, shift)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of mentions at each score, a given number right and wrong.
    fn of(counts: &[(f32, usize, usize)]) -> Report {
        let mut reliability = Reliability::default();
        for &(score, right, wrong) in counts {
            (0..right).for_each(|_| reliability.add(score, true));
            (0..wrong).for_each(|_| reliability.add(score, false));
        }
        reliability.report()
    }

    #[test]
    fn scores_that_are_right_need_no_change() {
        let report = of(&[(0.2, 200, 800), (0.5, 500, 500), (0.9, 900, 100)]);
        assert!(report.error < 1e-6, "{report:?}");
        assert!((report.scale - 1.0).abs() < 1e-3 && report.shift.abs() < 1e-3, "{report:?}");
    }

    #[test]
    fn the_function_that_makes_them_right_is_found() {
        // Half the log odds: 0.9 means 0.75, 0.99 means 0.909.
        let report = of(&[(0.5, 500, 500), (0.9, 750, 250), (0.99, 909, 91)]);
        assert!((report.scale - 0.5).abs() < 0.01 && report.shift.abs() < 0.01, "{report:?}");
        let error = (1000.0 * (0.9 - 0.75) + 1000.0 * (0.99 - 0.909)) / 3000.0;
        assert!((report.error - error).abs() < 0.01, "{report:?}");
    }

    #[test]
    fn scores_of_one_that_are_wrong_now_and_then_are_no_harm() {
        let report = of(&[(1.0, 930, 70), (0.96, 730, 270), (0.55, 470, 530)]);
        let score = |score: f64| {
            let odds = report.scale * Calibration::odds(score) + report.shift;
            1.0 / (1.0 + (-odds).exp())
        };
        assert!((score(1.0) - 0.93).abs() < 0.05, "{report:?}");
        assert!((score(0.96) - 0.73).abs() < 0.05, "{report:?}");
        assert!((score(0.55) - 0.47).abs() < 0.05, "{report:?}");
    }

    #[test]
    fn nothing_found_is_no_harm() {
        let report = of(&[]);
        assert_eq!((report.error, report.scale, report.shift), (0.0, 1.0, 0.0));
    }
}
