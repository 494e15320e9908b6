//! Which sentence and which question is decoded next.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use super::answer_cache::{AnswerCache, Lookup};
use super::document::{Document, MAX_KEPT_SENTENCES, SentenceId, Share};
use super::questions::Answers;
use crate::error::Result;
use crate::generate::{Answer, Decoder};
use crate::sentence::Sentence;

/// Asks all questions about the sentences of documents: document after document and sentence after
/// sentence, as long as the decoders have room. The questions take turns with passes of the model.
pub(super) struct Scheduler {
    /// Documents with sentences that have not been asked about yet.
    sources: VecDeque<Source>,
    questions: Vec<Question>,
    /// The question that has the next pass, unless it has nothing to do.
    turn: usize,
    /// Sentences that lack answers.
    incomplete: HashMap<SentenceId, Incomplete>,
    /// Whether the documents take turns with sentences.
    in_turns: bool,
}

/// The sentences of a document that are still to be asked about.
struct Source {
    /// The number of the document.
    number: usize,
    document: Arc<Document>,
    /// The numbers of the sentences.
    sentences: std::vec::IntoIter<usize>,
}

/// A question and who answers it.
struct Question {
    decoder: Decoder,
    cache: AnswerCache,
    /// Answers that were in the cache, which are given out at the question's turn.
    ready: Vec<(SentenceId, Arc<Answer>)>,
}

/// A sentence that lacks answers.
struct Incomplete {
    sentence: Option<Arc<Sentence>>,
    answers: Vec<Option<Arc<Answer>>>,
}

/// A sentence that has all its answers.
pub(super) struct Answered {
    pub id: SentenceId,
    /// The sentence, unless there were too many to keep it.
    pub sentence: Option<Arc<Sentence>>,
    pub answers: Answers,
}

impl Scheduler {
    /// A scheduler of the questions that these decoders answer.
    pub fn new(decoders: Vec<Decoder>) -> Self {
        let question =
            |decoder| Question { decoder, cache: AnswerCache::default(), ready: Vec::new() };
        Scheduler {
            sources: VecDeque::new(),
            questions: decoders.into_iter().map(question).collect(),
            turn: 0,
            incomplete: HashMap::new(),
            in_turns: false,
        }
    }

    /// From now on a sentence of each document is asked about in turn.
    pub fn take_turns(&mut self) {
        self.in_turns = true;
    }

    /// Adds the share of a document's sentences to those to be asked about. `number` names the
    /// document in [`SentenceId`]s; numbers ascend.
    pub fn add(&mut self, number: usize, document: Arc<Document>, share: &Share) {
        let sentences = document.in_share(share).into_iter();
        self.sources.push_back(Source { number, document, sentences });
    }

    /// Drops the documents with numbers below `number`: what is left of them need not be asked about.
    pub fn drop_below(&mut self, number: usize) {
        while self.sources.front().is_some_and(|source| source.number < number) {
            self.sources.pop_front();
        }
    }

    /// Drops a document: what is left of it need not be asked about.
    pub fn cancel(&mut self, number: usize) {
        self.sources.retain(|source| source.number != number);
    }

    /// Whether the sentences of another document would be asked about at once.
    pub fn has_room(&self) -> bool {
        self.sources.is_empty() && self.decoders_have_room()
    }

    /// Whether there is nothing to ask and nothing to answer.
    pub fn is_idle(&self) -> bool {
        self.sources.is_empty() && self.questions.iter().all(Question::is_idle)
    }

    /// Tokens the model has read so far.
    pub fn tokens(&self) -> u64 {
        self.questions.iter().map(|question| question.decoder.tokens()).sum()
    }

    /// One pass of the model, for the question whose turn it is. Returns the sentences that then have
    /// all their answers, in any order.
    ///
    /// # Errors
    /// Those of [`Decoder::step`].
    pub fn step(&mut self) -> Result<Vec<Answered>> {
        self.ask();
        let count = self.questions.len();
        let mut turns = (0..count).map(|ahead| (self.turn + ahead) % count);
        let Some(turn) = turns.find(|&turn| !self.questions[turn].is_idle()) else {
            return Ok(Vec::new());
        };
        self.turn = (turn + 1) % count;
        let answers = self.questions[turn].step()?;
        Ok(answers.into_iter().filter_map(|(id, answer)| self.collect(id, turn, answer)).collect())
    }

    fn decoders_have_room(&self) -> bool {
        self.questions.iter().all(|question| question.decoder.has_room())
    }

    /// Asks about sentences while the decoders have room. A document is dropped when another sentence
    /// of it is looked for and there is none.
    fn ask(&mut self) {
        while self.decoders_have_room()
            && let Some(source) = self.sources.front_mut()
        {
            let next = source.sentences.next();
            let Some((number, sentence)) =
                next.and_then(|number| Some((number, source.document.sentence(number)?)))
            else {
                self.sources.pop_front();
                continue;
            };
            let id = SentenceId { document: source.number, number };
            if self.in_turns {
                self.sources.rotate_left(1);
            }
            for question in &mut self.questions {
                question.ask(id, &sentence);
            }
            let answers = vec![None; self.questions.len()];
            let is_kept = self.incomplete.len() < MAX_KEPT_SENTENCES;
            let sentence = is_kept.then_some(sentence);
            self.incomplete.insert(id, Incomplete { sentence, answers });
        }
    }

    /// Adds a question's answer to those of its sentence. Returns them if they are complete.
    fn collect(
        &mut self,
        id: SentenceId,
        question: usize,
        answer: Arc<Answer>,
    ) -> Option<Answered> {
        let incomplete = self.incomplete.get_mut(&id)?;
        incomplete.answers[question] = Some(answer);
        if incomplete.answers.iter().any(Option::is_none) {
            return None;
        }
        let Incomplete { sentence, answers } = self.incomplete.remove(&id)?;
        Some(Answered { id, sentence, answers: answers.into_iter().flatten().collect() })
    }
}

impl Question {
    fn is_idle(&self) -> bool {
        self.ready.is_empty() && self.decoder.is_idle()
    }

    /// Has the sentence decoded, unless the cache has its answer or will have it.
    fn ask(&mut self, id: SentenceId, sentence: &Arc<Sentence>) {
        match self.cache.look_up(sentence.view(), id) {
            Lookup::Known(answer) => self.ready.push((id, answer)),
            Lookup::Waiting => {}
            Lookup::Missing => self.decoder.submit(sentence.clone()),
        }
    }

    /// One pass of the model, if there is anything to decode. Returns the answers there are then.
    fn step(&mut self) -> Result<Vec<(SentenceId, Arc<Answer>)>> {
        let mut answers = std::mem::take(&mut self.ready);
        if !self.decoder.is_idle() {
            for (sentence, answer) in self.decoder.step()? {
                let answer = Arc::new(answer);
                let ids = self.cache.insert(sentence.view(), answer.clone());
                answers.extend(ids.into_iter().map(|id| (id, answer.clone())));
            }
        }
        Ok(answers)
    }
}
