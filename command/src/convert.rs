//! `bioner convert`: documents and their annotations in another format.

use bioner::{Error, Result};
use bioner_documents::{Fields, Format};

use crate::ConvertArgs;
use crate::input;
use crate::output::{self, Output};

/// Converts. The exit status is 1 if something could not be read; what could be is written.
pub fn run(args: &ConvertArgs) -> Result<u8> {
    let format = output::format(&args.output_format)?;
    output::beside(&args.file, args.output.as_deref())?;
    let open = || input::open(&args.file, args.input.input_format.as_deref());
    let mut input = open()?;
    let several = input.format != Format::Text;
    let mut fields = Fields::default();
    if format == Format::Csv {
        // The first row names the columns, so all documents are looked at before it.
        input = input.look_ahead(&args.file, open, usize::MAX, |document| fields.add(document))?;
    }
    let mut output = Output::new(format, args.output.as_deref(), several, fields)?;
    let mut failed = false;
    let mut tell = |error: &Error| {
        failed = true;
        crate::tell(error);
    };
    for read in input.documents {
        match read {
            Ok(given) => {
                for problem in &given.problems {
                    tell(&input::error(problem));
                }
                output.document(&given.document)?;
            }
            Err(bad) => tell(&bad.error),
        }
    }
    output.finish()?;
    Ok(if failed { 1 } else { 0 })
}
