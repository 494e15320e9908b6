//! Documents into files, in each of the formats that are written.

use std::io::{self, Write};

use crate::format::EXPORT_FORMATS;
use crate::json::Style;
use crate::problem::{Problem, code};
use crate::{
    Document, Fields, Format, Unit, bioc_json, bioc_xml, brat, conll, csv, doccano, json,
    label_studio, pubtator, web_annotation, xmi,
};

/// How a file of documents is written.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// What offsets count in, in JSON and CSV. The other formats say it themselves.
    pub unit: Unit,
    /// Whether JSON holds the texts.
    pub text: bool,
    /// Whether the file may hold several documents: JSON is then an array, and CSV has a column `id`.
    pub several: bool,
    /// Which optional fields have a column in CSV. The other formats have a place for all of them.
    pub fields: Fields,
}

impl Options {
    /// One document, with its text.
    pub fn new(unit: Unit) -> Self {
        Options { unit, text: true, several: false, fields: Fields::default() }
    }
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
    Doccano,
    LabelStudio { written: usize },
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
            Format::Csv => {
                Form::Csv(csv::Writer::new(options.unit, options.several, options.fields))
            }
            Format::PubTator => Form::PubTator(pubtator::Writer::default()),
            Format::BiocXml => Form::BiocXml,
            Format::BiocJson => Form::BiocJson { written: 0 },
            Format::Conll => Form::Conll { written: 0 },
            Format::WebAnnotation => Form::WebAnnotation(web_annotation::Writer::default()),
            Format::Doccano => Form::Doccano,
            Format::LabelStudio => Form::LabelStudio { written: 0 },
            Format::Text
            | Format::Tsv
            | Format::Brat
            | Format::PubmedXml
            | Format::Xmi
            | Format::Markup => {
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
            Form::Doccano => doccano::write(document, out),
            Form::LabelStudio { written } => {
                *written += 1;
                out.write_all(if *written == 1 { b"\n" } else { b",\n" })?;
                label_studio::write(document, out)
            }
        }
    }

    /// Ends the file, and returns what it was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.begin()?;
        let out = &mut self.out;
        match &mut self.form {
            Form::Json { several: true, written, .. } | Form::LabelStudio { written } => {
                out.write_all(if *written == 0 { b"]\n" } else { b"\n]\n" })?;
            }
            Form::Json { several: false, .. } => out.write_all(b"\n")?,
            Form::BiocXml => out.write_all(bioc_xml::END.as_bytes())?,
            Form::BiocJson { .. } => out.write_all(bioc_json::END.as_bytes())?,
            Form::WebAnnotation(writer) => writer.end(out)?,
            Form::JsonLines(_)
            | Form::Csv(_)
            | Form::PubTator(_)
            | Form::Conll { .. }
            | Form::Doccano => {}
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
            Form::Json { several: true, .. } | Form::LabelStudio { .. } => out.write_all(b"["),
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

/// Writes documents in a format that has files for each of them: brat, XMI.
pub struct Files {
    format: Format,
    names: brat::Names,
    begun: bool,
}

impl Files {
    /// Writes nothing yet. `None` if the format has one file for all documents.
    pub fn new(format: Format) -> Option<Files> {
        let has_files = matches!(format, Format::Brat | Format::Xmi);
        has_files.then(|| Files { format, names: brat::Names::default(), begun: false })
    }

    /// The files of the next document; before the first, also the file of all.
    pub fn document(&mut self, document: &Document) -> Vec<File> {
        let stem = self.names.next(document);
        let begun = std::mem::replace(&mut self.begun, true);
        let mut files = Vec::new();
        let mut add = |name: String, content: String| files.push(File { name, content });
        if self.format == Format::Brat {
            let (text, annotations) = brat::write(document);
            add(format!("{stem}.txt"), text);
            add(format!("{stem}.ann"), annotations);
        } else {
            if !begun {
                let (name, content) = xmi::TYPE_SYSTEM;
                add(name.to_owned(), content.to_owned());
            }
            add(format!("{stem}.xmi"), xmi::write(document));
        }
        files
    }
}

/// Writes documents into files: one, or where the format has it so files for each document. CSV has a
/// column for every optional field that occurs.
///
/// # Errors
/// [`code::FORMAT`] if the format is none that can be written.
pub fn write(
    format: Format,
    options: Options,
    documents: &[Document],
) -> Result<Vec<File>, Problem> {
    if let Some(mut files) = Files::new(format) {
        return Ok(documents.iter().flat_map(|document| files.document(document)).collect());
    }
    let options = Options { fields: Fields::of(documents), ..options };
    let mut writer = Writer::new(format, options, Vec::new())?;
    for document in documents {
        writer.document(document).map_err(|error| Problem::io(&error))?;
    }
    let bytes = writer.finish().map_err(|error| Problem::io(&error))?;
    let content = String::from_utf8_lossy(&bytes).into_owned();
    let stem = match documents {
        [only] => brat::Names::default().next(only),
        _ => "bioner".to_owned(),
    };
    let exported = EXPORT_FORMATS.iter().find(|export| export.name == format.name());
    let extension = exported.map_or("txt", |export| export.extension);
    Ok(vec![File { name: format!("{stem}.{extension}"), content }])
}
