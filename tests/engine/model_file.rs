//! Model files that are damaged, hostile, or of another kind. Each gives a clear error, and none a
//! panic or a large allocation.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::io::Cursor;

use crate::common;
use crate::common::gguf::{SMALL, Writer, synthetic};
use bioner::model::{Loader, Model, TokenKind, TokenTable, inspect};
use bioner::{Error, Recognizer};
use candle_core::quantized::GgmlDType;
use proptest::prelude::*;

thread_local! {
    static LARGEST: Cell<usize> = const { Cell::new(0) };
}

/// The system's allocator, which records the largest allocation of each thread; for all tests of the program.
struct Watched;

#[global_allocator]
static ALLOCATOR: Watched = Watched;

fn note(size: usize) {
    // While a thread ends its cell is gone, and allocations do not matter.
    let _ = LARGEST.try_with(|largest| largest.set(largest.get().max(size)));
}

// SAFETY: every call is passed on to the system's allocator unchanged.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note(layout.size());
        // SAFETY: what the caller guarantees is what the system's allocator asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        note(layout.size());
        // SAFETY: what the caller guarantees is what the system's allocator asks for.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: what the caller guarantees is what the system's allocator asks for.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note(size);
        // SAFETY: what the caller guarantees is what the system's allocator asks for.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

/// Loads a file and checks that no allocation is far larger than the file itself.
fn load(bytes: &[u8]) -> bioner::Result<Model> {
    LARGEST.set(0);
    let outcome = common::load(bytes);
    let largest = LARGEST.get();
    // The memory of a tensor, up to 64 MiB, is reserved when its first byte arrives.
    assert!(largest < 8 * bytes.len() + (65 << 20), "an allocation of {largest} bytes");
    outcome
}

fn small() -> Writer {
    synthetic("llama", SMALL, GgmlDType::Q8_0, false)
}

/// Loading `bytes` must fail with this code and a message that contains `part`.
#[track_caller]
fn refused(bytes: &[u8], code: &str, part: &str) {
    let error = load(bytes).expect_err("the file is refused");
    assert_eq!(error.code(), code, "{error}");
    assert!(error.to_string().contains(part), "{error:?} does not say {part:?}");
}

#[test]
fn a_vocabulary_without_letters_is_refused() {
    // Of a prompt nothing would be left, and it would never be read to its end.
    let file = small().texts("tokenizer.ggml.merges", &[]).bytes();
    let model = load(&file).expect("weights that can be used");
    let error = Recognizer::new(model).err().expect("a vocabulary that cannot");
    assert_eq!(error.code(), "model-file");
    assert!(error.to_string().contains("no token for '!'"), "{error}");
}

#[test]
fn a_valid_file_loads_in_pieces_of_any_size() {
    let bytes = small().bytes();
    let whole = load(&bytes).unwrap();
    assert_eq!(whole.config().vocabulary_size, 50);
    for size in [1, 7, 1000, bytes.len()] {
        let mut loader = Loader::new();
        for piece in bytes.chunks(size) {
            loader.push(piece).unwrap();
            loader.push(&[]).unwrap();
        }
        let model = loader.finish().unwrap();
        assert_eq!(model.config(), whole.config());
    }
    // Padding after the last tensor is allowed; anything more is an error.
    let mut padded = bytes.clone();
    padded.resize(bytes.len().next_multiple_of(32), 0);
    load(&padded).unwrap();
    padded.push(0);
    refused(&padded, "model-file", "goes on after its last tensor");
}

#[test]
fn the_token_table_is_read() {
    let model = load(&small().bytes()).unwrap();
    let tokens = model.token_table();
    assert_eq!((tokens.len(), tokens.model()), (50, "gpt2"));
    assert_eq!(tokens.tokens().nth(49), Some("t49"));
    assert_eq!(tokens.token(7), Some("t7"));
    assert_eq!(tokens.token(50), None);
    assert_eq!(tokens.merges().collect::<Vec<_>>(), ["t 0"]);
    assert_eq!((tokens.eos(), tokens.bos(), tokens.add_bos()), (Some(2), None, false));
    // Reading it alone needs only the header, of any kind of model.
    let mut writer = small();
    writer.text("general.architecture", "mamba");
    let read = TokenTable::read(Cursor::new(&writer.bytes()[..5000])).unwrap();
    assert!(read.tokens().eq(tokens.tokens()) && read.merges().eq(tokens.merges()));
    let tokens = common::default_model().token_table();
    assert_eq!((tokens.len(), tokens.merges().count()), (30_962, 30_710));
    assert_eq!(tokens.pre_tokenizer(), Some("smollm"));
    assert_eq!((tokens.token(2), tokens.kind(2)), (Some("<|im_end|>"), Some(TokenKind::Control)));
    assert_eq!((tokens.token(1268), tokens.kind(1268)), (Some("ĠSe"), Some(TokenKind::Normal)));
}

#[test]
fn inspection_describes_a_file() {
    let bytes = common::default_model_bytes();
    let description = inspect(Cursor::new(&bytes)).unwrap();
    assert_eq!(description.architecture.as_deref(), Some("llama"));
    assert_eq!(description.unsupported, None);
    assert_eq!(description.bytes, bytes.len() as u64);
    let count = |kind| description.tensors.get(kind).copied().unwrap_or_default();
    // The matrices, in any of these formats, with two of the adapter of each in a layer, and the norms.
    let matrices = count("Q4_0") + count("Q5_0") + count("Q8_0");
    assert_eq!((matrices, count("F32")), (631, 61));
    assert_eq!(description.parameters, 133_806_528);
    let error = inspect(Cursor::new(&bytes[..bytes.len() - 1])).unwrap_err();
    assert_eq!(error.code(), "model-file");
    // A valid file of another kind is described, with the reason.
    let mut writer = small();
    writer.text("general.architecture", "mamba");
    let description = inspect(Cursor::new(writer.bytes())).unwrap();
    let why = description.unsupported.unwrap();
    assert!(why.contains("mamba") && why.contains("llama"), "{why}");
}

#[test]
fn a_file_can_name_the_output_format_of_its_model() {
    let format = |writer: &Writer| load(&writer.bytes()).unwrap().config().format;
    assert_eq!(format(&small()), bioner::format::DEFAULT);
    assert_eq!(format(small().text("bioner.format", "json-grouped")), "json-grouped");
    let bytes = small().text("bioner.format", "compact").bytes();
    let description = serde_json::to_value(inspect(Cursor::new(bytes)).unwrap()).unwrap();
    assert_eq!(description["config"]["format"], "compact");
    let unknown = small().text("bioner.format", "haiku").bytes();
    refused(&unknown, "model-unsupported", "output format \"haiku\"");
    refused(&small().u32("bioner.format", 1).bytes(), "model-file", "bioner.format");
}

#[test]
fn a_truncated_file_is_an_error_wherever_it_ends() {
    let bytes = small().bytes();
    // Every length up to the end of the header, then every 97th.
    let header = 5000.min(bytes.len());
    let places = (0..header).chain((header..bytes.len()).step_by(97)).chain([bytes.len() - 1]);
    for end in places {
        let error = load(&bytes[..end]).expect_err("the file is truncated");
        assert_eq!(error.code(), "model-file", "cut at {end}: {error}");
        let message = error.to_string();
        assert!(message.contains("it ends after") && message.contains("download"), "{message}");
        assert!(inspect(Cursor::new(&bytes[..end])).is_err());
        let read = TokenTable::read(Cursor::new(&bytes[..end]));
        assert_eq!(read.is_err(), message.contains("within its "), "cut at {end}: {message}");
    }
}

#[test]
fn files_that_are_not_gguf_are_errors() {
    refused(b"", "model-file", "it ends after 0 bytes");
    refused(b"<!DOCTYPE html><html>", "model-file", "not GGUF (it begins with \"<!DO\")");
    refused(b"ggjt\x03\0\0\0", "model-file", "not GGUF");
    refused(&[0; 100], "model-file", "not GGUF");
    let with_version = |version: [u8; 4]| {
        let mut bytes = small().bytes();
        bytes[4..8].copy_from_slice(&version);
        bytes
    };
    refused(&with_version([1, 0, 0, 0]), "model-unsupported", "version 1");
    refused(&with_version([9, 0, 0, 0]), "model-unsupported", "version 9");
    refused(&with_version([0, 0, 0, 3]), "model-unsupported", "big-endian");
    // A little-endian file of version 2 is also one of version 3.
    load(&with_version([2, 0, 0, 0])).unwrap();
}

#[test]
fn huge_numbers_are_refused_before_anything_is_allocated() {
    let at = |place: usize, number: u64| {
        let mut bytes = small().bytes();
        bytes[place..place + 8].copy_from_slice(&number.to_le_bytes());
        bytes
    };
    for huge in [u64::MAX, 1 << 62, 1 << 40, 1 << 20] {
        refused(&at(8, huge), "model-file", "tensors");
        refused(&at(16, huge), "model-file", "metadata pairs");
        refused(&at(24, huge | 1 << 32), "model-file", "a metadata key claims to be");
    }
    let mut writer = small();
    let mut array = 8u32.to_le_bytes().to_vec();
    array.extend(u64::MAX.to_le_bytes());
    writer.raw("tokenizer.ggml.tokens", 9, &array);
    refused(&writer.bytes(), "model-file", "tokenizer.ggml.tokens claims");
    // A count that is allowed, but the bytes are missing.
    let mut array = 8u32.to_le_bytes().to_vec();
    array.extend((1u64 << 20).to_le_bytes());
    writer.raw("tokenizer.ggml.tokens", 9, &array);
    assert!(load(&writer.bytes()).is_err());
    for (name, most) in [
        ("llama.block_count", "512"),
        ("llama.embedding_length", "32768"),
        ("llama.feed_forward_length", "131072"),
        ("llama.attention.head_count", "512"),
        ("llama.attention.head_count_kv", "512"),
        ("llama.context_length", "16777216"),
    ] {
        for number in [0, u32::MAX] {
            let bytes = small().u32(name, number).bytes();
            refused(&bytes, "model-file", &format!("its {name} is {number}, outside 1 to {most}"));
        }
    }
    let bytes = small().raw("llama.block_count", 11, &(-1i64).to_le_bytes()).bytes();
    refused(&bytes, "model-file", "is -1");
    for dims in [[u64::MAX, 2], [1 << 32, 1 << 32], [1 << 40, 32], [0, 50], [64, 0]] {
        let bytes = small().tensor("token_embd.weight", &dims, 8, vec![0; 64]).bytes();
        assert_eq!(load(&bytes).unwrap_err().code(), "model-file");
    }
}

#[test]
fn impossible_metadata_is_an_error() {
    for key in [
        "general.architecture",
        "llama.block_count",
        "llama.context_length",
        "llama.embedding_length",
        "llama.feed_forward_length",
        "llama.attention.head_count",
        "llama.attention.layer_norm_rms_epsilon",
        "tokenizer.ggml.model",
        "tokenizer.ggml.tokens",
    ] {
        assert_eq!(load(&small().without(key).bytes()).unwrap_err().code(), "model-file", "{key}");
        let wrong = small().raw(key, 7, &[1]).bytes();
        assert_eq!(load(&wrong).unwrap_err().code(), "model-file", "{key} of the wrong type");
    }
    for epsilon in [f32::NAN, f32::INFINITY, -1e-5, 0.5] {
        let bytes = small().f32("llama.attention.layer_norm_rms_epsilon", epsilon).bytes();
        refused(&bytes, "model-file", "layer_norm_rms_epsilon");
    }
    for base in [f32::NAN, 0.0, -1.0, f32::INFINITY] {
        refused(&small().f32("llama.rope.freq_base", base).bytes(), "model-file", "freq_base");
    }
    for (key, values) in [
        ("bioner.score.scale", [f32::NAN, 0.0, -1.0, 1e9]),
        ("bioner.score.shift", [f32::NAN, f32::INFINITY, -1e3, 1e9]),
    ] {
        for value in values {
            refused(&small().f32(key, value).bytes(), "model-file", key);
        }
    }
    let cases: [(&str, u32, &str); 6] = [
        ("llama.attention.head_count", 6, "does not divide into 6 heads"),
        ("llama.attention.head_count_kv", 3, "cannot share 3"),
        ("llama.rope.dimension_count", 15, "cannot be rotated"),
        ("llama.rope.dimension_count", 18, "cannot be rotated"),
        ("general.alignment", 24, "alignment is 24"),
        ("tokenizer.ggml.eos_token_id", 50, "eos_token_id is 50"),
    ];
    for (key, value, message) in cases {
        refused(&small().u32(key, value).bytes(), "model-file", message);
    }
    let tokens = |n: usize| (0..n).map(|i| format!("t{i}")).collect::<Vec<_>>();
    for n in [0, 49, 51] {
        let bytes = small().texts("tokenizer.ggml.tokens", &tokens(n)).bytes();
        refused(&bytes, "model-file", "50 embeddings");
    }
    let mut types = 5u32.to_le_bytes().to_vec();
    types.extend(50u64.to_le_bytes());
    (0..50i32).for_each(|i| types.extend((i % 8).to_le_bytes()));
    let bytes = small().raw("tokenizer.ggml.token_type", 9, &types).bytes();
    refused(&bytes, "model-file", "a token of the type 0");
    refused(&small().raw("x", 9, &[9, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]).bytes(), "model-file", "x");
    refused(&small().raw("x", 99, &[]).bytes(), "model-file", "unknown value type 99");
    refused(&small().raw("x", 7, &[2]).bytes(), "model-file", "the boolean 2");
    refused(&small().raw("x", 8, &[1, 0, 0, 0, 0, 0, 0, 0, 255]).bytes(), "model-file", "UTF-8");
}

#[test]
fn models_of_another_kind_are_errors() {
    for (key, value) in [("llama.expert_count", 8), ("llama.attention.sliding_window", 4096)] {
        refused(&small().u32(key, value).bytes(), "model-unsupported", "choose another");
    }
    let bytes = small().text("llama.rope.scaling.type", "yarn").bytes();
    refused(&bytes, "model-unsupported", "rope scaling");
    load(&small().text("llama.rope.scaling.type", "none").bytes()).unwrap();
    refused(
        &small().text("general.architecture", "gpt2").bytes(),
        "model-unsupported",
        "its architecture is \"gpt2\"",
    );
    let mut writer = small();
    writer.values("blk.0.attn_q.bias", &[64], GgmlDType::F32, vec![0.0; 64]);
    refused(&writer.bytes(), "model-unsupported", "blk.0.attn_q.bias");
}

#[test]
fn each_tensor_must_be_there_once_with_the_right_shape_and_type() {
    let whole = small();
    for name in ["token_embd.weight", "output_norm.weight", "blk.1.ffn_up.weight"] {
        refused(&small().without(name).bytes(), "model-file", name);
    }
    // Without its own output head the model uses the embedding table, which is allowed.
    assert!(load(&small().without("output.weight").bytes()).unwrap().config().tied_output);
    for (name, dims) in [
        ("blk.0.attn_k.weight", &[64, 64][..]),
        ("blk.0.attn_k.weight", &[2048]),
        ("blk.0.attn_k.weight", &[32, 64]),
        ("blk.0.attn_k.weight", &[64, 32, 1]),
        ("output_norm.weight", &[32]),
        ("output_norm.weight", &[64, 1]),
        ("output.weight", &[64, 49]),
        ("blk.1.ffn_up.weight", &[]),
    ] {
        let elements: u64 = dims.iter().product();
        let data = vec![0; elements as usize / 32 * 34];
        refused(&small().tensor(name, dims, 8, data).bytes(), "model-file", name);
    }
    for (kind, message) in [
        (4, "type 4"),
        (9, "type 9"),
        (15, "type 15"),
        (23, "IQ4_XS"),
        (24, "integers"),
        (99, "99"),
    ] {
        let bytes = small().tensor("blk.0.attn_k.weight", &[64, 32], kind, vec![0; 64]).bytes();
        refused(&bytes, "model-unsupported", message);
    }
    // Rows that are not whole blocks of the type.
    let bytes = small().tensor("blk.0.attn_k.weight", &[64, 32], 12, vec![0; 1152]).bytes();
    refused(&bytes, "model-file", "blocks of 256");
    // A name twice: the writer replaces a tensor of the same name, so one is renamed in the bytes.
    let bytes = whole.bytes();
    let renamed = replace(&bytes, b"blk.1.attn_k.weight", b"blk.0.attn_k.weight");
    refused(&renamed, "model-file", "twice");
}

/// Replaces the first occurrence of `from` by `to`, which has the same length.
fn replace(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|w| w == from).expect("it is there");
    let mut bytes = bytes.to_vec();
    bytes[at..at + to.len()].copy_from_slice(to);
    bytes
}

#[test]
fn tensors_must_not_overlap_or_leave_holes_or_end_beyond_the_file() {
    let bytes = small().bytes();
    let name = b"blk.1.ffn_norm.weight";
    let at = bytes.windows(name.len()).position(|w| w == name).expect("it is there");
    // Name, count of dimensions, one dimension, type, then the offset.
    let offset = at + name.len() + 4 + 8 + 4;
    let right = u64::from_le_bytes(bytes[offset..offset + 8].try_into().unwrap());
    for wrong in [0, right - 32, right + 32, right + 1, u64::MAX, 1 << 63] {
        let mut bytes = bytes.clone();
        bytes[offset..offset + 8].copy_from_slice(&wrong.to_le_bytes());
        refused(&bytes, "model-file", "is expected");
    }
}

#[test]
fn weights_that_are_not_numbers_are_errors() {
    let whole = small();
    let bytes = whole.bytes();
    let data = bytes.len() - 64 * 4;
    // The last tensor is a norm in f32; the embedding's first block begins with its scale.
    let mut norm = bytes.clone();
    norm[data..data + 4].copy_from_slice(&f32::NAN.to_le_bytes());
    assert_eq!(load(&norm).unwrap_err().code(), "model-file");
    let mut writer = small();
    let mut blocks = vec![1; 64 * 32 / 32 * 34];
    blocks[34 * 5..34 * 5 + 2].copy_from_slice(&[0x00, 0x7c]);
    writer.tensor("blk.0.attn_k.weight", &[64, 32], 8, blocks);
    assert_eq!(load(&writer.bytes()).unwrap_err().code(), "model-file");
    let mut writer = small();
    writer.values("rope_freqs.weight", &[8], GgmlDType::F32, vec![0.0; 8]);
    refused(&writer.bytes(), "model-file", "rotary factors");
    // The same in a type that is converted.
    let mut values = vec![0; 64 * 32 * 4];
    values[400..404].copy_from_slice(&f32::INFINITY.to_le_bytes());
    writer.tensor("blk.0.attn_k.weight", &[64, 32], 0, values.clone());
    assert_eq!(load(&writer.bytes()).unwrap_err().code(), "model-file");
    values[400..404].copy_from_slice(&1e38f32.to_le_bytes());
    writer.tensor("blk.0.attn_k.weight", &[64, 32], 0, values);
    assert_eq!(load(&writer.bytes()).unwrap_err().code(), "model-file");
}

#[test]
fn a_loader_that_has_failed_fails_again() {
    let mut loader = Loader::new();
    assert!(loader.push(b"nonsense").is_err());
    assert!(loader.push(&small().bytes()).is_err());
    assert!(matches!(loader.finish(), Err(Error::ModelFile(_))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// A damaged file either gives an error or loads as a model that can be run.
    #[test]
    fn a_damaged_file_never_panics(
        damage in proptest::collection::vec((0usize..6000, any::<u8>()), 1..4),
        cut in proptest::option::weighted(0.2, 0usize..6000),
    ) {
        let mut bytes = small().bytes();
        for (place, byte) in damage {
            bytes[place] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut);
        }
        let inspected = inspect(Cursor::new(&bytes));
        let tokens = TokenTable::read(Cursor::new(&bytes));
        match load(&bytes) {
            Err(error) => prop_assert!(error.code().starts_with("model-"), "{error}"),
            Ok(model) => {
                prop_assert!(inspected.is_ok_and(|d| d.unsupported.is_none()));
                prop_assert!(tokens.is_ok_and(|tokens| tokens.len() == model.token_table().len()));
                let mut cache = model.cache();
                let sequence = cache.start();
                let run = bioner::model::Run {
                    sequence,
                    tokens: &[1, 2],
                    prefix: 0,
                    outputs: bioner::model::Outputs::All,
                };
                let mut workspace = bioner::model::Workspace::default();
                let hidden = model.forward(&mut cache, &mut workspace, &[run]).unwrap();
                prop_assert_eq!(hidden.len(), 2 * model.config().width);
                let logits = model.logits(&hidden).unwrap();
                prop_assert_eq!(logits.len(), 2 * model.config().vocabulary_size);
            }
        }
    }
}
