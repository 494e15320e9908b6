//! The vocabulary a model file carries: tokens, their kinds, merges, special ids.

use std::io::Read;

use super::gguf::{Metadata, Strings, read_header};
use crate::error::{Error, Result};

/// What a token is for (`llama_token_type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Text.
    Normal,
    /// What stands for text that no token spells.
    Unknown,
    /// A token with a meaning of its own, such as the end of a text. It spells nothing.
    Control,
    /// Text that was added to the vocabulary by hand and is not split.
    UserDefined,
    /// A place in the vocabulary that is not taken.
    Unused,
    /// A single byte.
    Byte,
}

/// The tokens of a model, straight from its file: checked in number and form, not interpreted.
#[derive(Debug, Clone)]
pub struct TokenTable {
    model: String,
    pre_tokenizer: Option<String>,
    tokens: Strings,
    kinds: Vec<TokenKind>,
    merges: Strings,
    bos: Option<u32>,
    eos: Option<u32>,
    unknown: Option<u32>,
    padding: Option<u32>,
    add_bos: bool,
}

impl TokenTable {
    /// The vocabulary of a GGUF file, of which no more than the header is read.
    ///
    /// # Errors
    /// [`Error::ModelFile`] if it is not GGUF, ends within its header, or has a vocabulary that is
    /// missing, not UTF-8, or names ids it does not have; [`Error::ModelUnsupported`] if it is GGUF of
    /// another version; [`Error::Io`] if reading fails.
    pub fn read(mut reader: impl Read) -> Result<Self> {
        let (mut header, _) = read_header(&mut reader)?;
        Self::take(&mut header.metadata, None)
    }

    /// Takes the vocabulary out of the metadata of a model with so many embeddings, where that is
    /// known.
    ///
    /// # Errors
    /// [`Error::ModelFile`] where it is missing, of another size, not UTF-8, or names ids it does
    /// not have.
    pub(crate) fn take(metadata: &mut Metadata, embeddings: Option<usize>) -> Result<Self> {
        let bad = |why: String| Error::ModelFile(why);
        let model = metadata
            .text("tokenizer.ggml.model")?
            .ok_or_else(|| bad("it carries no tokenizer; convert it again".into()))?
            .to_owned();
        let tokens = metadata
            .take_texts("tokenizer.ggml.tokens")?
            .ok_or_else(|| bad("its tokenizer has no tokens; convert it again".into()))?;
        let vocabulary = tokens.len();
        if let Some(embeddings) = embeddings
            && embeddings != vocabulary
        {
            return Err(bad(format!("it has {vocabulary} tokens, but {embeddings} embeddings")));
        }
        let merges = metadata.take_texts("tokenizer.ggml.merges")?.unwrap_or_default();
        for (what, strings) in [("token", &tokens), ("merge", &merges)] {
            if let Some(i) = strings.iter().position(|s| std::str::from_utf8(s).is_err()) {
                return Err(bad(format!("its {what} {i} is not UTF-8")));
            }
        }
        let kinds = match metadata.take_integers("tokenizer.ggml.token_type")? {
            None => vec![TokenKind::Normal; vocabulary],
            Some(numbers) if numbers.len() != vocabulary => {
                return Err(bad(format!("it has {} token types", numbers.len())));
            }
            Some(numbers) => numbers.into_iter().map(kind).collect::<Result<_>>()?,
        };
        let id = |name: &str| -> Result<Option<u32>> {
            let key = format!("tokenizer.ggml.{name}_token_id");
            match metadata.unsigned(&key)? {
                Some(id) if id >= vocabulary as u64 => {
                    Err(bad(format!("its {key} is {id}, of {vocabulary} tokens")))
                }
                id => Ok(id.map(|id| id as u32)),
            }
        };
        Ok(Self {
            pre_tokenizer: metadata.text("tokenizer.ggml.pre")?.map(str::to_owned),
            bos: id("bos")?,
            eos: id("eos")?,
            unknown: id("unknown")?,
            padding: id("padding")?,
            add_bos: metadata.bool("tokenizer.ggml.add_bos_token")?.unwrap_or(false),
            model,
            tokens,
            kinds,
            merges,
        })
    }

    /// The tokenizer's kind: `gpt2` is byte-level BPE, `llama` is SentencePiece.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The rule by which text is cut before merging, such as `smollm` or `qwen2`.
    pub fn pre_tokenizer(&self) -> Option<&str> {
        self.pre_tokenizer.as_deref()
    }

    /// The number of tokens; ids are below it.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there are no tokens.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A token as the file writes it (`gpt2`: in the byte-level alphabet).
    pub fn token(&self, id: u32) -> Option<&str> {
        std::str::from_utf8(self.tokens.get(id as usize)?).ok()
    }

    /// Every token, in the order of the ids.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().filter_map(|token| std::str::from_utf8(token).ok())
    }

    /// What a token is for.
    pub fn kind(&self, id: u32) -> Option<TokenKind> {
        self.kinds.get(id as usize).copied()
    }

    /// The merges in order of priority, each two tokens with a space between.
    pub fn merges(&self) -> impl Iterator<Item = &str> {
        self.merges.iter().filter_map(|merge| std::str::from_utf8(merge).ok())
    }

    /// The token that begins a text, where [`TokenTable::add_bos`] asks for one.
    pub fn bos(&self) -> Option<u32> {
        self.bos
    }

    /// The token that ends an answer.
    pub fn eos(&self) -> Option<u32> {
        self.eos
    }

    /// The token for what cannot be written.
    pub fn unknown(&self) -> Option<u32> {
        self.unknown
    }

    /// The token that fills up batches.
    pub fn padding(&self) -> Option<u32> {
        self.padding
    }

    /// Whether the model expects [`TokenTable::bos`] before a text.
    pub fn add_bos(&self) -> bool {
        self.add_bos
    }
}

fn kind(number: i64) -> Result<TokenKind> {
    Ok(match number {
        1 => TokenKind::Normal,
        2 => TokenKind::Unknown,
        3 => TokenKind::Control,
        4 => TokenKind::UserDefined,
        5 => TokenKind::Unused,
        6 => TokenKind::Byte,
        _ => return Err(Error::ModelFile(format!("it has a token of the type {number}"))),
    })
}
