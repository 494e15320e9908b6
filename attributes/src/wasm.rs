//! The boundary to JavaScript, which no other file of the crate knows. Offsets are UTF-16 code units
//! here, and errors become JavaScript errors with a `code`.

use bioner_documents::{ByteSpan, Offsets, Unit, javascript};
use bioner_linking::read::Report;
use bioner_linking::{Link, Mention, Source, Vocabulary};
use js_sys::JsString;
use serde::{Deserialize, Serialize};
use serde_json::json;
use wasm_bindgen::prelude::*;

use crate::{Context, OutlineEntry, SectionFields, Vocabularies, Wanted, outline};

type Result<T> = std::result::Result<T, JsValue>;

/// The code of the error for what was given to a call.
const INPUT: &str = "input";
/// The code of the error for a file that gives no vocabulary.
const VOCABULARY: &str = "vocabulary";

/// Runs once when the module is instantiated. A panic, which would be a defect, is then written to
/// the console with its place and its stack before the module traps.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// An entity as it is given; what else it has does not matter here.
#[derive(Deserialize)]
struct Given {
    start: f64,
    end: f64,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// What is asked for.
#[derive(Deserialize)]
struct Asked {
    assertion: bool,
    sections: bool,
    link: bool,
}

/// The fields of an entity.
#[derive(Serialize)]
struct Fields {
    #[serde(flatten)]
    context: Context,
    #[serde(flatten)]
    link: Option<Link>,
}

/// A section of the text.
#[derive(Serialize)]
struct Section {
    start: usize,
    end: usize,
    #[serde(flatten)]
    section: SectionFields,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<usize>,
}

#[derive(Serialize)]
struct Annotated {
    /// Of each entity, in the order given.
    fields: Vec<Fields>,
    sections: Vec<Section>,
}

/// What gives entities their fields.
#[wasm_bindgen]
#[derive(Default)]
pub struct Annotator {
    vocabularies: Vocabularies,
}

#[wasm_bindgen]
impl Annotator {
    /// One without vocabularies.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Annotator {
        Annotator::default()
    }

    /// `{fields, sections}` of a text and its entities, `[{start, end, type?}]`; `asked` is
    /// `{assertion, sections, link}`. An entity that does not fit the text is an error.
    pub fn annotate(&self, text: JsString, entities: JsValue, asked: JsValue) -> Result<JsValue> {
        // Lone surrogates become U+FFFD, one UTF-16 unit each like the surrogate: offsets stay true.
        let text = String::from(&text);
        let entities: Vec<Given> = from_js(entities)?;
        let asked: Asked = from_js(asked)?;
        let offsets = Offsets::new(&text, Unit::Utf16);
        let spans = entities.iter().enumerate().map(|(at, entity)| {
            entity.span(&text, &offsets).ok_or_else(|| {
                let Given { start, end, .. } = entity;
                let message =
                    format!("entity {}: the offsets {start} to {end} do not fit the text", at + 1);
                javascript::error(&message, INPUT, None)
            })
        });
        let spans = spans.collect::<Result<Vec<ByteSpan>>>()?;
        let mut links =
            asked.link.then(|| self.links(&text, &entities, &spans)).into_iter().flatten();
        let wanted = Wanted { assertion: asked.assertion, sections: asked.sections };
        let contexts = wanted.of(&text, &spans).into_iter();
        let fields = contexts.map(|context| Fields { context, link: links.next() }).collect();
        let sections = if asked.sections { outline(&text) } else { Vec::new() };
        let sections = sections.into_iter().map(|entry| Section::new(&offsets, entry)).collect();
        serialize(&Annotated { fields, sections })
    }

    /// Adds a vocabulary of the user's, in place of one of the same name, and gives
    /// `{name, concepts, names, problems, problemCount}`. The reader is used up.
    pub fn add(&mut self, name: &str, reader: VocabularyReader) -> Result<JsValue> {
        let (report, vocabulary) = reader.finish()?;
        let Report { problems, count, .. } = report;
        let added = json!({
            "name": name,
            "concepts": vocabulary.concepts(),
            "names": vocabulary.names(),
            "problems": problems,
            "problemCount": count,
        });
        self.vocabularies.add(name, vocabulary);
        serialize(&added)
    }

    /// Sets the vocabulary that comes with the program. The reader is used up.
    #[wasm_bindgen(js_name = setBuiltIn)]
    pub fn set_built_in(&mut self, reader: VocabularyReader) -> Result<()> {
        let (_, vocabulary) = reader.finish()?;
        self.vocabularies.set_built_in(vocabulary);
        Ok(())
    }

    /// Takes away a vocabulary of the user's; false if there is none of that name.
    pub fn remove(&mut self, name: &str) -> bool {
        self.vocabularies.remove(name)
    }

    /// Where the vocabularies come from: `[{vocabulary?, name, version, license, credit}]`.
    pub fn sources(&self) -> Result<JsValue> {
        #[derive(Serialize)]
        struct Named<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            vocabulary: Option<&'a str>,
            #[serde(flatten)]
            source: &'a Source,
        }
        let sources = self.vocabularies.sources();
        let sources = sources.map(|(vocabulary, source)| Named { vocabulary, source });
        serialize(&sources.collect::<Vec<_>>())
    }

    fn links(&self, text: &str, entities: &[Given], spans: &[ByteSpan]) -> Vec<Link> {
        let mentions = entities.iter().zip(spans);
        let mentions = mentions
            .map(|(entity, &span)| Mention::new(span, entity.kind.as_deref().unwrap_or_default()));
        self.vocabularies.linker().link(text, &mentions.collect::<Vec<_>>())
    }
}

/// Reads a vocabulary as it arrives.
#[wasm_bindgen]
#[derive(Default)]
pub struct VocabularyReader {
    inner: crate::VocabularyReader,
}

#[wasm_bindgen]
impl VocabularyReader {
    /// Begins to read.
    #[wasm_bindgen(constructor)]
    pub fn new() -> VocabularyReader {
        VocabularyReader::default()
    }

    /// The next bytes of the file, compressed or not, in pieces of any size.
    pub fn push(&mut self, bytes: &[u8]) {
        self.inner.push(bytes);
    }

    /// Tells that the file cannot be read on; what was read before is kept where it can be.
    pub fn fail(&mut self, why: &str) {
        self.inner.fail(&why);
    }
}

impl VocabularyReader {
    /// The vocabulary; where there is none, the error names the first problem of the file.
    fn finish(self) -> Result<(Report, Vocabulary)> {
        let (report, vocabulary) = self.inner.finish();
        match vocabulary {
            Ok(vocabulary) => Ok((report, vocabulary)),
            Err(error) => {
                let why = report.problems.first();
                let message =
                    why.map_or_else(|| error.to_string(), |why| format!("{error}; {why}"));
                Err(javascript::error(&message, VOCABULARY, None))
            }
        }
    }
}

impl Given {
    fn span(&self, text: &str, offsets: &Offsets) -> Option<ByteSpan> {
        let byte = |units: f64| {
            let whole = units >= 0.0 && units.fract() == 0.0;
            offsets.byte(text, Some(units as usize).filter(|_| whole)?)
        };
        let (start, end) = (byte(self.start)?, byte(self.end)?);
        (start <= end).then(|| ByteSpan::new(start, end))
    }
}

impl Section {
    fn new(offsets: &Offsets, OutlineEntry { span, body, section }: OutlineEntry) -> Self {
        let of = |byte| offsets.of(byte);
        Section { start: of(span.start), end: of(span.end), section, body: body.map(of) }
    }
}

fn from_js<T: for<'de> Deserialize<'de>>(value: JsValue) -> Result<T> {
    serde_wasm_bindgen::from_value(value).map_err(|error| {
        javascript::error(&format!("what was given is not as described: {error}"), INPUT, None)
    })
}

fn serialize(value: &(impl Serialize + ?Sized)) -> Result<JsValue> {
    javascript::serialize(value)
        .map_err(|error| javascript::error(&error.to_string(), "internal", None))
}
