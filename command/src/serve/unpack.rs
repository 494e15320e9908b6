//! Bodies that are packed with gzip: files that are kept so, and what a client packs for the way.

use std::io::{Read, Write};

use axum::body::Bytes;
use axum::http::{HeaderMap, header};
use flate2::bufread;
use flate2::write;

use super::error::Refusal;

/// How packed bytes begin.
pub const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// The most packed bytes that are unpacked at a time: a thousand times as many may come out.
const PIECE: usize = 1 << 10;

/// Whether the head of a request says that its body is packed.
///
/// # Errors
/// [`Refusal::encoding`] if it is packed in another way.
pub fn is_stated(headers: &HeaderMap) -> Result<bool, Refusal> {
    let mut is_packed = false;
    for value in headers.get_all(header::CONTENT_ENCODING) {
        let names = value.to_str().map_err(|_| Refusal::encoding())?;
        for name in names.split(',').map(|name| name.trim().to_ascii_lowercase()) {
            match name.as_str() {
                "" | "identity" => {}
                "gzip" | "x-gzip" if !is_packed => is_packed = true,
                _ => return Err(Refusal::encoding()),
            }
        }
    }
    Ok(is_packed)
}

/// A body as a whole, unpacked: because its head says that it `is_packed`, because it begins so, or both.
/// `limit` is the most bytes that may come out.
///
/// # Errors
/// [`Refusal::damaged`], and [`Refusal::unpacked_too_large`].
pub fn whole(body: Bytes, is_packed: bool, limit: usize) -> Result<Bytes, Refusal> {
    let body = if is_packed { unpacked(&body, limit)? } else { body };
    if body.starts_with(&MAGIC) { unpacked(&body, limit) } else { Ok(body) }
}

fn unpacked(packed: &[u8], limit: usize) -> Result<Bytes, Refusal> {
    let mut bytes = Vec::new();
    let mut unpacker = bufread::MultiGzDecoder::new(packed).take(limit as u64 + 1);
    unpacker.read_to_end(&mut bytes).map_err(|_| Refusal::damaged())?;
    if bytes.len() > limit {
        return Err(Refusal::unpacked_too_large(limit));
    }
    Ok(bytes.into())
}

/// Unpacks a body a part at a time.
pub struct Unpacker {
    unpacker: write::MultiGzDecoder<Vec<u8>>,
    /// What came and is not unpacked.
    packed: Bytes,
}

impl Unpacker {
    /// At the beginning of a body.
    pub fn new() -> Self {
        let unpacker = write::MultiGzDecoder::new(Vec::new());
        Unpacker { unpacker, packed: Bytes::new() }
    }

    /// Takes the next packed bytes, when there are none left of those before.
    pub fn put(&mut self, packed: Bytes) {
        self.packed = packed;
    }

    /// Some of what comes out of them; `None` when that was all. What was not asked for takes no memory.
    ///
    /// # Errors
    /// [`Refusal::damaged`].
    pub fn next(&mut self) -> Result<Option<Bytes>, Refusal> {
        while !self.packed.is_empty() {
            let piece = self.packed.split_to(self.packed.len().min(PIECE));
            let written = self.unpacker.write_all(&piece).and_then(|()| self.unpacker.flush());
            written.map_err(|_| Refusal::damaged())?;
            let part = std::mem::take(self.unpacker.get_mut());
            if !part.is_empty() {
                return Ok(Some(part.into()));
            }
        }
        Ok(None)
    }

    /// Whether the packed bytes end where they should.
    ///
    /// # Errors
    /// [`Refusal::damaged`] if not.
    pub fn finish(self) -> Result<(), Refusal> {
        self.unpacker.finish().map(|_| ()).map_err(|_| Refusal::damaged())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(text).expect("it is packed");
        packer.finish().expect("it is packed")
    }

    fn in_parts(packed: &[u8], length: usize) -> Result<Vec<u8>, Refusal> {
        let mut unpacker = Unpacker::new();
        let mut all = Vec::new();
        for part in packed.chunks(length) {
            unpacker.put(Bytes::copy_from_slice(part));
            while let Some(part) = unpacker.next()? {
                assert!(part.len() < 2000 * PIECE, "{}", part.len());
                all.extend_from_slice(&part);
            }
        }
        unpacker.finish().map(|()| all)
    }

    #[test]
    fn however_it_is_cut_all_comes_out() {
        // Two members, as files have that were put together, the second one large when it is unpacked.
        let mut text: Vec<u8> = (0..3000u32).flat_map(|n| n.to_string().into_bytes()).collect();
        let mut members = packed(&text);
        let blank = vec![b' '; 8 << 20];
        members.extend(packed(&blank));
        text.extend(blank);
        for length in [1, 2, 7, 1000, 1 << 20] {
            assert!(in_parts(&members, length).expect("it is whole") == text, "{length}");
        }
        let whole = |body: &[u8], is_packed, limit| {
            whole(Bytes::copy_from_slice(body), is_packed, limit).map_err(|refusal| refusal.code)
        };
        assert!(whole(&members, false, text.len()).is_ok_and(|all| all == text));
        assert!(whole(&packed(&members), true, text.len()).is_ok_and(|all| all == text));
        assert_eq!(whole(&members, true, text.len() - 1), Err("text-too-large"));
        assert_eq!(whole(b"{}", false, 9), Ok(Bytes::from_static(b"{}")));
        for damaged in [&members[..members.len() - 1], &members[..20], b"\x1f\x8b", b"{}", b""] {
            assert_eq!(whole(damaged, true, text.len()), Err("input"));
            assert_eq!(in_parts(damaged, 7).map_err(|refusal| refusal.code), Err("input"));
        }
    }
}
