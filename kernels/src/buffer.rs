//! Bytes that start on a cache line, so that no vector load from them straddles two.
//!
//! `Vec` has no alignment of its own to ask for. A few bytes more and `align_offset` give it in safe
//! code, so that neither a crate nor an allocator interface is needed.

/// Bytes in a cache line, which is also the widest vector.
const LINE: usize = 64;

/// A buffer of bytes that starts on a cache line: somewhat more bytes than asked for, of which the
/// first few are left out. Its content never moves.
#[derive(Debug, Default)]
pub(crate) struct AlignedBytes {
    bytes: Vec<u8>,
    /// Where the first line starts in `bytes`.
    start: usize,
}

impl AlignedBytes {
    /// `len` zeros.
    pub(crate) fn zeroed(len: usize) -> Self {
        let mut bytes = vec![0; len + LINE - 1];
        let start = bytes.as_ptr().align_offset(LINE);
        bytes.truncate(start + len);
        AlignedBytes { bytes, start }
    }

    /// Makes the buffer at least `len` bytes long and returns that many, of no known content.
    pub(crate) fn reserve(&mut self, len: usize) -> &mut [u8] {
        if self.as_slice().len() < len {
            *self = AlignedBytes::zeroed(len);
        }
        &mut self.as_mut_slice()[..len]
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [u8] {
        &mut self.bytes[self.start..]
    }
}
