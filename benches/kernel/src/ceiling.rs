//! How fast the instructions are that the kernels are made of, when they have nothing to load and
//! nothing to wait for: what no kernel in the same browser can exceed.

use std::arch::wasm32::*;
use std::hint::black_box;

/// Sums under way: enough of them that none waits for its own last addition, and as many as the
/// fifteen registers that browsers use on x86-64 hold beside the other side.
const SUMS: usize = 12;

/// Multiply-accumulates of [`ceiling_run`]; 0 for an instruction that this build has not.
#[unsafe(no_mangle)]
pub extern "C" fn ceiling_operations(instruction: u32, times: u32) -> f64 {
    let each = match instruction {
        0 => 8,
        1 | 2 if cfg!(target_feature = "relaxed-simd") => 16,
        _ => 0,
    };
    times as f64 * each as f64 * SUMS as f64
}

/// Adds dot products to sums `times` times: of pairs in 32 bits (0; simd128), of pairs of bytes in
/// 16 bits (1; relaxed SIMD), of fours of bytes in 32 bits (2; relaxed SIMD).
#[unsafe(no_mangle)]
pub extern "C" fn ceiling_run(instruction: u32, times: u32) -> i32 {
    match instruction {
        0 => run(times, |sum, x| i32x4_add(sum, i32x4_dot_i16x8(sum, x))),
        #[cfg(target_feature = "relaxed-simd")]
        1 => run(times, |sum, x| i16x8_add(sum, i16x8_relaxed_dot_i8x16_i7x16(sum, x))),
        #[cfg(target_feature = "relaxed-simd")]
        2 => run(times, |sum, x| i32x4_relaxed_dot_i8x16_i7x16_add(sum, x, sum)),
        _ => 0,
    }
}

#[inline(always)]
fn run(times: u32, add: impl Fn(v128, v128) -> v128) -> i32 {
    // Each sum is also a factor, so that no product is known before its turn.
    let x = i8x16_splat(black_box(3));
    let mut sums: [v128; SUMS] = std::array::from_fn(|at| i32x4_splat(black_box(at as i32)));
    for _ in 0..black_box(times) {
        sums = sums.map(|sum| add(sum, x));
    }
    i32x4_extract_lane::<0>(sums.into_iter().reduce(|a, b| v128_xor(a, b)).unwrap_or(x))
}
