//! The whole pipeline as one call: documents in, entities out as their sentences are finished.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use crate::align::align;
use crate::entity::{self, Entity};
use crate::error::{Error, Result};
use crate::format::{self, Format};
use crate::generate::{Answer, Engine, Generator, Limits};
use crate::model::{Config, Description, Model};
use crate::segment;
use crate::sentence::Sentence;
use crate::span::ByteSpan;

/// The most bytes a document may have.
pub const LARGEST_DOCUMENT: usize = 64 << 20;

/// Answers kept for sentences that come again.
const REMEMBERED: usize = 4096;

/// A model ready to recognize entities. Cheap to clone; clones share the weights.
#[derive(Clone)]
pub struct Recognizer {
    engine: Arc<Engine>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The entity types, in natural language.
    pub types: Vec<String>,
    /// The name of the output format.
    pub format: String,
    pub limits: Limits,
}

impl Options {
    /// The types asked for in the format the models of this project write by default.
    pub fn new<S: Into<String>>(types: impl IntoIterator<Item = S>) -> Self {
        Options {
            types: types.into_iter().map(Into::into).collect(),
            format: format::DEFAULT.to_owned(),
            limits: Limits::default(),
        }
    }
}

/// The results of sentences just finished, in the order of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Which document, as [`Session::add`] numbered it.
    pub document: usize,
    /// Sorted by start; spans count in the document.
    pub entities: Vec<Entity>,
    /// The sentences, and what the model wrote for each.
    pub raw: Vec<Raw>,
    /// Sentences of the document finished so far, and in all.
    pub done: usize,
    pub total: usize,
}

impl Part {
    /// Whether the document is finished.
    pub fn is_last(&self) -> bool {
        self.done == self.total
    }
}

/// What the model wrote for a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raw {
    /// The sentence's place in the document, in bytes.
    pub span: ByteSpan,
    /// The answer in the output format.
    pub text: String,
}

impl Recognizer {
    /// Prepares a model: its tokenizer, and the trie of its tokens.
    ///
    /// # Errors
    /// [`Error::ModelUnsupported`] or [`Error::ModelFile`] if the tokenizer cannot be used.
    pub fn new(model: Model) -> Result<Self> {
        Ok(Recognizer { engine: Arc::new(Engine::new(model)?) })
    }

    /// The shape of the model.
    pub fn config(&self) -> &Config {
        self.engine.model.config()
    }

    /// What the model file said it is.
    pub fn description(&self) -> &Description {
        self.engine.model.description()
    }

    /// Begins work with one instruction, on any number of documents.
    ///
    /// # Errors
    /// [`Error::Types`] or [`Error::Format`] if what is asked for cannot be.
    pub fn session(&self, options: &Options) -> Result<Session> {
        let types: Arc<[String]> = entity::check_types(&options.types)?.into();
        let format = format::by_name(&options.format)?;
        Ok(Session {
            generator: Generator::new(self.engine.clone(), types.clone(), format, options.limits),
            types,
            format,
            documents: VecDeque::new(),
            first: 0,
            unsent: 0,
            submitted: HashMap::new(),
            next_id: 0,
            same: HashMap::new(),
            known: HashMap::new(),
        })
    }

    /// The entities of one text, all at once.
    ///
    /// # Errors
    /// Those of [`Recognizer::session`] and [`Session::add`].
    pub fn extract(&self, text: &str, options: &Options) -> Result<Vec<Entity>> {
        let mut session = self.session(options)?;
        session.add(text)?;
        let mut entities = Vec::new();
        while !session.is_finished() {
            entities.extend(session.step()?.into_iter().flat_map(|part| part.entities));
        }
        Ok(entities)
    }
}

/// Documents at work under one instruction. Sentences of several documents are answered side by
/// side; parts come in the order of the documents and of their sentences.
pub struct Session {
    generator: Generator,
    types: Arc<[String]>,
    format: &'static dyn Format,
    documents: VecDeque<Document>,
    /// The number of the first document of `documents`.
    first: usize,
    /// How many of `documents` have had all their sentences submitted.
    unsent: usize,
    /// Whose answer each id given to the generator is.
    submitted: HashMap<usize, Arc<str>>,
    next_id: usize,
    /// Who waits for the answer to each view: document number and sentence.
    same: HashMap<Arc<str>, Vec<(usize, usize)>>,
    /// Answers to views seen before.
    known: HashMap<Arc<str>, Arc<Answer>>,
}

struct Document {
    text: Arc<str>,
    spans: Vec<ByteSpan>,
    answers: Vec<Option<Arc<Answer>>>,
    /// Sentences submitted, and sentences given out.
    sent: usize,
    done: usize,
}

impl Session {
    /// Adds a document to the end of the queue and returns its number, counted from 0.
    ///
    /// # Errors
    /// [`Error::TextTooLarge`] if it has more than [`LARGEST_DOCUMENT`] bytes.
    pub fn add(&mut self, text: impl Into<Arc<str>>) -> Result<usize> {
        self.add_share(text, 0, 1)
    }

    /// [`Session::add`] of a share of the sentences only, for several sessions to work on one
    /// document: every `of`th sentence from the one numbered `first` on. The others are left out as
    /// if the document did not have them.
    ///
    /// # Errors
    /// Those of [`Session::add`].
    pub fn add_share(
        &mut self,
        text: impl Into<Arc<str>>,
        first: usize,
        of: usize,
    ) -> Result<usize> {
        let text = text.into();
        if text.len() > LARGEST_DOCUMENT {
            return Err(Error::TextTooLarge(format!(
                "it has {} MB; split it into documents of at most {} MB",
                text.len() >> 20,
                LARGEST_DOCUMENT >> 20
            )));
        }
        let spans = segment::sentences(&text);
        let spans: Vec<ByteSpan> = spans.into_iter().skip(first).step_by(of.max(1)).collect();
        let answers = vec![None; spans.len()];
        self.documents.push_back(Document { text, spans, answers, sent: 0, done: 0 });
        Ok(self.first + self.documents.len() - 1)
    }

    /// The types asked for: what [`Entity::kind`] counts in.
    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// The sentences of a document that is not finished.
    pub fn sentences(&self, document: usize) -> usize {
        let index = document.checked_sub(self.first);
        index.and_then(|index| self.documents.get(index)).map_or(0, |d| d.spans.len())
    }

    /// Whether every document added so far is finished and given out.
    pub fn is_finished(&self) -> bool {
        self.documents.is_empty()
    }

    /// Whether another document could be worked on at the next step, without delaying any other.
    pub fn has_room(&self) -> bool {
        self.generator.has_room() && self.unsent == self.documents.len()
    }

    /// Tokens the model has read so far.
    pub fn tokens(&self) -> u64 {
        self.generator.tokens()
    }

    /// Does a bounded amount of work, one pass of the model, and returns what it finished.
    ///
    /// # Errors
    /// [`Error::Internal`] only.
    pub fn step(&mut self) -> Result<Vec<Part>> {
        self.submit_more();
        if !self.generator.is_idle() {
            for (id, answer) in self.generator.step()? {
                self.keep(id, Arc::new(answer));
            }
        }
        self.give_out()
    }

    /// Gives sentences to the generator while it has room.
    fn submit_more(&mut self) {
        while self.generator.has_room()
            && let Some(document) = self.documents.get_mut(self.unsent)
        {
            let Some(&span) = document.spans.get(document.sent) else {
                self.unsent += 1;
                continue;
            };
            let place = (self.first + self.unsent, document.sent);
            document.sent += 1;
            let sentence = Sentence::new(&document.text, span);
            if let Some(answer) = self.known.get(sentence.view()) {
                document.answers[place.1] = Some(answer.clone());
            } else if let Some(waiting) = self.same.get_mut(sentence.view()) {
                waiting.push(place);
            } else {
                let view: Arc<str> = sentence.view().into();
                self.same.insert(view.clone(), vec![place]);
                self.submitted.insert(self.next_id, view);
                self.generator.submit(self.next_id, sentence);
                self.next_id += 1;
            }
        }
    }

    /// Hands an answer to every sentence that waits for it.
    fn keep(&mut self, id: usize, answer: Arc<Answer>) {
        let Some(view) = self.submitted.remove(&id) else { return };
        for (document, sentence) in self.same.remove(&view).unwrap_or_default() {
            self.documents[document - self.first].answers[sentence] = Some(answer.clone());
        }
        if self.known.len() >= REMEMBERED {
            self.known.clear();
        }
        self.known.insert(view, answer);
    }

    /// The parts whose turn it is.
    fn give_out(&mut self) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        while let Some(document) = self.documents.front_mut() {
            let from = document.done;
            let ready = document.answers[from..].iter().take_while(|a| a.is_some()).count();
            let total = document.spans.len();
            if ready > 0 || total == 0 {
                let (document_number, types) = (self.first, &self.types);
                let mut part = Part {
                    document: document_number,
                    entities: Vec::new(),
                    raw: Vec::new(),
                    done: from + ready,
                    total,
                };
                for index in from..from + ready {
                    let Some(answer) = document.answers[index].take() else { continue };
                    let span = document.spans[index];
                    part.entities.extend(read(&document.text, span, &answer, self.format, types)?);
                    part.raw.push(Raw { span, text: format::from_wire(&answer.text) });
                }
                document.done = part.done;
                parts.push(part);
            }
            if document.done < total {
                break;
            }
            self.documents.pop_front();
            self.first += 1;
            self.unsent = self.unsent.saturating_sub(1);
        }
        Ok(parts)
    }
}

/// The entities an answer says of the sentence at `span` of `text`, sorted by start.
fn read(
    text: &str,
    span: ByteSpan,
    answer: &Answer,
    format: &dyn Format,
    types: &[String],
) -> Result<Vec<Entity>> {
    let sentence = Sentence::new(text, span);
    let mentions = format.parse(&sentence, types, &answer.text).map_err(|e| {
        Error::Internal(format!("an answer in {} could not be read: {e}", format.name()))
    })?;
    let entities = align(&sentence, &mentions)
        .into_iter()
        .filter_map(|aligned| {
            let mention = &mentions[aligned.mention];
            Some(Entity {
                span: sentence.to_source(aligned.span)?,
                kind: mention.kind,
                score: answer.score(&mention.written),
            })
        })
        .collect();
    Ok(entities)
}
