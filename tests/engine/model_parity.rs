//! The forward pass against candle-transformers' stock models on the same weights.

use std::io::Cursor;

use crate::common;
use crate::common::gguf::{SMALL, Sizes, synthetic};
use bioner::model::{Model, Outputs, Run, Workspace};
use candle_core::quantized::gguf_file::{self, Content};
use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{Device, Result, Tensor};
use candle_transformers::models::{quantized_llama, quantized_qwen2, quantized_qwen3};

/// A stock model: called with tokens and the position of the first, returns the logits after the last.
type Stock = Box<dyn FnMut(&[u32], usize) -> Result<Tensor>>;

fn stock(architecture: &str, bytes: &[u8]) -> Result<Stock> {
    let mut reader = Cursor::new(bytes);
    let content = Content::read(&mut reader)?;
    let device = Device::Cpu;
    let input = |tokens: &[u32]| Tensor::new(tokens, &Device::Cpu)?.unsqueeze(0);
    Ok(match architecture {
        "llama" => {
            let mut model =
                quantized_llama::ModelWeights::from_gguf(content, &mut reader, &device)?;
            Box::new(move |tokens, start| model.forward(&input(tokens)?, start))
        }
        "qwen2" => {
            let mut model =
                quantized_qwen2::ModelWeights::from_gguf(content, &mut reader, &device)?;
            Box::new(move |tokens, start| model.forward(&input(tokens)?, start))
        }
        _ => {
            let mut model =
                quantized_qwen3::ModelWeights::from_gguf(content, &mut reader, &device)?;
            Box::new(move |tokens, start| model.forward(&input(tokens)?, start))
        }
    })
}

fn argmax(logits: &[f32]) -> usize {
    (0..logits.len()).max_by(|&a, &b| logits[a].total_cmp(&logits[b])).unwrap()
}

/// Logits at every position, from one pass of this crate.
fn all_logits(model: &Model, tokens: &[u32]) -> Vec<Vec<f32>> {
    let mut cache = model.cache();
    let sequence = cache.start();
    let run = Run { sequence, tokens, prefix: 0, outputs: Outputs::All };
    let hidden = model.forward(&mut cache, &mut Workspace::default(), &[run]).unwrap();
    let logits = model.logits(&hidden).unwrap();
    logits.chunks_exact(model.config().vocabulary_size).map(<[f32]>::to_vec).collect()
}

/// The same model with every tensor in f32. With it, stock candle rounds no activations, as both its
/// products with quantized weights and ours do.
fn in_f32(bytes: &[u8]) -> Vec<u8> {
    let mut reader = Cursor::new(bytes);
    let content = Content::read(&mut reader).unwrap();
    let mut tensors = Vec::new();
    for name in content.tensor_infos.keys() {
        let tensor = content.tensor(&mut reader, name, &Device::Cpu).unwrap();
        let values = tensor.dequantize(&Device::Cpu).unwrap();
        tensors.push((name.as_str(), QTensor::quantize(&values, GgmlDType::F32).unwrap()));
    }
    let metadata: Vec<_> = content.metadata.iter().map(|(k, v)| (k.as_str(), v)).collect();
    let tensors: Vec<_> = tensors.iter().map(|(name, tensor)| (*name, tensor)).collect();
    let mut out = Cursor::new(Vec::new());
    gguf_file::write(&mut out, &metadata, &tensors).unwrap();
    out.into_inner()
}

/// The errors of this crate and of the stock model against exact arithmetic, over the logits of all
/// positions.
#[derive(Debug, Default)]
struct Errors {
    /// Means over positions of the root mean square error.
    ours: f32,
    stock: f32,
    /// The largest error of one logit.
    ours_most: f32,
    /// The largest difference of one logit between this crate and the stock model.
    apart_most: f32,
    /// The root mean square of the exact logits.
    size: f32,
    /// Positions where the likeliest token differs from that of exact arithmetic.
    our_flips: usize,
    stock_flips: usize,
}

fn rms(x: impl Iterator<Item = f32>) -> f32 {
    let (sum, n) = x.fold((0.0, 0), |(sum, n), v| (sum + v * v, n + 1));
    (sum / n as f32).sqrt()
}

fn most(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).fold(0.0, |most, (a, b)| (a - b).abs().max(most))
}

/// Feeds `tokens` to the model in one pass and to the stock models token by token. At every position
/// the likeliest token must be that of exact arithmetic, unless its lead there is less than `tie`.
fn compare(
    model: &Model,
    exact: &mut Stock,
    stock: &mut Stock,
    tokens: &[u32],
    tie: f32,
) -> Errors {
    let ours = all_logits(model, tokens);
    assert_eq!(ours.len(), tokens.len());
    let mut errors = Errors::default();
    let share = 1.0 / tokens.len() as f32;
    for (i, ours) in ours.iter().enumerate() {
        let logits = |model: &mut Stock| -> Vec<f32> {
            model(&tokens[i..=i], i).unwrap().flatten_all().unwrap().to_vec1().unwrap()
        };
        let (exact, stock) = (logits(exact), logits(stock));
        assert_eq!(ours.len(), exact.len());
        let lead = exact[argmax(&exact)] - exact[argmax(ours)];
        assert!(lead <= tie, "position {i}: the likeliest token differs, by {lead}");
        errors.our_flips += usize::from(argmax(ours) != argmax(&exact));
        errors.stock_flips += usize::from(argmax(&stock) != argmax(&exact));
        let error = |x: &[f32]| rms(x.iter().zip(&exact).map(|(a, b)| a - b)) * share;
        errors.ours += error(ours);
        errors.stock += error(&stock);
        errors.size += rms(exact.iter().copied()) * share;
        errors.ours_most = errors.ours_most.max(most(ours, &exact));
        errors.apart_most = errors.apart_most.max(most(ours, &stock));
    }
    errors
}

/// Token ids of two prompts with their answers, by the model's own tokenizer: "Extract
/// Chemical, Disease:\nSelegiline-induced postural hypotension ...", "Extract Gene, Species:
/// \nExpression of the p53 gene ...".
const PROMPTS: [&[u32]; 2] = [
    &[
        25241, 13095, 28, 7284, 42, 198, 67, 2625, 87, 23040, 29, 13659, 1681, 867, 15148, 2868,
        281, 14749, 506, 1611, 42, 253, 18958, 1108, 335, 260, 2165, 282, 2547, 13979, 30, 198, 45,
        46, 13095, 42, 1268, 4793, 23040, 198, 7284, 42, 1681, 867, 15148, 2868, 43, 14749, 506,
        1611, 2,
    ],
    &[
        25241, 12228, 28, 13150, 42, 198, 25331, 282, 260, 273, 37, 35, 4675, 436, 3954, 281, 216,
        33, 34, 282, 216, 36, 32, 7913, 28, 6570, 28156, 33, 436, 19745, 30, 198, 45, 46, 12228,
        42, 273, 37, 35, 43, 28156, 33, 198, 13150, 42, 7913, 2,
    ],
];

#[test]
fn the_default_model_agrees_with_stock_llama() {
    let bytes = common::default_model_bytes();
    let model = common::default_model();
    let exact_bytes = in_f32(&bytes);
    for tokens in PROMPTS {
        // A fresh stock model each time: its cache cannot be emptied in part.
        let mut exact = stock("llama", &exact_bytes).unwrap();
        let mut stock = stock("llama", &bytes).unwrap();
        // Rounding activations to 8 bits changes a logit by 0.1 (root mean square) and by 0.7 at most, in
        // the stock model as in ours. So a lead of up to 0.4 may be lost.
        let errors = compare(model, &mut exact, &mut stock, tokens, 0.4);
        println!("{} tokens: {errors:?}", tokens.len());
        assert!(errors.ours < 1.2 * errors.stock, "{errors:?}");
        assert!(errors.our_flips <= errors.stock_flips + 1, "{errors:?}");
        assert!(errors.ours < 0.05 * errors.size, "{errors:?}");
    }
}

fn tokens(n: usize) -> Vec<u32> {
    (0..n as u32).map(|i| (i * 31 + i * i * 7 + 3) % 50).collect()
}

fn synthetic_parity(architecture: &str, sizes: Sizes, dtype: GgmlDType, tied: bool) {
    let bytes = synthetic(architecture, sizes, dtype, tied).bytes();
    let model = common::load(&bytes).unwrap();
    assert_eq!(model.config().tied_output, tied);
    let mut exact = stock(architecture, &in_f32(&bytes)).unwrap();
    let mut stock = stock(architecture, &bytes).unwrap();
    let errors = compare(&model, &mut exact, &mut stock, &tokens(40), 0.1);
    println!("{architecture} {dtype:?}: {errors:?}");
    assert!(errors.ours < 0.03 * errors.size, "{architecture} {dtype:?}: {errors:?}");
}

#[test]
fn synthetic_models_of_every_architecture_agree() {
    // Heads wider than width / heads, and not a multiple of the attention kernel's width.
    let wide = Sizes { heads: 8, kv_heads: 2, head_dim: 20, ..SMALL };
    synthetic_parity("llama", SMALL, GgmlDType::Q8_0, true);
    synthetic_parity("llama", SMALL, GgmlDType::Q8_0, false);
    synthetic_parity("qwen2", SMALL, GgmlDType::Q8_0, true);
    synthetic_parity("qwen2", SMALL, GgmlDType::Q8_0, false);
    synthetic_parity("qwen3", Sizes { head_dim: 32, ..SMALL }, GgmlDType::Q8_0, true);
    synthetic_parity("qwen3", wide, GgmlDType::Q8_0, false);
}

#[test]
fn every_type_of_weight_agrees() {
    for dtype in [
        GgmlDType::F32,
        GgmlDType::F16,
        GgmlDType::BF16,
        GgmlDType::Q4_0,
        GgmlDType::Q4_1,
        GgmlDType::Q5_0,
        GgmlDType::Q5_1,
    ] {
        // candle's own product of some types needs rows of an even number of blocks.
        synthetic_parity("llama", Sizes { feed_forward: 128, ..SMALL }, dtype, true);
    }
    // Blocks of 256.
    let sizes = Sizes { width: 256, heads: 16, kv_heads: 4, feed_forward: 256, ..SMALL };
    for dtype in [GgmlDType::Q2K, GgmlDType::Q3K, GgmlDType::Q4K, GgmlDType::Q5K, GgmlDType::Q6K] {
        synthetic_parity("llama", sizes, dtype, true);
    }
}
