//! An active sequence: a sentence that is being answered.

use std::collections::VecDeque;
use std::sync::Arc;

use super::answer::Answer;
use super::language_model::LanguageModel;
use crate::constraint::{Machine, TokenId};
use crate::error::{Error, Result};
use crate::model::SequenceId;
use crate::sentence::Sentence;

/// About how many bytes a token has: how much of a continuation is asked of the grammar for a draft.
const BYTES_A_TOKEN: usize = 8;

/// A sentence that is being answered: what the model still has to read, and the answer so far.
pub(super) struct ActiveSequence {
    /// The sequence in the KV cache.
    pub id: SequenceId,
    sentence: Arc<Sentence>,
    /// Whether the prompt has been read.
    pub is_answering: bool,
    /// Tokens of the prompt and the answer that the model has not read yet.
    pub pending: VecDeque<TokenId>,
    /// The first so many of those attend to each other in both directions, so that they have to be
    /// read in one pass: the prompt, if the model was tuned to read it so.
    pub bidirectional: usize,
    /// Which tokens may come next.
    machine: Machine,
    /// The answer so far, in wire form: its bytes, its tokens, and for each token where it ends and
    /// its logarithmic probability.
    written: Vec<u8>,
    tokens: Vec<TokenId>,
    steps: Vec<(usize, f32)>,
}

/// What became of a sequence in a pass.
pub(super) struct Advance {
    /// Whether the answer is finished.
    pub is_finished: bool,
    /// How many tokens of the draft were accepted.
    pub accepted: usize,
}

impl ActiveSequence {
    /// A sequence whose prompt is to be read, followed by what the answer must begin with.
    pub fn new(
        model: &LanguageModel,
        id: SequenceId,
        sentence: Arc<Sentence>,
        prompt: Vec<TokenId>,
        machine: Machine,
    ) -> Result<Self> {
        let mut sequence = ActiveSequence {
            id,
            sentence,
            is_answering: false,
            bidirectional: if model.network.config().bidirectional_prefix {
                prompt.len()
            } else {
                0
            },
            pending: prompt.into(),
            machine,
            written: Vec::new(),
            tokens: Vec::new(),
            steps: Vec::new(),
        };
        sequence.write_forced(model)?;
        Ok(sequence)
    }

    /// A draft of the tokens after those pending, at most `max_tokens`: the grammar's cheapest
    /// continuation.
    pub fn draft(&self, model: &LanguageModel, max_tokens: usize) -> Result<Vec<TokenId>> {
        if max_tokens == 0 {
            return Ok(Vec::new());
        }
        let bytes = self.machine.cheapest(max_tokens * BYTES_A_TOKEN);
        let mut tokens = self.continuation(model, &bytes)?;
        // The last token may be the beginning of a longer one.
        tokens.pop();
        tokens.truncate(max_tokens);
        Ok(tokens)
    }

    /// Continues the answer when all pending tokens were read and `draft` after them. `hidden` gives
    /// the hidden state of the last pending token, and of each token of the draft.
    pub fn advance(
        &mut self,
        model: &LanguageModel,
        draft: &[TokenId],
        hidden: &[&[f32]],
    ) -> Result<Advance> {
        self.is_answering = true;
        let mut accepted = 0;
        loop {
            let state = hidden
                .get(accepted)
                .ok_or_else(|| Error::Internal("a hidden state is missing".into()))?;
            let from = self.tokens.len();
            if self.choose(model, state)? {
                return Ok(Advance { is_finished: true, accepted });
            }
            let new = &self.tokens[from..];
            let right = new.iter().zip(&draft[accepted..]).take_while(|(a, b)| a == b).count();
            let all_right = right == new.len();
            accepted += right;
            self.pending.drain(..right);
            if !all_right {
                return Ok(Advance { is_finished: false, accepted });
            }
        }
    }

    /// Chooses the next token by the hidden state of the last one, and adds what the grammar forces
    /// after it. Returns whether the answer is finished.
    fn choose(&mut self, model: &LanguageModel, hidden: &[f32]) -> Result<bool> {
        let mut allowed = Vec::new();
        self.machine.allowed(&model.trie, &mut allowed);
        let mut logits = Vec::with_capacity(allowed.len());
        if allowed.len() > 1 {
            model.network.logits_of(hidden, &allowed, &mut logits)?;
        } else {
            logits.resize(allowed.len(), 0.0);
        }
        let (best, log_probability) =
            greedy(&logits).ok_or_else(|| Error::Internal("the grammar allows no token".into()))?;
        let token = allowed[best];
        if token == model.trie.end() {
            return Ok(true);
        }
        self.write(model, token, log_probability)?;
        self.write_forced(model)?;
        Ok(false)
    }

    /// Adds a token to the answer, for the model to read in the next pass.
    fn write(&mut self, model: &LanguageModel, token: TokenId, log_probability: f32) -> Result<()> {
        self.machine
            .push(&model.trie, token)
            .map_err(|_| Error::Internal("the grammar refused a token it allowed".into()))?;
        self.written.extend_from_slice(model.trie.bytes(token));
        self.tokens.push(token);
        self.steps.push((self.written.len(), log_probability));
        self.pending.push_back(token);
        Ok(())
    }

    /// Adds the tokens that the grammar forces, without asking the model, except the last one: it may
    /// be the beginning of a longer token, so the model chooses it.
    fn write_forced(&mut self, model: &LanguageModel) -> Result<()> {
        let forced = self.machine.forced();
        let mut tokens = self.continuation(model, &forced)?;
        tokens.pop();
        for token in tokens {
            self.write(model, token, 0.0)?;
        }
        Ok(())
    }

    /// The tokens of `bytes` after what is written: as the tokenizer writes the two joined, if that
    /// agrees with the tokens written already, else as it writes `bytes` alone. None if they end
    /// within a character.
    fn continuation(&self, model: &LanguageModel, bytes: &[u8]) -> Result<Vec<TokenId>> {
        if bytes.is_empty() {
            return Ok(Vec::new());
        }
        let (start, tokens_before) = self.last_word();
        let mut joined = self.written[start..].to_vec();
        joined.extend_from_slice(bytes);
        let Ok(text) = std::str::from_utf8(&joined) else { return Ok(Vec::new()) };
        let mut tokens = model.tokenizer.encode(text)?;
        let written = &self.tokens[tokens_before..];
        if tokens.starts_with(written) {
            tokens.drain(..written.len());
            return Ok(tokens);
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => model.tokenizer.encode(text),
            Err(_) => Ok(Vec::new()),
        }
    }

    /// Where the last word of the answer begins that a token begins with: its byte, and the number of
    /// tokens before it. Tokenizers never join the two sides of a single space before a word, so
    /// nothing earlier has to be encoded again.
    fn last_word(&self) -> (usize, usize) {
        let is_space = |at: usize| self.written.get(at).is_none_or(u8::is_ascii_whitespace);
        let mut ends = self.steps.iter().enumerate().rev().map(|(token, step)| (step.0, token + 1));
        let found = ends.find(|&(at, _)| {
            at > 0 && self.written.get(at) == Some(&b' ') && !is_space(at - 1) && !is_space(at + 1)
        });
        found.unwrap_or((0, 0))
    }

    /// The sentence and its answer, once that is finished.
    pub fn into_answer(self) -> Result<(Arc<Sentence>, Answer)> {
        let wire = String::from_utf8(self.written)
            .map_err(|_| Error::Internal("the grammar allowed half a character".into()))?;
        Ok((self.sentence, Answer::from_wire(&wire, self.steps)))
    }
}

/// The index of the greatest logit, the first of equals, and the logarithm of its probability.
fn greedy(logits: &[f32]) -> Option<(usize, f32)> {
    let (best, top) = logits
        .iter()
        .copied()
        .enumerate()
        .reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    // By one library on every platform, so that scores are the same to the bit.
    let sum: f32 = logits.iter().map(|logit| libm::expf(logit - top)).sum();
    Some((best, -libm::logf(sum)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greedy_takes_the_first_of_the_greatest() {
        let (best, log) = greedy(&[0.0, 2.0, 2.0]).unwrap();
        assert_eq!(best, 1);
        let expected = 1.0 / (2.0 + (-2.0f32).exp());
        assert!((log.exp() - expected).abs() < 1e-6);
        assert!(greedy(&[]).is_none());
    }
}
