//! 7. The output formats: how entities are written and read back, a file for each format.
//!
//! A format says how an answer is asked for (`phrase`), what it looks like (`render`), what the model
//! may write at each point (`grammar`), and what an answer says (`parse`). Answers are plain text here;
//! [`prompt`](crate::prompt) makes them the text that the model writes.

mod build;
mod compact;
mod csv_records;
mod escape;
mod inline;
mod inline_bracket;
mod inline_marker;
mod inline_xml;
mod iob2;
mod json_grouped;
mod json_occurrence;
mod json_records;
mod lines_grouped;
mod markdown_table;
mod scan;
mod select;
mod xml_records;
mod yaml_grouped;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use crate::constraint::Program;
use crate::sentence::Sentence;
use bioner_documents::ByteSpan;

/// An entity of a sentence, as a format renders it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Labelled {
    /// Where it stands in the sentence's view.
    pub span: ByteSpan,
    /// Its type: an index into the types asked for.
    pub kind: usize,
}

/// Where in the sentence a written mention stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The answer does not say: it may stand wherever the sentence has these words.
    Anywhere,
    /// The n-th occurrence, from 1, as [`Sentence::occurrences`] counts them.
    Occurrence(usize),
    /// Exactly here in the sentence's view.
    At(ByteSpan),
}

/// A mention read from an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The words, as the sentence's view has them.
    pub text: String,
    /// Its type: an index into the types asked for.
    pub kind: usize,
    /// Where in the sentence it stands, as far as the answer says.
    pub place: Place,
    /// The bytes of the answer that say this mention: its text, and its type and number where
    /// they are written beside it. The model's score for the mention is its score for these.
    pub written: Range<usize>,
}

/// Why an answer cannot be read. Only an unconstrained model can write such an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} at byte {at} of the answer")]
pub struct ParseError {
    /// Where in the answer, in bytes.
    pub at: usize,
    /// What is wrong there.
    pub message: &'static str,
}

/// The format that the models of this project write best, used when none is named.
pub const DEFAULT: &str = "lines-grouped";

/// One output format. `types` are the types asked for, with names as [`check_types`] returns them:
/// there is at least one, and none comes twice.
///
/// [`check_types`]: crate::check_types
pub trait Format: Sync {
    /// The format's name, as users give it.
    fn name(&self) -> &'static str;

    /// How the instruction asks for it: what stands between the types and the colon. Empty for the
    /// default format.
    fn phrase(&self) -> &'static str;

    /// How the instruction lists the types.
    fn list_types(&self, types: &[String]) -> String {
        types.join(", ")
    }

    /// What stands in the prompt between the sentence and the answer.
    fn cue(&self) -> &'static str {
        "\n=>"
    }

    /// Whether a space stands before each line of the answer in its [wire form](crate::prompt).
    fn prefixes_lines(&self) -> bool {
        true
    }

    /// An answer as people can read it: the answer itself, but where it holds signs that are not shown.
    fn readable<'a>(&self, _types: &[String], answer: &'a str) -> Cow<'a, str> {
        Cow::Borrowed(answer)
    }

    /// The answer that says `entities`, which are sorted by place. Entities that are no whole
    /// pieces of the sentence or have no type in `types` are left out. Of two that overlap (in grouped
    /// formats, of one type) the longer one is kept, then the one whose type comes earlier. Formats that
    /// do not say places write a text once for each type.
    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String;

    /// The grammar of every answer to `sentence` that [`Format::parse`] reads.
    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program;

    /// The grammar of the answers whose mentions [may be names](Sentence::may_be_name): what a model
    /// is held to. An answer that [`Format::render`] makes may be refused by it.
    fn grammar_of_names(&self, sentence: &Sentence, types: &[String]) -> Program {
        let mut program = self.grammar(sentence, types);
        program.restrict_to_names();
        program
    }

    /// The mentions that an answer says, in its order; none of them is empty. Strict about the
    /// structure, except for white space at the end. Where the answer repeats the sentence it must do
    /// so to the letter, and mentions are whole pieces; elsewhere a mention need not be words of the
    /// sentence.
    ///
    /// # Errors
    /// [`ParseError`] if the answer is not in this format.
    fn parse(
        &self,
        sentence: &Sentence,
        types: &[String],
        answer: &str,
    ) -> Result<Vec<Mention>, ParseError>;
}

/// The formats, in the order in which they are listed everywhere. Twelve are those of a study that has
/// not published its list; they are reconstructed from the field's literature. `compact` was made for
/// speed.
pub fn all() -> &'static [&'static dyn Format] {
    &[
        &inline_xml::InlineXml,
        &inline_bracket::InlineBracket,
        &inline_marker::InlineMarker,
        &iob2::Iob2,
        &json_records::JsonRecords,
        &json_occurrence::JsonOccurrence,
        &xml_records::XmlRecords,
        &csv_records::CsvRecords,
        &markdown_table::MarkdownTable,
        &json_grouped::JsonGrouped,
        &yaml_grouped::YamlGrouped,
        &lines_grouped::LinesGrouped,
        &compact::Compact,
    ]
}

/// The markers of types in the format `compact`, which a model for it has tokens for: first those of the
/// types of the [inventory](crate::inventory), then those of other types.
pub fn markers() -> Vec<char> {
    compact::all_markers().collect()
}

/// The format of that name.
///
/// # Errors
/// [`Error::Format`](crate::Error::Format) if there is none.
pub fn by_name(name: &str) -> crate::Result<&'static dyn Format> {
    let found = all().iter().find(|format| format.name() == name);
    found.copied().ok_or_else(|| crate::Error::Format(name.to_owned()))
}

/// The name of the output format that a model file names.
///
/// # Errors
/// [`Error::ModelUnsupported`](crate::Error::ModelUnsupported) if there is none.
pub(crate) fn of_model(name: &str) -> crate::Result<&'static str> {
    by_name(name).map(|format| format.name()).map_err(|_| {
        crate::Error::ModelUnsupported(format!(
            "it writes the output format {name:?}, which this version does not know; use a newer \
             version, or choose another model"
        ))
    })
}
