//! The formats by name, and who reads each.

use std::io::BufRead;

use crate::decode::Decoded;
use crate::problem::{Problem, code};
use crate::{
    Document, bioc_json, bioc_xml, conll, csv, json, label_studio, pubmed_xml, pubtator, xmi,
};

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A plain text, which is one document.
    Text,
    /// A JSON document, or a list of them.
    Json,
    /// A JSON document a line.
    JsonLines,
    /// A table with commas, a document a row.
    Csv,
    /// A table with tabs, a document a row.
    Tsv,
    /// PubTator: title, abstract, and an annotation a line.
    PubTator,
    /// BioC as XML.
    BiocXml,
    /// BioC as JSON.
    BiocJson,
    /// brat's standoff annotations, beside a text.
    Brat,
    /// CoNLL: a token and its tag a line.
    Conll,
    /// W3C Web Annotations as JSON-LD; written, not read.
    WebAnnotation,
    /// PubMed's XML of articles; read, not written.
    PubmedXml,
    /// UIMA CAS as XMI, a file a document, with the file of their types.
    Xmi,
    /// doccano's JSON Lines.
    Doccano,
    /// Label Studio's tasks as JSON.
    LabelStudio,
    /// XML, HTML or RTF of a kind that is not read. Only [`Format::detect`] gives it.
    Markup,
}

/// A format that documents can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExportFormat {
    /// The format's name, as users give it.
    pub name: &'static str,
    /// What the names of its files end in, without the dot.
    pub extension: &'static str,
    /// The media type of its files.
    pub mime: &'static str,
    /// Whether every document has files of its own.
    pub files_per_document: bool,
}

const fn export(
    name: &'static str,
    extension: &'static str,
    mime: &'static str,
    files_per_document: bool,
) -> ExportFormat {
    ExportFormat { name, extension, mime, files_per_document }
}

/// The formats that documents can be written in.
pub const EXPORT_FORMATS: [ExportFormat; 12] = [
    export("json", "json", "application/json", false),
    export("json-lines", "jsonl", "application/jsonl", false),
    export("csv", "csv", "text/csv", false),
    export("pubtator", "pubtator.txt", "text/plain", false),
    export("bioc-xml", "bioc.xml", "application/xml", false),
    export("bioc-json", "bioc.json", "application/json", false),
    export("brat", "ann", "text/plain", true),
    export("conll", "conll", "text/plain", false),
    export("web-annotation", "jsonld", "application/ld+json", false),
    export("xmi", "xmi", "application/vnd.xmi+xml", true),
    export("doccano", "doccano.jsonl", "application/jsonl", false),
    export("label-studio", "label-studio.json", "application/json", false),
];

/// Why markup is not read.
const MARKUP: &str = "it is XML, HTML or RTF of a kind that is not read. Of XML, PubMed's (pubmed-xml), \
    BioC's (bioc-xml) and UIMA's (xmi) are. To have it read as a text, with all its tags, use \
    --input-format text, or on the page paste it";

/// Names of the formats, as they are given on a command line.
const NAMES: [(&str, Format); 17] = [
    ("text", Format::Text),
    ("txt", Format::Text),
    ("json", Format::Json),
    ("json-lines", Format::JsonLines),
    ("jsonl", Format::JsonLines),
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("pubtator", Format::PubTator),
    ("bioc-xml", Format::BiocXml),
    ("bioc-json", Format::BiocJson),
    ("brat", Format::Brat),
    ("conll", Format::Conll),
    ("web-annotation", Format::WebAnnotation),
    ("pubmed-xml", Format::PubmedXml),
    ("xmi", Format::Xmi),
    ("doccano", Format::Doccano),
    ("label-studio", Format::LabelStudio),
];

impl Format {
    /// The format of that name.
    ///
    /// # Errors
    /// [`code::FORMAT`] if there is none.
    pub fn by_name(name: &str) -> Result<Format, Problem> {
        let found = NAMES.iter().find(|(known, _)| *known == name);
        found.map(|&(_, format)| format).ok_or_else(|| {
            let names: Vec<&str> = NAMES.iter().map(|&(name, _)| name).collect();
            let message = format!("there is no format {name:?}; there are {}", names.join(", "));
            Problem::new(code::FORMAT, message)
        })
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, format)| *format == self).map_or("markup", |&(name, _)| name)
    }

    /// The documents of a file, one after the other. brat has two files a document: see
    /// [`brat::read`](crate::brat::read).
    ///
    /// # Errors
    /// [`code::FORMAT`] if the format is none that is read, or none that is read from one file.
    pub fn read<'a>(self, input: impl BufRead + Send + 'a) -> Result<Documents<'a>, Problem> {
        Ok(match self {
            Format::Json => Box::new(json::read(Decoded::new(input))),
            Format::JsonLines | Format::Doccano => Box::new(json::read_lines(input)),
            Format::LabelStudio => Box::new(label_studio::read(Decoded::new(input))),
            Format::Xmi => Box::new(xmi::read("1", input)),
            Format::PubTator => Box::new(pubtator::Reader::new(input)),
            Format::BiocXml => Box::new(bioc_xml::Reader::new(Decoded::new(input))),
            Format::BiocJson => Box::new(bioc_json::read(Decoded::new(input))),
            Format::PubmedXml => Box::new(pubmed_xml::Reader::new(Decoded::new(input))),
            Format::Conll => Box::new(conll::Reader::new(input)),
            Format::Csv => Box::new(csv::read_documents(input, None)),
            Format::Tsv => Box::new(csv::read_documents(input, Some(b'\t'))),
            Format::Markup => return Err(Problem::new(code::FORMAT, MARKUP)),
            Format::Text | Format::Brat | Format::WebAnnotation => {
                let message = format!("documents cannot be read from one file as {}", self.name());
                return Err(Problem::new(code::FORMAT, message));
            }
        })
    }
}

/// The documents of a file, and what was wrong with it, in its order.
pub type Documents<'a> = Box<dyn Iterator<Item = Result<Document, Problem>> + Send + 'a>;
