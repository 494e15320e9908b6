//! Many documents through one model, in order and in constant memory.

use std::collections::VecDeque;

use bioner::{Entity, Offsets, Options, Part, Raw, Recognizer, Result, Session, Unit};
use bioner_documents::Document;
use rayon::prelude::*;

/// Documents read ahead of the one that is to be given out next, at most.
const READ_AHEAD: usize = 4096;

/// Sessions side by side at most, unless more are asked for: each takes memory of its own, some 120 MB.
pub(crate) const MAX_SESSIONS: usize = 8;

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

/// Feeds documents to sessions, among which they are divided: new ones for each run of documents with the
/// same types.
///
/// Sessions compute side by side, in the pool of rayon that [`Stream::step`] is called in. A pass of one
/// session can be divided among threads too, but what is done between its products cannot.
pub struct Stream<T> {
    recognizer: Recognizer,
    format: Option<String>,
    together: bool,
    width: usize,
    types: Vec<String>,
    sessions: Vec<Session>,
    /// In the order they came.
    queue: VecDeque<Queued<T>>,
    tokens: u64,
}

struct Queued<T> {
    /// The session that it is in, and its number there.
    place: Option<(usize, usize)>,
    finished: bool,
    document: Finished<T>,
}

impl<T> Stream<T> {
    /// A stream without documents. `format` and `together` are those of [`Options`]; `width` is how many
    /// sessions there are, best one for each thread; eight are the most.
    pub fn new(
        recognizer: Recognizer,
        format: Option<String>,
        together: bool,
        width: usize,
    ) -> Self {
        Stream {
            recognizer,
            format,
            together,
            width: width.clamp(1, MAX_SESSIONS),
            types: Vec::new(),
            sessions: Vec::new(),
            queue: VecDeque::new(),
            tokens: 0,
        }
    }

    /// Tokens the model has read so far.
    pub fn tokens(&self) -> u64 {
        self.tokens + self.sessions.iter().map(Session::tokens).sum::<u64>()
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
            Ok((place, found)) => Queued {
                place: Some(place),
                finished: false,
                document: Finished { attached, outcome: Ok(found) },
            },
            Err(error) => Queued {
                place: None,
                finished: true,
                document: Finished { attached, outcome: Err(error) },
            },
        };
        self.queue.push_back(queued);
        Ok(())
    }

    /// Whether another document should wait until a [step](Stream::step) has made room.
    pub fn is_full(&self) -> bool {
        let is_busy = |session: &Session| !session.is_finished() && !session.has_room();
        let all_are_busy = !self.sessions.is_empty() && self.sessions.iter().all(is_busy);
        all_are_busy || self.queue.len() > READ_AHEAD
    }

    /// Works until nothing is left.
    ///
    /// # Errors
    /// Those of [`Stream::step`], and those of `sink`.
    pub fn finish(&mut self, sink: &mut impl FnMut(Finished<T>) -> Result<()>) -> Result<()> {
        while !self.sessions.iter().all(Session::is_finished) {
            self.step(sink)?;
        }
        self.give_out(sink)
    }

    fn submit(
        &mut self,
        document: Document,
        types: &[String],
        sink: &mut impl FnMut(Finished<T>) -> Result<()>,
    ) -> Result<((usize, usize), Found)> {
        if self.sessions.is_empty() || self.types != types {
            self.finish(sink)?;
            self.tokens = self.tokens();
            let mut options = Options::new(types);
            options.format.clone_from(&self.format);
            options.together = self.together;
            let session = |_| self.recognizer.session(&options);
            self.sessions = (0..self.width).map(session).collect::<Result<_>>()?;
            self.types = types.to_vec();
        }
        let at = self.next_session();
        let session = &mut self.sessions[at];
        let offsets = Offsets::new(&document.text, Unit::CodePoint);
        // The one place where a document's parts would be told to the engine (`document.title_end`).
        let number = session.add(document.text.as_str())?;
        let types = session.types().to_vec();
        let found = Found { document, offsets, types, entities: Vec::new(), raw: Vec::new() };
        Ok(((at, number), found))
    }

    /// The session for another document: one that has nothing to do, else one with room, of these the one
    /// with the fewest documents.
    fn next_session(&self) -> usize {
        let mut documents = vec![0; self.sessions.len()];
        for (at, _) in self.queue.iter().filter(|q| !q.finished).filter_map(|q| q.place) {
            documents[at] += 1;
        }
        let order = |&at: &usize| {
            let session = &self.sessions[at];
            (!session.is_finished(), !session.has_room(), documents[at])
        };
        (0..self.sessions.len()).min_by_key(order).unwrap_or(0)
    }

    /// One pass of the model in each session that has work; finished documents go to `sink`.
    ///
    /// # Errors
    /// Those of [`Session::step`], and those of `sink`.
    pub fn step(&mut self, sink: &mut impl FnMut(Finished<T>) -> Result<()>) -> Result<()> {
        let pass = |session: &mut Session| match session.is_finished() {
            true => Ok(Vec::new()),
            false => session.step(),
        };
        let parts: Vec<Vec<Part>> =
            self.sessions.par_iter_mut().map(pass).collect::<Result<_>>()?;
        for (at, part) in parts
            .into_iter()
            .enumerate()
            .flat_map(|(at, parts)| parts.into_iter().map(move |part| (at, part)))
        {
            let place = Some((at, part.document));
            let queued = self.queue.iter_mut().find(|queued| queued.place == place);
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
