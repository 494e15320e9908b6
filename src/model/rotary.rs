//! Angles of the rotary position embedding.

use super::config::Config;

/// Cosines and sines for the rows of one pass.
#[derive(Debug, Default)]
pub(super) struct Rotary {
    frequencies: Vec<f32>,
    cos: Vec<f32>,
    sin: Vec<f32>,
}

impl Rotary {
    /// Computes the angles of every row's position. `factors` divide the frequencies, where the
    /// model has them.
    pub fn prepare(
        &mut self,
        config: &Config,
        factors: Option<&[f32]>,
        positions: impl Iterator<Item = usize>,
    ) {
        let n = config.rotary_dims;
        self.frequencies.clear();
        self.frequencies.extend((0..n / 2).map(|i| {
            let frequency = 1.0 / config.rotary_base.powf((2 * i) as f32 / n as f32);
            frequency / factors.map_or(1.0, |factors| factors[i])
        }));
        self.cos.clear();
        self.sin.clear();
        for position in positions {
            let angles = self.frequencies.iter().map(|f| f * position as f32);
            self.cos.extend(angles.clone().map(f32::cos));
            self.sin.extend(angles.map(f32::sin));
        }
    }

    /// Cosines and sines of one row.
    pub fn row(&self, row: usize) -> (&[f32], &[f32]) {
        let n = self.frequencies.len();
        (&self.cos[row * n..][..n], &self.sin[row * n..][..n])
    }
}
