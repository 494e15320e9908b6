//! Angles of the rotary position embedding.

use super::config::Config;

/// Cosines and sines for the rows of one pass. Computed in 64 bits and rounded: the platforms'
/// libraries differ in the last place, and all else in the pass is the same arithmetic in the same
/// order everywhere, so that a browser and a command line find the same entities.
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
            let exponent = (2 * i) as f64 / n as f64;
            let frequency = f64::from(config.rotary_base).powf(-exponent) as f32;
            frequency / factors.map_or(1.0, |factors| factors[i])
        }));
        self.cos.clear();
        self.sin.clear();
        for position in positions {
            let angles = self.frequencies.iter().map(|f| f * position as f32);
            self.cos.extend(angles.clone().map(|angle| f64::from(angle).cos() as f32));
            self.sin.extend(angles.map(|angle| f64::from(angle).sin() as f32));
        }
    }

    /// Cosines and sines of one row.
    pub fn row(&self, row: usize) -> (&[f32], &[f32]) {
        let n = self.frequencies.len();
        (&self.cos[row * n..][..n], &self.sin[row * n..][..n])
    }
}
