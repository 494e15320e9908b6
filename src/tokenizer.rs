//! 3. Text to token ids, and the raw bytes of each token.
//!
//! The vocabulary and merges are the model file's own; splitting and merging are the `tokenizers`
//! crate's. Text is never read as control tokens, whatever it says: those are not part of the
//! tokenizer at all. Decoding is by bytes, for a token can be half a character.

use tokenizers::models::bpe::BPE;
use tokenizers::pre_tokenizers::PreTokenizerWrapper;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::digits::Digits;
use tokenizers::pre_tokenizers::sequence::Sequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::tokenizer::{Decoder, Model, SplitDelimiterBehavior};

use crate::constraint::TokenTrie;
use crate::error::{Error, Result};
use crate::model::{TokenKind, TokenTable};

/// A byte-level BPE tokenizer.
pub struct Tokenizer {
    inner: tokenizers::Tokenizer,
}

impl Tokenizer {
    /// Builds the tokenizer of a model's vocabulary.
    ///
    /// # Errors
    /// [`Error::ModelUnsupported`] for another kind of tokenizer than byte-level BPE, or for one
    /// that splits text in a way unknown here; [`Error::ModelFile`] if its merges make no sense, or
    /// if it has no tokens for plain text, which would be left out.
    pub fn new(table: &TokenTable) -> Result<Self> {
        if table.model() != "gpt2" {
            return Err(Error::ModelUnsupported(format!(
                "its tokenizer is of the kind {:?}; only byte-level BPE (\"gpt2\") is",
                table.model()
            )));
        }
        let vocabulary: Vec<(String, u32)> = table.tokens().map(str::to_owned).zip(0..).collect();
        let merges = table
            .merges()
            .map(|merge| {
                let (left, right) = merge.split_once(' ').ok_or_else(|| {
                    Error::ModelFile(format!("its merge {merge:?} does not join two tokens"))
                })?;
                Ok((left.to_owned(), right.to_owned()))
            })
            .collect::<Result<Vec<_>>>()?;
        let bpe = BPE::builder()
            .vocab_and_merges(vocabulary.into_iter().collect::<ahash::AHashMap<_, _>>(), merges)
            .build()
            .map_err(|e| Error::ModelFile(format!("its merges make no sense ({e})")))?;
        // What every prompt is written in; the last two stand for the space and the line feed.
        let mut plain = ('!'..='~').chain(['Ġ', 'Ċ']);
        if let Some(missing) = plain.find(|one| bpe.token_to_id(&one.to_string()).is_none()) {
            return Err(Error::ModelFile(format!(
                "its vocabulary has no token for {missing:?}; convert it again"
            )));
        }
        let mut inner = tokenizers::Tokenizer::new(bpe);
        inner.with_pre_tokenizer(Some(pre_tokenizer(table.pre_tokenizer())?));
        Ok(Tokenizer { inner })
    }

    /// The ids of a text's tokens.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>> {
        let encoding = self
            .inner
            .encode_fast(text, false)
            .map_err(|e| Error::Internal(format!("a text could not be tokenized: {e}")))?;
        Ok(encoding.get_ids().to_vec())
    }

    /// The text that tokens write. Bytes that are no UTF-8 become U+FFFD, and control tokens are
    /// written by their names.
    ///
    /// # Errors
    /// [`Error::Input`] if there is no such token.
    pub fn decode(&self, tokens: &[u32]) -> Result<String> {
        let name = |&id: &u32| {
            self.inner
                .id_to_token(id)
                .ok_or_else(|| Error::Input(format!("there is no token {id}")))
        };
        let names = tokens.iter().map(name).collect::<Result<Vec<_>>>()?;
        let parts = ByteLevel::default()
            .decode_chain(names)
            .map_err(|e| Error::Internal(format!("tokens could not be decoded: {e}")))?;
        Ok(parts.concat())
    }
}

/// How text is split before merging, by the name model files give it. The patterns are those the
/// models' own tokenizers publish.
fn pre_tokenizer(name: Option<&str>) -> Result<PreTokenizerWrapper> {
    let digits = || PreTokenizerWrapper::from(Digits::new(true));
    let by_pattern = |pattern: &str| -> Result<PreTokenizerWrapper> {
        let pattern = SplitPattern::Regex(pattern.to_owned());
        let split = Split::new(pattern, SplitDelimiterBehavior::Isolated, false)
            .map_err(|e| Error::Internal(format!("a splitting pattern is not valid: {e}")))?;
        let bytes = ByteLevel::new(false, false, false);
        Ok(PreTokenizerWrapper::from(Sequence::new(vec![split.into(), bytes.into()])))
    };
    let byte_level = ByteLevel::new(false, false, true);
    match name {
        Some("smollm" | "starcoder" | "refact" | "command-r") => {
            Ok(PreTokenizerWrapper::from(Sequence::new(vec![digits(), byte_level.into()])))
        }
        Some("gpt-2" | "gpt2" | "default") | None => Ok(byte_level.into()),
        Some("llama3" | "llama-bpe" | "llama-v3") => by_pattern(
            r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ),
        Some("qwen2" | "deepseek-r1-qwen") => by_pattern(
            r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+",
        ),
        Some(other) => Err(Error::ModelUnsupported(format!(
            "its tokenizer splits text as {other:?} does; gpt-2, smollm, llama-bpe and qwen2 are known"
        ))),
    }
}

/// The bytes each token writes, as the grammar needs them. Control and unused tokens write none.
///
/// # Errors
/// [`Error::ModelFile`] if the model does not say which token ends an answer.
pub fn token_trie(table: &TokenTable) -> Result<TokenTrie> {
    let end = table.eos().ok_or_else(|| {
        Error::ModelFile("it does not say which token ends an answer; convert it again".into())
    })?;
    let byte_of = bytes_of_characters();
    let tokens = table
        .tokens()
        .zip(0..)
        .map(|(token, id)| match table.kind(id) {
            Some(TokenKind::Normal) if id != end => {
                token.chars().map(|c| byte_of.get(&c).copied()).collect()
            }
            _ => None,
        })
        .collect();
    Ok(TokenTrie::new(tokens, end))
}

/// GPT-2's table of printable characters for bytes, inverted: printable Latin-1 stands for itself,
/// the other bytes for the characters from U+0100 on, in order.
fn bytes_of_characters() -> std::collections::HashMap<char, u8> {
    let printable = |b: &u8| matches!(b, b'!'..=b'~' | 0xA1..=0xAC | 0xAE..=0xFF);
    let themselves = (0..=255u8).filter(printable).map(|b| (char::from(b), b));
    let others = (0..=255u8).filter(|b| !printable(b)).zip('\u{100}'..).map(|(b, c)| (c, b));
    themselves.chain(others).collect()
}
