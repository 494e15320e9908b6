//! Texts with control characters: what is written as brat is read as texts again.

#![allow(clippy::expect_used)] // in helpers, which Clippy takes for no tests

use bioner_documents::{ByteSpan, Document, Entity, brat, decode};

fn read_back(document: &Document) -> Document {
    let (text, annotations) = brat::write(document);
    let [text, annotations] =
        [text, annotations].map(|file| decode(file.as_bytes()).expect("it is a text"));
    let (read, problems) = brat::read("1", &text, &annotations);
    assert_eq!(problems, [], "{document:?}");
    read
}

fn document(text: &str, mention: &str) -> Document {
    let mut document = Document::new("1", text);
    let start = text.find(mention).expect("it is there");
    document.entities = vec![Entity::new(ByteSpan::new(start, start + mention.len()), "Disease")];
    document
}

#[test]
fn control_characters_do_not_make_the_files_of_brat_no_texts() {
    for control in ['\0', '\u{1}', '\u{8}', '\u{1b}'] {
        let text = format!("α{control} has gout{control}itis.");
        let mention = format!("gout{control}itis");
        let read = read_back(&document(&text, &mention));
        assert_eq!(read.text, text.replace(control, "\u{fffd}"));
        let span = read.entities[0].span;
        assert_eq!(span.slice(&read.text), "gout\u{fffd}itis");
        // Those of a long text are borne, but not in the short file of its annotations.
        let long = format!("{}{text}", "He was seen again. ".repeat(60));
        let read = read_back(&document(&long, &mention));
        assert_eq!(read.entities[0].span.slice(&read.text), "gout\u{fffd}itis");
    }
    let only = read_back(&Document::new("1", "\0"));
    assert_eq!(only.text, "\u{fffd}");
}

#[test]
fn a_control_character_that_a_reader_bears_is_kept() {
    let text = format!("\u{1b}{}gout", "He was seen again. ".repeat(9));
    assert_eq!(read_back(&document(&text, "gout")).text, text);
}
