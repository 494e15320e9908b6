//! The boundary to JavaScript, which no other file knows. Offsets become UTF-16 code units here, and
//! errors become JavaScript errors with a `code`.

use std::sync::Arc;

use js_sys::{Array, JsString, Object, Reflect};
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::entity::preset_types;
use crate::error::{Error, Result};
use crate::format;
use crate::generate::{Answer, Limits};
use crate::model;
use crate::recognizer::{self, Options, Part, Recognizer, Session, Share};
use bioner_documents::{Offsets, Unit, javascript};

/// Runs once when the module is instantiated. A panic, which would be a defect, is then written to
/// the console with its place and its stack before the module traps.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Does some work, and shows how long it took under `name` in the timings of the browser's profiler. For
/// what happens once: the browser keeps what a mark leaves behind until it collects, in a worker rarely.
fn measured<T>(name: &str, work: impl FnOnce() -> T) -> T {
    // Outside a worker the global object has the same property.
    let global: web_sys::WorkerGlobalScope = js_sys::global().unchecked_into();
    let Some(performance) = global.performance() else { return work() };
    // Only the profiler wants these: a mark that cannot be set loses nothing.
    let _ = performance.mark(name);
    let result = work();
    let _ = performance.measure_with_start_mark(name, name);
    result
}

/// The version of the module.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// The names of the output formats.
#[wasm_bindgen]
pub fn formats() -> Array {
    format::all().iter().map(|format| JsString::from(format.name())).collect()
}

/// The format that is asked for where neither the caller nor the model's file names one.
#[wasm_bindgen(js_name = defaultFormat)]
pub fn default_format() -> String {
    format::DEFAULT.to_owned()
}

/// Takes a model file as it arrives.
#[wasm_bindgen]
pub struct Loader {
    inner: model::Loader,
}

#[wasm_bindgen]
impl Loader {
    #[wasm_bindgen(constructor)]
    #[allow(clippy::new_without_default)]
    pub fn new() -> Loader {
        Loader { inner: model::Loader::new() }
    }

    /// The next bytes of the file, in pieces of any size.
    pub fn push(&mut self, bytes: &[u8]) -> std::result::Result<(), JsValue> {
        self.inner.push(bytes).map_err(to_js)
    }

    /// Checks that all is there and makes the engine. The loader is used up.
    pub fn finish(self) -> std::result::Result<Engine, JsValue> {
        let prepare = || self.inner.finish().and_then(Recognizer::new).map_err(to_js);
        let recognizer = measured("bioner load", prepare)?;
        Ok(Engine { recognizer })
    }
}

/// A loaded model.
#[wasm_bindgen]
pub struct Engine {
    recognizer: Recognizer,
}

/// The second argument of `start` and `help`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct JobOptions {
    types: Option<Vec<String>>,
    preset: Option<String>,
    format: Option<String>,
    #[serde(default)]
    raw: bool,
    #[serde(default)]
    together: bool,
    limits: Option<JobLimits>,
    share: Option<Share>,
}

/// [`Limits`], for measurements. `guesses` are draft tokens.
#[derive(Clone, Copy, Deserialize)]
struct JobLimits {
    sentences: usize,
    tokens: usize,
    guesses: usize,
}

#[wasm_bindgen]
impl Engine {
    /// What the model file says it is.
    #[wasm_bindgen(getter)]
    pub fn description(&self) -> std::result::Result<JsValue, JsValue> {
        serialize(self.recognizer.description()).map_err(to_js)
    }

    /// The name of the output format that is asked for where the options name none.
    #[wasm_bindgen(getter)]
    pub fn format(&self) -> String {
        self.recognizer.config().format.to_owned()
    }

    /// Begins to extract the entities of `text`; `options` is
    /// `{types or preset, format?, raw?, together?, limits?, share?}`. With a share, the job answers only the
    /// sentences of the share and waits for [`Job::supply`] to bring the other answers.
    pub fn start(&self, text: JsString, options: JsValue) -> std::result::Result<Job, JsValue> {
        self.job(text, options).map_err(to_js)
    }

    /// Begins to answer a share of the sentences of `text`; `options` as `start` has them.
    pub fn help(&self, text: JsString, options: JsValue) -> std::result::Result<Helper, JsValue> {
        self.helper(text, options).map_err(to_js)
    }

    fn job(&self, text: JsString, options: JsValue) -> Result<Job> {
        let options = JobOptions::read(options)?;
        let mut session = self.recognizer.session(&options.engine_options()?)?;
        // Lone surrogates become U+FFFD, one UTF-16 unit each like the surrogate: offsets stay true.
        let utf8 = String::from(&text);
        let offsets = Offsets::new(&utf8, Unit::Utf16);
        let document = session.add_shared(utf8, options.share.as_ref().unwrap_or(&Share::WHOLE))?;
        let total = session.sentences(document);
        Ok(Job { session, document, offsets, total, raw: options.raw })
    }

    fn helper(&self, text: JsString, options: JsValue) -> Result<Helper> {
        let options = JobOptions::read(options)?;
        let inner = self.recognizer.help(
            &options.engine_options()?,
            String::from(&text),
            options.share.as_ref().unwrap_or(&Share::WHOLE),
        )?;
        Ok(Helper { inner })
    }
}

impl JobOptions {
    fn read(options: JsValue) -> Result<Self> {
        serde_wasm_bindgen::from_value(options)
            .map_err(|e| Error::Input(format!("the options are not as expected: {e}")))
    }

    fn engine_options(&self) -> Result<Options> {
        let types = match (&self.types, &self.preset) {
            (types, None) => types.clone().unwrap_or_default(),
            (None, Some(preset)) => preset_types(preset)?,
            (Some(_), Some(_)) => {
                return Err(Error::Input("give either types or a preset, not both".into()));
            }
        };
        let mut options = Options::new(types);
        options.together = self.together;
        options.format.clone_from(&self.format);
        if let Some(JobLimits { sentences, tokens, guesses }) = self.limits {
            options.limits = Limits { sentences, tokens, draft_tokens: guesses };
        }
        Ok(options)
    }
}

/// Answers for a job of another engine.
#[wasm_bindgen]
pub struct Helper {
    inner: recognizer::Helper,
}

#[wasm_bindgen]
impl Helper {
    /// Whether all sentences of the share are answered.
    #[wasm_bindgen(getter)]
    pub fn finished(&self) -> bool {
        self.inner.is_finished()
    }

    /// One pass of the model. Returns answers for [`Job::supply`], or `undefined` if there are none
    /// yet.
    pub fn step(&mut self) -> std::result::Result<JsValue, JsValue> {
        let answers = self.inner.step().map_err(to_js)?;
        if answers.is_empty() {
            return Ok(JsValue::UNDEFINED);
        }
        let answers: Vec<(usize, Vec<&Answer>)> = answers
            .iter()
            .map(|(sentence, answers)| (*sentence, answers.iter().map(|a| &**a).collect()))
            .collect();
        serialize(&answers).map_err(to_js)
    }
}

/// An extraction that is under way.
#[wasm_bindgen]
pub struct Job {
    session: Session,
    document: usize,
    offsets: Offsets,
    total: usize,
    raw: bool,
}

#[derive(Serialize)]
struct JsRaw {
    start: u32,
    end: u32,
    text: String,
}

#[wasm_bindgen]
impl Job {
    /// How many sentences the text has.
    #[wasm_bindgen(getter)]
    pub fn total(&self) -> usize {
        self.total
    }

    /// Whether all is done.
    #[wasm_bindgen(getter)]
    pub fn finished(&self) -> bool {
        self.session.is_finished()
    }

    /// Whether there is nothing to do but to wait for [`Job::supply`].
    #[wasm_bindgen(getter)]
    pub fn waiting(&self) -> bool {
        self.session.is_idle()
    }

    /// Takes answers that [`Helper::step`] returned.
    pub fn supply(&mut self, answers: JsValue) -> std::result::Result<(), JsValue> {
        let answers: Vec<(usize, Vec<Answer>)> = serde_wasm_bindgen::from_value(answers)
            .map_err(|e| to_js(Error::Input(format!("the answers are not as expected: {e}"))))?;
        for (sentence, answers) in answers {
            let answers = answers.into_iter().map(Arc::new).collect();
            self.session.add_answers(self.document, sentence, answers);
        }
        Ok(())
    }

    /// Tokens the model has read so far.
    #[wasm_bindgen(getter)]
    pub fn tokens(&self) -> f64 {
        self.session.tokens() as f64
    }

    /// One pass of the model. Returns `{done, total, entities, raw}` of the sentences that are finished
    /// next in the order of the text, or `undefined` if there are none yet. The client adds the texts of
    /// entities, which it cuts from the string it was given.
    pub fn step(&mut self) -> std::result::Result<JsValue, JsValue> {
        // A step of a session with one document returns at most one part.
        let mut parts = self.session.step().map_err(to_js)?;
        parts.pop().map_or(Ok(JsValue::UNDEFINED), |part| self.part(part).map_err(to_js))
    }

    fn part(&self, part: Part) -> Result<JsValue> {
        let entities: Array = part
            .entities
            .iter()
            .map(|entity| {
                let start = self.offsets.of(entity.span.start) as u32;
                let end = self.offsets.of(entity.span.end) as u32;
                let object = Object::new();
                let set = |key: &str, value: &JsValue| Reflect::set(&object, &key.into(), value);
                set("start", &start.into())?;
                set("end", &end.into())?;
                set("type", &self.session.types()[entity.kind].as_str().into())?;
                set("score", &f64::from(entity.score).into())?;
                if let Some(origin) = entity.origin {
                    set("origin", &origin.name().into())?;
                }
                Ok(object)
            })
            .collect::<std::result::Result<Vec<Object>, JsValue>>()
            .map_err(|_| Error::Internal("an entity could not be handed over".into()))?
            .iter()
            .collect();
        let raw: Vec<JsRaw> = if self.raw { part.raw } else { Vec::new() }
            .into_iter()
            .map(|raw| JsRaw {
                start: self.offsets.of(raw.span.start) as u32,
                end: self.offsets.of(raw.span.end) as u32,
                text: raw.text,
            })
            .collect();
        let object = Object::new();
        let set = |key: &str, value: &JsValue| {
            Reflect::set(&object, &key.into(), value)
                .map_err(|_| Error::Internal("a result could not be handed over".into()))
        };
        set("done", &(part.done as u32).into())?;
        set("total", &(part.total as u32).into())?;
        set("entities", &entities)?;
        set("raw", &serialize(&raw)?)?;
        Ok(object.into())
    }
}

fn serialize<T: Serialize + ?Sized>(value: &T) -> Result<JsValue> {
    javascript::serialize(value)
        .map_err(|e| Error::Internal(format!("a result could not be handed over: {e}")))
}

/// A JavaScript `Error` with the message and the stable code. If the types cannot be asked for, it says
/// why in `problem`: see [`TypesError`](bioner_documents::TypesError).
fn to_js(error: Error) -> JsValue {
    match &error {
        Error::Types(refused) => javascript::types_error(refused),
        _ => javascript::error(&error.to_string(), error.code(), None),
    }
}
