//! UIMA CAS as XMI: a text and its annotations in one file, as INCEpTION imports and exports them.
//!
//! Offsets count UTF-16 code units. A mention is an annotation of DKPro Core's type `NamedEntity`, whose
//! feature `value` is the mention's type and `identifier` its id in a vocabulary. Title and passages are
//! annotations of the type `Div`. Beside the files of documents stands the one with the types, which
//! readers of XMI ask for.
//!
//! Of other files annotations of other types are read too, such as layers of one's own in INCEpTION and
//! cTAKES's mentions, but not what describes the text itself: tokens, sentences, parses. The type of such
//! a mention is its feature `value` or `label`, or else the name of its own type. Only what a view lists
//! as its members counts.

mod read;

use std::fmt::Write;

use crate::bioc::passages;
use crate::text::rounded;
use crate::xml::escaped;
use crate::{Document, Entity, Offsets, Unit};

pub use self::read::read;

/// The name of the file with the types, and the file.
pub(crate) const TYPE_SYSTEM: (&str, &str) = ("TypeSystem.xml", include_str!("TypeSystem.xml"));

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\" \
    xmlns:metadata=\"http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore\" \
    xmlns:segmentation=\"http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore\" \
    xmlns:ner=\"http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore\" xmi:version=\"2.0\">\n\
    <cas:NULL xmi:id=\"0\"/>\n";

/// The number of the text in its file.
const SOFA: usize = 1;

/// A document as a file.
pub(crate) fn write(document: &Document) -> String {
    let text = &document.text;
    let offsets = Offsets::new(text, Unit::Utf16);
    let mut out = HEAD.to_owned();
    let _ = writeln!(
        out,
        "<cas:Sofa xmi:id=\"{SOFA}\" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text/plain\" \
         sofaString=\"{}\"/>",
        escaped(text)
    );
    let mut last = SOFA;
    let mut annotation = |kind: &str, start: usize, end: usize, features: &[(&str, &str)]| {
        last += 1;
        let (start, end) = (offsets.of(start), offsets.of(end));
        let _ = write!(
            out,
            "<{kind} xmi:id=\"{last}\" sofa=\"{SOFA}\" begin=\"{start}\" end=\"{end}\""
        );
        for (name, value) in features {
            let _ = write!(out, " {name}=\"{}\"", escaped(value));
        }
        out.push_str("/>\n");
    };
    let mut metadata = vec![("language", "x-unspecified")];
    let title = document.title_end.map(|end| &text[..end]).filter(|title| !title.is_empty());
    metadata.extend(title.map(|title| ("documentTitle", title)));
    metadata.push(("documentId", &document.id));
    metadata.extend(document.field("url").map(|url| ("documentUri", url)));
    annotation("metadata:DocumentMetaData", 0, text.len(), &metadata);
    if document.title_end.is_some() || !document.passages.is_empty() {
        for passage in passages(document) {
            let (start, end) = (passage.span.start, passage.span.end);
            annotation("segmentation:Div", start, end, &[("divType", &passage.kind)]);
        }
    }
    for entity in &document.entities {
        let score = entity.score.map(|score| rounded(score).to_string());
        let fragments = fragments(entity, &offsets);
        let mut features = vec![("value", entity.kind.as_str())];
        features.extend(entity.id.as_deref().map(|id| ("identifier", id)));
        features.extend(score.as_deref().map(|score| ("score", score)));
        features.extend(entity.attributes.known());
        features.extend(fragments.as_deref().map(|fragments| ("fragments", fragments)));
        annotation("ner:NamedEntity", entity.span.start, entity.span.end, &features);
    }
    let members: Vec<String> = (SOFA + 1..=last).map(|id| id.to_string()).collect();
    let _ = writeln!(out, "<cas:View sofa=\"{SOFA}\" members=\"{}\"/>", members.join(" "));
    out.push_str("</xmi:XMI>\n");
    out
}

/// The pieces of a discontinuous mention, as brat writes them: `0 9;16 17`.
fn fragments(entity: &Entity, offsets: &Offsets) -> Option<String> {
    let fragments = entity.fragments.iter();
    let fragments: Vec<String> = fragments
        .map(|piece| format!("{} {}", offsets.of(piece.start), offsets.of(piece.end)))
        .collect();
    (!fragments.is_empty()).then(|| fragments.join(";"))
}
