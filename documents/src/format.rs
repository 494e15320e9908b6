//! The formats by name: which of them a file is in, who reads it and who writes it.

use std::io::{self, BufRead, Write};

use crate::decode::Decoded;
use crate::json::Style;
use crate::problem::{Problem, code};
use crate::{
    Document, Unit, bioc_json, bioc_xml, brat, conll, csv, json, pubmed_xml, pubtator,
    web_annotation,
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
pub const EXPORT_FORMATS: [ExportFormat; 9] = [
    export("json", "json", "application/json", false),
    export("json-lines", "jsonl", "application/jsonl", false),
    export("csv", "csv", "text/csv", false),
    export("pubtator", "pubtator.txt", "text/plain", false),
    export("bioc-xml", "bioc.xml", "application/xml", false),
    export("bioc-json", "bioc.json", "application/json", false),
    export("brat", "ann", "text/plain", true),
    export("conll", "conll", "text/plain", false),
    export("web-annotation", "jsonld", "application/ld+json", false),
];

/// Names of the formats, as they are given on a command line.
const NAMES: [(&str, Format); 14] = [
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
        NAMES.iter().find(|(_, format)| *format == self).map_or("text", |&(name, _)| name)
    }

    /// The format of a file, by the end of its name and by how it begins: `start` is its text or a part
    /// from the beginning. A file that is in none of the others is a text.
    pub fn detect(file_name: &str, start: &str) -> Format {
        let name = file_name.to_lowercase();
        let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
        let content = start.trim_start_matches('\u{feff}').trim_start();
        if ends(&[".jsonl", ".ndjson"]) {
            Format::JsonLines
        } else if ends(&[".tsv", ".tab"]) {
            Format::Tsv
        } else if ends(&[".csv"]) {
            Format::Csv
        } else if ends(&[".ann"]) {
            Format::Brat
        } else if ends(&[".conll", ".iob", ".iob2", ".bio"]) {
            Format::Conll
        } else if ends(&[".pubtator"]) || pubtator::looks_like(start) {
            Format::PubTator
        } else if content.starts_with('<') && content.contains("<PubmedArticle") {
            Format::PubmedXml
        } else if content.starts_with('<') && content.contains("<collection") {
            Format::BiocXml
        } else if ends(&[".json"]) {
            // The field of a BioC document that no other format has.
            if content.contains("\"passages\"") && content.contains("\"infons\"") {
                Format::BiocJson
            } else {
                Format::Json
            }
        } else {
            Format::Text
        }
    }

    /// The documents of a file, one after the other. brat has two files a document: see
    /// [`brat::read`].
    ///
    /// # Errors
    /// [`code::FORMAT`] if the format is none that is read from one file.
    pub fn read<'a>(self, input: impl BufRead + 'a) -> Result<Documents<'a>, Problem> {
        Ok(match self {
            Format::Json => Box::new(json::read(Decoded::new(input))),
            Format::JsonLines => Box::new(json::read_lines(input)),
            Format::PubTator => Box::new(pubtator::Reader::new(input)),
            Format::BiocXml => Box::new(bioc_xml::Reader::new(Decoded::new(input))),
            Format::BiocJson => Box::new(bioc_json::read(Decoded::new(input))),
            Format::PubmedXml => Box::new(pubmed_xml::Reader::new(Decoded::new(input))),
            Format::Conll => Box::new(conll::Reader::new(input)),
            Format::Csv => Box::new(csv::read_documents(input, None)),
            Format::Tsv => Box::new(csv::read_documents(input, Some(b'\t'))),
            Format::Text | Format::Brat | Format::WebAnnotation => {
                let message = format!("documents cannot be read from one file as {}", self.name());
                return Err(Problem::new(code::FORMAT, message));
            }
        })
    }
}

/// The documents of a file, and what was wrong with it, in its order.
pub type Documents<'a> = Box<dyn Iterator<Item = Result<Document, Problem>> + 'a>;

/// How a file of documents is written.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// What offsets count in, in JSON and CSV. The other formats say it themselves.
    pub unit: Unit,
    /// Whether JSON holds the texts.
    pub text: bool,
    /// Whether the file may hold several documents: JSON is then an array, and CSV has a column `id`.
    pub several: bool,
}

/// Writes documents into one file, one after the other and without keeping them.
pub struct Writer<W: Write> {
    out: W,
    form: Form,
    begun: bool,
}

enum Form {
    Json { style: Style, several: bool, written: usize },
    JsonLines(Style),
    Csv(csv::Writer),
    PubTator(pubtator::Writer),
    BiocXml,
    BiocJson { written: usize },
    Conll { written: usize },
    WebAnnotation(web_annotation::Writer),
}

impl<W: Write> Writer<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// [`code::FORMAT`] if the format is none that is written into one file.
    pub fn new(format: Format, options: Options, out: W) -> Result<Self, Problem> {
        let style = Style { unit: options.unit, text: options.text };
        let form = match format {
            Format::Json => Form::Json { style, several: options.several, written: 0 },
            Format::JsonLines => Form::JsonLines(style),
            Format::Csv => Form::Csv(csv::Writer::new(options.unit, options.several)),
            Format::PubTator => Form::PubTator(pubtator::Writer::default()),
            Format::BiocXml => Form::BiocXml,
            Format::BiocJson => Form::BiocJson { written: 0 },
            Format::Conll => Form::Conll { written: 0 },
            Format::WebAnnotation => Form::WebAnnotation(web_annotation::Writer::default()),
            Format::Text | Format::Tsv | Format::Brat | Format::PubmedXml => {
                let message =
                    format!("documents cannot be written into a file as {}", format.name());
                return Err(Problem::new(code::FORMAT, message));
            }
        };
        Ok(Writer { out, form, begun: false })
    }

    /// Writes the next document.
    pub fn document(&mut self, document: &Document) -> io::Result<()> {
        self.begin()?;
        let out = &mut self.out;
        match &mut self.form {
            Form::Json { style, several, written } => {
                *written += 1;
                if *several {
                    out.write_all(if *written == 1 { b"\n" } else { b",\n" })?;
                }
                json::write_object(document, *style, if *several { "  " } else { "" }, out)
            }
            Form::JsonLines(style) => json::write_line(document, *style, out),
            Form::Csv(writer) => writer.document(document, out),
            Form::PubTator(writer) => writer.document(document, out),
            Form::BiocXml => bioc_xml::write(document, out),
            Form::BiocJson { written } => {
                *written += 1;
                out.write_all(if *written == 1 { b"\n" } else { b",\n" })?;
                bioc_json::write(document, out)
            }
            Form::Conll { written } => {
                *written += 1;
                conll::write(document, out)
            }
            Form::WebAnnotation(writer) => writer.document(document, out),
        }
    }

    /// Ends the file, and returns what it was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.begin()?;
        let out = &mut self.out;
        match &mut self.form {
            Form::Json { several: true, written, .. } => {
                out.write_all(if *written == 0 { b"]\n" } else { b"\n]\n" })?;
            }
            Form::Json { several: false, .. } => out.write_all(b"\n")?,
            Form::BiocXml => out.write_all(bioc_xml::END.as_bytes())?,
            Form::BiocJson { .. } => out.write_all(bioc_json::END.as_bytes())?,
            Form::WebAnnotation(writer) => writer.end(out)?,
            Form::JsonLines(_) | Form::Csv(_) | Form::PubTator(_) | Form::Conll { .. } => {}
        }
        self.out.flush()?;
        Ok(self.out)
    }

    /// Passes on what was written so far, for whoever reads along.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// What stands before the first document.
    fn begin(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        let out = &mut self.out;
        match &mut self.form {
            Form::Json { several: true, .. } => out.write_all(b"["),
            Form::Csv(writer) => writer.begin(out),
            Form::BiocXml => out.write_all(bioc_xml::BEGIN.as_bytes()),
            Form::BiocJson { .. } => out.write_all(bioc_json::BEGIN.as_bytes()),
            Form::WebAnnotation(writer) => writer.begin(out),
            _ => Ok(()),
        }
    }
}

/// A file to be.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// What it holds.
    pub content: String,
}

/// Writes documents into files: one, or for brat two a document.
///
/// # Errors
/// [`code::FORMAT`] if the format is none that can be written.
pub fn write(
    format: Format,
    options: Options,
    documents: &[Document],
) -> Result<Vec<File>, Problem> {
    let mut names = brat::Names::default();
    if format == Format::Brat {
        let files = documents.iter().flat_map(|document| {
            let stem = names.next(document);
            let (text, annotations) = brat::write(document);
            [
                File { name: format!("{stem}.txt"), content: text },
                File { name: format!("{stem}.ann"), content: annotations },
            ]
        });
        return Ok(files.collect());
    }
    let mut writer = Writer::new(format, options, Vec::new())?;
    for document in documents {
        writer.document(document).map_err(|error| Problem::io(&error))?;
    }
    let bytes = writer.finish().map_err(|error| Problem::io(&error))?;
    let content = String::from_utf8_lossy(&bytes).into_owned();
    let stem = match documents {
        [only] => names.next(only),
        _ => "bioner".to_owned(),
    };
    let exported = EXPORT_FORMATS.iter().find(|export| export.name == format.name());
    let extension = exported.map_or("txt", |export| export.extension);
    Ok(vec![File { name: format!("{stem}.{extension}"), content }])
}
