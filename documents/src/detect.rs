//! Which format a file is in, by the end of its name and by how it begins.

use serde_json::Value;

use crate::json_stream::COLLECTIONS;
use crate::{Format, bioc_json, conll, label_studio, markup, pubmed_xml, pubtator};

/// How much of a file's beginning is looked at, at most.
pub const MAX_BEGINNING: usize = 1 << 16;

impl Format {
    /// The format of a file, by the end of its name and by how it begins: `start` is its text or a part
    /// from the beginning. A file that is in none of the others is a text, unless it is
    /// [markup](Format::Markup).
    pub fn detect(file_name: &str, start: &str) -> Format {
        let name = file_name.to_lowercase();
        let ends = |suffixes: &[&str]| suffixes.iter().any(|suffix| name.ends_with(suffix));
        let content = start.trim_start_matches('\u{feff}').trim_start();
        if ends(&[".jsonl", ".ndjson"]) {
            match bioc_json::looks_like(content) {
                true => Format::BiocJson,
                false => Format::JsonLines,
            }
        } else if ends(&[".tsv", ".tab"]) {
            match conll::looks_like(content) {
                true => Format::Conll,
                false => Format::Tsv,
            }
        } else if ends(&[".csv"]) {
            Format::Csv
        } else if ends(&[".ann"]) {
            Format::Brat
        } else if ends(&[".conll", ".iob", ".iob2", ".bio"]) {
            Format::Conll
        } else if ends(&[".pubtator"]) || pubtator::looks_like(start) {
            Format::PubTator
        } else if ends(&[".xmi"]) || (content.starts_with('<') && content.contains("<xmi:XMI")) {
            Format::Xmi
        } else if content.starts_with('<') && pubmed_xml::looks_like(content) {
            Format::PubmedXml
        } else if content.starts_with('<') && content.contains("<collection") {
            Format::BiocXml
        } else if ends(&[".json"]) {
            whole_json(content)
        } else if ends(&markup::NAMES) || markup::looks_like(content) {
            Format::Markup
        } else if ends(&[".txt", ".text", ".md"]) {
            match conll::looks_like(content) {
                true => Format::Conll,
                false => Format::Text,
            }
        } else {
            json(content).unwrap_or(Format::Text)
        }
    }

    /// Whether so much of a file's beginning tells its format. If not, [`MAX_BEGINNING`] or all of it does.
    ///
    /// A first line tells it, unless it begins XML or JSON that goes on: so whoever sends a line and waits
    /// for what is said of it need not send another.
    pub fn is_told_by(start: &[u8]) -> bool {
        let content = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start).trim_ascii_start();
        match content.first() {
            None | Some(b'<' | b'[') => false,
            Some(first) => {
                let line = content.iter().position(|&byte| byte == b'\n');
                let line = line.map(|end| &content[..=end]);
                line.is_some_and(|line| *first != b'{' || !goes_on(&String::from_utf8_lossy(line)))
            }
        }
    }
}

/// The format of JSON in a file whose name does not tell it; none if it is no JSON.
fn json(content: &str) -> Option<Format> {
    if let Some(list) = content.strip_prefix('[').map(str::trim_start) {
        let object = list.strip_prefix('{').map(str::trim_start);
        let is_list =
            object.is_some_and(|object| object.starts_with(['"', '}'])) || list.trim_end() == "]";
        return is_list.then(|| whole_json(content));
    }
    // A text may begin with a brace, but not with a name behind it.
    let members = content.strip_prefix('{').map(str::trim_start)?;
    if !members.starts_with('"') {
        return None;
    }
    if bioc_json::looks_like(content) {
        return Some(Format::BiocJson);
    }
    let line = content.split_inclusive('\n').next().unwrap_or_default();
    if line.ends_with('\n') && goes_on(line) {
        return Some(whole_json(content));
    }
    let is_task = |line: &Value| line.get("data").is_some_and(Value::is_object);
    let is_task = label_studio::looks_like(line)
        && serde_json::from_str(line)
            .is_ok_and(|line: Value| is_task(&line) && line.get("text").is_none());
    Some(match is_task {
        true => Format::LabelStudio,
        false if begins_collection(line) => Format::Json,
        false => Format::JsonLines,
    })
}

/// The format of JSON that is not a document a line.
fn whole_json(content: &str) -> Format {
    if bioc_json::looks_like(content) {
        Format::BiocJson
    } else if label_studio::looks_like(content) {
        Format::LabelStudio
    } else {
        Format::Json
    }
}

/// Whether a line, with its end, begins a value of JSON that goes on behind it. No string does.
fn goes_on(line: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(line).is_err_and(|error| error.is_eof())
}

/// Whether an object has a list of documents before it has a text.
fn begins_collection(object: &str) -> bool {
    COLLECTIONS.iter().any(|name| {
        let name = format!("\"{name}\"");
        object.split_once(&name).is_some_and(|(before, after)| {
            let value = after.trim_start().strip_prefix(':').map(str::trim_start);
            !before.contains("\"text\"") && value.is_some_and(|value| value.starts_with('['))
        })
    })
}
