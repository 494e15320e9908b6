//! 6. The decode loop: prompts and grammars to answers.
//!
//! ```text
//! sentence ─► prompt, grammar ─► ActiveSequence ─► Model::forward ─► hidden states ─► next token
//!                                     ▲   pending and draft tokens       │ among those allowed
//!                                     └──────────────────────────────────┘
//! ```
//!
//! A [`Decoder`] answers sentences under one instruction, many side by side. Each pass of the model
//! takes new tokens of every active sequence: the token that was just chosen with whatever the
//! grammar forces after it, or a chunk of a prompt. When a sentence is finished the next one takes
//! its place at once. The instruction that all prompts begin with is computed once, and kept in the
//! [`PrefixCache`](prefix_cache::PrefixCache) for the next decoder. Decoding is greedy, among the
//! tokens that the grammar allows; only the logits of these tokens are computed.
//!
//! Decoding is also speculative: a pass may read a draft of the tokens that come next. As many of
//! them as the model would have chosen are accepted, the others are removed from the KV cache.
//! Answers are the same with and without drafts.

mod answer;
mod decoder;
mod language_model;
mod prefix_cache;
mod sequence;
mod speculation;

pub use answer::Answer;
pub(crate) use decoder::Decoder;
pub use decoder::Limits;
pub(crate) use language_model::LanguageModel;
