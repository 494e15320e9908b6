//! Many documents through one model, in order and in constant memory.

use std::collections::VecDeque;

use bioner::{Entity, Error, Offsets, Options, Raw, Recognizer, Result, Session, Unit};
use bioner_documents::Document;

/// Documents read ahead of the one that is to be given out next, at most.
const READ_AHEAD: usize = 4096;

/// A finished document, with whatever its reader attached to it.
pub struct Finished<T> {
    /// What its reader attached.
    pub attached: T,
    /// The document and what was found, or why it could not be worked on.
    pub outcome: Result<Found>,
}

/// What was found in a document.
pub struct Found {
    /// The document as it came.
    pub document: Document,
    /// Bytes to code points.
    pub offsets: Offsets,
    /// The types asked for, which [`Entity::kind`] is an index into.
    pub types: Vec<String>,
    /// In the order of the text.
    pub entities: Vec<Entity>,
    /// What the model wrote for each sentence.
    pub raw: Vec<Raw>,
}

/// Feeds documents to sessions, one session for each run of documents with the same types.
pub struct Stream<T> {
    recognizer: Recognizer,
    format: Option<String>,
    together: bool,
    session: Option<(Vec<String>, Session)>,
    /// In the order they came; those with a number are in the session.
    queue: VecDeque<Queued<T>>,
    tokens: u64,
}

struct Queued<T> {
    number: Option<usize>,
    finished: bool,
    document: Finished<T>,
}

impl<T> Stream<T> {
    /// A stream without documents. `format` and `together` are those of [`Options`].
    pub fn new(recognizer: Recognizer, format: Option<String>, together: bool) -> Self {
        Stream { recognizer, format, together, session: None, queue: VecDeque::new(), tokens: 0 }
    }

    /// Tokens the model has read so far.
    pub fn tokens(&self) -> u64 {
        self.tokens + self.session.as_ref().map_or(0, |(_, session)| session.tokens())
    }

    /// How many documents were added and not given out.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Adds a document and works until there is room for another; finished documents go to `sink`.
    ///
    /// # Errors
    /// Those of [`Stream::step`], and those of `sink`.
    pub fn add(
        &mut self,
        attached: T,
        document: Result<Document>,
        types: &[String],
        sink: &mut impl FnMut(Finished<T>) -> Result<()>,
    ) -> Result<()> {
        self.enqueue(attached, document, types, sink)?;
        self.give_out(sink)?;
        while self.is_full() {
            self.step(sink)?;
        }
        Ok(())
    }

    /// Adds a document. Nothing is computed, unless it has other types than those before it, which are
    /// then finished first.
    ///
    /// # Errors
    /// Those of [`Stream::step`], and those of `sink`.
    pub fn enqueue(
        &mut self,
        attached: T,
        document: Result<Document>,
        types: &[String],
        sink: &mut impl FnMut(Finished<T>) -> Result<()>,
    ) -> Result<()> {
        let queued = match document.and_then(|document| self.submit(document, types, sink)) {
            Ok((number, found)) => Queued {
                number: Some(number),
                finished: false,
                document: Finished { attached, outcome: Ok(found) },
            },
            Err(error) => Queued {
                number: None,
                finished: true,
                document: Finished { attached, outcome: Err(error) },
            },
        };
        self.queue.push_back(queued);
        Ok(())
    }

    /// Whether another document should wait until a [step](Stream::step) has made room.
    pub fn is_full(&self) -> bool {
        self.session.as_ref().is_some_and(|(_, s)| !s.is_finished() && !s.has_room())
            || self.queue.len() > READ_AHEAD
    }

    /// Works until nothing is left.
    ///
    /// # Errors
    /// Those of [`Stream::step`], and those of `sink`.
    pub fn finish(&mut self, sink: &mut impl FnMut(Finished<T>) -> Result<()>) -> Result<()> {
        while self.session.as_ref().is_some_and(|(_, session)| !session.is_finished()) {
            self.step(sink)?;
        }
        self.give_out(sink)
    }

    fn submit(
        &mut self,
        document: Document,
        types: &[String],
        sink: &mut impl FnMut(Finished<T>) -> Result<()>,
    ) -> Result<(usize, Found)> {
        if self.session.as_ref().is_none_or(|(current, _)| current != types) {
            self.finish(sink)?;
            self.tokens = self.tokens();
            let mut options = Options::new(types);
            options.format.clone_from(&self.format);
            options.together = self.together;
            self.session = Some((types.to_vec(), self.recognizer.session(&options)?));
        }
        let Some((_, session)) = &mut self.session else {
            return Err(Error::Internal("a session is missing".into()));
        };
        let offsets = Offsets::new(&document.text, Unit::CodePoint);
        // The one place where a document's parts would be told to the engine (`document.title_end`).
        let number = session.add(document.text.as_str())?;
        let types = session.types().to_vec();
        Ok((number, Found { document, offsets, types, entities: Vec::new(), raw: Vec::new() }))
    }

    /// One pass of the model; finished documents go to `sink`.
    ///
    /// # Errors
    /// Those of [`Session::step`], and those of `sink`.
    pub fn step(&mut self, sink: &mut impl FnMut(Finished<T>) -> Result<()>) -> Result<()> {
        let Some((_, session)) = &mut self.session else { return self.give_out(sink) };
        for part in session.step()? {
            let queued = self.queue.iter_mut().find(|q| q.number == Some(part.document));
            if let Some(queued) = queued
                && let Ok(found) = &mut queued.document.outcome
            {
                queued.finished = part.is_last();
                found.entities.extend(part.entities);
                found.raw.extend(part.raw);
            }
        }
        self.give_out(sink)
    }

    fn give_out(&mut self, sink: &mut impl FnMut(Finished<T>) -> Result<()>) -> Result<()> {
        while self.queue.front().is_some_and(|queued| queued.finished) {
            if let Some(queued) = self.queue.pop_front() {
                sink(queued.document)?;
            }
        }
        Ok(())
    }
}
