//! What stands between the products of a layer, one value at a time: softmax and gated SiLU.
//!
//! Plain Rust whose loops compilers turn into vector code, without fused multiply-add and with sums
//! in a fixed order: like the products, the same bits everywhere.

/// e to the power of `x`, within 2 units in the last place for `x` from -87.3 to 88; below it is 0,
/// above it is e^88, and of NaN it is NaN.
///
/// `x` is n ln 2 + r with the integer n nearest; e^r is Cephes' polynomial (Moshier, `expf.c`, 1989),
/// whose argument is reduced with ln 2 in two parts.
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    const SMALLEST: f32 = -87.3;
    const LARGEST: f32 = 88.0;
    // Adding it rounds to an integer, which is then in the low bits.
    const ROUND: f32 = 12_582_912.0;
    const LN_2: [f32; 2] = [0.693_359_4, -2.121_944_4e-4];
    const POLYNOMIAL: [f32; 6] =
        [0.5, 0.166_666_65, 4.166_579_6e-2, 8.333_452e-3, 1.398_2e-3, 1.987_569_1e-4];
    // Comparisons that leave NaN alone, where `clamp` would too but `min` and `max` would not.
    let within = if x < SMALLEST { SMALLEST } else { x };
    let within = if within > LARGEST { LARGEST } else { within };
    let rounded = within * std::f32::consts::LOG2_E + ROUND;
    let n = rounded - ROUND;
    let r = within - n * LN_2[0] - n * LN_2[1];
    // In pairs, not one term after another, so that the processor has something to do meanwhile.
    let square = r * r;
    let [a, b, c, d, e, f] = POLYNOMIAL;
    let sum = (a + b * r) + ((c + d * r) + (e + f * r) * square) * square;
    let e_r = (1.0 + r) + sum * square;
    let exponent = rounded.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127);
    let e_x = e_r * f32::from_bits(exponent << 23);
    if x < SMALLEST { 0.0 } else { e_x }
}

/// Replaces scores by their softmax; none by none. If a score is NaN or all are infinite, so is
/// every result NaN.
pub fn softmax(scores: &mut [f32]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the machine has it.
        return unsafe { softmax_avx2(scores) };
    }
    softmax_with(scores);
}

/// Writes silu(`gate`) times `up` to `out`, where silu(x) is x / (1 + e^-x).
///
/// # Panics
/// If the three are not equally long.
pub fn silu_times(gate: &[f32], up: &[f32], out: &mut [f32]) {
    assert!(gate.len() == up.len() && up.len() == out.len(), "lengths");
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the machine has it.
        return unsafe { silu_times_avx2(gate, up, out) };
    }
    silu_times_with(gate, up, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn softmax_avx2(scores: &mut [f32]) {
    softmax_with(scores);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn silu_times_avx2(gate: &[f32], up: &[f32], out: &mut [f32]) {
    silu_times_with(gate, up, out);
}

#[inline(always)]
fn softmax_with(scores: &mut [f32]) {
    const LANES: usize = 8;
    let (chunks, rest) = scores.as_chunks::<LANES>();
    let mut most = [f32::NEG_INFINITY; LANES];
    for chunk in chunks {
        for (most, score) in most.iter_mut().zip(chunk) {
            *most = if *score > *most { *score } else { *most };
        }
    }
    let most = most.iter().chain(rest).fold(f32::NEG_INFINITY, |a, b| a.max(*b));
    for score in scores.iter_mut() {
        *score = exp(*score - most);
    }
    let (chunks, rest) = scores.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for chunk in chunks {
        for (sum, e) in sums.iter_mut().zip(chunk) {
            *sum += e;
        }
    }
    let sum: f32 = sums.iter().chain(rest).sum();
    let inverse = 1.0 / sum;
    for score in scores {
        *score *= inverse;
    }
}

#[inline(always)]
fn silu_times_with(gate: &[f32], up: &[f32], out: &mut [f32]) {
    for ((gate, up), out) in gate.iter().zip(up).zip(out) {
        *out = gate / (1.0 + exp(-gate)) * up;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exp_is_within_two_units_in_the_last_place() {
        let mut most = 0.0f64;
        let mut bits = 0u32;
        // Every 997th float of either sign that lies in the range.
        while bits < 88f32.to_bits() {
            for x in [f32::from_bits(bits), -f32::from_bits(bits)] {
                if x >= -87.3 {
                    let right = (x as f64).exp();
                    let unit = (right as f32).next_up() as f64 - (right as f32) as f64;
                    most = most.max((exp(x) as f64 - right).abs() / unit);
                }
            }
            bits += 997;
        }
        assert!(most < 2.0, "{most}");
    }

    #[test]
    fn exp_beyond_its_range() {
        assert_eq!(exp(-87.4), 0.0);
        assert_eq!(exp(f32::NEG_INFINITY), 0.0);
        assert_eq!(exp(f32::INFINITY), exp(88.0));
        assert_eq!(exp(0.0), 1.0);
        assert!(exp(f32::NAN).is_nan());
    }

    #[test]
    fn softmax_is_softmax() {
        for length in 0..40 {
            let scores: Vec<f32> = (0..length).map(|i| ((i * 37) % 23) as f32 - 11.0).collect();
            let sum: f64 = scores.iter().map(|s| (*s as f64).exp()).sum();
            let mut found = scores.clone();
            softmax(&mut found);
            for (found, score) in found.iter().zip(&scores) {
                assert!((*found as f64 - (*score as f64).exp() / sum).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn softmax_of_what_is_masked_is_nothing() {
        let mut scores = [f32::NEG_INFINITY, 1.0, 1.0, f32::NEG_INFINITY];
        softmax(&mut scores);
        assert_eq!(scores, [0.0, 0.5, 0.5, 0.0]);
    }

    #[test]
    fn softmax_does_not_hide_what_is_not_a_number() {
        for at in 0..20 {
            let mut scores = [1.0; 20];
            scores[at] = f32::NAN;
            softmax(&mut scores);
            assert!(scores.iter().all(|s| s.is_nan()));
        }
    }

    #[test]
    fn every_machine_gives_the_same_bits() {
        let scores: Vec<f32> = (0..1003).map(|i| ((i * 7919) % 2003) as f32 * 0.01).collect();
        let (mut a, mut b) = (scores.clone(), scores.clone());
        softmax(&mut a);
        softmax_with(&mut b);
        assert_eq!(a, b);
        silu_times(&scores, &b, &mut a);
        silu_times_with(&scores, &b.clone(), &mut b);
        assert_eq!(a, b);
    }

    #[test]
    fn silu_is_silu() {
        let gate: Vec<f32> = (-400..400).map(|i| i as f32 * 0.25).collect();
        let up = vec![2.0; gate.len()];
        let mut out = vec![0.0; gate.len()];
        silu_times(&gate, &up, &mut out);
        for (gate, out) in gate.iter().zip(&out) {
            let right = 2.0 * *gate as f64 / (1.0 + (-*gate as f64).exp());
            assert!(
                (*out as f64 - right).abs() <= right.abs() * 1e-6 + 1e-30,
                "{gate} {out} {right}"
            );
        }
    }
}
