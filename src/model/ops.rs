//! The arithmetic of a transformer block other than matrix products: plain loops that the compiler
//! turns into vector instructions on every target.

use bioner_kernels::widest;

/// Number of partial sums, which the compiler keeps in vector registers.
const PARTIAL: usize = 8;

/// e^x to about 2 units in the last place, for x from -87 to 88; beyond, that of the nearer bound.
/// Unlike the library's, it can be vectorised. Cody-Waite reduction and the degree-5 polynomial of
/// Cephes' `expf`.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    /// 1.5 * 2^23: adding it and subtracting it again rounds to an integer.
    const ROUND: f32 = 12_582_912.0;
    let x = x.clamp(-87.0, 88.0);
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let n = rounded - ROUND;
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let mut p = 1.987_569_1e-4f32;
    p = p * r + 1.398_199_9e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_5e-1;
    p = p * r + 0.5;
    let y = p * r * r + r + 1.0;
    // n is within -126..=127, so the exponent is that of a normal number. The low bits of `rounded` are n,
    // so no conversion to an integer is needed, which is slow in WebAssembly.
    y * f32::from_bits((rounded.to_bits() << 23).wrapping_add(127 << 23))
}

/// The sum of squares.
#[inline(always)]
fn sum_of_squares(x: &[f32]) -> f32 {
    let mut sums = [0f32; PARTIAL];
    let (chunks, rest) = x.as_chunks::<PARTIAL>();
    for chunk in chunks {
        for (sum, v) in sums.iter_mut().zip(chunk) {
            *sum += v * v;
        }
    }
    sums.iter().sum::<f32>() + rest.iter().map(|v| v * v).sum::<f32>()
}

widest! {
    /// RMS norm of each row: `out = x / rms(x) * weight`. `x` and `out` are `[rows, weight.len()]`.
    pub(super) fn rms_norm(x: &[f32], weight: &[f32], epsilon: f32, out: &mut [f32]) {
        for (x, out) in x.chunks_exact(weight.len()).zip(out.chunks_exact_mut(weight.len())) {
            let mean = sum_of_squares(x) / weight.len() as f32;
            let scale = 1.0 / (mean + epsilon).sqrt();
            for ((out, x), w) in out.iter_mut().zip(x).zip(weight) {
                *out = x * scale * w;
            }
        }
    }
}

widest! {
    /// RMS norm of each row, in place: `x *= weight / rms(x)`. `x` is `[rows, weight.len()]`.
    pub(super) fn rms_norm_in_place(x: &mut [f32], weight: &[f32], epsilon: f32) {
        for x in x.chunks_exact_mut(weight.len()) {
            let mean = sum_of_squares(x) / weight.len() as f32;
            let scale = 1.0 / (mean + epsilon).sqrt();
            for (x, w) in x.iter_mut().zip(weight) {
                *x *= scale * w;
            }
        }
    }
}

widest! {
    /// `gate = silu(gate) * up`, where `silu(x) = x / (1 + e^-x)`.
    pub(super) fn silu_times(gate: &mut [f32], up: &[f32]) {
        for (g, u) in gate.iter_mut().zip(up) {
            *g = *g / (1.0 + exp(-*g)) * u;
        }
    }
}

widest! {
    /// `x += y`.
    pub(super) fn add(x: &mut [f32], y: &[f32]) {
        for (x, y) in x.iter_mut().zip(y) {
            *x += y;
        }
    }
}

/// Adds `bias` to each row of `x`, `[rows, bias.len()]`.
pub(super) fn add_bias(x: &mut [f32], bias: &[f32]) {
    for row in x.chunks_exact_mut(bias.len()) {
        add(row, bias);
    }
}

widest! {
    /// Rotates the heads of one row, `[heads, head_dim]`, by the angles of its position. Features `i`
    /// and `i + n/2` of each head are a pair, for `n = 2 * cos.len()`; features from `n` on are left
    /// unchanged.
    pub(super) fn rotate(row: &mut [f32], head_dim: usize, cos: &[f32], sin: &[f32]) {
        let half = cos.len();
        for head in row.chunks_exact_mut(head_dim) {
            let (a, b) = head[..2 * half].split_at_mut(half);
            for (((a, b), cos), sin) in a.iter_mut().zip(b).zip(cos).zip(sin) {
                (*a, *b) = (*a * cos - *b * sin, *a * sin + *b * cos);
            }
        }
    }
}

widest! {
    /// `scores = exp(scale * (scores - max(scores)))`. Returns their sum: divided by it, they are the
    /// softmax of `scale * scores`.
    pub(super) fn softmax_unnormalised(scores: &mut [f32], scale: f32) -> f32 {
        let mut max = [f32::NEG_INFINITY; PARTIAL];
        let (chunks, rest) = scores.as_chunks::<PARTIAL>();
        for chunk in chunks {
            for (m, &s) in max.iter_mut().zip(chunk) {
                *m = if s > *m { s } else { *m };
            }
        }
        let max = max.iter().chain(rest).fold(f32::NEG_INFINITY, |m, &s| if s > m { s } else { m });
        let mut sums = [0f32; PARTIAL];
        let (chunks, rest) = scores.as_chunks_mut::<PARTIAL>();
        for chunk in chunks {
            for (sum, s) in sums.iter_mut().zip(chunk) {
                *s = exp((*s - max) * scale);
                *sum += *s;
            }
        }
        let mut sum = sums.iter().sum();
        for s in rest {
            *s = exp((*s - max) * scale);
            sum += *s;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_agrees_with_the_library() {
        for i in -87_000..88_000 {
            let x = i as f32 / 1000.0;
            let relative = (f64::from(exp(x)) / f64::from(x).exp() - 1.0).abs();
            assert!(relative < 3e-7, "exp({x}) is off by {relative}");
        }
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(-1e9) < 1e-37);
    }

    #[test]
    fn silu_of_extremes_is_finite() {
        let mut gate = [-1e30, -100.0, 0.0, 100.0, 1e30];
        silu_times(&mut gate, &[1.0; 5]);
        assert!(gate.iter().all(|g| g.is_finite()), "{gate:?}");
        assert_eq!(gate[3], 100.0);
        assert!(gate[1].abs() < 1e-30);
    }

    #[test]
    fn softmax_sums_to_one_after_division() {
        let mut scores: Vec<f32> = (0..21).map(|i| (i * 7 % 5) as f32).collect();
        let expected: Vec<f64> = scores.iter().map(|&s| (f64::from(s) * 0.5).exp()).collect();
        let total: f64 = expected.iter().sum();
        let sum = softmax_unnormalised(&mut scores, 0.5);
        for (s, e) in scores.iter().zip(expected) {
            assert!((f64::from(s / sum) - e / total).abs() < 1e-6);
        }
    }

    #[test]
    fn rotation_keeps_lengths_and_other_features() {
        let mut row = [3.0, 1.0, 4.0, 2.0, 9.0, 9.0];
        rotate(&mut row, 6, &[0.6, 1.0], &[0.8, 0.0]);
        let expected = [3.0 * 0.6 - 4.0 * 0.8, 1.0, 3.0 * 0.8 + 4.0 * 0.6, 2.0, 9.0, 9.0];
        for (a, b) in row.iter().zip(expected) {
            assert!((a - b).abs() < 1e-6, "{row:?}");
        }
    }
}
