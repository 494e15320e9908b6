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

/// The options of a request: in its query, or beside the text in JSON. They are those of `bioner extract`.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Options {
    #[serde(default, deserialize_with = "names")]
    types: Option<Vec<String>>,
    preset: Option<String>,
    format: Option<String>,
    #[serde(default)]
    together: bool,
    #[serde(default)]
    raw: bool,
    assertion: Option<bool>,
    #[serde(default)]
    sections: bool,
    #[serde(default)]
    link: bool,
    #[serde(default)]
    offsets: Count,
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
    /// What the query of a request asks for.
    pub fn of_query(uri: &Uri, app: &App) -> Result<Ask, Refusal> {
        let options = axum::extract::Query::<Options>::try_from_uri(uri);
        let options = options.map_err(|error| Refusal::input(format!("the query: {error}")))?;
        options.0.checked(app)
    }

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
    /// The options that stand beside the text in JSON.
    pub fn of_json(fields: Map<String, Value>) -> Result<Options, Refusal> {
        Options::deserialize(Value::Object(fields)).map_err(|e| Refusal::input(e.to_string()))
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
        if self.link && app.linker.is_none() {
            return Err(Refusal::link());
        }
        let format = |name: &String| {
            Format::by_name(name).map_err(|problem| Refusal::input(problem.message))
        };
        let assertion = self.assertion.unwrap_or_else(|| asserts(self.preset.as_deref()));
        Ok(Ask {
            question: Arc::new(Question { types, format: self.format, together: self.together }),
            asked: Asked { raw: self.raw, context: Wanted { assertion, sections: self.sections } },
            link: self.link,
            input: self.input_format.as_ref().map(format).transpose()?,
            output: self.output_format.as_ref().map(format).transpose()?,
            count: self.offsets,
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
