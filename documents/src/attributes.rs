//! What is known of a mention beside its place and type, and which of it a file has.

use serde_json::{Map, Value};

use crate::{Document, Entity};

/// What is said of a mention. The names are those of JSON's fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attributes {
    /// Whether it is there: `present`, `absent`, `possible`.
    pub assertion: Option<String>,
    /// When: `current`, `historical`, `hypothetical`.
    pub temporality: Option<String>,
    /// Whose it is: `patient`, `family`.
    pub experiencer: Option<String>,
    /// The section of the text that it is in.
    pub section: Option<String>,
}

impl Attributes {
    /// The names of the attributes.
    pub const NAMES: [&'static str; 4] = ["assertion", "temporality", "experiencer", "section"];

    /// The attributes that are known, with their names.
    pub fn known(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let values = [&self.assertion, &self.temporality, &self.experiencer, &self.section];
        let named = Self::NAMES.into_iter().zip(values);
        named.filter_map(|(name, value)| Some((name, value.as_deref()?)))
    }

    /// The attribute of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.known().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Sets the attribute of that name. An empty value says nothing. `false` if there is none of that name.
    pub fn set(&mut self, name: &str, value: impl Into<String>) -> bool {
        let place = match name {
            "assertion" => &mut self.assertion,
            "temporality" => &mut self.temporality,
            "experiencer" => &mut self.experiencer,
            "section" => &mut self.section,
            _ => return false,
        };
        *place = Some(value.into()).filter(|value| !value.is_empty());
        true
    }

    /// Takes the attributes that are texts out of the fields of an object. A section may also be what
    /// results of an extraction have, `{"heading", "name"?, "loinc"?}`: its name counts, or its heading
    /// where it has none, and the object stays among the fields.
    pub(crate) fn take(fields: &mut Map<String, Value>) -> Self {
        let mut attributes = Attributes::default();
        for name in Self::NAMES {
            if fields.get(name).is_some_and(Value::is_string)
                && let Some(Value::String(value)) = fields.shift_remove(name)
            {
                attributes.set(name, value);
            }
        }
        if let Some(Value::Object(section)) = fields.get("section") {
            let text = |name: &str| section.get(name).and_then(Value::as_str);
            if let Some(section) = text("name").or_else(|| text("heading")) {
                attributes.set("section", section);
            }
        }
        attributes
    }
}

/// Which of the optional fields entities have: a table has a column for each of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fields {
    attributes: [bool; Attributes::NAMES.len()],
    id: bool,
}

impl Fields {
    /// None of them.
    pub const NONE: Fields = Fields { attributes: [false; Attributes::NAMES.len()], id: false };

    /// The attributes of these names, and `id` or not.
    pub fn named<'a>(names: impl IntoIterator<Item = &'a str>, id: bool) -> Fields {
        let mut fields = Fields { id, ..Fields::NONE };
        for name in names {
            for (has, other) in fields.attributes.iter_mut().zip(Attributes::NAMES) {
                *has |= name == other;
            }
        }
        fields
    }

    /// Those that the entities of some documents have.
    pub fn of<'a>(documents: impl IntoIterator<Item = &'a Document>) -> Fields {
        let mut fields = Fields::default();
        documents.into_iter().for_each(|document| fields.add(document));
        fields
    }

    /// Adds those of one more document.
    pub fn add(&mut self, document: &Document) {
        for Entity { attributes, id, .. } in &document.entities {
            self.id |= id.is_some();
            for (has, name) in self.attributes.iter_mut().zip(Attributes::NAMES) {
                *has |= attributes.get(name).is_some();
            }
        }
    }

    /// The names of the attributes.
    pub(crate) fn attributes(self) -> impl Iterator<Item = &'static str> {
        let named = Attributes::NAMES.into_iter().zip(self.attributes);
        named.filter_map(|(name, has)| has.then_some(name))
    }

    /// Whether some have an id in a vocabulary.
    pub(crate) fn id(self) -> bool {
        self.id
    }
}
