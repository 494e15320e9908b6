//! Two weights in a byte.

use super::source::Source;
use super::vectors::{Vectors, Weights};

/// Vectors of bytes that can be taken apart.
pub(crate) trait NibbleVectors: Vectors {
    /// The low nibble of each byte.
    ///
    /// # Safety
    /// The machine has these vectors.
    unsafe fn low_nibbles(codes: Self::Codes) -> Self::Codes;

    /// The high nibble of each byte.
    ///
    /// # Safety
    /// The machine has these vectors.
    unsafe fn high_nibbles(codes: Self::Codes) -> Self::Codes;
}

/// Weights of 4 bits in groups of four: a byte holds a code of one group in its low nibble, and the
/// code of the group after it in its high nibble.
#[derive(Clone, Copy)]
pub(crate) struct Nibbles<V: NibbleVectors>(pub *const V::Codes);

impl<V: NibbleVectors> Source<2> for Nibbles<V> {
    type Vectors = V;

    #[inline(always)]
    unsafe fn next(&mut self) -> [Weights<V>; 2] {
        // SAFETY: by this function's own condition.
        unsafe {
            let [a, b] = self.0.cast::<Weights<V>>().read_unaligned();
            self.0 = self.0.add(2);
            [[V::low_nibbles(a), V::low_nibbles(b)], [V::high_nibbles(a), V::high_nibbles(b)]]
        }
    }
}
