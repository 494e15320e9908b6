//! What a kernel multiplies, and where it writes.

use crate::format::BlockFormat;

/// A tile of a packed matrix: some outputs side by side, with all their input features.
#[derive(Clone, Copy)]
pub(crate) struct Tile<'a> {
    pub format: BlockFormat,
    /// `[block][Layout::block_bytes]`
    pub codes: &'a [u8],
    /// `[block][output]`
    pub scales: &'a [f32],
    /// The codes of the tile after this one, empty after the last: worth fetching in the meantime.
    pub ahead: &'a [u8],
}

/// Where the products of a tile go: `columns` values for each token, `stride` apart.
#[derive(Clone, Copy)]
pub(crate) struct Output {
    pub first: *mut f32,
    pub stride: usize,
    pub columns: usize,
}

impl Output {
    /// Stores the products of one token, of which the first `columns` are wanted.
    ///
    /// # Safety
    /// The token's `columns` values lie within the buffer that `first` points into, nothing else
    /// writes them, and `V` is nothing but f32, at least as many.
    #[inline(always)]
    pub(crate) unsafe fn store<V: Copy>(&self, token: usize, values: &V) {
        let count = size_of::<V>() / size_of::<f32>();
        // SAFETY: by this function's own conditions.
        unsafe {
            let to = self.first.add(token * self.stride);
            if self.columns == count {
                // Nearly always, and then without a call.
                to.cast::<V>().write_unaligned(*values);
            } else {
                debug_assert!(self.columns < count);
                let from = (&raw const *values).cast::<f32>();
                std::ptr::copy_nonoverlapping(from, to, self.columns);
            }
        }
    }
}
