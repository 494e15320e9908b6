//! W3C Web Annotation: JSON-LD, an array of annotations. It is only written.
//!
//! The place of each is said twice: by a `TextPositionSelector`, in code points, and by a
//! `TextQuoteSelector`, with the characters before and after. The source is the document's address, or
//! where it has none its id as a relative address; the second document with an id has `-2` after it. The
//! attributes of a mention are bodies with the purpose `classifying`, as `assertion: absent`. The
//! score is the term `taConfidence` of W3C's Internationalization Tag Set.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::text::{Distinct, rounded};
use crate::{ByteSpan, Document, Offsets, Unit};

/// How many characters of the text before and after a mention are told.
const CONTEXT: usize = 32;

/// Writes the annotations of documents, one after the other.
#[derive(Default)]
pub struct Writer {
    sources: Distinct,
    written: usize,
}

impl Writer {
    /// What stands before the first document.
    pub fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    /// Writes the annotations of one document.
    pub fn document(&mut self, document: &Document, out: &mut dyn Write) -> io::Result<()> {
        let text = &document.text;
        let offsets = Offsets::new(text, Unit::CodePoint);
        let source = match document.field("url") {
            Some(url) => url.to_owned(),
            None => self.sources.name(&address(&document.id)),
        };
        for entity in &document.entities {
            self.written += 1;
            let ByteSpan { start, end } = entity.span;
            let before = text[..start].char_indices().rev().take(CONTEXT).last();
            let after = text[end..].char_indices().nth(CONTEXT);
            let mut selectors = vec![json!({
                "type": "TextPositionSelector",
                "start": offsets.of(start),
                "end": offsets.of(end),
            })];
            selectors.push(json!({
                "type": "TextQuoteSelector",
                "exact": &text[start..end],
                "prefix": &text[before.map_or(start, |(at, _)| at)..start],
                "suffix": &text[end..after.map_or(text.len(), |(at, _)| end + at)],
            }));
            let kind = json!({"type": "TextualBody", "purpose": "tagging", "value": entity.kind});
            let mut body = vec![kind];
            body.extend(entity.id.as_deref().map(identifier));
            body.extend(entity.attributes.known().map(|(name, value)| {
                let value = format!("{name}: {value}");
                json!({"type": "TextualBody", "purpose": "classifying", "value": value})
            }));
            let mut annotation = json!({
                "@context": [
                    "http://www.w3.org/ns/anno.jsonld",
                    {"taConfidence": "http://www.w3.org/2005/11/its/rdf#taConfidence"},
                ],
                "id": format!("#annotation-{}", self.written),
                "type": "Annotation",
                "motivation": "tagging",
                "body": body,
                "target": {"source": source, "selector": selectors},
            });
            if let Some(score) = entity.score {
                annotation["taConfidence"] = json!(rounded(score));
            }
            out.write_all(if self.written == 1 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &annotation)?;
        }
        Ok(())
    }

    /// What stands after the last document.
    pub fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"\n]\n")
    }
}

/// An identifier with a vocabulary as its address at identifiers.org; another one as a text.
fn identifier(id: &str) -> Value {
    let plain = |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace());
    match id.split_once(':') {
        Some((vocabulary, local)) if plain(vocabulary) && plain(local) => json!({
            "type": "SpecificResource",
            "purpose": "identifying",
            "source": format!("https://identifiers.org/{}", address(vocabulary) + ":" + &address(local)),
        }),
        _ => json!({"type": "TextualBody", "purpose": "identifying", "value": id}),
    }
}

/// A name as a part of an address, where only unreserved characters stand for themselves.
fn address(name: &str) -> String {
    let mut address = String::new();
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                address.push(char::from(byte));
            }
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    if address.is_empty() { "document".to_owned() } else { address }
}
