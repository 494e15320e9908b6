//! The command line: the same engine as in the browser, on files.
//!
//! [`run`] is the whole program. The Python package runs it too, and uses the parts that do not read
//! arguments: [`model`] finds and loads a model, [`link`] reads vocabularies, [`Stream`] takes documents
//! and gives out what was found, and [`results`] writes that as a line of JSON. `bioner serve` is there with
//! the feature `serve`, which the program has and the Python package has not.

mod assert;
mod convert;
mod eval;
mod extract;
mod feed;
mod input;
pub mod link;
pub mod model;
mod output;
mod reliability;
pub mod results;
mod resume;
#[cfg(feature = "serve")]
mod serve;
mod shard;
mod stream;

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;

use bioner::{Error, Recognizer};
use clap::{Args, Parser, Subcommand};

pub use bioner_attributes::Wanted;
pub use stream::{Finished, Found, Stream};

/// What comes with the program, where that is not kept in files beside it.
#[derive(Debug, Clone, Default)]
pub struct Shipped {
    /// The model, if no argument and no `BIONER_MODEL` names one: a GGUF file, a `manifest.json`, or a
    /// folder with one.
    pub model: Option<PathBuf>,
    /// The file of the vocabulary, packed by gzip.
    pub vocabulary: Option<&'static [u8]>,
}

/// Biomedical named-entity recognition by a small language model, on this machine alone.
#[derive(Parser)]
#[command(name = "bioner", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Extract the entities of a text (.txt) or of many (.jsonl, a line {"id", "text"} each; or one of
    /// the other input formats).
    Extract(ExtractArgs),
    /// Say of given entities whether the text affirms or denies them, when they were, and whose they
    /// are: lines {"id", "text", "entities": [{"start", "end", "type"}]}. The same lines come out, each
    /// entity with assertion, temporality and experiencer. No model is needed.
    Assert(AssertArgs),
    /// Score the model on a corpus: lines {"id", "text", "types", "entities"}, or a file of another
    /// format with annotations. Strict spans.
    Eval(EvalArgs),
    /// Write documents and their annotations in another format. No model is needed.
    Convert(ConvertArgs),
    /// List the output formats, one a line.
    Formats,
    /// Answer requests over HTTP until a signal says to stop: docs/serve.md.
    #[cfg(feature = "serve")]
    Serve(serve::ServeArgs),
    /// Say what a model file is, before anything of it is run.
    Inspect {
        /// A GGUF file, a manifest.json, or a folder with one.
        model: PathBuf,
    },
}

#[derive(Args)]
struct EngineArgs {
    /// The model: a GGUF file, a manifest.json, or a folder with one [default: models/default,
    /// looked for here and beside the program; or the environment's BIONER_MODEL].
    #[arg(long)]
    model: Option<PathBuf>,
    /// The output format the model writes in [default: the one that the model
    /// answers best in for these types].
    #[arg(long)]
    format: Option<String>,
    /// Ask for all types in one question, also for types the model was not tuned to be asked for
    /// together: faster, and less is found.
    #[arg(long)]
    together: bool,
    /// Threads to compute with [default: as many as there are cores].
    #[arg(long, value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

impl EngineArgs {
    /// A stream with a session for each thread.
    fn stream<T>(&self, recognizer: Recognizer) -> Stream<T> {
        let threads = rayon::current_num_threads();
        Stream::new(recognizer, self.format.clone(), self.together, threads)
    }
}

#[derive(Args)]
struct ExtractArgs {
    #[command(flatten)]
    engine: EngineArgs,
    /// The entity types to extract, in natural language, separated by commas.
    #[arg(long, value_delimiter = ',', default_value = "Chemical,Disease")]
    types: Vec<String>,
    /// Extract the types of a preset: literature, note, trial or safety.
    #[arg(long, conflicts_with = "types")]
    preset: Option<String>,
    /// Also give what the model wrote for each sentence.
    #[arg(long)]
    raw: bool,
    /// Also say of each entity whether it is present, absent or possible, when it was, and whether it is
    /// the patient's or a relative's. The preset note does so by itself.
    #[arg(long)]
    assertion: bool,
    /// Do not, whatever the preset.
    #[arg(long, conflicts_with = "assertion")]
    no_assertion: bool,
    /// Also give the section that each entity stands in: its heading, and its name and code in LOINC.
    #[arg(long)]
    sections: bool,
    #[command(flatten)]
    link: link::LinkArgs,
    #[command(flatten)]
    input: InputArgs,
    /// Extract from part K of N of the documents: those whose number, counted from 1, is K, K + N, K + 2N ….
    #[arg(long, value_name = "K/N")]
    shard: Option<shard::Shard>,
    /// Go on where an earlier run with the same arguments has stopped: what is complete in the file of
    /// --output stays, and the rest is added. Without such a file, begin it.
    #[arg(long)]
    resume: bool,
    /// The format of the results: json (a line a document, {"id", "entities"}), json-lines (the same
    /// with the texts), csv, pubtator, bioc-xml, bioc-json, brat, conll, web-annotation, xmi, doccano or
    /// label-studio.
    #[arg(long, default_value = "json")]
    output_format: String,
    /// The file to write [default: standard output]; for brat and xmi, a folder.
    #[arg(long)]
    output: Option<PathBuf>,
    /// A file, .gz or not, a folder of brat's or XMI files, or - for standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
}

#[derive(Args)]
struct AssertArgs {
    /// A .jsonl file, .gz or not, or - for standard input. Offsets count code points.
    #[arg(default_value = "-")]
    file: PathBuf,
}

#[derive(Args)]
struct InputArgs {
    /// The format of the input: text, json-lines, json, csv, tsv, pubtator, bioc-xml, bioc-json, brat,
    /// conll, xmi, doccano, label-studio or pubmed-xml [default: by the end of the name and how it
    /// begins].
    #[arg(long)]
    input_format: Option<String>,
}

#[derive(Args)]
struct ConvertArgs {
    #[command(flatten)]
    input: InputArgs,
    /// The format to write: json, json-lines, csv, pubtator, bioc-xml, bioc-json, brat, conll,
    /// web-annotation, xmi, doccano or label-studio.
    #[arg(long)]
    output_format: String,
    /// The file to write [default: standard output]; for brat and xmi, a folder.
    #[arg(long)]
    output: Option<PathBuf>,
    /// A file, .gz or not, a folder of brat's or XMI files, or - for standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
}

#[derive(Args)]
struct EvalArgs {
    #[command(flatten)]
    engine: EngineArgs,
    /// Score only the first N documents.
    #[arg(long)]
    limit: Option<usize>,
    #[command(flatten)]
    input: InputArgs,
    /// The entity types to ask for and to score, separated by commas [default: those that a line names;
    /// in other formats, those of all annotations].
    #[arg(long, value_delimiter = ',')]
    types: Option<Vec<String>>,
    /// Ask for the types of a preset: literature, note, trial or safety. Those that a line names are
    /// scored; synonyms count as one type.
    #[arg(long, conflicts_with = "types")]
    preset: Option<String>,
    /// The corpus.
    corpus: PathBuf,
}

/// Runs the program with these arguments, of which the first is its name. Returns the exit status: 0 if
/// all went well, 1 if some documents could not be used, 2 if the arguments or the whole input could not.
pub fn run(arguments: impl IntoIterator<Item = OsString>, shipped: &Shipped) -> u8 {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to standard output; if that is closed, nobody reads them.
            let _ = error.print();
            return if error.use_stderr() { 2 } else { 0 };
        }
    };
    let outcome = command(cli.command, shipped).and_then(|status| {
        std::io::stdout().flush()?;
        Ok(status)
    });
    outcome.unwrap_or_else(|error| match error {
        // Whoever read our output has seen enough.
        Error::Io(e) if e.kind() == std::io::ErrorKind::BrokenPipe => 0,
        error => {
            tell(&error);
            2
        }
    })
}

fn command(command: Command, shipped: &Shipped) -> bioner::Result<u8> {
    match command {
        Command::Extract(args) => extract::run(&args, shipped),
        Command::Assert(args) => assert::run(&args),
        Command::Eval(args) => eval::run(&args, shipped),
        Command::Convert(args) => convert::run(&args),
        Command::Formats => formats().map(|()| 0),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args, shipped),
        Command::Inspect { model } => model::inspect(&model).map(|()| 0),
    }
}

/// Says on standard error what went wrong.
fn tell(error: &Error) {
    eprintln!("bioner: {error} [{}]", error.code());
}

/// Why a document could not be used, with its id.
fn of_document(id: &str, error: Error) -> Error {
    match error {
        Error::TextTooLarge(why) => Error::TextTooLarge(format!("document {id:?}: {why}")),
        Error::Input(why) => Error::Input(format!("document {id:?}: {why}")),
        Error::Io(_) | Error::Internal(_) => error,
        error => Error::Input(format!("document {id:?}: {error}")),
    }
}

fn formats() -> bioner::Result<()> {
    let mut out = std::io::stdout().lock();
    for format in bioner::format::all() {
        writeln!(out, "{}", format.name())?;
    }
    Ok(())
}
