//! A sentence being answered: what the model still has to read, and what it has written.

use std::collections::VecDeque;

use super::Engine;
use super::answer::{Answer, greedy};
use crate::constraint::{Machine, TokenId};
use crate::error::{Error, Result};
use crate::model::SequenceId;

/// About how many bytes a token has, to ask the grammar for as much as a guess may need.
const BYTES_A_TOKEN: usize = 8;

/// A sentence being answered.
pub(super) struct Writing {
    pub id: usize,
    pub sequence: SequenceId,
    /// Whether the prompt has been read.
    pub answering: bool,
    /// Tokens the model has not read yet.
    pub pending: VecDeque<TokenId>,
    /// So many of those are the prompt and must be read in one pass, because they see each other.
    pub together: usize,
    machine: Machine,
    /// The answer so far: its bytes, tokens and steps.
    written: Vec<u8>,
    tokens: Vec<TokenId>,
    steps: Vec<(usize, f32)>,
}

/// What became of a sentence in a pass.
pub(super) struct Advance {
    /// Whether the answer is finished.
    pub finished: bool,
    /// How many tokens of the guess turned out right.
    pub confirmed: usize,
}

impl Writing {
    /// A sentence whose prompt is to be read, and what its answer must begin with.
    pub fn new(
        engine: &Engine,
        id: usize,
        sequence: SequenceId,
        prompt: Vec<TokenId>,
        machine: Machine,
    ) -> Result<Self> {
        let mut writing = Writing {
            id,
            sequence,
            answering: false,
            together: if engine.model.config().bidirectional_prefix { prompt.len() } else { 0 },
            pending: prompt.into(),
            machine,
            written: Vec::new(),
            tokens: Vec::new(),
            steps: Vec::new(),
        };
        writing.write_forced(engine)?;
        Ok(writing)
    }

    /// A guess at the next tokens, after those pending: at most `most`.
    pub fn guess(&self, engine: &Engine, most: usize) -> Result<Vec<TokenId>> {
        if most == 0 {
            return Ok(Vec::new());
        }
        let bytes = self.machine.plainest(most * BYTES_A_TOKEN);
        let mut tokens = self.continuation(engine, &bytes)?;
        // The last may be the beginning of a longer one.
        tokens.pop();
        tokens.truncate(most);
        Ok(tokens)
    }

    /// Goes on writing when everything pending was read and `guess` after it. `hidden` gives the
    /// hidden state after the last token pending, and after each of the guess.
    pub fn advance(
        &mut self,
        engine: &Engine,
        guess: &[TokenId],
        hidden: &[&[f32]],
    ) -> Result<Advance> {
        self.answering = true;
        let mut confirmed = 0;
        loop {
            let state = hidden
                .get(confirmed)
                .ok_or_else(|| Error::Internal("a hidden state is missing".into()))?;
            let from = self.tokens.len();
            if self.choose(engine, state)? {
                return Ok(Advance { finished: true, confirmed });
            }
            let new = &self.tokens[from..];
            let right = new.iter().zip(&guess[confirmed..]).take_while(|(a, b)| a == b).count();
            let all = right == new.len();
            confirmed += right;
            self.pending.drain(..right);
            if !all {
                return Ok(Advance { finished: false, confirmed });
            }
        }
    }

    /// Chooses the next token by the hidden state of the last one, and adds what is then forced.
    /// Returns whether the answer is finished.
    fn choose(&mut self, engine: &Engine, hidden: &[f32]) -> Result<bool> {
        let mut allowed = Vec::new();
        self.machine.allowed(&engine.vocabulary, &mut allowed);
        let mut logits = Vec::with_capacity(allowed.len());
        if allowed.len() > 1 {
            engine.model.logits_of(hidden, &allowed, &mut logits)?;
        } else {
            logits.resize(allowed.len(), 0.0);
        }
        let (best, log) = greedy(&logits)
            .ok_or_else(|| Error::Internal("the grammar left the model nothing to write".into()))?;
        let token = allowed[best];
        if token == engine.vocabulary.end() {
            return Ok(true);
        }
        self.write(engine, token, log)?;
        self.write_forced(engine)?;
        Ok(false)
    }

    /// Adds a token to the answer, to be read by the model in the next pass.
    fn write(&mut self, engine: &Engine, token: TokenId, log: f32) -> Result<()> {
        self.machine
            .push(&engine.vocabulary, token)
            .map_err(|_| Error::Internal("the grammar refused a token it allowed".into()))?;
        self.written.extend_from_slice(engine.vocabulary.bytes(token));
        self.tokens.push(token);
        self.steps.push((self.written.len(), log));
        self.pending.push_back(token);
        Ok(())
    }

    /// Adds the tokens of what the grammar forces, without asking the model. The last one is left
    /// to be chosen: it may be the beginning of a longer token.
    fn write_forced(&mut self, engine: &Engine) -> Result<()> {
        let forced = self.machine.forced();
        let mut tokens = self.continuation(engine, &forced)?;
        tokens.pop();
        for token in tokens {
            self.write(engine, token, 0.0)?;
        }
        Ok(())
    }

    /// The tokens of `bytes` when they follow what is written: as the tokenizer writes the two
    /// together, if that agrees with what is written already. None if they end within a character.
    fn continuation(&self, engine: &Engine, bytes: &[u8]) -> Result<Vec<TokenId>> {
        if bytes.is_empty() {
            return Ok(Vec::new());
        }
        let (start, tokens_before) = self.last_word();
        let mut whole = self.written[start..].to_vec();
        whole.extend_from_slice(bytes);
        let Ok(text) = std::str::from_utf8(&whole) else { return Ok(Vec::new()) };
        let mut tokens = engine.tokenizer.encode(text)?;
        let written = &self.tokens[tokens_before..];
        if tokens.starts_with(written) {
            tokens.drain(..written.len());
            return Ok(tokens);
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => engine.tokenizer.encode(text),
            Err(_) => Ok(Vec::new()),
        }
    }

    /// Where the last word of the answer begins, if a token does there: its place, and how many
    /// tokens stand before it. Tokenizers never join what stands on both sides of the single space
    /// before a word, so nothing earlier need be looked at.
    fn last_word(&self) -> (usize, usize) {
        let is_space = |at: usize| self.written.get(at).is_none_or(u8::is_ascii_whitespace);
        let mut ends = self.steps.iter().enumerate().rev().map(|(token, step)| (step.0, token + 1));
        let found = ends.find(|&(at, _)| {
            at > 0 && self.written.get(at) == Some(&b' ') && !is_space(at - 1) && !is_space(at + 1)
        });
        found.unwrap_or((0, 0))
    }

    /// The answer, once it is finished.
    pub fn into_answer(self) -> Result<Answer> {
        let text = String::from_utf8(self.written)
            .map_err(|_| Error::Internal("the grammar let half a character through".into()))?;
        Ok(Answer { text, steps: self.steps })
    }
}
