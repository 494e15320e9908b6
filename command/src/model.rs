//! Finding, checking and loading a model from disk.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use bioner::model::Loader;
use bioner::{Error, Recognizer, Result};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::{EngineArgs, Shipped};

/// The parts of `manifest.json` that are needed here.
#[derive(Deserialize)]
struct Manifest {
    shards: Vec<Shard>,
}

#[derive(Deserialize)]
struct Shard {
    path: PathBuf,
    size: u64,
    sha256: String,
}

/// Loads the model that is named, or the [default](default_model).
///
/// # Errors
/// [`Error::Input`] if there is no such file, [`Error::ModelChecksum`] if a shard is not what its manifest
/// says, and those of [`Loader`].
pub fn load(named: Option<&Path>, shipped: &Shipped) -> Result<Recognizer> {
    let path = match named {
        Some(path) => path.to_owned(),
        None => default_model(shipped)?,
    };
    let mut loader = Loader::new();
    for shard in &shards(&path)? {
        read_shard(shard, |bytes| loader.push(bytes))?;
    }
    Recognizer::new(loader.finish()?)
}

/// Sets the number of threads of the process; 0 for as many as there are cores.
pub(crate) fn set_threads(threads: usize) -> Result<()> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()
        .map_err(|e| Error::Internal(format!("no threads could be started: {e}")))
}

/// Loads the model that the arguments name, and sets the number of threads.
pub(crate) fn load_for(args: &EngineArgs, shipped: &Shipped) -> Result<Recognizer> {
    set_threads(args.threads.map_or(0, usize::from))?;
    load(args.model.as_deref(), shipped)
}

/// The SHA-256 of each file of the model that is named, or else of the [default](default_model); those of a
/// manifest as it says them.
pub(crate) fn checksums(named: Option<&Path>, shipped: &Shipped) -> Result<Vec<String>> {
    let path = named.map_or_else(|| default_model(shipped), |path| Ok(path.to_owned()))?;
    let shards = shards(&path)?.into_iter();
    let checksums = shards.map(|shard| match shard.expected {
        Some((_, sha256)) => Ok(sha256.to_ascii_lowercase()),
        None => checksum(&shard.path),
    });
    checksums.collect()
}

/// The SHA-256 of a file.
pub(crate) fn checksum(path: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    std::io::copy(&mut open(path)?, &mut hash)?;
    Ok(hex(hash))
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Prints what a model file is, as JSON.
pub(crate) fn inspect(path: &Path) -> Result<()> {
    let mut readers: Box<dyn Read> = Box::new(std::io::empty());
    for shard in &shards(path)? {
        readers = Box::new(readers.chain(open(&shard.path)?));
    }
    let description = bioner::model::inspect(readers)?;
    let text = serde_json::to_string_pretty(&description)
        .map_err(|e| Error::Internal(format!("the description cannot be printed: {e}")))?;
    use std::io::Write;
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}

/// Where the model is when nobody names one: what `BIONER_MODEL` says, what comes with the program, or
/// `models/default` here or beside the program.
///
/// # Errors
/// [`Error::Input`] if there is none.
pub fn default_model(shipped: &Shipped) -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("BIONER_MODEL") {
        return Ok(path.into());
    }
    if let Some(path) = &shipped.model {
        return Ok(path.clone());
    }
    let beside = std::env::current_exe().unwrap_or_default();
    let places = std::iter::once(Path::new(".")).chain(beside.ancestors().skip(1).take(4));
    places
        .map(|place| place.join("models/default"))
        .find(|folder| folder.join("manifest.json").is_file())
        .ok_or_else(|| {
            Error::Input("there is no models/default here; name a model with --model".into())
        })
}

struct CheckedFile {
    path: PathBuf,
    /// Size and SHA-256 it must have, where a manifest says so.
    expected: Option<(u64, String)>,
}

/// The files of a model, in order.
fn shards(path: &Path) -> Result<Vec<CheckedFile>> {
    let manifest = if path.is_dir() { path.join("manifest.json") } else { path.to_owned() };
    if manifest.extension().is_none_or(|extension| extension != "json") {
        return Ok(vec![CheckedFile { path: manifest, expected: None }]);
    }
    let mut text = String::new();
    open(&manifest)?.read_to_string(&mut text)?;
    let read: Manifest = serde_json::from_str(&text)
        .map_err(|e| Error::ModelFile(format!("{} is no manifest: {e}", manifest.display())))?;
    let folder = manifest.parent().unwrap_or(Path::new("."));
    let checked = read.shards.into_iter().map(|shard| CheckedFile {
        path: folder.join(shard.path),
        expected: Some((shard.size, shard.sha256)),
    });
    Ok(checked.collect())
}

fn open(path: &Path) -> Result<File> {
    File::open(path).map_err(|e| Error::Input(format!("{}: {e}", path.display())))
}

/// Gives the bytes of a file to `take` piece by piece, and checks them against the manifest.
fn read_shard(shard: &CheckedFile, mut take: impl FnMut(&[u8]) -> Result<()> + Send) -> Result<()> {
    let mut file = open(&shard.path)?;
    let mut hash = Sha256::new();
    let mut seen = 0u64;
    let mut buffer = vec![0; 1 << 20];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        seen += count as u64;
        let piece = &buffer[..count];
        // The sum takes as long as packing the weights does.
        let sum = || {
            if shard.expected.is_some() {
                hash.update(piece);
            }
        };
        rayon::join(sum, || take(piece)).1?;
    }
    let Some((size, sha256)) = &shard.expected else { return Ok(()) };
    let found = hex(hash);
    if seen != *size || !found.eq_ignore_ascii_case(sha256) {
        return Err(Error::ModelChecksum(shard.path.display().to_string()));
    }
    Ok(())
}
