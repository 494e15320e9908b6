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

const JATS: &str = "<article xmlns:xlink=\"http://www.w3.org/1999/xlink\"><front><article-meta>\
    <title-group><article-title>Gout</article-title></title-group></article-meta></front></article>";
const CDA: &str = "<ClinicalDocument xmlns=\"urn:hl7-org:v3\"><title>Note</title><component>";

#[test]
fn markup_of_no_known_kind_is_refused_and_not_read_as_a_text() {
    for content in [
        JATS,
        CDA,
        &format!("<?xml version=\"1.0\"?>\n{JATS}"),
        "\u{feff}\n<?xml version='1.0'?><!-- x --><deIdi2b2><TEXT><![CDATA[Gout]]></TEXT>",
        "<!DOCTYPE html>\n<html lang=en><p>Gout",
        "<!doctype HTML>",
        "<HTML><BODY>Gout</BODY></HTML>\n",
        "<!-- saved -->\n<html>",
        "<cda:ClinicalDocument xmlns:cda=\"urn:hl7-org:v3\">",
        "<ROOT>\n<RECORD ID=\"641\">Gout</RECORD>\n</ROOT>\n",
        "{\\rtf1\\ansi Gout.}",
    ] {
        for name in ["", "note.txt", "note.old", "a.xml", "a.NXML", "a.html", "a.rtf"] {
            assert_eq!(Format::detect(name, content), Format::Markup, "{name:?} {content}");
        }
    }
    let problem = Format::Markup.read(JATS.as_bytes()).err().expect("it is refused");
    assert_eq!(problem.code, "format");
    for named in ["pubmed-xml", "bioc-xml", "xmi", "--input-format text"] {
        assert!(problem.message.contains(named), "{problem}");
    }
    assert!(Format::by_name("markup").is_err());
}

#[test]
fn texts_with_tags_in_them_stay_texts_and_known_xml_is_read() {
    for content in [
        "<NAME> was seen on <DATE>.\nHe has gout.",
        "<5 mg/dl was measured, and > 3 later.",
        "< html > is written so.",
        "Gout was found in <b>both</b> feet: <html></html>",
        "<b>Note</b>: he has gout.",
        "<redacted>",
        "<3",
        "Gout\n<?xml version=\"1.0\"?>",
        "{\\it Gout}",
    ] {
        for name in ["", "note.txt", "note.old"] {
            assert_eq!(Format::detect(name, content), Format::Text, "{name:?} {content}");
        }
    }
    let known = [
        ("<?xml version=\"1.0\"?><collection><source>x", Format::BiocXml),
        ("<?xml version=\"1.0\"?>\n<PubmedArticleSet><PubmedArticle>", Format::PubmedXml),
        ("<?xml version=\"1.0\"?><xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\">", Format::Xmi),
    ];
    for (content, format) in known {
        for name in ["", "a.xml", "a.txt"] {
            assert_eq!(Format::detect(name, content), format, "{name:?} {content}");
        }
    }
}

#[test]
fn tokens_with_tags_are_conll_under_the_names_of_tables_and_texts() {
    let conll = [
        "Gout\tB\nhurts\tO\n\nRash\tB\n",
        "Gout\tB-Disease\nhurts\tO\n",
        "Deep\tNN\tB-D\nvein\tNN\tI-D\n\n.\t.\tO\nx\tNN\tcut of",
        "-DOCSTART-\tO\r\n\r\nGout\tB-D\r\nhurts\tO\r\n",
        "# id = 1\nGout NN B-D\nhurts VB O\n",
    ];
    let tables = [
        "token\ttag\nGout\tB-D\n",
        "P1\tO\nP2\tB\n",
        "He has gout\tB-D\nNo gout\tO\n",
        "P1\tO\n\nP2\tAB\n",
        "Gout\tB-D\nhurts\tNN\tO\n",
        "Her blood is O\n\nHis blood is B\n",
        "",
        "\n\n",
    ];
    for (name, other) in
        [("train.tsv", Format::Tsv), ("train.TAB", Format::Tsv), ("train.txt", Format::Text)]
    {
        for content in conll {
            assert_eq!(Format::detect(name, content), Format::Conll, "{name} {content}");
        }
        for content in tables {
            assert_eq!(Format::detect(name, content), other, "{name} {content}");
        }
    }
    assert_eq!(Format::detect("a.csv", conll[0]), Format::Csv);
}
