//! What a mention is said to be.

/// What a text says of a mention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Status {
    /// Whether it is there.
    pub assertion: Assertion,
    /// When.
    pub temporality: Temporality,
    /// Whose it is.
    pub experiencer: Experiencer,
}

/// Whether what is mentioned is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Assertion {
    /// It is: what holds where nothing else is said.
    #[default]
    Present,
    /// It is not, or no longer.
    Absent,
    /// It may be.
    Possible,
}

/// When what is mentioned is there.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Temporality {
    /// Now, in the illness that the text is about: what holds where nothing else is said.
    #[default]
    Current,
    /// Before.
    Historical,
    /// It may come: what to return for, what is to be prevented.
    Hypothetical,
}

/// Whose what is mentioned is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Experiencer {
    /// The patient's: what holds where nothing else is said.
    #[default]
    Patient,
    /// A relative's, or that of another person close by.
    Family,
}

impl Assertion {
    /// The name in results.
    pub const fn name(self) -> &'static str {
        match self {
            Assertion::Present => "present",
            Assertion::Absent => "absent",
            Assertion::Possible => "possible",
        }
    }
}

impl Temporality {
    /// The name in results.
    pub const fn name(self) -> &'static str {
        match self {
            Temporality::Current => "current",
            Temporality::Historical => "historical",
            Temporality::Hypothetical => "hypothetical",
        }
    }
}

impl Experiencer {
    /// The name in results.
    pub const fn name(self) -> &'static str {
        match self {
            Experiencer::Patient => "patient",
            Experiencer::Family => "family",
        }
    }
}
