//! The documents of a folder: brat's files, or XMI.

use std::path::{Path, PathBuf};

use bioner::{Error, Result};
use bioner_documents::{Format, brat, decode};
use serde_json::{Value, json as value};

use super::{Bad, Given, open};

/// Whether a file holds annotations of brat.
pub fn is_annotations(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "ann")
}

fn is_xmi(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "xmi")
}

/// The files of a folder, in the order of their names.
fn files_of(folder: &Path) -> Result<Vec<PathBuf>> {
    let files = std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut files = files.collect::<std::io::Result<Vec<PathBuf>>>()?;
    files.sort();
    Ok(files)
}

/// Says on standard error what a folder has beside the files with names that end in `ends`, which are read:
/// folders, and files in which other documents may be. `all` is what it has.
///
/// # Errors
/// [`Error::Input`] if nothing of it is read.
fn tell_of_others(folder: &Path, all: &[PathBuf], ends: &[&str]) -> Result<()> {
    let is_one_of = |path: &Path, ends: &[&str]| {
        path.extension().is_some_and(|end| ends.iter().any(|one| end.eq_ignore_ascii_case(one)))
    };
    let is_read = |path: &Path| ends.iter().any(|end| path.extension() == Some(end.as_ref()));
    let others = all.iter().filter(|path| path.is_dir() || is_one_of(path, OTHERS));
    let others: Vec<_> =
        others.filter(|path| !is_read(path)).filter_map(|path| path.file_name()).collect();
    let some: Vec<_> = others.iter().take(3).map(|name| name.to_string_lossy()).collect();
    let more = if others.len() > some.len() { ", …" } else { "" };
    let (folder, some) = (folder.display(), format!("{}{more}", some.join(", ")));
    if all.iter().any(|path| is_read(path)) {
        if !others.is_empty() {
            let read = ends.join(" and .");
            eprintln!("bioner: of {folder}, only .{read} files are read, not {some}");
        }
        return Ok(());
    }
    let hint = match others.is_empty() {
        true => String::new(),
        false => format!("; its folders and other files are not read with it, name one: {some}"),
    };
    Err(Error::Input(format!("{folder} has no .{} file{hint}", ends[0])))
}

/// The ends of names of files in which there may be documents.
const OTHERS: &[&str] =
    &["csv", "gz", "json", "jsonl", "ndjson", "pubtator", "tsv", "txt", "xmi", "xml"];

/// Whether a folder has XMI files rather than brat's.
pub fn has_xmi(folder: &Path) -> Result<bool> {
    let files = files_of(folder)?;
    Ok(files.iter().any(|path| is_xmi(path)) && !files.iter().any(|path| is_annotations(path)))
}

/// The documents of the .xmi files of a folder, in the order of their names.
pub fn xmi(folder: &Path) -> Result<impl Iterator<Item = std::result::Result<Given, Bad>> + use<>> {
    let mut files = files_of(folder)?;
    tell_of_others(folder, &files, &["xmi"])?;
    files.retain(|path| is_xmi(path));
    Ok(files.into_iter().flat_map(|path| match open(&path, Some(Format::Xmi.name())) {
        Ok(input) => input.documents,
        Err(error) => Box::new(std::iter::once(Err(Bad { id: Value::Null, error, whole: true }))),
    }))
}

/// The documents of brat's files: of a folder, every .txt in the order of the names, or the one whose
/// .txt or .ann is named. Without an .ann a text has no annotations; an .ann without a text is told.
pub fn brat(path: &Path) -> Result<impl Iterator<Item = std::result::Result<Given, Bad>> + use<>> {
    let texts = if path.is_dir() {
        let mut texts = files_of(path)?;
        tell_of_others(path, &texts, &["txt", "ann"])?;
        // An .ann stands for its text too, so that one without is missed.
        texts.retain(|path| path.extension().is_some_and(|end| end == "txt" || end == "ann"));
        texts.iter_mut().for_each(|path| _ = path.set_extension("txt"));
        texts.sort();
        texts.dedup();
        texts
    } else {
        vec![path.with_extension("txt")]
    };
    Ok(texts.into_iter().flat_map(|text| brat_document(&text)))
}

fn brat_document(path: &Path) -> Vec<std::result::Result<Given, Bad>> {
    let id = value!(path.file_stem().unwrap_or_default().to_string_lossy());
    let read = |path: &Path| -> Result<String> {
        let bytes =
            std::fs::read(path).map_err(|e| Error::Input(format!("{}: {e}", path.display())))?;
        decode(&bytes).ok_or_else(|| Error::Input(format!("{} is no plain text", path.display())))
    };
    let annotations = path.with_extension("ann");
    let both = read(path).and_then(|text| {
        let found = if annotations.exists() { read(&annotations)? } else { String::new() };
        Ok((text, found))
    });
    let (text, found) = match both {
        Ok(both) => both,
        Err(error) => return vec![Err(Bad { id, error, whole: true })],
    };
    let (document, problems) = brat::read(id.as_str().unwrap_or_default(), &text, &found);
    let problems = problems.into_iter().map(|problem| {
        let message = format!("{}: {problem}", annotations.display());
        Err(Bad { id: Value::Null, error: Error::Input(message), whole: false })
    });
    std::iter::once(Ok(Given {
        id: id.clone(),
        document,
        types: None,
        annotated: true,
        problems: Vec::new(),
    }))
    .chain(problems)
    .collect()
}
