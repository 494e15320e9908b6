//! candle-transformers' stock `quantized_llama` for JavaScript, as a peer in `npm run bench`.
//!
//! Everything that computes is the library's own, used as its examples use it: a prompt in one
//! forward pass from position 0, then a token a pass, greedy over all logits.

use std::io::Cursor;

use candle_core::quantized::gguf_file::{Content, Value};
use candle_core::{Device, Error, Result, Tensor};
use candle_transformers::models::quantized_llama::ModelWeights;
use tokenizers::Tokenizer;
use tokenizers::models::bpe::BPE;
use tokenizers::pre_tokenizers::PreTokenizerWrapper;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::digits::Digits;
use tokenizers::pre_tokenizers::sequence::Sequence;
use wasm_bindgen::prelude::*;

/// The end of an answer, `<|im_end|>`.
const END: u32 = 2;

/// A model with one prompt and its answer.
#[wasm_bindgen]
pub struct Candle {
    model: ModelWeights,
    tokenizer: Tokenizer,
    prompt: Vec<u32>,
    /// Tokens written after the prompt, and read.
    answer: Vec<u32>,
    /// The token chosen last, not read yet.
    next: u32,
}

#[wasm_bindgen]
impl Candle {
    /// Loads a GGUF file.
    #[wasm_bindgen(constructor)]
    pub fn new(file: Vec<u8>) -> std::result::Result<Candle, JsError> {
        Ok(Self::load(&file)?)
    }

    /// Takes a prompt. Returns how many tokens it has.
    pub fn tokenize(&mut self, text: &str) -> std::result::Result<usize, JsError> {
        let encoding = self.tokenizer.encode_fast(text, false).map_err(Error::msg)?;
        self.prompt = encoding.get_ids().to_vec();
        Ok(self.prompt.len())
    }

    /// Reads the prompt and chooses the first token. Returns whether it is the end.
    pub fn prompt(&mut self) -> std::result::Result<bool, JsError> {
        self.answer.clear();
        let prompt = std::mem::take(&mut self.prompt);
        self.next = self.read(&prompt, 0)?;
        self.prompt = prompt;
        Ok(self.next == END)
    }

    /// Reads the token chosen last and chooses another. Returns whether that is the end.
    pub fn step(&mut self) -> std::result::Result<bool, JsError> {
        let position = self.prompt.len() + self.answer.len();
        self.answer.push(self.next);
        self.next = self.read(&[self.next], position)?;
        Ok(self.next == END)
    }

    /// The text of the answer so far.
    pub fn answer(&self) -> std::result::Result<String, JsError> {
        let tokens: Vec<u32> = self.answer.iter().copied().chain([self.next]).collect();
        let written: Vec<u32> = tokens.into_iter().filter(|&token| token != END).collect();
        Ok(self.tokenizer.decode(&written, false).map_err(Error::msg)?)
    }
}

impl Candle {
    fn load(file: &[u8]) -> Result<Self> {
        let mut reader = Cursor::new(file);
        let content = Content::read(&mut reader)?;
        let tokenizer = tokenizer(&content)?;
        let model = ModelWeights::from_gguf(content, &mut reader, &Device::Cpu)?;
        Ok(Candle { model, tokenizer, prompt: Vec::new(), answer: Vec::new(), next: END })
    }

    fn read(&mut self, tokens: &[u32], position: usize) -> Result<u32> {
        let input = Tensor::new(tokens, &Device::Cpu)?.unsqueeze(0)?;
        let logits = self.model.forward(&input, position)?.squeeze(0)?;
        logits.argmax(0)?.to_scalar()
    }
}

/// The byte-level BPE tokenizer of the model file: SmolLM2's, digits one by one.
fn tokenizer(content: &Content) -> Result<Tokenizer> {
    let strings = |key: &str| -> Result<Vec<String>> {
        let value = content.metadata.get(key);
        let values = value.map(Value::to_vec).transpose()?.map_or(&[][..], |values| &values[..]);
        values.iter().map(|value| value.to_string().cloned()).collect()
    };
    let vocabulary: ahash::AHashMap<String, u32> =
        strings("tokenizer.ggml.tokens")?.into_iter().zip(0..).collect();
    let merges = strings("tokenizer.ggml.merges")?
        .into_iter()
        .map(|merge| merge.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap())
        .collect();
    let bpe = BPE::builder().vocab_and_merges(vocabulary, merges).build();
    let mut tokenizer = Tokenizer::new(bpe.map_err(Error::msg)?);
    let bytes = ByteLevel::new(false, false, true);
    let parts = vec![Digits::new(true).into(), bytes.into()];
    tokenizer.with_pre_tokenizer(Some(PreTokenizerWrapper::from(Sequence::new(parts))));
    tokenizer.with_decoder(Some(bytes));
    Ok(tokenizer)
}
