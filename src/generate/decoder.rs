//! Answers sentences under one instruction: the active sequences, their KV cache, and passes of the
//! model over them.

use std::collections::VecDeque;
use std::sync::Arc;

use super::answer::Answer;
use super::language_model::LanguageModel;
use super::sequence::ActiveSequence;
use super::speculation::{AcceptanceRate, MAX_DRAFT_TOKENS};
use crate::constraint::{Machine, TokenId};
use crate::error::Result;
use crate::format::Format;
use crate::model::{KvCache, Outputs, Run, SequenceId, Workspace};
use crate::prompt;
use crate::sentence::Sentence;

/// The most sequences that are active before the first answer, so that a user waits for it as
/// little as possible.
const MAX_SEQUENCES_AT_FIRST: usize = 2;

/// How much is computed at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most sentences answered side by side; 0 counts as 1.
    pub sentences: usize,
    /// The most tokens in one pass of the model; 0 counts as 1. A prompt that has to be read in one
    /// pass may exceed it.
    pub tokens: usize,
    /// Passes with fewer tokens are filled up to so many with draft tokens, even while drafts are
    /// rarely accepted; 0: there are no drafts.
    pub draft_tokens: usize,
}

impl Default for Limits {
    /// Natively, enough to keep several cores busy. In a browser with its single core, short passes
    /// over few sentences cost hardly more than long ones, and the first answers come much sooner.
    fn default() -> Self {
        if cfg!(target_arch = "wasm32") {
            Limits { sentences: 6, tokens: 16, draft_tokens: 8 }
        } else {
            Limits { sentences: 48, tokens: 192, draft_tokens: 16 }
        }
    }
}

/// Answers sentences under one instruction.
pub(crate) struct Decoder {
    model: Arc<LanguageModel>,
    format: &'static dyn Format,
    types: Arc<[String]>,
    limits: Limits,
    /// The text that all prompts begin with.
    instruction: String,
    /// Its sequence, once it has been read.
    prefix: Option<SequenceId>,
    cache: KvCache,
    workspace: Workspace,
    /// Sentences that are not active yet.
    queue: VecDeque<Arc<Sentence>>,
    active: Vec<ActiveSequence>,
    acceptance: AcceptanceRate,
    /// Whether a sentence has been answered.
    has_answered: bool,
    /// Tokens the model has read so far: instruction, prompts, answers and drafts.
    tokens: u64,
}

/// The tokens that a pass reads of one sequence.
#[derive(Default)]
struct Chunk {
    /// So many of its pending tokens.
    pending: usize,
    /// And these after the last of them.
    draft: Vec<TokenId>,
}

impl Decoder {
    /// A decoder of answers in `format` to the question for `types`.
    pub fn new(
        model: Arc<LanguageModel>,
        types: Arc<[String]>,
        format: &'static dyn Format,
        limits: Limits,
    ) -> Self {
        let instruction = prompt::instruction(&types, format);
        let (cache, prefix) = match model.prefixes.take(&instruction) {
            Some((cache, prefix)) => (cache, Some(prefix)),
            None => (model.cache_for(format), None),
        };
        let (sentences, tokens) = (limits.sentences.max(1), limits.tokens.max(1));
        Decoder {
            model,
            format,
            types,
            limits: Limits { sentences, tokens, ..limits },
            instruction,
            prefix,
            cache,
            workspace: Workspace::default(),
            queue: VecDeque::new(),
            active: Vec::new(),
            acceptance: AcceptanceRate::new(),
            has_answered: false,
            tokens: 0,
        }
    }

    /// Whether one more sentence would be active in the next pass.
    pub fn has_room(&self) -> bool {
        self.active.len() + self.queue.len() < self.limits.sentences
    }

    /// Whether there is nothing to answer.
    pub fn is_idle(&self) -> bool {
        self.active.is_empty() && self.queue.is_empty()
    }

    /// Tokens the model has read so far.
    pub fn tokens(&self) -> u64 {
        self.tokens
    }

    /// Adds a sentence to the end of the queue.
    pub fn submit(&mut self, sentence: Arc<Sentence>) {
        self.queue.push_back(sentence);
    }

    /// One pass of the model. Returns the sentences it finished, with their answers.
    ///
    /// # Errors
    /// Those of [`Model::forward`](crate::model::Model::forward), and
    /// [`Error::Internal`](crate::Error::Internal).
    pub fn step(&mut self) -> Result<Vec<(Arc<Sentence>, Answer)>> {
        self.activate()?;
        let chunks = self.plan_pass()?;
        let hidden = self.read(&chunks)?;
        let finished = self.advance(&chunks, &hidden)?;
        self.has_answered |= !finished.is_empty();
        // From the last to the first, so that the indices of the others stay right.
        let mut answers = Vec::with_capacity(finished.len());
        for index in finished.into_iter().rev() {
            let sequence = self.active.remove(index);
            self.cache.release(sequence.id);
            answers.push(sequence.into_answer()?);
        }
        Ok(answers)
    }

    /// Makes sentences of the queue active while there is room.
    fn activate(&mut self) -> Result<()> {
        let mut room = self.limits.sentences;
        if !self.has_answered {
            room = room.min(MAX_SEQUENCES_AT_FIRST);
        }
        while self.active.len() < room
            && let Some(sentence) = self.queue.pop_front()
        {
            let prefix = self.prefix()?;
            let id = self.cache.fork(prefix);
            let grammar = prompt::answer_grammar(self.format, &sentence, &self.types);
            let machine = Machine::new(grammar, sentence.clone());
            let prompt =
                self.model.tokenizer.encode(&prompt::question(sentence.view(), self.format))?;
            self.active.push(ActiveSequence::new(&self.model, id, sentence, prompt, machine)?);
        }
        Ok(())
    }

    /// The sequence of the instruction, which is read when it is first needed.
    fn prefix(&mut self) -> Result<SequenceId> {
        if let Some(sequence) = self.prefix {
            return Ok(sequence);
        }
        let tokens = self.model.tokenizer.encode(&self.instruction)?;
        let sequence = self.cache.start();
        let run = Run { sequence, tokens: &tokens, prefix: 0, outputs: Outputs::Last(0) };
        self.model.network.forward(&mut self.cache, &mut self.workspace, &[run])?;
        self.tokens += tokens.len() as u64;
        self.prefix = Some(sequence);
        Ok(sequence)
    }

    /// The chunks of the next pass, one for each active sequence. Pending tokens of answers come
    /// first, as they are few, then prompts, the oldest first; drafts get room before prompts if
    /// they are mostly accepted. A prompt that has to be read in one pass is read when there is any
    /// room.
    fn plan_pass(&self) -> Result<Vec<Chunk>> {
        let mut room = self.limits.tokens;
        let mut chunks: Vec<Chunk> = self.active.iter().map(|_| Chunk::default()).collect();
        for answering in [true, false] {
            for (sequence, chunk) in self.active.iter().zip(&mut chunks) {
                if sequence.is_answering == answering {
                    let whole = if room > 0 { sequence.bidirectional } else { 0 };
                    chunk.pending = sequence.pending.len().min(room.max(whole));
                    room = room.saturating_sub(chunk.pending);
                }
            }
            if answering && self.acceptance.is_trusted() && self.limits.draft_tokens > 0 {
                room = self.add_drafts(&mut chunks, room)?;
            }
        }
        // A pass of few tokens takes hardly longer with a few more.
        let tokens: usize = chunks.iter().map(|chunk| chunk.pending + chunk.draft.len()).sum();
        self.add_drafts(&mut chunks, self.limits.draft_tokens.saturating_sub(tokens))?;
        Ok(chunks)
    }

    /// Adds drafts, of at most `room` tokens in all, to the sequences that this pass leaves with
    /// nothing pending, the oldest first. Returns the room that is left.
    fn add_drafts(&self, chunks: &mut [Chunk], mut room: usize) -> Result<usize> {
        for (sequence, chunk) in self.active.iter().zip(chunks) {
            let is_read = chunk.pending > 0 && chunk.pending == sequence.pending.len();
            if room > 0 && is_read && chunk.draft.is_empty() {
                chunk.draft = sequence.draft(&self.model, MAX_DRAFT_TOKENS.min(room))?;
                room -= chunk.draft.len();
            }
        }
        Ok(room)
    }

    /// Has the model read the chunks. Returns hidden states, `[outputs, width]`: for each sequence
    /// that has nothing pending any more, that of its last token and those of its draft.
    fn read(&mut self, chunks: &[Chunk]) -> Result<Vec<f32>> {
        let mut reads = Vec::new();
        for (sequence, chunk) in self.active.iter().zip(chunks).filter(|(_, c)| c.pending > 0) {
            let pending = sequence.pending.iter().take(chunk.pending);
            let tokens: Vec<TokenId> = pending.chain(&chunk.draft).copied().collect();
            let is_read = chunk.pending == sequence.pending.len();
            let outputs = Outputs::Last(if is_read { 1 + chunk.draft.len() } else { 0 });
            self.tokens += tokens.len() as u64;
            reads.push((sequence, tokens, outputs));
        }
        if reads.is_empty() {
            return Ok(Vec::new());
        }
        let runs: Vec<Run<'_>> = reads
            .iter()
            .map(|(sequence, tokens, outputs)| Run {
                sequence: sequence.id,
                tokens,
                prefix: sequence.bidirectional,
                outputs: *outputs,
            })
            .collect();
        self.model.network.forward(&mut self.cache, &mut self.workspace, &runs)
    }

    /// Continues the sequences whose chunks were read to their ends, by the hidden states that
    /// [`Decoder::read`] returned. Returns the indices of those that are finished, ascending.
    fn advance(&mut self, chunks: &[Chunk], hidden: &[f32]) -> Result<Vec<usize>> {
        let mut states = hidden.chunks_exact(self.model.network.config().width);
        let mut finished = Vec::new();
        for (index, (sequence, chunk)) in self.active.iter_mut().zip(chunks).enumerate() {
            sequence.pending.drain(..chunk.pending);
            sequence.bidirectional = sequence.bidirectional.saturating_sub(chunk.pending);
            if chunk.pending == 0 || !sequence.pending.is_empty() {
                continue;
            }
            let own: Vec<&[f32]> = states.by_ref().take(1 + chunk.draft.len()).collect();
            let advance = sequence.advance(&self.model, &chunk.draft, &own)?;
            let rejected = chunk.draft.len() - advance.accepted;
            self.cache.truncate(sequence.id, self.cache.len(sequence.id) - rejected);
            if !chunk.draft.is_empty() {
                self.acceptance.record(advance.accepted, chunk.draft.len());
            }
            if advance.is_finished {
                finished.push(index);
            }
        }
        Ok(finished)
    }
}

impl Drop for Decoder {
    /// Keeps the instruction for the next decoder.
    fn drop(&mut self) {
        if let Some(prefix) = self.prefix.take() {
            let cache = std::mem::replace(&mut self.cache, self.model.network.cache());
            self.model.prefixes.put(std::mem::take(&mut self.instruction), cache, prefix);
        }
    }
}
