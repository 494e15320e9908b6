//! Bytes that say they are a model: refused with an error, or a model that can be asked. Nothing else.
//!
//! Files made of any bytes seldom get past the first check. So most are a small model that works, with
//! some of its bytes replaced.
#![no_main]

use std::sync::LazyLock;

use arbitrary::Arbitrary;
use bioner::Options;
use bioner_fuzz::{check_span, load, scripted};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    /// The loader gets the file in pieces of this many bytes.
    piece: u16,
    file: File,
}

#[derive(Arbitrary, Debug)]
enum File {
    Any(Vec<u8>),
    Edited { seed: bool, edits: Vec<Edit>, cut: Option<u16> },
}

/// Bytes put over those of the file, or between them.
#[derive(Arbitrary, Debug)]
struct Edit {
    at: u32,
    bytes: Bytes,
    insert: bool,
}

#[derive(Arbitrary, Debug)]
enum Bytes {
    Any(Vec<u8>),
    U32(u32),
    U64(u64),
    F32(f32),
    /// Two to this power, and one less: where sizes overflow.
    Power(u8, bool),
}

static MODELS: LazyLock<[Vec<u8>; 2]> =
    LazyLock::new(|| [scripted::at_random(1), scripted::in_format(2, "compact")]);

impl Bytes {
    fn get(&self) -> Vec<u8> {
        match self {
            Bytes::Any(bytes) => bytes.iter().copied().take(64).collect(),
            Bytes::U32(number) => number.to_le_bytes().to_vec(),
            Bytes::U64(number) => number.to_le_bytes().to_vec(),
            Bytes::F32(number) => number.to_le_bytes().to_vec(),
            Bytes::Power(power, less) => {
                ((1u64 << (power % 64)) - u64::from(*less)).to_le_bytes().to_vec()
            }
        }
    }
}

impl File {
    fn bytes(self) -> Vec<u8> {
        let (seed, edits, cut) = match self {
            File::Any(bytes) => return bytes,
            File::Edited { seed, edits, cut } => (seed, edits, cut),
        };
        let mut file = MODELS[usize::from(seed)].clone();
        for edit in edits.iter().take(16) {
            let at = edit.at as usize % file.len();
            let bytes = edit.bytes.get();
            let end = if edit.insert { at } else { (at + bytes.len()).min(file.len()) };
            file.splice(at..end, bytes);
        }
        if let Some(cut) = cut {
            file.truncate(file.len().saturating_sub(usize::from(cut)));
        }
        file
    }
}

fuzz_target!(|input: Input| {
    let Ok(recognizer) = load(&input.file.bytes(), usize::from(input.piece)) else { return };
    let text = "Aspirin caused nausea.";
    let mut options = Options::new(["Disease"]);
    for format in [None, Some("iob2".to_owned())] {
        options.format = format;
        let Ok(entities) = recognizer.extract(text, &options) else { continue };
        for entity in entities {
            check_span(text, entity.span);
            assert!((0.0..=1.0).contains(&entity.score), "{entity:?}");
        }
    }
});
