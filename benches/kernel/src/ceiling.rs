//! How fast the instructions of the kernels are when they have nothing to load and nothing to wait
//! for: the most that a kernel can reach in the same browser.

use std::arch::wasm32::*;
use std::hint::black_box;

/// Sums under way: enough that none waits for its own last addition, and as many as fit, beside the
/// other factor, the fifteen registers that browsers use on x86-64.
const SUMS: usize = 12;

/// Multiply-accumulates of [`ceiling_run`]; 0 for an instruction that this build does not have.
#[unsafe(no_mangle)]
pub extern "C" fn ceiling_operations(instruction: u32, times: u32) -> f64 {
    let each = match instruction {
        0 => 8,
        1 | 2 if cfg!(feature = "relaxed-simd") => 16,
        _ => 0,
    };
    times as f64 * each as f64 * SUMS as f64
}

/// Adds dot products to sums `times` times: of pairs in 32 bits (0; simd128), of pairs of bytes in
/// 16 bits (1; relaxed SIMD), of fours of bytes in 32 bits (2; relaxed SIMD).
#[unsafe(no_mangle)]
pub extern "C" fn ceiling_run(instruction: u32, times: u32) -> i32 {
    match instruction {
        0 => pairs(times),
        #[cfg(feature = "relaxed-simd")]
        1 => relaxed_pairs(times),
        #[cfg(feature = "relaxed-simd")]
        2 => relaxed_fours(times),
        _ => 0,
    }
}

/// A function that runs an instruction. A macro, because a closure would be compiled without relaxed
/// SIMD, and the instruction be a call.
macro_rules! ceiling {
    ($(#[$attribute:meta])* $name:ident: |$sum:ident, $x:ident| $add:expr) => {
        $(#[$attribute])*
        fn $name(times: u32) -> i32 {
            // Each sum is also a factor, so that no product is known before its turn.
            let $x = i8x16_splat(black_box(3));
            let mut sums: [v128; SUMS] = std::array::from_fn(|at| i32x4_splat(black_box(at as i32)));
            for _ in 0..black_box(times) {
                for sum in &mut sums {
                    let $sum = *sum;
                    *sum = $add;
                }
            }
            i32x4_extract_lane::<0>(sums.into_iter().fold($x, |a, b| v128_xor(a, b)))
        }
    };
}

ceiling!(pairs: |sum, x| i32x4_add(sum, i32x4_dot_i16x8(sum, x)));
#[cfg(feature = "relaxed-simd")]
ceiling!(
    #[target_feature(enable = "relaxed-simd")]
    relaxed_pairs: |sum, x| i16x8_add(sum, i16x8_relaxed_dot_i8x16_i7x16(sum, x))
);
#[cfg(feature = "relaxed-simd")]
ceiling!(
    #[target_feature(enable = "relaxed-simd")]
    relaxed_fours: |sum, x| i32x4_relaxed_dot_i8x16_i7x16_add(sum, x, sum)
);
