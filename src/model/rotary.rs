//! Angles of the rotary position embedding (RoPE, Su et al., arXiv 2104.09864).

use super::config::Config;

/// Cosines and sines for the rows of one pass. They come from the crate `libm`, because the mathematical
/// libraries of different platforms differ in the last place, and are computed in 64 bits and then
/// rounded. Everything else in the pass is the same arithmetic in the same order everywhere, so a browser
/// and a command line find the same entities, with the same scores.
#[derive(Debug, Default)]
pub(super) struct Rotary {
    /// `[rotary_dims / 2]`
    frequencies: Vec<f32>,
    /// `[rows, rotary_dims / 2]`
    cos: Vec<f32>,
    /// `[rows, rotary_dims / 2]`
    sin: Vec<f32>,
}

impl Rotary {
    /// Computes the angles for the position of every row. The frequencies are divided by `factors`
    /// `[rotary_dims / 2]`, where the model has them.
    pub fn prepare(
        &mut self,
        config: &Config,
        factors: Option<&[f32]>,
        positions: impl Iterator<Item = usize>,
    ) {
        let n = config.rotary_dims;
        self.frequencies.clear();
        self.frequencies.extend((0..n / 2).map(|i| {
            let exponent = (2 * i) as f64 / n as f64;
            let frequency = libm::pow(f64::from(config.rotary_base), -exponent) as f32;
            frequency / factors.map_or(1.0, |factors| factors[i])
        }));
        self.cos.clear();
        self.sin.clear();
        for position in positions {
            let angles = self.frequencies.iter().map(|f| f * position as f32);
            self.cos.extend(angles.clone().map(|angle| libm::cos(f64::from(angle)) as f32));
            self.sin.extend(angles.map(|angle| libm::sin(f64::from(angle)) as f32));
        }
    }

    /// Cosines and sines of one row, `[rotary_dims / 2]` each.
    pub fn row(&self, row: usize) -> (&[f32], &[f32]) {
        let n = self.frequencies.len();
        (&self.cos[row * n..][..n], &self.sin[row * n..][..n])
    }
}
