//! What a request asks for.

use std::sync::Arc;

use axum::http::Uri;
use bioner::{Offsets, Unit};
use bioner_documents::Format;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::App;
use super::error::Refusal;
use crate::Wanted;
use crate::results::{Asked, asserts};

/// The types asked for where none are named, as on the command line.
const DEFAULT_TYPES: [&str; 2] = ["Chemical", "Disease"];

/// The options of a request: in its query, or beside the text in JSON, or some here and some there. They
/// are those of `bioner extract`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Options {
    #[serde(default, deserialize_with = "names")]
    types: Option<Vec<String>>,
    preset: Option<String>,
    format: Option<String>,
    together: Option<bool>,
    raw: Option<bool>,
    assertion: Option<bool>,
    sections: Option<bool>,
    link: Option<bool>,
    offsets: Option<Count>,
    input_format: Option<String>,
    output_format: Option<String>,
}

/// What offsets count.
#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "lowercase")]
enum Count {
    #[default]
    Codepoints,
    Utf16,
    Bytes,
}

/// What the model is asked. Documents with the same question are worked on together.
#[derive(PartialEq, Eq)]
pub struct Question {
    pub types: Vec<String>,
    pub format: Option<String>,
    pub together: bool,
}

/// What is asked for, checked.
#[derive(Clone)]
pub struct Ask {
    pub question: Arc<Question>,
    pub asked: Asked,
    pub link: bool,
    /// The format of the file that the body is; without it, the media type says what the body is.
    pub input: Option<Format>,
    /// The format of the results, unless they are the command line's own lines of JSON.
    pub output: Option<Format>,
    count: Count,
}

impl Ask {
    /// The offsets of a text, in the unit asked for.
    pub fn offsets(&self, text: &str) -> Offsets {
        match self.count {
            Count::Codepoints => Offsets::new(text, Unit::CodePoint),
            Count::Utf16 => Offsets::new(text, Unit::Utf16),
            Count::Bytes => Offsets::bytes(),
        }
    }

    /// Whether offsets count code points, which documents in other formats need.
    pub fn counts_code_points(&self) -> bool {
        matches!(self.count, Count::Codepoints)
    }
}

impl Options {
    /// The options in the query of a request.
    pub fn of_query(uri: &Uri) -> Result<Options, Refusal> {
        let options = axum::extract::Query::<Options>::try_from_uri(uri);
        let options = options.map_err(|error| Refusal::input(format!("the query: {error}")))?;
        Ok(options.0)
    }

    /// The options that stand beside the text in JSON.
    pub fn of_json(fields: Map<String, Value>) -> Result<Options, Refusal> {
        Options::deserialize(Value::Object(fields)).map_err(|e| Refusal::input(e.to_string()))
    }

    /// Whether they name the format of a file, to be read or written.
    pub fn name_a_file(&self) -> bool {
        self.input_format.is_some() || self.output_format.is_some()
    }

    /// These options of the query with those beside the text. Neither are the defaults of the other, so
    /// that nobody has to know which count: an option that is in both is refused.
    pub fn and(self, beside: Options) -> Result<Options, Refusal> {
        fn one<T>(name: &str, query: Option<T>, beside: Option<T>) -> Result<Option<T>, Refusal> {
            if query.is_some() && beside.is_some() {
                let message = format!("{name} is in the query and beside the text; give it once");
                return Err(Refusal::input(message));
            }
            Ok(query.or(beside))
        }
        Ok(Options {
            types: one("types", self.types, beside.types)?,
            preset: one("preset", self.preset, beside.preset)?,
            format: one("format", self.format, beside.format)?,
            together: one("together", self.together, beside.together)?,
            raw: one("raw", self.raw, beside.raw)?,
            assertion: one("assertion", self.assertion, beside.assertion)?,
            sections: one("sections", self.sections, beside.sections)?,
            link: one("link", self.link, beside.link)?,
            offsets: one("offsets", self.offsets, beside.offsets)?,
            input_format: one("input_format", self.input_format, beside.input_format)?,
            output_format: one("output_format", self.output_format, beside.output_format)?,
        })
    }

    /// What they ask for, if the server can give it.
    pub fn checked(self, app: &App) -> Result<Ask, Refusal> {
        if self.types.is_some() && self.preset.is_some() {
            return Err(Refusal::input("types and preset are given; give one of them"));
        }
        let types = match (&self.types, &self.preset) {
            (Some(types), _) => bioner::check_types(types)?,
            (None, Some(preset)) => bioner::preset_types(preset)?,
            (None, None) => DEFAULT_TYPES.map(str::to_owned).to_vec(),
        };
        if let Some(format) = &self.format {
            bioner::format::by_name(format)?;
        }
        let link = self.link.unwrap_or(false);
        if link && app.linker.is_none() {
            return Err(Refusal::link());
        }
        let format = |name: &String| {
            Format::by_name(name).map_err(|problem| Refusal::input(problem.message))
        };
        let assertion = self.assertion.unwrap_or_else(|| asserts(self.preset.as_deref()));
        let context = Wanted { assertion, sections: self.sections.unwrap_or(false) };
        let together = self.together.unwrap_or(false);
        Ok(Ask {
            question: Arc::new(Question { types, format: self.format, together }),
            asked: Asked { raw: self.raw.unwrap_or(false), context },
            link,
            input: self.input_format.as_ref().map(format).transpose()?,
            output: self.output_format.as_ref().map(format).transpose()?,
            count: self.offsets.unwrap_or_default(),
        })
    }
}

/// Names in a list, or with commas between them, as a query has them.
fn names<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Vec<String>>, D::Error> {
    struct Names;
    impl<'de> Visitor<'de> for Names {
        type Value = Option<Vec<String>>;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("names of types, in a list or with commas between them")
        }

        fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }

        fn visit_str<E: serde::de::Error>(self, names: &str) -> Result<Self::Value, E> {
            Ok(Some(names.split(',').map(str::to_owned).collect()))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut names = Vec::new();
            while let Some(name) = list.next_element()? {
                names.push(name);
                if names.len() > 10 * bioner::MAX_TYPES {
                    return Err(A::Error::custom("too many names of types"));
                }
            }
            Ok(Some(names))
        }
    }
    deserializer.deserialize_any(Names)
}
