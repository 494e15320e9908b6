//! What a file is in where its name does not tell it: by its content, of which a beginning is enough.

use bioner_documents::Format;

const BIOC: &str = r#"[{"source": "PubTator", "documents": [{"id": "1", "passages": [{"infons": {}, "offset": 0, "text": "Gout"}]}]}]"#;

#[test]
fn json_without_a_name_is_told_from_texts_and_by_what_it_holds() {
    for (content, format) in [
        (BIOC, Format::BiocJson),
        (&BIOC[1..BIOC.len() - 1], Format::BiocJson),
        ("{\n  \"PubTator3\": [\n {\"passages\": [{\"offset\": 0,", Format::BiocJson),
        ("{\"id\": 1, \"passages\": [{\"offset\": 0, \"text\": \"Gout\"}]}\n", Format::BiocJson),
        ("[{\"id\": 1, \"data\": {\"text\": \"Gout\"}, \"annotations\": []}]", Format::LabelStudio),
        ("[\n  {\n    \"data\": {}, \"predictions\": []\n}]", Format::LabelStudio),
        ("{\"data\": {\"text\": \"Gout\"}, \"predictions\": []}\n", Format::LabelStudio),
        ("{\"text\": \"Gout\", \"data\": {}, \"annotations\": []}\n", Format::JsonLines),
        ("{\"documents\": [\n{\"text\": \"Gout\"}", Format::Json),
        ("{\"documents\": [{\"text\": \"Gout\"}]}", Format::Json),
        ("\u{feff}{\"version\": 1, \"documents\" : [ {\"text\": \"Gout", Format::Json),
        ("{\n \"id\": 5,\n \"text\": \"Gout\"\n}", Format::Json),
        ("[{\"text\": \"Gout\"}]", Format::Json),
        ("\n [ \n {\n\"text\": \"Gout\"}]", Format::Json),
        ("[]\n", Format::Json),
        ("{\"text\": \"Gout\"}\n{\"text\": \"Rash\"}\n", Format::JsonLines),
        ("{\"text\": \"Gout\"}", Format::JsonLines),
        ("{\"text\": \"documents\", \"documents\": [1]}\n", Format::JsonLines),
        // The first line is broken, not the end of the file.
        ("{\"id\": 1, \"te\n{\"text\": \"Gout\"}\n", Format::JsonLines),
        ("[Case report] Gout was seen.\n", Format::Text),
        ("[1] Gout was seen.", Format::Text),
        ("{Name} has gout.", Format::Text),
        ("{", Format::Text),
        ("Gout", Format::Text),
        ("", Format::Text),
    ] {
        for name in ["", "/dev/fd/63", "notes.old"] {
            assert_eq!(Format::detect(name, content), format, "{name:?} {content}");
        }
        // A name that tells it counts.
        assert_eq!(Format::detect("note.txt", content), Format::Text, "{content}");
    }
}

#[test]
fn a_line_is_enough_unless_it_begins_what_goes_on() {
    for start in [
        "{\"text\": \"Gout\"}\n",
        "\u{feff}\n{\"text\": \"Gout\"}\r\n{",
        "{\"text\": \"Go\n",
        "1|t|Gout\n",
        "Gout\n",
    ] {
        assert!(Format::is_told_by(start.as_bytes()), "{start}");
    }
    for start in [
        "",
        "\n\n",
        "\u{feff}",
        "{",
        "{\"text\"",
        "{\n",
        "{\"documents\": [\n",
        "[\n{}\n",
        "<a>\n",
        "Gou",
    ] {
        assert!(!Format::is_told_by(start.as_bytes()), "{start}");
    }
}
