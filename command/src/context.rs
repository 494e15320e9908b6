//! What the text around an entity says of it, as the command line gives it.

use std::ops::Range;

use bioner::segment::whole_sentences;
use bioner_context::{Section, Status, section_at, sections};
use bioner_documents::{Attributes, ByteSpan, Fields};
use serde::Serialize;
use serde_json::{Map, Value};

/// Which of the optional fields are asked for.
#[derive(Clone, Copy, Default)]
pub struct Wanted {
    /// `assertion`, `temporality` and `experiencer`.
    pub assertion: bool,
    /// `section`.
    pub sections: bool,
}

/// The optional fields of an entity.
#[derive(Default, Serialize)]
pub struct Context {
    #[serde(flatten)]
    pub status: Option<StatusJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionJson>,
}

/// What the text says of an entity.
#[derive(Serialize)]
pub struct StatusJson {
    assertion: &'static str,
    temporality: &'static str,
    experiencer: &'static str,
}

/// The section an entity is in: its heading as printed, and what it is if that is known.
#[derive(Serialize)]
pub struct SectionJson {
    heading: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loinc: Option<&'static str>,
}

impl Wanted {
    /// The optional fields that entities then have, and `id` where they are `linked`.
    pub fn fields(self, linked: bool) -> Fields {
        let status = ["assertion", "temporality", "experiencer"].into_iter();
        let section = ["section"].into_iter().filter(|_| self.sections);
        Fields::named(status.filter(|_| self.assertion).chain(section), linked)
    }

    /// The fields of each span of a text.
    pub fn of(self, text: &str, spans: &[ByteSpan]) -> Vec<Context> {
        if !self.assertion && !self.sections {
            return spans.iter().map(|_| Context::default()).collect();
        }
        let range = |span: ByteSpan| span.start..span.end;
        let sentences: Vec<Range<usize>> = whole_sentences(text).into_iter().map(range).collect();
        let sections = sections(text, &sentences);
        let mentions: Vec<Range<usize>> = spans.iter().copied().map(range).collect();
        let statuses = match self.assertion {
            true => bioner_context::assert(text, &sentences, &sections, &mentions),
            false => Vec::new(),
        };
        let section = |mention: &Range<usize>| {
            let section = section_at(&sections, mention.start).filter(|_| self.sections)?;
            Some(SectionJson::of(text, section))
        };
        let fields = mentions.iter().enumerate();
        fields
            .map(|(number, mention)| Context {
                status: statuses.get(number).copied().map(StatusJson::from),
                section: section(mention),
            })
            .collect()
    }
}

impl From<Status> for StatusJson {
    fn from(status: Status) -> Self {
        StatusJson {
            assertion: status.assertion.name(),
            temporality: status.temporality.name(),
            experiencer: status.experiencer.name(),
        }
    }
}

impl SectionJson {
    fn of(text: &str, section: &Section) -> Self {
        SectionJson {
            heading: text[section.heading.clone()].to_owned(),
            name: section.kind.map(|kind| kind.name.as_str()),
            loinc: section.kind.and_then(|kind| kind.loinc.as_deref()),
        }
    }
}

impl Context {
    /// The fields as file formats have them: a section by its name, or by its heading where it has none.
    pub fn into_attributes(self) -> Attributes {
        let status = |of: fn(&StatusJson) -> &'static str| {
            self.status.as_ref().map(|status| of(status).to_owned())
        };
        Attributes {
            assertion: status(|status| status.assertion),
            temporality: status(|status| status.temporality),
            experiencer: status(|status| status.experiencer),
            section: self.section.map(|section| match section.name {
                Some(name) => name.to_owned(),
                None => section.heading,
            }),
        }
    }

    /// Puts the fields among others, in place of those of the same names.
    pub fn put_into(self, fields: &mut Map<String, Value>) {
        if let Ok(Value::Object(own)) = serde_json::to_value(self) {
            fields.extend(own);
        }
    }
}
