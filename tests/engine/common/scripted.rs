//! Models whose answers are known in advance, to test what does not depend on weights.

use candle_core::quantized::GgmlDType;

use super::gguf::{Numbers, SMALL, Sizes, Writer, synthetic};

/// A model that at every step writes the token it likes best of those that the grammar allows,
/// whatever the text says.
///
/// It likes ending an answer most, then the texts of `mentions`, each of which is a token of its own,
/// then `-`, the answer for no mention, and any other byte least. So it finds exactly `mentions`, at
/// most one a line, wherever a sentence has them.
pub fn finding(mentions: &[&str]) -> Vec<u8> {
    let liked = |byte: u8| if byte == b'-' { 1.0 } else { 0.0 };
    model(mentions, liked, 2.0, 3.0).bytes()
}

/// A model that likes each byte as much as chance has it: within the grammar it writes anything.
pub fn at_random(seed: u64) -> Vec<u8> {
    random(seed).bytes()
}

/// [`at_random`], with this output format as its own.
pub fn in_format(seed: u64, format: &str) -> Vec<u8> {
    random(seed).text("bioner.format", format).bytes()
}

/// [`at_random`], with tokens of these names that are for control, and text split as `pre_tokenizer` does.
pub fn with_control_tokens(names: &[&str], pre_tokenizer: &str) -> Vec<u8> {
    let mut writer = model(names, |_| 0.0, 0.0, 1.0);
    // Bytes, the names, and the end.
    let kinds = [vec![1i32; 256], vec![3; names.len() + 1]].concat();
    let mut types = 5u32.to_le_bytes().to_vec();
    types.extend((kinds.len() as u64).to_le_bytes());
    types.extend(kinds.into_iter().flat_map(i32::to_le_bytes));
    writer.raw("tokenizer.ggml.token_type", 9, &types);
    writer.text("tokenizer.ggml.pre", pre_tokenizer).bytes()
}

/// The file of [`at_random`], in the making.
pub fn random(seed: u64) -> Writer {
    let mut numbers = Numbers(seed);
    let likings = numbers.values(257, 0.0, 1.0);
    model(&[], |byte| likings[usize::from(byte)], 0.0, likings[256])
}

/// A model with a token for each byte, for each text of `words` and for the end, with how much it
/// likes each of them.
///
/// All embeddings are the same, and its one layer adds nothing to them, so that what was written
/// before does not count. The output matrix then gives each token the same logit at every step.
fn model(words: &[&str], byte: impl Fn(u8) -> f32, word: f32, end: f32) -> Writer {
    let bytes = (0..=255).map(|value| (byte_level(&[value]), byte(value)));
    let words = words.iter().map(|text| (byte_level(text.as_bytes()), word));
    let tokens: Vec<(String, f32)> =
        bytes.chain(words).chain([("<end>".to_owned(), end)]).collect();
    let sizes = Sizes { layers: 1, vocabulary: tokens.len(), ..SMALL };
    let Sizes { width, feed_forward, vocabulary, .. } = sizes;
    let query = sizes.heads * sizes.head_dim;
    let mut writer = synthetic("llama", sizes, GgmlDType::Q8_0, false);
    let matrix = |writer: &mut Writer, name: &str, columns: usize, values: Vec<f32>| {
        let rows = values.len() / columns;
        writer.values(name, &[columns as u64, rows as u64], GgmlDType::Q8_0, values);
    };
    let logits = tokens.iter().flat_map(|&(_, liking)| vec![16.0 * liking / width as f32; width]);
    matrix(&mut writer, "token_embd.weight", width, vec![1.0; vocabulary * width]);
    matrix(&mut writer, "output.weight", width, logits.collect());
    matrix(&mut writer, "blk.0.attn_output.weight", query, vec![0.0; width * query]);
    matrix(&mut writer, "blk.0.ffn_down.weight", feed_forward, vec![0.0; width * feed_forward]);
    writer.values("output_norm.weight", &[width as u64], GgmlDType::F32, vec![1.0; width]);
    writer.u32("llama.context_length", 8192);
    writer.texts(
        "tokenizer.ggml.tokens",
        &tokens.iter().map(|(token, _)| token.clone()).collect::<Vec<_>>(),
    );
    writer.texts("tokenizer.ggml.merges", &[]);
    writer.u32("tokenizer.ggml.eos_token_id", vocabulary as u32 - 1);
    writer
}

/// Bytes in the alphabet of byte-level tokens: printable Latin-1 stands for itself, the others for the
/// characters from U+0100 on.
fn byte_level(bytes: &[u8]) -> String {
    let printable = |byte: u8| matches!(byte, b'!'..=b'~' | 0xA1..=0xAC | 0xAE..=0xFF);
    let character = |&byte: &u8| {
        let others_before = (0..byte).filter(|&other| !printable(other)).count() as u32;
        if printable(byte) {
            char::from(byte)
        } else {
            char::from_u32(0x100 + others_before).unwrap()
        }
    };
    bytes.iter().map(character).collect()
}
