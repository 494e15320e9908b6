//! Where documents go: standard output, a file, or for brat and XMI a folder.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use bioner::{Error, Result};
use bioner_documents::{Document, Fields, Files, Format, Options, Unit, Writer};

use crate::input::error;

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

/// Refuses to write where the input is: it would be gone before it is read.
pub fn beside(input: &Path, output: Option<&Path>) -> Result<()> {
    let place = |path: &Path| path.canonicalize().ok();
    let Some(output) = output.and_then(place) else { return Ok(()) };
    let Some(input) = place(input) else { return Ok(()) };
    // A folder gets a .txt and an .ann for each document, or an .xmi.
    let in_folder = output.is_dir()
        && input.extension().is_some_and(|end| ["txt", "ann", "xmi"].iter().any(|own| end == *own))
        && input.parent() == Some(&output);
    if input == output && (output.is_file() || output.is_dir()) || in_folder {
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
