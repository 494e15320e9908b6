//! Where weights come from.

use super::vectors::{Vectors, Weights};

/// The weights of a tile, `N` groups of input features at a time.
pub(crate) trait Source<const N: usize>: Copy {
    /// Their vectors.
    type Vectors: Vectors;

    /// Loads the next weights.
    ///
    /// # Safety
    /// There are as many, and the machine has the vectors.
    unsafe fn next(&mut self) -> [Weights<Self::Vectors>; N];
}

/// Weights stored just as dot products take them.
#[derive(Clone, Copy)]
pub(crate) struct Plain<V: Vectors>(pub *const V::Codes);

impl<V: Vectors, const N: usize> Source<N> for Plain<V> {
    type Vectors = V;

    #[inline(always)]
    unsafe fn next(&mut self) -> [Weights<V>; N] {
        // SAFETY: by this function's own condition.
        unsafe {
            let weights = self.0.cast::<[Weights<V>; N]>().read_unaligned();
            self.0 = self.0.add(2 * N);
            weights
        }
    }
}

/// Unpacks the weights of a tile, two groups in each of `steps`.
///
/// # Safety
/// `source` has as many, `to` has room for them and is aligned for vectors.
#[cfg(not(target_arch = "aarch64"))]
#[inline(always)]
pub(crate) unsafe fn unpack<S: Source<2>>(
    mut source: S,
    steps: usize,
    to: *mut [Weights<S::Vectors>; 2],
) {
    for step in 0..steps {
        // SAFETY: by this function's own condition.
        unsafe { to.add(step).write(source.next()) };
    }
}
