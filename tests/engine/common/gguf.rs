//! Writes small models as GGUF bytes.

use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{Device, Tensor};

/// A file in the making: pairs and tensors are written in the order they are added.
#[derive(Clone, Default)]
pub struct Writer {
    /// Keys, and values with the number of their type.
    pub pairs: Vec<(String, Vec<u8>)>,
    /// Names, dimensions, numbers of types, and data.
    pub tensors: Vec<(String, Vec<u64>, u32, Vec<u8>)>,
}

/// The number of a type in `ggml.h`.
pub fn type_id(dtype: GgmlDType) -> u32 {
    match dtype {
        GgmlDType::F32 => 0,
        GgmlDType::F16 => 1,
        GgmlDType::Q4_0 => 2,
        GgmlDType::Q4_1 => 3,
        GgmlDType::Q5_0 => 6,
        GgmlDType::Q5_1 => 7,
        GgmlDType::Q8_0 => 8,
        GgmlDType::Q8_1 => 9,
        GgmlDType::Q2K => 10,
        GgmlDType::Q3K => 11,
        GgmlDType::Q4K => 12,
        GgmlDType::Q5K => 13,
        GgmlDType::Q6K => 14,
        GgmlDType::Q8K => 15,
        GgmlDType::BF16 => 30,
    }
}

fn string(text: &str) -> Vec<u8> {
    let mut out = (text.len() as u64).to_le_bytes().to_vec();
    out.extend(text.as_bytes());
    out
}

impl Writer {
    /// Adds a pair whose value is already encoded, type number first. Replaces one of that name.
    pub fn raw(&mut self, key: &str, kind: u32, value: &[u8]) -> &mut Self {
        let mut bytes = kind.to_le_bytes().to_vec();
        bytes.extend(value);
        match self.pairs.iter_mut().find(|(k, _)| k == key) {
            Some(pair) => pair.1 = bytes,
            None => self.pairs.push((key.to_owned(), bytes)),
        }
        self
    }

    pub fn u32(&mut self, key: &str, value: u32) -> &mut Self {
        self.raw(key, 4, &value.to_le_bytes())
    }

    pub fn f32(&mut self, key: &str, value: f32) -> &mut Self {
        self.raw(key, 6, &value.to_le_bytes())
    }

    pub fn text(&mut self, key: &str, value: &str) -> &mut Self {
        self.raw(key, 8, &string(value))
    }

    pub fn texts(&mut self, key: &str, values: &[String]) -> &mut Self {
        let mut bytes = 8u32.to_le_bytes().to_vec();
        bytes.extend((values.len() as u64).to_le_bytes());
        values.iter().for_each(|value| bytes.extend(string(value)));
        self.raw(key, 9, &bytes)
    }

    pub fn without(&mut self, key: &str) -> &mut Self {
        self.pairs.retain(|(k, _)| k != key);
        self.tensors.retain(|(name, ..)| name != key);
        self
    }

    /// Adds a tensor, or replaces the one of that name. `dims` as in the file: fastest first.
    pub fn tensor(&mut self, name: &str, dims: &[u64], kind: u32, data: Vec<u8>) -> &mut Self {
        let entry = (name.to_owned(), dims.to_vec(), kind, data);
        match self.tensors.iter_mut().find(|t| t.0 == name) {
            Some(tensor) => *tensor = entry,
            None => self.tensors.push(entry),
        }
        self
    }

    /// Adds a tensor of f32 values, converted to `dtype`.
    pub fn values(&mut self, name: &str, dims: &[u64], dtype: GgmlDType, values: Vec<f32>) {
        let n = values.len();
        let tensor = Tensor::from_vec(values, n, &Device::Cpu).unwrap();
        let data = QTensor::quantize(&tensor, dtype).unwrap().data().unwrap().into_owned();
        self.tensor(name, dims, type_id(dtype), data);
    }

    /// The file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = b"GGUF".to_vec();
        out.extend(3u32.to_le_bytes());
        out.extend((self.tensors.len() as u64).to_le_bytes());
        out.extend((self.pairs.len() as u64).to_le_bytes());
        for (key, value) in &self.pairs {
            out.extend(string(key));
            out.extend(value);
        }
        let mut offset = 0u64;
        for (name, dims, kind, data) in &self.tensors {
            out.extend(string(name));
            out.extend((dims.len() as u32).to_le_bytes());
            dims.iter().for_each(|d| out.extend(d.to_le_bytes()));
            out.extend(kind.to_le_bytes());
            out.extend(offset.to_le_bytes());
            offset = (offset + data.len() as u64).next_multiple_of(32);
        }
        for (.., data) in &self.tensors {
            out.resize(out.len().next_multiple_of(32), 0);
            out.extend(data);
        }
        out
    }
}

/// Sizes of a synthetic model.
#[derive(Clone, Copy)]
pub struct Sizes {
    pub layers: usize,
    pub width: usize,
    pub heads: usize,
    pub kv_heads: usize,
    pub head_dim: usize,
    pub feed_forward: usize,
    pub vocabulary: usize,
}

/// Small, but with several heads to a key-value head and more than one layer.
pub const SMALL: Sizes = Sizes {
    layers: 2,
    width: 64,
    heads: 4,
    kv_heads: 2,
    head_dim: 16,
    feed_forward: 96,
    vocabulary: 50,
};

/// A generator of numbers that look random and are the same in every run (SplitMix64).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// `n` values spread evenly over `centre - spread ..= centre + spread`.
    pub fn values(&mut self, n: usize, centre: f32, spread: f32) -> Vec<f32> {
        let unit = |bits: u64| (bits >> 40) as f32 / (1u64 << 23) as f32 - 1.0;
        (0..n).map(|_| centre + spread * unit(self.next())).collect()
    }
}

/// A model of an architecture with weights that look random, linear layers in `dtype`.
pub fn synthetic(architecture: &str, sizes: Sizes, dtype: GgmlDType, tied: bool) -> Writer {
    let s = sizes;
    let mut w = Writer::default();
    let mut numbers = Numbers(7);
    w.text("general.architecture", architecture);
    let key = |name: &str| format!("{architecture}.{name}");
    for (name, n) in [
        ("block_count", s.layers),
        ("context_length", 256),
        ("embedding_length", s.width),
        ("feed_forward_length", s.feed_forward),
        ("attention.head_count", s.heads),
        ("attention.head_count_kv", s.kv_heads),
        ("rope.dimension_count", s.head_dim),
    ] {
        w.u32(&key(name), n as u32);
    }
    if architecture == "qwen3" || s.head_dim * s.heads != s.width {
        w.u32(&key("attention.key_length"), s.head_dim as u32);
        w.u32(&key("attention.value_length"), s.head_dim as u32);
    }
    // candle's Qwen3 computes its angles in half precision unless told otherwise.
    w.u32("general.dtype", 0);
    w.f32(&key("attention.layer_norm_rms_epsilon"), 1e-6);
    w.f32(&key("rope.freq_base"), 10_000.0);
    w.text("tokenizer.ggml.model", "gpt2");
    w.texts(
        "tokenizer.ggml.tokens",
        &(0..s.vocabulary).map(|i| format!("t{i}")).collect::<Vec<_>>(),
    );
    w.texts("tokenizer.ggml.merges", &["t 0".into()]);
    w.u32("tokenizer.ggml.eos_token_id", 2);

    let mut matrix = |w: &mut Writer, name: &str, rows: usize, cols: usize| {
        let values = numbers.values(rows * cols, 0.0, 1.7 / (cols as f32).sqrt());
        w.values(name, &[cols as u64, rows as u64], dtype, values);
    };
    let (query, kv) = (s.heads * s.head_dim, s.kv_heads * s.head_dim);
    matrix(&mut w, "token_embd.weight", s.vocabulary, s.width);
    if !tied {
        matrix(&mut w, "output.weight", s.vocabulary, s.width);
    }
    for i in 0..s.layers {
        for (name, rows, cols) in linear_layers(s) {
            matrix(&mut w, &format!("blk.{i}.{name}.weight"), rows, cols);
        }
    }
    let mut vector = |name: String, n: usize, centre: f32, spread: f32| {
        w.values(&name, &[n as u64], GgmlDType::F32, numbers.values(n, centre, spread));
    };
    vector("output_norm.weight".into(), s.width, 1.0, 0.3);
    for i in 0..s.layers {
        for name in ["attn_norm", "ffn_norm"] {
            vector(format!("blk.{i}.{name}.weight"), s.width, 1.0, 0.3);
        }
        if architecture == "qwen2" {
            for (name, n) in [("attn_q", query), ("attn_k", kv), ("attn_v", kv)] {
                vector(format!("blk.{i}.{name}.bias"), n, 0.0, 1.0);
            }
        }
        if architecture == "qwen3" {
            for name in ["attn_q_norm", "attn_k_norm"] {
                vector(format!("blk.{i}.{name}.weight"), s.head_dim, 1.0, 0.5);
            }
        }
    }
    w
}

/// The matrices of a layer that have adapters: names, rows, columns.
fn linear_layers(s: Sizes) -> [(&'static str, usize, usize); 7] {
    let (query, kv) = (s.heads * s.head_dim, s.kv_heads * s.head_dim);
    [
        ("attn_q", query, s.width),
        ("attn_k", kv, s.width),
        ("attn_v", kv, s.width),
        ("attn_output", s.width, query),
        ("ffn_gate", s.feed_forward, s.width),
        ("ffn_up", s.feed_forward, s.width),
        ("ffn_down", s.width, s.feed_forward),
    ]
}

/// The adapters of a [`synthetic`] model, of rank 32, with weights that look random, and the matrices
/// that they add: by name, row after row.
pub fn adapters(sizes: Sizes, spread: f32) -> (Writer, Vec<(String, Vec<f32>)>) {
    const RANK: usize = 32;
    let mut numbers = Numbers(11);
    let mut w = Writer::default();
    w.text("general.architecture", "llama");
    w.text("general.type", "adapter");
    w.text("adapter.type", "lora");
    w.f32("adapter.lora.alpha", 16.0);
    w.text("bioner.format", "compact");
    let mut added = Vec::new();
    for i in 0..sizes.layers {
        for (name, rows, columns) in linear_layers(sizes) {
            let name = format!("blk.{i}.{name}.weight");
            let down = numbers.values(RANK * columns, 0.0, 1.7 / (columns as f32).sqrt());
            let up = numbers.values(rows * RANK, 0.0, spread);
            let product = |row: usize, column: usize| -> f32 {
                (0..RANK).map(|k| up[row * RANK + k] * down[k * columns + column]).sum()
            };
            // The scale is alpha by the rank: a half.
            let matrix = (0..rows * columns).map(|at| product(at / columns, at % columns) / 2.0);
            added.push((name.clone(), matrix.collect()));
            let dims = |rows: usize, columns: usize| [columns as u64, rows as u64];
            let (a, b) = (format!("{name}.lora_a"), format!("{name}.lora_b"));
            w.values(&a, &dims(RANK, columns), GgmlDType::Q8_0, down);
            w.values(&b, &dims(rows, RANK), GgmlDType::Q8_0, up);
        }
    }
    (w, added)
}

impl Writer {
    /// Adds to the values of a tensor of quantized blocks.
    pub fn add(&mut self, name: &str, dtype: GgmlDType, added: &[f32]) {
        let tensor = self.tensors.iter_mut().find(|tensor| tensor.0 == name).unwrap();
        let stored = QTensor::new(
            candle_core::quantized::QStorage::from_data(
                tensor.3.clone().into(),
                &Device::Cpu,
                dtype,
            )
            .unwrap(),
            added.len(),
        );
        let values = stored.unwrap().dequantize(&Device::Cpu).unwrap();
        let values = (values + Tensor::new(added, &Device::Cpu).unwrap()).unwrap();
        tensor.3 = QTensor::quantize(&values, dtype).unwrap().data().unwrap().into_owned();
    }

    /// The file, padded as that of a model that its adapters follow.
    pub fn padded(&self) -> Vec<u8> {
        let mut bytes = self.bytes();
        bytes.resize(bytes.len().next_multiple_of(32), 0);
        bytes
    }
}
