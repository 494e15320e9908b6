//! Files of documents in every format that is read, as any bytes: documents whose annotations lie in
//! their texts, and problems. Every document can be written in every format, and JSON gives it back.
#![no_main]

use arbitrary::Arbitrary;
use bioner_documents::{Document, Format, Options, Unit, Writer};
use bioner_fuzz::check_span;
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    format: u8,
    file: Vec<u8>,
}

const READ: [Format; 12] = [
    Format::Json,
    Format::JsonLines,
    Format::Csv,
    Format::Tsv,
    Format::PubTator,
    Format::BiocXml,
    Format::BiocJson,
    Format::Conll,
    Format::PubmedXml,
    Format::Xmi,
    Format::Doccano,
    Format::LabelStudio,
];

const WRITTEN: [Format; 10] = [
    Format::Json,
    Format::JsonLines,
    Format::Csv,
    Format::PubTator,
    Format::BiocXml,
    Format::BiocJson,
    Format::Conll,
    Format::WebAnnotation,
    Format::Doccano,
    Format::LabelStudio,
];

/// The file of these documents. Writing into memory cannot fail.
fn write(format: Format, documents: &[Document]) -> Vec<u8> {
    let options = Options { several: true, ..Options::new(Unit::CodePoint) };
    let mut writer = Writer::new(format, options, Vec::new()).expect("a format that is written");
    for document in documents {
        writer.document(document).expect("memory takes it");
    }
    writer.finish().expect("memory takes it")
}

fuzz_target!(|input: Input| {
    let format = READ[usize::from(input.format) % READ.len()];
    let Ok(read) = format.read(input.file.as_slice()) else { return };
    let documents: Vec<Document> = read.take(1000).filter_map(Result::ok).collect();
    for document in &documents {
        for entity in &document.entities {
            for &piece in entity.pieces() {
                assert!(document.text.get(piece.start..piece.end).is_some(), "{entity:?}");
            }
        }
        for passage in &document.passages {
            assert!(document.text.get(passage.span.start..passage.span.end).is_some());
        }
    }
    for format in WRITTEN {
        write(format, &documents);
    }
    let lines = write(Format::JsonLines, &documents);
    let again = Format::JsonLines.read(lines.as_slice()).expect("JSON Lines are read");
    let again: Vec<Document> = again.map(|one| one.expect("what was written is read")).collect();
    assert_eq!(again.len(), documents.len());
    for (document, again) in documents.iter().zip(&again) {
        assert_eq!(document.text, again.text);
        assert_eq!(document.entities.len(), again.entities.len());
        for (one, other) in document.entities.iter().zip(&again.entities) {
            assert_eq!((one.span, &one.kind), (other.span, &other.kind));
            if !one.span.is_empty() {
                check_span(&again.text, other.span);
            }
        }
    }
});
