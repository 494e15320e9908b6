//! The token table of a model file: tokens, their kinds, merges and special ids.

use std::io::Read;

use super::gguf::{Metadata, Strings, read_header};
use crate::error::{Error, Result};

/// The kind of a token (`llama_token_type`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// Writes text.
    Normal,
    /// Stands for text that no other token can write.
    Unknown,
    /// Marks the structure of a prompt, such as the end of an answer.
    Control,
    /// Added to the tokenizer by its maker.
    UserDefined,
    /// Reserved.
    Unused,
    /// Writes one byte.
    Byte,
}

/// The tokens of a model as its file lists them. Their number and encoding have been checked; they
/// are not interpreted here.
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
    /// Reads the token table of a GGUF file. Only the header of the file is read.
    ///
    /// # Errors
    /// [`Error::ModelFile`] if the file is not GGUF or ends within its header, or if its tokens are
    /// missing or not UTF-8, or a special id is not that of a token; [`Error::ModelUnsupported`] for
    /// an unknown version of GGUF; [`Error::Io`] if reading fails.
    pub fn read(mut reader: impl Read) -> Result<Self> {
        let (mut header, _) = read_header(&mut reader)?;
        Self::take(&mut header.metadata, None)
    }

    /// Takes the token table out of a file's metadata. `embeddings` is the number of rows of the
    /// embedding table, if known, which must be that of the tokens.
    ///
    /// # Errors
    /// [`Error::ModelFile`] if the tokens are missing, not UTF-8, or of another number, or a special id
    /// is not that of a token.
    pub(crate) fn take(metadata: &mut Metadata, embeddings: Option<usize>) -> Result<Self> {
        let bad = |why: String| Error::ModelFile(why);
        let model = metadata
            .text("tokenizer.ggml.model")?
            .ok_or_else(|| bad("it carries no tokenizer; convert it again".into()))?
            .to_owned();
        let tokens = metadata
            .take_texts("tokenizer.ggml.tokens")?
            .ok_or_else(|| bad("its tokenizer has no tokens; convert it again".into()))?;
        let count = tokens.len();
        if let Some(embeddings) = embeddings
            && embeddings != count
        {
            return Err(bad(format!("it has {count} tokens, but {embeddings} embeddings")));
        }
        let merges = metadata.take_texts("tokenizer.ggml.merges")?.unwrap_or_default();
        for (what, strings) in [("token", &tokens), ("merge", &merges)] {
            if let Some(i) = strings.iter().position(|s| std::str::from_utf8(s).is_err()) {
                return Err(bad(format!("its {what} {i} is not UTF-8")));
            }
        }
        let kinds = match metadata.take_integers("tokenizer.ggml.token_type")? {
            None => vec![TokenKind::Normal; count],
            Some(numbers) if numbers.len() != count => {
                return Err(bad(format!("it has {} token types", numbers.len())));
            }
            Some(numbers) => numbers.into_iter().map(kind).collect::<Result<_>>()?,
        };
        let id = |name: &str| -> Result<Option<u32>> {
            let key = format!("tokenizer.ggml.{name}_token_id");
            match metadata.unsigned(&key)? {
                Some(id) if id >= count as u64 => {
                    Err(bad(format!("its {key} is {id}, of {count} tokens")))
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

    /// The kind of tokenizer: `gpt2` is byte-level BPE, `llama` is SentencePiece.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// The name of the pre-tokenizer, which splits text before merging, such as `smollm` or `qwen2`.
    pub fn pre_tokenizer(&self) -> Option<&str> {
        self.pre_tokenizer.as_deref()
    }

    /// The number of tokens. Ids are 0 to `len() - 1`.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there are no tokens.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A token as the file writes it; for `gpt2`, in the alphabet of byte-level BPE.
    pub fn token(&self, id: u32) -> Option<&str> {
        std::str::from_utf8(self.tokens.get(id as usize)?).ok()
    }

    /// All tokens, in the order of their ids.
    pub fn tokens(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().filter_map(|token| std::str::from_utf8(token).ok())
    }

    /// The kind of a token.
    pub fn kind(&self, id: u32) -> Option<TokenKind> {
        self.kinds.get(id as usize).copied()
    }

    /// The merges, highest priority first: two tokens each, separated by a space.
    pub fn merges(&self) -> impl Iterator<Item = &str> {
        self.merges.iter().filter_map(|merge| std::str::from_utf8(merge).ok())
    }

    /// The token that begins a text, if [`TokenTable::add_bos`].
    pub fn bos(&self) -> Option<u32> {
        self.bos
    }

    /// The token that ends an answer.
    pub fn eos(&self) -> Option<u32> {
        self.eos
    }

    /// The token for text that no other token can write.
    pub fn unknown(&self) -> Option<u32> {
        self.unknown
    }

    /// The token that pads a batch.
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
