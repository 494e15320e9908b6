//! What the text around an entity says of it, as results have it.

use std::ops::Range;

use bioner_context::{Section, Status, section_at, sections};
use bioner_documents::{Attributes, ByteSpan, Fields};
use bioner_segment::whole_sentences;
use serde::Serialize;
use serde_json::{Map, Value};

/// Which of the optional fields are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// `assertion`, `temporality` and `experiencer`.
    pub assertion: bool,
    /// `section`.
    pub sections: bool,
}

/// The optional fields of an entity.
#[derive(Debug, Default, Serialize)]
pub struct Context {
    /// `assertion`, `temporality` and `experiencer`, if they were asked for.
    #[serde(flatten)]
    pub status: Option<StatusFields>,
    /// The section it is in, if sections were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<SectionFields>,
}

/// What the text says of an entity.
#[derive(Debug, Serialize)]
pub struct StatusFields {
    /// `present`, `absent` or `possible`.
    pub assertion: &'static str,
    /// `current`, `historical` or `hypothetical`.
    pub temporality: &'static str,
    /// `patient` or `family`.
    pub experiencer: &'static str,
}

/// The section an entity is in: its heading as printed, and what it is if that is known.
#[derive(Debug, Serialize)]
pub struct SectionFields {
    /// The heading as printed, without a colon.
    pub heading: String,
    /// What it is called whatever its heading says, as `family history`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'static str>,
    /// Its code in LOINC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loinc: Option<&'static str>,
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
        let sentences = sentences(text);
        let sections = sections(text, &sentences);
        let mentions: Vec<Range<usize>> = spans.iter().map(|span| span.start..span.end).collect();
        let statuses = match self.assertion {
            true => bioner_context::assert(text, &sentences, &sections, &mentions),
            false => Vec::new(),
        };
        let section = |mention: &Range<usize>| {
            let section = section_at(&sections, mention.start).filter(|_| self.sections)?;
            Some(SectionFields::of(text, section))
        };
        let fields = mentions.iter().enumerate();
        fields
            .map(|(number, mention)| Context {
                status: statuses.get(number).copied().map(StatusFields::from),
                section: section(mention),
            })
            .collect()
    }
}

/// The sentences of a text, as the rules take them.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    whole_sentences(text).into_iter().map(|span| span.start..span.end).collect()
}

impl From<Status> for StatusFields {
    fn from(status: Status) -> Self {
        StatusFields {
            assertion: status.assertion.name(),
            temporality: status.temporality.name(),
            experiencer: status.experiencer.name(),
        }
    }
}

impl SectionFields {
    pub(crate) fn of(text: &str, section: &Section) -> Self {
        SectionFields {
            heading: text[section.heading.clone()].to_owned(),
            name: section.kind.map(|kind| kind.name.as_str()),
            loinc: section.kind.and_then(|kind| kind.loinc.as_deref()),
        }
    }
}

impl Context {
    /// The fields as file formats have them: a section by its name, or by its heading where it has none.
    pub fn into_attributes(self) -> Attributes {
        let status = |of: fn(&StatusFields) -> &'static str| {
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
