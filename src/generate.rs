//! 6. The decode loop.
//!
//! Sentences are answered side by side. Each pass of the model takes the new tokens of every
//! sentence at work: one that was just chosen, with whatever the grammar forces after it, or a
//! stretch of a prompt. A sentence that is finished makes room for the next one at once, and the
//! instruction they all begin with is computed a single time. Choice is greedy, among the tokens
//! the grammar allows; only these tokens' logits are ever computed.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

use crate::constraint::{Machine, TokenId, Vocabulary};
use crate::error::{Error, Result};
use crate::format::Format;
use crate::model::{KvCache, Model, Outputs, Run, SequenceId};
use crate::prompt;
use crate::sentence::Sentence;
use crate::tokenizer::{self, Tokenizer};

/// What answers: the model and its vocabulary, as text and as the grammar's trie.
pub(crate) struct Engine {
    pub model: Model,
    pub tokenizer: Tokenizer,
    pub vocabulary: Vocabulary,
}

impl Engine {
    pub fn new(model: Model) -> Result<Self> {
        let tokenizer = Tokenizer::new(model.vocabulary())?;
        let vocabulary = tokenizer::vocabulary(model.vocabulary())?;
        Ok(Engine { model, tokenizer, vocabulary })
    }
}

/// How much is computed at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Sentences answered side by side.
    pub sentences: usize,
    /// Tokens in one pass of the model.
    pub tokens: usize,
}

impl Default for Limits {
    /// Enough to keep the kernels' tiles full, small enough that a pass in a browser stays short.
    fn default() -> Self {
        if cfg!(target_arch = "wasm32") {
            Limits { sentences: 24, tokens: 48 }
        } else {
            Limits { sentences: 48, tokens: 192 }
        }
    }
}

/// What the model wrote for one sentence.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answer {
    /// The wire answer.
    pub text: String,
    /// For each token, where it ends in the answer, and the logarithm of its probability among the
    /// tokens allowed; zero where the grammar left no choice.
    steps: Vec<(usize, f32)>,
}

impl Answer {
    /// The probability of the tokens that write these bytes of the answer, 0 to 1.
    pub fn score(&self, written: &Range<usize>) -> f32 {
        let starts = std::iter::once(0).chain(self.steps.iter().map(|step| step.0));
        let log: f32 = starts
            .zip(&self.steps)
            .filter(|(start, (end, _))| *start < written.end && written.start < *end)
            .map(|(_, (_, log))| log)
            .sum();
        log.exp().clamp(0.0, 1.0)
    }
}

/// Answers sentences with one instruction.
pub(crate) struct Generator {
    engine: Arc<Engine>,
    format: &'static dyn Format,
    types: Arc<[String]>,
    limits: Limits,
    cache: KvCache,
    /// The instruction, once it has been computed.
    instruction: Option<SequenceId>,
    waiting: VecDeque<(usize, Sentence)>,
    active: Vec<Active>,
    /// Tokens the model has read so far, prompts and answers.
    tokens: u64,
}

/// A sentence being answered.
struct Active {
    id: usize,
    sequence: SequenceId,
    /// Whether the prompt has been read.
    answering: bool,
    machine: Machine,
    /// Tokens the model has not read yet.
    pending: VecDeque<TokenId>,
    /// The answer so far: its bytes, tokens and steps.
    written: Vec<u8>,
    tokens: Vec<TokenId>,
    steps: Vec<(usize, f32)>,
}

impl Generator {
    pub fn new(
        engine: Arc<Engine>,
        types: Arc<[String]>,
        format: &'static dyn Format,
        limits: Limits,
    ) -> Self {
        let cache = engine.model.cache();
        let (waiting, active) = Default::default();
        Generator {
            engine,
            format,
            types,
            limits,
            cache,
            instruction: None,
            waiting,
            active,
            tokens: 0,
        }
    }

    /// Whether another sentence could start at the next step.
    pub fn has_room(&self) -> bool {
        self.active.len() + self.waiting.len() < self.limits.sentences
    }

    /// Whether there is nothing to do.
    pub fn is_idle(&self) -> bool {
        self.active.is_empty() && self.waiting.is_empty()
    }

    /// Tokens the model has read so far.
    pub fn tokens(&self) -> u64 {
        self.tokens
    }

    /// Puts a sentence in the queue; its answer will carry `id`.
    pub fn submit(&mut self, id: usize, sentence: Sentence) {
        self.waiting.push_back((id, sentence));
    }

    /// One pass of the model. Returns the answers it finished.
    pub fn step(&mut self) -> Result<Vec<(usize, Answer)>> {
        self.start_waiting()?;
        let shares = self.shares();
        let (tokens, outputs) = self.read(&shares)?;
        self.tokens += tokens as u64;
        let mut row = 0;
        let mut finished = Vec::new();
        let width = self.engine.model.config().width;
        for (index, &share) in shares.iter().enumerate() {
            let active = &mut self.active[index];
            active.pending.drain(..share);
            if share == 0 || !active.pending.is_empty() {
                continue;
            }
            let hidden = &outputs[row * width..(row + 1) * width];
            row += 1;
            if active.choose(&self.engine, hidden)? {
                finished.push(index);
            }
        }
        // From the last to the first, so that the others keep their places.
        let mut answers = Vec::with_capacity(finished.len());
        for index in finished.into_iter().rev() {
            let active = self.active.remove(index);
            self.cache.release(active.sequence);
            answers.push((active.id, active.into_answer()?));
        }
        Ok(answers)
    }

    fn start_waiting(&mut self) -> Result<()> {
        while self.active.len() < self.limits.sentences
            && let Some((id, sentence)) = self.waiting.pop_front()
        {
            let prefix = self.instruction()?;
            let sequence = self.cache.fork(prefix);
            let program = Arc::new(self.format.grammar(&sentence, &self.types));
            let mut active = Active {
                id,
                sequence,
                answering: false,
                machine: Machine::new(program, &sentence),
                pending: self.engine.tokenizer.encode(&prompt::question(sentence.view()))?.into(),
                written: Vec::new(),
                tokens: Vec::new(),
                steps: Vec::new(),
            };
            active.write_forced(&self.engine)?;
            self.active.push(active);
        }
        Ok(())
    }

    /// The sequence of the instruction, computed when it is first needed.
    fn instruction(&mut self) -> Result<SequenceId> {
        if let Some(sequence) = self.instruction {
            return Ok(sequence);
        }
        let text = prompt::instruction(&self.types, self.format);
        let tokens = self.engine.tokenizer.encode(&text)?;
        let sequence = self.cache.start();
        let run = Run { sequence, tokens: &tokens, outputs: Outputs::None };
        self.engine.model.forward(&mut self.cache, &[run])?;
        self.tokens += tokens.len() as u64;
        self.instruction = Some(sequence);
        Ok(sequence)
    }

    /// How many pending tokens of each sentence the next pass takes: first those of answers in the
    /// making, which are few, then stretches of prompts, oldest first.
    fn shares(&self) -> Vec<usize> {
        let mut room = self.limits.tokens.max(1);
        let mut shares = vec![0; self.active.len()];
        for answering in [true, false] {
            for (active, share) in self.active.iter().zip(&mut shares) {
                if active.answering == answering {
                    *share = active.pending.len().min(room);
                    room -= *share;
                }
            }
        }
        shares
    }

    /// Has the model read `shares` of what is pending. Returns how many tokens that were, and the
    /// final hidden states, a row for each sentence with nothing pending any more.
    fn read(&mut self, shares: &[usize]) -> Result<(usize, Vec<f32>)> {
        let stretches: Vec<(SequenceId, Vec<TokenId>, Outputs)> = self
            .active
            .iter()
            .zip(shares)
            .filter(|(_, share)| **share > 0)
            .map(|(active, &share)| {
                let last = share == active.pending.len();
                let outputs = if last { Outputs::Last } else { Outputs::None };
                (active.sequence, active.pending.iter().take(share).copied().collect(), outputs)
            })
            .collect();
        if stretches.is_empty() {
            return Ok((0, Vec::new()));
        }
        let runs: Vec<Run<'_>> = stretches
            .iter()
            .map(|(sequence, tokens, outputs)| Run {
                sequence: *sequence,
                tokens,
                outputs: *outputs,
            })
            .collect();
        let hidden = self.engine.model.forward(&mut self.cache, &runs)?;
        Ok((shares.iter().sum(), hidden.flatten_all()?.to_vec1()?))
    }
}

impl Active {
    /// Chooses the next token by the hidden state of the last one, and adds what is then forced.
    /// Returns whether the answer is finished.
    fn choose(&mut self, engine: &Engine, hidden: &[f32]) -> Result<bool> {
        self.answering = true;
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
        if forced.is_empty() {
            return Ok(());
        }
        let from = self.written.len();
        let mut whole = self.written.clone();
        whole.extend_from_slice(&forced);
        // As the tokenizer writes the whole answer, if that agrees with what is written already.
        let Ok(text) = std::str::from_utf8(&whole) else { return Ok(()) };
        let mut tokens = engine.tokenizer.encode(text)?;
        if tokens.starts_with(&self.tokens) {
            tokens.drain(..self.tokens.len());
        } else {
            let Ok(text) = std::str::from_utf8(&whole[from..]) else { return Ok(()) };
            tokens = engine.tokenizer.encode(text)?;
        }
        tokens.pop();
        for token in tokens {
            self.write(engine, token, 0.0)?;
        }
        Ok(())
    }

    fn into_answer(self) -> Result<Answer> {
        let text = String::from_utf8(self.written)
            .map_err(|_| Error::Internal("the grammar let half a character through".into()))?;
        Ok(Answer { text, steps: self.steps })
    }
}

/// The index of the greatest logit, the first of equals, and the logarithm of its probability.
fn greedy(logits: &[f32]) -> Option<(usize, f32)> {
    let (best, top) = logits
        .iter()
        .copied()
        .enumerate()
        .reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    let sum: f32 = logits.iter().map(|logit| (logit - top).exp()).sum();
    Some((best, -sum.ln()))
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

    #[test]
    fn a_score_multiplies_the_tokens_that_write_the_bytes() {
        let half = 0.5f32.ln();
        let answer = Answer { text: "abcdef".into(), steps: vec![(2, half), (4, half), (6, half)] };
        assert_eq!(answer.score(&(0..2)), 0.5);
        assert_eq!(answer.score(&(1..3)), 0.25);
        assert_eq!(answer.score(&(0..6)), 0.125);
    }
}
