//! A model with its tokenizer.

use super::prefix_cache::PrefixCache;
use crate::constraint::TokenTrie;
use crate::error::Result;
use crate::format::Format;
use crate::model::{KvCache, Model};
use crate::tokenizer::{self, Tokenizer};

/// A model with its tokens: as text, and as the trie that grammars are matched against. Not changed
/// by decoding, except for the instructions in its prefix cache.
pub(crate) struct LanguageModel {
    pub network: Model,
    pub tokenizer: Tokenizer,
    pub trie: TokenTrie,
    pub(super) prefixes: PrefixCache,
}

impl LanguageModel {
    /// # Errors
    /// Those of [`Tokenizer::new`].
    pub fn new(network: Model) -> Result<Self> {
        let tokenizer = Tokenizer::new(network.token_table())?;
        let trie = tokenizer::token_trie(network.token_table())?;
        Ok(LanguageModel { network, tokenizer, trie, prefixes: PrefixCache::default() })
    }

    /// An empty KV cache for questions in a format: with the model's adapters where the format is theirs.
    pub(super) fn cache_for(&self, format: &dyn Format) -> KvCache {
        match self.network.config().adapter_for(format.name()) {
            Some(_) => self.network.adapted_cache(),
            None => self.network.cache(),
        }
    }
}
