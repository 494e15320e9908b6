//! 6. The decode loop.
//!
//! Sentences are answered side by side. Each pass of the model takes the new tokens of every
//! sentence at work: one that was just chosen, with whatever the grammar forces after it, or a
//! stretch of a prompt. A sentence that is finished makes room for the next one at once, and the
//! instruction they all begin with is computed a single time, and kept for the next session. Choice
//! is greedy, among the tokens the grammar allows; only these tokens' logits are ever computed.
//!
//! A pass can also read a guess at what comes next: where the guess is what the model then chooses,
//! several tokens are written in one pass, and where it is not, the rest is forgotten. What is
//! written is the same with and without.

mod answer;
mod instruction;
mod writing;

use std::collections::VecDeque;
use std::sync::Arc;

use crate::constraint::{Machine, TokenId, Vocabulary};
use crate::error::Result;
use crate::format::Format;
use crate::model::{KvCache, Model, Outputs, Run, SequenceId, Workspace};
use crate::prompt;
use crate::sentence::Sentence;
use crate::tokenizer::{self, Tokenizer};
pub use answer::Answer;
use instruction::Kept;
use writing::Writing;

/// How fast the opinion of guesses changes.
const MEMORY: f32 = 0.1;
/// From this share of right ones on, guesses are made whenever there is room.
const TRUSTED: f32 = 0.7;
/// How many tokens are then guessed at once.
const TRUSTED_TOKENS: usize = 12;
/// How many sentences are worked on until the first is answered, so that nobody waits for it longer.
const AT_FIRST: usize = 2;

/// What answers: the model and its vocabulary, as text and as the grammar's trie.
pub(crate) struct Engine {
    pub model: Model,
    pub tokenizer: Tokenizer,
    pub vocabulary: Vocabulary,
    kept: Kept,
}

impl Engine {
    pub fn new(model: Model) -> Result<Self> {
        let tokenizer = Tokenizer::new(model.token_table())?;
        let vocabulary = tokenizer::vocabulary(model.token_table())?;
        Ok(Engine { model, tokenizer, vocabulary, kept: Kept::default() })
    }
}

/// How much is computed at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Sentences answered side by side.
    pub sentences: usize,
    /// Tokens in one pass of the model; a prompt that is read whole may take it beyond.
    pub tokens: usize,
    /// Tokens that a guess may fill a pass up to while guesses are rarely right; 0: no guesses.
    pub guesses: usize,
}

impl Default for Limits {
    /// Natively enough to keep several cores busy. In a browser, with one, few sentences at once and
    /// short passes cost hardly more than many and long ones, and the first are finished much sooner.
    fn default() -> Self {
        if cfg!(target_arch = "wasm32") {
            Limits { sentences: 6, tokens: 16, guesses: 8 }
        } else {
            Limits { sentences: 48, tokens: 192, guesses: 16 }
        }
    }
}

/// Answers sentences with one instruction.
pub(crate) struct Generator {
    engine: Arc<Engine>,
    format: &'static dyn Format,
    types: Arc<[String]>,
    limits: Limits,
    cache: KvCache,
    workspace: Workspace,
    instruction: String,
    /// The instruction's sequence, once it has been read.
    prefix: Option<SequenceId>,
    waiting: VecDeque<(usize, Sentence)>,
    active: Vec<Writing>,
    /// Tokens the model has read so far, prompts and answers.
    tokens: u64,
    /// About which share of the tokens guessed lately was right.
    trust: f32,
    /// Whether a sentence has been answered.
    begun: bool,
}

/// What a pass reads of a sentence.
#[derive(Default)]
struct Share {
    /// How many of the tokens pending.
    pending: usize,
    /// And after the last of them, these.
    guess: Vec<TokenId>,
}

impl Generator {
    pub fn new(
        engine: Arc<Engine>,
        types: Arc<[String]>,
        format: &'static dyn Format,
        limits: Limits,
    ) -> Self {
        let instruction = prompt::instruction(&types, format);
        let (cache, prefix) = match engine.kept.take(&instruction) {
            Some((cache, prefix)) => (cache, Some(prefix)),
            None => (engine.model.cache(), None),
        };
        // With room for nothing there would be no end.
        let limits = Limits { sentences: limits.sentences.max(1), ..limits };
        let (waiting, active) = Default::default();
        Generator {
            engine,
            format,
            types,
            limits,
            cache,
            workspace: Workspace::default(),
            instruction,
            prefix,
            waiting,
            active,
            tokens: 0,
            trust: TRUSTED,
            begun: false,
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
        let shares = self.shares()?;
        let outputs = self.read(&shares)?;
        let mut states = outputs.chunks_exact(self.engine.model.config().width);
        let mut finished = Vec::new();
        for (index, share) in shares.iter().enumerate() {
            let writing = &mut self.active[index];
            writing.pending.drain(..share.pending);
            writing.together = writing.together.saturating_sub(share.pending);
            if share.pending == 0 || !writing.pending.is_empty() {
                continue;
            }
            let read = self.cache.len(writing.sequence) - share.guess.len();
            let own: Vec<&[f32]> = states.by_ref().take(1 + share.guess.len()).collect();
            let advance = writing.advance(&self.engine, &share.guess, &own)?;
            self.cache.truncate(writing.sequence, read + advance.confirmed);
            if !share.guess.is_empty() {
                let right = advance.confirmed as f32 / share.guess.len() as f32;
                self.trust += MEMORY * (right - self.trust);
            }
            if advance.finished {
                finished.push(index);
            }
        }
        // From the last to the first, so that the others keep their places.
        let mut answers = Vec::with_capacity(finished.len());
        self.begun |= !finished.is_empty();
        for index in finished.into_iter().rev() {
            let writing = self.active.remove(index);
            self.cache.release(writing.sequence);
            answers.push((writing.id, writing.into_answer()?));
        }
        Ok(answers)
    }

    fn start_waiting(&mut self) -> Result<()> {
        let most = if self.begun { usize::MAX } else { AT_FIRST };
        while self.active.len() < self.limits.sentences.min(most)
            && let Some((id, sentence)) = self.waiting.pop_front()
        {
            let prefix = self.prefix()?;
            let sequence = self.cache.fork(prefix);
            let mut program = self.format.grammar(&sentence, &self.types);
            program.names_only();
            let program = Arc::new(program);
            let machine = Machine::new(program, &sentence);
            let prompt = self.engine.tokenizer.encode(&prompt::question(sentence.view()))?;
            self.active.push(Writing::new(&self.engine, id, sequence, prompt, machine)?);
        }
        Ok(())
    }

    /// The sequence of the instruction, read when it is first needed.
    fn prefix(&mut self) -> Result<SequenceId> {
        if let Some(sequence) = self.prefix {
            return Ok(sequence);
        }
        let tokens = self.engine.tokenizer.encode(&self.instruction)?;
        let sequence = self.cache.start();
        let run = Run { sequence, tokens: &tokens, prefix: 0, outputs: Outputs::Last(0) };
        self.engine.model.forward(&mut self.cache, &mut self.workspace, &[run])?;
        self.tokens += tokens.len() as u64;
        self.prefix = Some(sequence);
        Ok(sequence)
    }

    /// What the next pass takes of each sentence: first what is pending of answers in the making,
    /// which is little, then stretches of prompts, oldest first, with room left for guesses where
    /// those are worth it. A prompt that is to be read in one pass is begun when there is any room.
    fn shares(&self) -> Result<Vec<Share>> {
        let mut room = self.limits.tokens.max(1);
        let mut shares: Vec<Share> = self.active.iter().map(|_| Share::default()).collect();
        for answering in [true, false] {
            for (writing, share) in self.active.iter().zip(&mut shares) {
                if writing.answering == answering {
                    let least = if room > 0 { writing.together } else { 0 };
                    share.pending = writing.pending.len().min(room.max(least));
                    room = room.saturating_sub(share.pending);
                }
            }
            if answering && self.trust >= TRUSTED && self.limits.guesses > 0 {
                self.add_guesses(&mut shares, &mut room, TRUSTED_TOKENS)?;
            }
        }
        // A pass with few tokens takes hardly longer with a few more.
        let taken: usize = shares.iter().map(|share| share.pending + share.guess.len()).sum();
        let mut room = self.limits.guesses.saturating_sub(taken);
        self.add_guesses(&mut shares, &mut room, TRUSTED_TOKENS)?;
        Ok(shares)
    }

    /// Gives guesses of at most `most` tokens to the sentences that will have nothing pending,
    /// oldest first, as long as there is room.
    fn add_guesses(&self, shares: &mut [Share], room: &mut usize, most: usize) -> Result<()> {
        for (writing, share) in self.active.iter().zip(shares) {
            let read = share.pending > 0 && share.pending == writing.pending.len();
            if *room > 0 && read && share.guess.is_empty() {
                share.guess = writing.guess(&self.engine, most.min(*room))?;
                *room -= share.guess.len();
            }
        }
        Ok(())
    }

    /// Has the model read the shares. Returns the final hidden states: for each sentence with
    /// nothing pending any more, that of the last token and those of the guess.
    fn read(&mut self, shares: &[Share]) -> Result<Vec<f32>> {
        let mut stretches = Vec::new();
        for (writing, share) in self.active.iter().zip(shares).filter(|(_, s)| s.pending > 0) {
            let all = share.pending == writing.pending.len();
            let outputs = Outputs::Last(if all { 1 + share.guess.len() } else { 0 });
            let pending = writing.pending.iter().take(share.pending);
            let tokens: Vec<TokenId> = pending.chain(&share.guess).copied().collect();
            self.tokens += tokens.len() as u64;
            stretches.push((writing.sequence, tokens, writing.together, outputs));
        }
        if stretches.is_empty() {
            return Ok(Vec::new());
        }
        let runs: Vec<Run<'_>> = stretches
            .iter()
            .map(|(sequence, tokens, prefix, outputs)| Run {
                sequence: *sequence,
                tokens,
                prefix: *prefix,
                outputs: *outputs,
            })
            .collect();
        self.engine.model.forward(&mut self.cache, &mut self.workspace, &runs)
    }
}

impl Drop for Generator {
    fn drop(&mut self) {
        if let Some(prefix) = self.prefix.take() {
            let cache = std::mem::replace(&mut self.cache, self.engine.model.cache());
            self.engine.kept.put(std::mem::take(&mut self.instruction), cache, prefix);
        }
    }
}
