//! Files of documents. Any bytes, in every format that is read: documents whose annotations lie in their texts, and
//! problems. And any documents: each can be written in every format; JSON gives it back, and the others its text and
//! its mentions as far as they can say them.
//!
//! The first line of the bytes is the file's name or the name of a format, and the rest is the file. Where it is
//! empty, the rest makes documents.
#![no_main]

use arbitrary::{Arbitrary, Unstructured};
use bioner_documents::{
    ByteSpan, Document, Entity, Fields, Format, Options, Problem, Unit, brat, compare, csv, decode,
    write,
};
use bioner_fuzz::{Text, check_span};
use libfuzzer_sys::fuzz_target;

const WRITTEN: [Format; 12] = [
    Format::Json,
    Format::JsonLines,
    Format::Csv,
    Format::PubTator,
    Format::BiocXml,
    Format::BiocJson,
    Format::Brat,
    Format::Conll,
    Format::WebAnnotation,
    Format::Xmi,
    Format::Doccano,
    Format::LabelStudio,
];

fuzz_target!(|bytes: &[u8]| {
    let Some(line) = bytes.iter().position(|&byte| byte == b'\n') else { return };
    let (name, rest) = (&bytes[..line], &bytes[line + 1..]);
    if !name.is_empty() {
        return read_file(&String::from_utf8_lossy(name), rest);
    }
    let mut rest = Unstructured::new(rest);
    let Ok(given) = rest.arbitrary::<Vec<Given>>() else { return };
    let documents: Vec<Document> = given.into_iter().take(4).map(Given::document).collect();
    check_written(&documents);
    for document in &documents {
        read_back(document);
    }
});

/// A file of any content, under a name.
fn read_file(name: &str, content: &[u8]) {
    let text = decode(content);
    let format = Format::by_name(name)
        .unwrap_or_else(|_| Format::detect(name, text.as_deref().unwrap_or_default()));
    let text = text.unwrap_or_default();
    let read: Vec<Result<Document, Problem>> = match format {
        Format::Brat => {
            // The text, an empty line, and the annotations.
            let (text, annotations) = text.split_once("\n\n").unwrap_or((&text, ""));
            let (document, problems) = brat::read("1", text, annotations);
            problems.into_iter().map(Err).chain([Ok(document)]).collect()
        }
        Format::Text | Format::WebAnnotation => return,
        // Of no format that is read.
        Format::Markup => {
            assert!(format.read(content).is_err());
            return;
        }
        format => {
            let documents = format.read(content).expect("a format that is read");
            documents.take(1000).collect()
        }
    };
    if matches!(format, Format::Csv | Format::Tsv) {
        check_table(&text, format);
    }
    for problem in read.iter().filter_map(|one| one.as_ref().err()) {
        assert!(!problem.to_string().is_empty());
    }
    let documents: Vec<Document> = read.into_iter().filter_map(Result::ok).collect();
    check_written(&documents);
}

/// A table's documents by columns that are guessed, and by others.
fn check_table(text: &str, format: Format) {
    let delimiter = (format == Format::Tsv).then_some(b'\t');
    let rows = csv::read(text, delimiter);
    let guess = csv::Columns::guess(&rows);
    assert!(guess.text < guess.width.max(1), "{guess:?}");
    let far = csv::Columns { width: 1, text: 9, id: Some(0), title: Some(700), head: true };
    for columns in [&guess, &far] {
        let documents = csv::documents(text, delimiter, Some(columns));
        // For each row a document and what is wrong with it, and a quote that takes in others.
        assert!(documents.len() <= 3 * rows.len() + 1);
    }
}

/// A document that no reader made.
#[derive(Debug, Arbitrary)]
struct Given {
    id: String,
    title: Option<Text>,
    text: Text,
    entities: Vec<GivenEntity>,
}

#[derive(Debug, Arbitrary)]
struct GivenEntity {
    /// From and to which of the text's characters, counted around.
    places: (u16, u16),
    kind: Text,
    score: Option<u8>,
    id: Option<String>,
    assertion: Option<String>,
    section: Option<Text>,
}

impl Given {
    fn document(self) -> Document {
        let mut document = match self.title {
            Some(title) => Document::titled(self.id, &title.0, &self.text.0),
            None => Document::new(self.id, self.text.0),
        };
        let text = &document.text;
        let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let entities = self.entities.into_iter().take(8).filter_map(|given| {
            let place = |place: u16| edges[usize::from(place) % edges.len()];
            let (one, other) = (place(given.places.0), place(given.places.1));
            let span = ByteSpan::new(one.min(other), one.max(other));
            let kind = Some(given.kind.0).filter(|kind| !kind.trim().is_empty());
            let mut entity = Entity::new(span, kind.unwrap_or_else(|| "Disease".to_owned()));
            entity.score = given.score.map(|score| f64::from(score) / 255.0);
            entity.id = given.id.filter(|id| !id.is_empty());
            entity.attributes.assertion = given.assertion;
            entity.attributes.section = given.section.map(|section| section.0);
            (!span.is_empty()).then_some(entity)
        });
        document.entities = entities.collect();
        document.entities.sort_by_key(|entity| (entity.span.start, entity.span.end));
        document
    }
}

fn mention(entity: &Entity) -> compare::Mention<'_> {
    compare::Mention { start: entity.span.start, end: entity.span.end, kind: &entity.kind }
}

fn options(unit: Unit) -> Options {
    let names = ["assertion", "temporality", "experiencer", "section"];
    Options { several: true, fields: Fields::named(names, true), ..Options::new(unit) }
}

/// Documents in memory: their annotations lie in the texts, they can be compared with themselves, be written in every
/// format, and are given back by JSON.
fn check_written(documents: &[Document]) {
    for document in documents {
        let text = &document.text;
        for entity in &document.entities {
            entity.pieces().iter().for_each(|&piece| check_span(text, piece));
        }
        for passage in &document.passages {
            assert!(text.get(passage.span.start..passage.span.end).is_some(), "{passage:?}");
        }
        let (title, rest) = document.title_and_rest();
        assert!(text.get(title.start..title.end).is_some(), "{title:?}");
        assert!(text.get(rest.start..rest.end).is_some(), "{rest:?}");
        let mentions: Vec<compare::Mention> = document.entities.iter().map(mention).collect();
        let all = compare::compare(&mentions, &mentions).all.strict;
        assert_eq!((all.correct, all.found), (mentions.len(), mentions.len()));
    }
    for format in WRITTEN {
        let files = write(format, options(Unit::CodePoint), documents);
        let files = files.expect("a format that is written");
        assert!(matches!(format, Format::Brat | Format::Xmi) || files.len() == 1);
    }
    for (format, unit) in [(Format::JsonLines, Unit::Utf16), (Format::Json, Unit::CodePoint)] {
        let files = write(format, options(unit), documents).expect("JSON is written");
        let again = format.read(files[0].content.as_bytes()).expect("JSON is read");
        let again: Vec<Document> =
            again.map(|one| one.expect("what was written is read")).collect();
        assert_eq!(again.len(), documents.len());
        for (document, again) in documents.iter().zip(&again) {
            assert_eq!((&document.text, document.title_end), (&again.text, again.title_end));
            let told = |document: &Document| -> Vec<_> {
                let of = |e: &Entity| (e.span, e.fragments.clone(), e.kind.clone(), e.id.clone());
                document.entities.iter().map(of).collect()
            };
            assert_eq!(told(document), told(again));
        }
    }
}

/// A document through each format that has a place for all of it: the same text, the same spans.
fn read_back(document: &Document) {
    let one = std::slice::from_ref(document);
    for format in
        [Format::BiocXml, Format::BiocJson, Format::Xmi, Format::Doccano, Format::LabelStudio]
    {
        let files = write(format, options(Unit::CodePoint), one).expect("a format that is written");
        let content = &files.last().expect("a file").content;
        let read: Vec<_> =
            format.read(content.as_bytes()).expect("a format that is read").collect();
        let again = match &read[..] {
            [Ok(again)] => again,
            other => panic!("{}: {other:?} of {document:?}", format.name()),
        };
        let has_characters_of_xml = |text: &str| text.chars().all(is_of_xml);
        if matches!(format, Format::BiocXml | Format::Xmi) && !has_characters_of_xml(&document.text)
        {
            assert_eq!(again.text.chars().count(), document.text.chars().count());
        } else {
            assert_eq!(again.text, document.text, "{}", format.name());
        }
    }
}

/// Whether XML 1.0 can say a character.
fn is_of_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
