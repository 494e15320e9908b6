//! Bytes on cache lines: vector loads from them never straddle two.

const LINE: usize = 64;

#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
struct Line([u8; LINE]);

/// A zeroed buffer of bytes that starts on a cache line.
#[derive(Debug, Default)]
pub(super) struct AlignedBytes {
    lines: Vec<Line>,
    len: usize,
}

impl AlignedBytes {
    pub(super) fn zeroed(len: usize) -> Self {
        AlignedBytes { lines: vec![Line([0; LINE]); len.div_ceil(LINE)], len }
    }

    /// Makes the buffer at least `len` bytes long and returns that many, of no known content.
    pub(super) fn reserve(&mut self, len: usize) -> &mut [u8] {
        if self.len < len {
            *self = AlignedBytes::zeroed(len);
        }
        &mut self.as_mut_slice()[..len]
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        // SAFETY: `lines` holds at least `len` initialised bytes, contiguous as `Line` has no padding.
        unsafe { std::slice::from_raw_parts(self.lines.as_ptr().cast(), self.len) }
    }

    pub(super) fn as_mut_slice(&mut self) -> &mut [u8] {
        // SAFETY: as above, and the borrow is unique.
        unsafe { std::slice::from_raw_parts_mut(self.lines.as_mut_ptr().cast(), self.len) }
    }
}
