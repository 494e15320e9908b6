//! Where documents go: standard output, a file, or for brat and XMI a folder.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use bioner::{Error, Result};
use bioner_documents::{Document, Fields, Files, Format, Options, Unit, Writer};
use same_file::Handle;

use crate::input::{error, is_annotations};

/// Documents on their way out, one after the other.
pub enum Output {
    File(Writer<BufWriter<Box<dyn Write>>>),
    /// Files of each document.
    Folder {
        path: PathBuf,
        files: Files,
    },
}

impl Output {
    /// Begins to write. `several` says whether there may be more than one document; a table has a column
    /// for each of `fields`.
    pub fn new(
        format: Format,
        path: Option<&Path>,
        several: bool,
        fields: Fields,
    ) -> Result<Output> {
        if let Some(files) = Files::new(format) {
            let Some(path) = path else {
                let name = format.name();
                let message =
                    format!("{name} has files for each document; name a folder with --output");
                return Err(Error::Input(message));
            };
            std::fs::create_dir_all(path)?;
            return Ok(Output::Folder { path: path.to_owned(), files });
        }
        let options = Options { several, fields, ..Options::new(Unit::CodePoint) };
        let writer = Writer::new(format, options, BufWriter::new(out(path)?));
        Ok(Output::File(writer.map_err(|problem| error(&problem))?))
    }

    /// Writes one document. What was written is passed on.
    pub fn document(&mut self, document: &Document) -> Result<()> {
        match self {
            Output::File(writer) => {
                writer.document(document)?;
                writer.flush()?;
            }
            Output::Folder { path, files } => {
                for file in files.document(document) {
                    std::fs::write(path.join(file.name), file.content)?;
                }
            }
        }
        Ok(())
    }

    /// Ends the file.
    pub fn finish(self) -> Result<()> {
        if let Output::File(writer) = self {
            writer.finish()?;
        }
        Ok(())
    }
}

/// Refuses to write where the input is, by whatever name or stream it is reached: it would be gone before
/// it is read, or be read for ever.
pub fn beside(input: &Path, output: Option<&Path>) -> Result<()> {
    let from = match input.as_os_str() == "-" {
        true => Handle::stdin(),
        false => Handle::from_path(input),
    };
    let to = match output {
        Some(path) => Handle::from_path(path),
        None => Handle::stdout(),
    };
    // What is not there yet is not the input, and what cannot be opened is told where it is read or written.
    let Ok(from) = from else { return Ok(()) };
    // Of devices and pipes more than one can be open.
    let is_place =
        |handle: &Handle| handle.as_file().metadata().is_ok_and(|of| of.is_file() || of.is_dir());
    let same = to.as_ref().is_ok_and(|to| *to == from && is_place(to));
    let is_in = |path: &Path, folder: &Handle| {
        let parent = path.parent().map(|parent| match parent.as_os_str().is_empty() {
            true => Path::new("."),
            false => parent,
        });
        // A folder has, or gets, a .txt and an .ann for each document, or an .xmi.
        path.extension().is_some_and(|end| ["txt", "ann", "xmi"].iter().any(|own| end == *own))
            && parent.is_some_and(|parent| Handle::from_path(parent).is_ok_and(|at| at == *folder))
    };
    let into_folder = to.as_ref().is_ok_and(|to| is_in(input, to));
    let out_of_folder = output.is_some_and(|output| is_in(output, &from));
    // The text of annotations in brat's files is read with them.
    let text = is_annotations(input).then(|| input.with_extension("txt"));
    let text = text.and_then(|text| Handle::from_path(text).ok());
    let is_text = text.is_some_and(|text| to.as_ref().is_ok_and(|to| *to == text));
    if same || into_folder || out_of_folder || is_text {
        let message = "the results would overwrite the input; name another --output";
        return Err(Error::Input(message.into()));
    }
    Ok(())
}

/// The format of that name.
pub fn format(name: &str) -> Result<Format> {
    Format::by_name(name).map_err(|problem| error(&problem))
}

/// A file that is made new, or standard output.
pub fn out(path: Option<&Path>) -> Result<Box<dyn Write>> {
    Ok(match path {
        Some(path) => Box::new(
            File::create(path).map_err(|e| Error::Input(format!("{}: {e}", path.display())))?,
        ),
        None => Box::new(std::io::stdout()),
    })
}
