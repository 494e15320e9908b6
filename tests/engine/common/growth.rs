//! What is done with a text whatever a model says of it, stage by stage: for the test and the benchmark of
//! how the time of each grows with the length.
#![allow(clippy::expect_used, clippy::unwrap_used)] // in helpers, which Clippy takes for no tests

use std::sync::OnceLock;
use std::time::{Duration, Instant};

use bioner::{ByteSpan, Context, Options, Recognizer, Sentence, segment};
use bioner_attributes::Wanted;
use bioner_documents::abbreviation::{derive, find_definitions};
use bioner_documents::{Document, EXPORT_FORMATS, Entity, Format, Unit, compare, write};
use bioner_linking::{Builder, Linker, Mention};

use super::{load, scripted};

/// A stage: its name, and how long it takes for a text.
pub struct Stage {
    pub name: String,
    /// Whether it reads what the text says, instead of passing characters on.
    pub reads: bool,
    work: Box<dyn Fn(&Given) -> Duration>,
}

impl Stage {
    fn new(name: impl Into<String>, work: impl Fn(&Given) -> Duration + 'static) -> Self {
        Stage { name: name.into(), reads: true, work: Box::new(work) }
    }

    fn passing_on(name: impl Into<String>, work: impl Fn(&Given) -> Duration + 'static) -> Self {
        Stage { reads: false, ..Stage::new(name, work) }
    }

    /// How long it takes for a text.
    pub fn time(&self, given: &Given) -> Duration {
        (self.work)(given)
    }
}

/// A text, and what is taken for its entities: every other word, as if a model had found them.
pub struct Given {
    pub text: String,
    entities: Vec<ByteSpan>,
}

impl Given {
    pub fn new(text: String) -> Self {
        let spans = words(&text);
        Given { entities: spans.into_iter().step_by(2).collect(), text }
    }

    fn document(&self) -> Document {
        let mut document = Document::new("1", self.text.as_str());
        document.entities.extend(self.entities.iter().map(|&span| Entity::new(span, "Disease")));
        document
    }
}

/// Words of at most 60 bytes; in a text without spaces, its parts of so many.
fn words(text: &str) -> Vec<ByteSpan> {
    const MOST: usize = 60;
    let mut words = Vec::new();
    let mut start = None;
    for (at, character) in text.char_indices() {
        let begun = *start.get_or_insert(at);
        let full = at - begun >= MOST;
        if character.is_whitespace() || full {
            if begun < at {
                words.push(ByteSpan::new(begun, at));
            }
            start = (!character.is_whitespace()).then_some(at);
        }
    }
    if let Some(start) = start.filter(|&start| start < text.len()) {
        words.push(ByteSpan::new(start, text.len()));
    }
    words
}

/// How long `work` takes. What it returns is dropped afterwards.
pub fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let done = work();
    let time = start.elapsed();
    drop(std::hint::black_box(done));
    time
}

/// The formats that are both written and read, with brat and XMI, which have files for each document.
fn formats() -> impl Iterator<Item = Format> {
    EXPORT_FORMATS.iter().filter_map(|format| Format::by_name(format.name).ok())
}

/// All stages, in the order of the data.
pub fn stages() -> Vec<Stage> {
    let mut stages = vec![
        Stage::new("sentences", |given| timed(|| segment::sentences(&given.text))),
        Stage::new("views", |given| {
            timed(|| {
                let context = Context::new(&given.text, &find_definitions(&given.text));
                for span in segment::sentences(&given.text) {
                    std::hint::black_box(Sentence::in_document(&given.text, span, &context));
                }
            })
        }),
        Stage::new("abbreviations", |given| {
            timed(|| {
                let definitions = find_definitions(&given.text);
                derive(&given.text, &definitions, &given.entities)
            })
        }),
        Stage::new("assertion, sections", |given| {
            let wanted = Wanted { assertion: true, sections: true };
            timed(|| wanted.of(&given.text, &given.entities))
        }),
        Stage::new("linking", |given| {
            let mentions = given.entities.iter().map(|&span| Mention::new(span, "Species"));
            let mentions: Vec<Mention> = mentions.collect();
            timed(|| linker().link(&given.text, &mentions))
        }),
        Stage::new("comparison", |given| {
            let mention =
                |span: &ByteSpan, kind| compare::Mention { start: span.start, end: span.end, kind };
            let gold: Vec<_> = given.entities.iter().map(|span| mention(span, "A")).collect();
            let found: Vec<_> = given.entities.iter().map(|span| mention(span, "B")).collect();
            timed(|| compare::compare(&gold, &found))
        }),
        Stage::passing_on("all but the model", |given| timed(|| extracted(&given.text))),
    ];
    for format in formats() {
        stages.push(Stage::passing_on(format!("write {}", format.name()), move |given| {
            let document = given.document();
            timed(|| written(format, document.clone()))
        }));
        if format == Format::WebAnnotation {
            continue;
        }
        stages.push(Stage::passing_on(format!("read {}", format.name()), move |given| {
            let files = written(format, given.document());
            timed(|| read(format, &files))
        }));
    }
    stages.push(Stage::passing_on("read text as a file", |given| {
        timed(|| bioner_documents::decode(given.text.as_bytes()))
    }));
    for format in [Format::Json, Format::Csv, Format::Tsv, Format::PubTator, Format::BiocXml] {
        stages.push(Stage::passing_on(format!("read text as {}", format.name()), move |given| {
            timed(|| format.read(given.text.as_bytes()).expect("it is read").count())
        }));
    }
    for format in [Format::Conll, Format::Xmi, Format::PubmedXml, Format::LabelStudio] {
        stages.push(Stage::passing_on(format!("read text as {}", format.name()), move |given| {
            timed(|| format.read(given.text.as_bytes()).expect("it is read").count())
        }));
    }
    stages
}

fn written(format: Format, document: Document) -> Vec<String> {
    let options = bioner_documents::Options::new(Unit::CodePoint);
    let files = write(format, options, &[document]).expect("it is written");
    files.into_iter().map(|file| file.content).collect()
}

fn read(format: Format, files: &[String]) -> usize {
    let Some(last) = files.last() else { return 0 };
    match format {
        Format::Brat => bioner_documents::brat::read("1", &files[0], last).0.entities.len(),
        _ => format.read(last.as_bytes()).expect("it is read").count(),
    }
}

/// The pipeline with a model that costs next to nothing, and finds a few words.
fn extracted(text: &str) -> usize {
    static RECOGNIZER: OnceLock<Recognizer> = OnceLock::new();
    let recognizer = RECOGNIZER.get_or_init(|| {
        let bytes = scripted::finding(&["gout", "CP", "a"]);
        Recognizer::new(load(&bytes).expect("a model")).expect("its tokens")
    });
    let options = Options { format: Some("lines-grouped".to_owned()), ..Options::new(["Disease"]) };
    match recognizer.extract(text, &options) {
        Ok(entities) => entities.len(),
        // The time is then that of refusing it.
        Err(error) => {
            assert_eq!(error.code(), "text-too-large");
            0
        }
    }
}

fn linker() -> &'static Linker {
    static LINKER: OnceLock<Linker> = OnceLock::new();
    LINKER.get_or_init(|| {
        let mut builder = Builder::new();
        for number in 0..5000 {
            let name = format!("Imaginary disease {number} of the {}", number % 97);
            builder.concept(&format!("X:{number}"), &name, Some("Disease"), 1).expect("a concept");
        }
        let mut linker = Linker::new();
        linker.add(builder.finish().expect("a vocabulary"));
        linker
    })
}
