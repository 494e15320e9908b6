//! Answers in every output format: any text is read or refused, and read if the grammar takes it; what a format
//! writes it reads again, with the same mentions; mentions are put at places that the sentence has.
#![no_main]

use std::sync::Arc;

use arbitrary::Arbitrary;
use bioner::constraint::Machine;
use bioner::format::{self, Format, Labelled, Mention, Place};
use bioner::{ByteSpan, PieceKind, Sentence, align, prompt};
use bioner_fuzz::{Text, Types, check_span};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    format: u8,
    types: Types,
    text: Text,
    /// What a model without a grammar has written.
    answer: Text,
    /// Entities: their first piece, how many pieces, their type.
    entities: Vec<(u8, u8, u8)>,
    /// Changes of the answer that says these entities: where, how many characters less, what more.
    edits: Vec<(u16, u8, Text)>,
}

fuzz_target!(|input: Input| {
    let formats = format::all();
    let format = formats[usize::from(input.format) % formats.len()];
    let case = Case {
        format,
        types: input.types.0,
        sentence: Arc::new(Sentence::whole(&input.text.0)),
        source: input.text.0,
    };
    case.read(&input.answer.0);

    let entities = case.entities(&input.entities);
    let mut answer = format.render(&case.sentence, &case.types, &entities);
    case.check_written(&answer, &entities);
    for (at, less, more) in input.edits.iter().take(4) {
        let places: Vec<usize> = answer.char_indices().map(|(at, _)| at).collect();
        let (first, end) = (usize::from(*at) % (places.len() + 1), answer.len());
        let place = |index: usize| places.get(index).copied().unwrap_or(end);
        answer.replace_range(place(first)..place(first + usize::from(less % 4)), &more.0);
    }
    case.read(&answer);
});

/// A question.
struct Case {
    format: &'static dyn Format,
    types: Vec<String>,
    sentence: Arc<Sentence>,
    source: String,
}

impl Case {
    fn entities(&self, picked: &[(u8, u8, u8)]) -> Vec<Labelled> {
        let pieces = self.sentence.pieces();
        if pieces.is_empty() {
            return Vec::new();
        }
        // A mention begins and ends with a word or a symbol.
        let is_shown = |index: usize| pieces[index].kind != PieceKind::Space;
        let labelled = |&(first, more, kind): &(u8, u8, u8)| {
            let first = usize::from(first) % pieces.len();
            let last = (first + usize::from(more % 4)).min(pieces.len() - 1);
            let span = ByteSpan::new(pieces[first].view.start, pieces[last].view.end);
            let labelled = Labelled { span, kind: usize::from(kind) % self.types.len() };
            (is_shown(first) && is_shown(last)).then_some(labelled)
        };
        let mut entities: Vec<Labelled> = picked.iter().take(8).filter_map(labelled).collect();
        entities.sort();
        entities.dedup();
        entities
    }

    /// Reads an answer. One that the grammar takes can be read, and names words that the sentence has.
    fn read(&self, answer: &str) {
        let mut machine =
            Machine::new(self.format.grammar(&self.sentence, &self.types), self.sentence.clone());
        let is_taken = machine.push_bytes(answer.as_bytes()).is_ok() && machine.may_end();
        let parsed = self.format.parse(&self.sentence, &self.types, answer);
        match &parsed {
            Ok(mentions) => {
                for mention in mentions {
                    assert!(mention.kind < self.types.len(), "{mention:?}");
                    assert!(!mention.text.is_empty(), "{mention:?}");
                    assert!(answer.get(mention.written.clone()).is_some(), "{mention:?}");
                    let is_there = self.sentence.occurrences(&mention.text).next().is_some();
                    assert!(is_there || !is_taken, "{}: {answer:?}", self.format.name());
                }
                self.place(mentions);
            }
            Err(error) => {
                assert!(!is_taken, "{}: {answer:?}: {error}", self.format.name());
                assert!(error.at <= answer.len());
            }
        }
        // With the space that a model writes before each line, or without it.
        if let Ok(mentions) = prompt::parse(self.format, &self.sentence, &self.types, answer) {
            assert!(mentions.iter().all(|mention| answer.get(mention.written.clone()).is_some()));
            self.place(&mentions);
        }
    }

    fn place(&self, mentions: &[Mention]) {
        for aligned in align::align(&self.sentence, mentions) {
            check_span(self.sentence.view(), aligned.span);
            let words = aligned.span.slice(self.sentence.view());
            assert_eq!(words, mentions[aligned.mention].text);
            if let Some(source) = self.sentence.to_source(aligned.span) {
                check_span(&self.source, source);
            }
        }
    }

    /// What was written of these entities says them and no others, and the grammar takes it.
    fn check_written(&self, answer: &str, entities: &[Labelled]) {
        let name = self.format.name();
        let mut machine =
            Machine::new(self.format.grammar(&self.sentence, &self.types), self.sentence.clone());
        let taken = machine.push_bytes(answer.as_bytes());
        assert!(taken.is_ok() && machine.may_end(), "{name}: {answer:?}: {taken:?}");
        let wire = prompt::to_wire(answer, self.format);
        let read = prompt::parse(self.format, &self.sentence, &self.types, &wire);
        let mentions = read.unwrap_or_else(|error| panic!("{name}: {wire:?}: {error}"));
        self.place(&mentions);
        let says = |mention: &Mention, entity: &Labelled| {
            mention.kind == entity.kind
                && mention.text == entity.span.slice(self.sentence.view())
                && !matches!(mention.place, Place::At(span) if span != entity.span)
        };
        for mention in &mentions {
            assert!(entities.iter().any(|entity| says(mention, entity)), "{name}: {mention:?}");
        }
        for entity in entities {
            let is_alone =
                entities.iter().all(|other| other == entity || !other.span.overlaps(entity.span));
            let is_said = mentions.iter().any(|mention| says(mention, entity));
            assert!(is_said || !is_alone, "{name}: {answer:?} does not say {entity:?}");
        }
    }
}
