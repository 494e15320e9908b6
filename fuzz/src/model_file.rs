//! Files of models and of adapters that are almost right: small ones that work, with changes of what they say
//! and of their bytes.

use std::sync::LazyLock;

use arbitrary::Arbitrary;
use candle_core::quantized::GgmlDType;

use crate::gguf::{SMALL, Sizes, Writer, adapters, synthetic};
use crate::scripted;

/// A file.
#[derive(Arbitrary, Debug)]
pub enum File {
    /// Any bytes.
    Any(Vec<u8>),
    /// A file that works, changed.
    Changed { which: u8, changes: Vec<Change>, edits: Vec<Edit>, cut: Option<u16> },
}

/// A change of what a file says, which leaves it a file of its kind.
#[derive(Arbitrary, Debug)]
pub enum Change {
    /// Another value for a pair: one that is there, or one that the program knows.
    Pair(u8, Value),
    /// A pair or a tensor less.
    Without(u8),
    /// Another shape and another type for a tensor. Its data stay as long as they were, or become as long
    /// as the first dimensions say.
    Tensor { which: u8, dims: Vec<Number>, kind: u8, fits: bool },
    /// The values of a tensor, or the scales of its blocks.
    Values { which: u8, value: Float, every: u8 },
    /// Another place for a tensor than where its data are: over others, or outside the file.
    Offset { which: u8, offset: Number },
    /// How many tensors and pairs there are said to be.
    Counts { tensors: Option<Number>, pairs: Option<Number> },
}

/// Bytes put over those of a file, or between them.
#[derive(Arbitrary, Debug)]
pub struct Edit {
    at: u32,
    bytes: Vec<u8>,
    insert: bool,
}

/// A number, most often one at which sizes overflow.
#[derive(Arbitrary, Debug, Clone, Copy)]
pub enum Number {
    Small(u8),
    Any(u64),
    /// Two to this power, and so much more or less.
    Power(u8, i8),
}

/// A number of the kinds that spread.
#[derive(Arbitrary, Debug, Clone, Copy)]
pub enum Float {
    NaN,
    Infinite(bool),
    Largest,
    Smallest,
    Any(f32),
}

/// The value of a pair.
#[derive(Arbitrary, Debug)]
pub enum Value {
    U32(Number),
    U64(Number),
    I64(i64),
    F32(Float),
    Bool(u8),
    Known(u8),
    Text(String),
    Texts(Vec<String>),
    Integers(Vec<i32>),
    /// An array that claims to be this long.
    Array {
        kind: u8,
        count: Number,
        bytes: Vec<u8>,
    },
    /// Any bytes as any type.
    Raw(u8, Vec<u8>),
}

impl Number {
    fn get(self) -> u64 {
        match self {
            Number::Small(number) => number.into(),
            Number::Any(number) => number,
            Number::Power(power, more) => (1u64 << (power % 64)).wrapping_add_signed(more.into()),
        }
    }
}

impl Float {
    fn get(self) -> f32 {
        match self {
            Float::NaN => f32::NAN,
            Float::Infinite(above) => f32::INFINITY.copysign(if above { 1.0 } else { -1.0 }),
            Float::Largest => f32::MAX,
            Float::Smallest => f32::from_bits(1),
            Float::Any(number) => number,
        }
    }
}

/// Texts that some pair may have.
const KNOWN: [&str; 19] = [
    "",
    "llama",
    "qwen2",
    "qwen3",
    "gpt2",
    "bert",
    "default",
    "smollm",
    "adapter",
    "lora",
    "model",
    "compact",
    "iob2",
    "lines-grouped",
    "Disease,Chemical\nGene",
    "note 0.5 -1\ntrial 0.25 0",
    "note NaN inf",
    "none",
    "linear",
];

/// Pairs that a file need not have.
const KEYS: [&str; 24] = [
    "general.alignment",
    "general.type",
    "adapter.type",
    "adapter.lora.alpha",
    "bioner.format",
    "bioner.adapter.except",
    "bioner.attention.prefix",
    "bioner.type_sets",
    "bioner.score.presets",
    "bioner.score.scale",
    "bioner.score.shift",
    "llama.attention.sliding_window",
    "llama.rope.scaling.type",
    "llama.expert_count",
    "llama.attention.key_length",
    "llama.attention.value_length",
    "tokenizer.ggml.pre",
    "tokenizer.ggml.token_type",
    "tokenizer.ggml.bos_token_id",
    "tokenizer.ggml.unknown_token_id",
    "tokenizer.ggml.padding_token_id",
    "tokenizer.ggml.add_bos_token",
    "tokenizer.ggml.scores",
    "general.name",
];

impl Value {
    fn put(&self, writer: &mut Writer, key: &str) {
        let mut array = |kind: u32, count: u64, bytes: &[u8]| {
            let head = [&kind.to_le_bytes()[..], &count.to_le_bytes(), bytes].concat();
            writer.raw(key, 9, &head);
        };
        match self {
            Value::U32(number) => _ = writer.u32(key, number.get() as u32),
            Value::U64(number) => _ = writer.raw(key, 10, &number.get().to_le_bytes()),
            Value::I64(number) => _ = writer.raw(key, 11, &number.to_le_bytes()),
            Value::F32(number) => _ = writer.f32(key, number.get()),
            Value::Bool(byte) => _ = writer.raw(key, 7, &[*byte]),
            Value::Known(which) => _ = writer.text(key, KNOWN[usize::from(*which) % KNOWN.len()]),
            Value::Text(text) => _ = writer.text(key, text),
            Value::Texts(texts) => _ = writer.texts(key, texts),
            Value::Integers(numbers) => {
                let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
                array(5, numbers.len() as u64, &bytes);
            }
            Value::Array { kind, count, bytes } => array((kind % 14).into(), count.get(), bytes),
            Value::Raw(kind, bytes) => _ = writer.raw(key, (kind % 14).into(), bytes),
        }
    }
}

/// Models that work: of each family, in several types, with tokens that write text and with others.
static MODELS: LazyLock<Vec<Writer>> = LazyLock::new(|| {
    let mut own_format = scripted::random(2);
    own_format.text("bioner.format", "compact");
    let wide = Sizes {
        layers: 1,
        width: 256,
        heads: 4,
        kv_heads: 1,
        head_dim: 64,
        feed_forward: 256,
        vocabulary: 20,
    };
    vec![
        scripted::random(1),
        own_format,
        synthetic("qwen2", SMALL, GgmlDType::Q4_0, true),
        synthetic("qwen3", SMALL, GgmlDType::Q5_0, false),
        synthetic("llama", SMALL, GgmlDType::F16, true),
        synthetic("llama", wide, GgmlDType::Q4K, true),
    ]
});

/// Adapters of the models of [`SMALL`] sizes, with one layer and with two.
static ADAPTERS: LazyLock<Vec<Writer>> = LazyLock::new(|| {
    let with = |layers: usize| adapters(Sizes { layers, ..SMALL }, 0.3).0;
    vec![with(1), with(2)]
});

impl File {
    /// The bytes of a model's file.
    pub fn of_model(&self) -> Vec<u8> {
        self.bytes(&MODELS)
    }

    /// The bytes of a file of adapters.
    pub fn of_adapters(&self) -> Vec<u8> {
        self.bytes(&ADAPTERS)
    }

    fn bytes(&self, working: &[Writer]) -> Vec<u8> {
        let (which, changes, edits, cut) = match self {
            File::Any(bytes) => return bytes.clone(),
            File::Changed { which, changes, edits, cut } => (which, changes, edits, cut),
        };
        let changes = &changes[..changes.len().min(16)];
        let mut writer = working[usize::from(*which) % working.len()].clone();
        changes.iter().for_each(|change| change.make(&mut writer));
        let mut file = writer.bytes();
        changes.iter().for_each(|change| change.patch(&writer, &mut file));
        for edit in edits.iter().take(16) {
            let at = edit.at as usize % (file.len() + 1);
            let bytes = edit.bytes.iter().copied().take(64);
            let end = if edit.insert { at } else { (at + bytes.len()).min(file.len()) };
            file.splice(at..end, bytes);
        }
        if let Some(cut) = cut {
            file.truncate(file.len().saturating_sub(usize::from(*cut)));
        }
        file
    }
}

impl Change {
    /// Makes what can be said to the writer.
    fn make(&self, writer: &mut Writer) {
        let (pairs, tensors) = (writer.pairs.len(), writer.tensors.len());
        let which = |which: &u8, count: usize| usize::from(*which) % count.max(1);
        match self {
            Change::Pair(key, value) => {
                let at = which(key, pairs + KEYS.len());
                let key = match writer.pairs.get(at) {
                    Some((key, _)) => key.clone(),
                    None => KEYS[at - pairs].to_owned(),
                };
                value.put(writer, &key);
            }
            Change::Without(name) => {
                let at = which(name, pairs + tensors);
                let pair = writer.pairs.get(at).map(|(key, _)| key);
                let tensor = || writer.tensors.get(at - pairs).map(|tensor| &tensor.0);
                if let Some(name) = pair.or_else(tensor).cloned() {
                    writer.without(&name);
                }
            }
            Change::Tensor { which: tensor, dims, kind, fits } => {
                let at = which(tensor, tensors);
                let Some(tensor) = writer.tensors.get_mut(at) else { return };
                tensor.1 = dims.iter().take(6).map(|dim| dim.get()).collect();
                tensor.2 = (kind % 48).into();
                if *fits {
                    let values = tensor.1.iter().try_fold(1u64, |all, &dim| all.checked_mul(dim));
                    // As many bytes as a type of four a value has: too many for most.
                    let bytes = values.and_then(|values| values.checked_mul(4)).unwrap_or(0);
                    tensor.3.resize(bytes.min(1 << 16) as usize, 0);
                }
            }
            Change::Values { which: tensor, value, every } => {
                let at = which(tensor, tensors);
                let Some((_, _, kind, data)) = writer.tensors.get_mut(at) else { return };
                let full = value.get().to_le_bytes();
                // The upper half of a number of 32 bits is one of 16 bits whose exponent says the same
                // where it is NaN or infinite; for others any bits will do.
                let half = match value {
                    Float::NaN => 0x7e00u16.to_le_bytes(),
                    Float::Infinite(above) => {
                        (if *above { 0x7c00u16 } else { 0xfc00 }).to_le_bytes()
                    }
                    Float::Largest => 0x7bffu16.to_le_bytes(),
                    Float::Smallest => 1u16.to_le_bytes(),
                    Float::Any(_) => [full[2], full[3]],
                };
                // The type, the size of its blocks, and where in them the scale stands.
                let (block, place, number): (usize, usize, &[u8]) = match kind {
                    0 => (4, 0, &full[..]),
                    2 => (18, 0, &half[..]),
                    6 => (22, 0, &half[..]),
                    8 => (34, 0, &half[..]),
                    12 => (144, 0, &half[..]),
                    _ => (2, 0, &half[..]),
                };
                let step = block * (1 + usize::from(*every));
                for block in data.chunks_mut(step) {
                    if let Some(place) = block.get_mut(place..place + number.len()) {
                        place.copy_from_slice(number);
                    }
                }
            }
            Change::Offset { .. } | Change::Counts { .. } => {}
        }
    }

    /// Makes in the bytes of the file what the writer does not write.
    fn patch(&self, writer: &Writer, file: &mut [u8]) {
        let mut put = |at: usize, number: u64| {
            if let Some(place) = file.get_mut(at..at + 8) {
                place.copy_from_slice(&number.to_le_bytes());
            }
        };
        match self {
            Change::Counts { tensors, pairs } => {
                for (at, number) in [(8, tensors), (16, pairs)] {
                    if let Some(number) = number {
                        put(at, number.get());
                    }
                }
            }
            Change::Offset { which, offset } => {
                let string = |text: &str| 8 + text.len();
                let pairs = writer.pairs.iter().map(|(key, value)| string(key) + value.len());
                let which = usize::from(*which) % writer.tensors.len().max(1);
                let entries = writer.tensors.iter().take(which + 1);
                let entries =
                    entries.map(|(name, dims, ..)| string(name) + 4 + 8 * dims.len() + 12);
                put(24 + pairs.sum::<usize>() + entries.sum::<usize>() - 8, offset.get());
            }
            _ => {}
        }
    }
}
