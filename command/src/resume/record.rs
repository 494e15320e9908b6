//! What a file of results was asked for with, as it is kept beside it.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use bioner::{Error, Result};
use serde_json::{Map, Value, json};

use crate::results::Asked;
use crate::{ExtractArgs, Shipped, model};

/// What decides on the results beside the documents. The number of threads does not.
pub struct Record(Map<String, Value>);

impl Record {
    /// The record of a run with these arguments.
    ///
    /// # Errors
    /// Those of reading the model's files and the vocabularies, of which there are checksums in it.
    pub fn new(
        args: &ExtractArgs,
        types: &[String],
        asked: Asked,
        shipped: &Shipped,
    ) -> Result<Record> {
        let vocabularies = args.link.vocabulary.iter().map(|path| model::checksum(path));
        let fields = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "model": model::checksums(args.engine.model.as_deref(), shipped)?,
            "types": types,
            "format": args.engine.format,
            "together": args.engine.together,
            "raw": asked.raw,
            "assertion": asked.context.assertion,
            "sections": asked.context.sections,
            "link": args.link.link,
            "vocabulary": vocabularies.collect::<Result<Vec<String>>>()?,
            "output-format": args.output_format,
            "shard": args.shard.unwrap_or_default().to_string(),
        });
        match fields {
            Value::Object(fields) => Ok(Record(fields)),
            _ => Err(Error::Internal("a record is no object".into())),
        }
    }

    /// Where the record of a file of results is.
    pub fn path(output: &Path) -> PathBuf {
        let mut path = OsString::from(output);
        path.push(".resume");
        path.into()
    }

    pub fn write(&self, output: &Path) -> Result<()> {
        let path = Record::path(output);
        let text = serde_json::to_string_pretty(&self.0)
            .map_err(|e| Error::Internal(format!("a record cannot be printed: {e}")))?;
        std::fs::write(&path, text + "\n")
            .map_err(|e| Error::Input(format!("{}: {e}", path.display())))
    }

    /// Compares with the record beside a file of results.
    ///
    /// # Errors
    /// [`Error::Input`] if there is none, or if something else was asked for.
    pub fn compare(&self, output: &Path) -> Result<()> {
        let path = Record::path(output);
        let begin = "name another --output, or delete it to begin anew";
        let refuse = |message: String| Err(Error::Input(message));
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == ErrorKind::NotFound => {
                return refuse(format!(
                    "{} has no record of what was asked for, {}; {begin}",
                    output.display(),
                    path.display()
                ));
            }
            Err(e) => return refuse(format!("{}: {e}", path.display())),
        };
        let Ok(before) = serde_json::from_str::<Map<String, Value>>(&text) else {
            return refuse(format!("{} is no record; {begin}", path.display()));
        };
        let null = Value::Null;
        for name in self.0.keys().chain(before.keys()) {
            let of = |fields: &Map<String, Value>| fields.get(name).unwrap_or(&null).clone();
            let (was, is) = (of(&before), of(&self.0));
            if was != is {
                return refuse(format!(
                    "{} was begun with other options: {name} was {was} and is {is} now; ask for the same, \
                     or {begin}",
                    output.display()
                ));
            }
        }
        Ok(())
    }
}
