//! Broken files of every kind: what is wrong is told, with its line, and nothing is lost in silence.

mod common;

use bioner_documents::{Document, Format};

use common::{read, told};

fn texts(documents: &[Document]) -> Vec<&str> {
    documents.iter().map(|document| document.text.as_str()).collect()
}

fn mentions(document: &Document) -> Vec<(&str, &str)> {
    let entities = document.entities.iter();
    entities.map(|entity| (entity.span.slice(&document.text), entity.kind.as_str())).collect()
}

#[test]
fn an_annotation_with_a_letter_for_a_number_is_no_relation() {
    let file = "5|t|Scurvy at sea\n5|a|Limes\n5\tO\t6\tScurvy\tDisease\tD1\n\
        5\tCID\tD1\tD2\n5\tBind\t12\t34\tNovel\n5\tl4\t19\tLimes\tFood\t-\n";
    let (documents, problems) = read(Format::PubTator, file);
    assert_eq!(documents.len(), 1);
    assert_eq!(told(&problems), [(Some(3), "offsets"), (Some(6), "offsets")]);
}

#[test]
fn empty_lines_within_a_document_of_pubtator_do_not_end_it() {
    let file = "5|t|Scurvy\n\n5|a|Rickets too\n\n5\t0\t6\tScurvy\tDisease\t-\n\n\
        5\t7\t14\tRickets\tDisease\t-\n\n5|t|Again\n5|a|five\n\n6|t|Six\n";
    let (documents, problems) = read(Format::PubTator, file);
    assert_eq!(problems, []);
    assert_eq!(texts(&documents), ["Scurvy\nRickets too", "Again\nfive", "Six"]);
    assert_eq!(documents[0].entities.len(), 2);
}

#[test]
fn files_that_are_not_xml_of_their_format_are_told() {
    let files = ["5|t|Scurvy\n", "<html><p>Scurvy</p></html>", "", "<a><text>Scurvy</text></a>"];
    for file in files {
        for format in [Format::BiocXml, Format::PubmedXml] {
            let (documents, problems) = read(format, file);
            assert!(documents.is_empty(), "{file}");
            assert_eq!(told(&problems), [(None, "format")], "{file} as {}", format.name());
        }
    }
    assert_eq!(read(Format::BiocXml, "<collection/>").1, []);
    assert_eq!(read(Format::PubmedXml, "<PubmedArticleSet></PubmedArticleSet>").1, []);
}

#[test]
fn xml_with_bare_ampersands_and_bad_bytes_is_read() {
    let passage = |text: &str| {
        format!(
            "<document><id>1</id><passage><offset>0</offset><text>{text}</text></passage></document>"
        )
    };
    let file =
        format!("<collection>{}{}</collection>", passage("R & D, Q&A; & all"), passage("two"));
    let (documents, problems) = read(Format::BiocXml, &file);
    assert_eq!(problems, []);
    assert_eq!(texts(&documents), ["R & D, Q&A; & all", "two"]);

    let mut bytes = b"<collection>".to_vec();
    bytes.extend(passage("M?ni?re").bytes().map(|byte| if byte == b'?' { 0xe9 } else { byte }));
    bytes.extend(format!("{}</collection>", passage("sea")).bytes());
    let (documents, problems) = read(Format::BiocXml, &bytes);
    assert_eq!(problems, []);
    assert_eq!(texts(&documents), ["M\u{e9}ni\u{e9}re", "sea"]);
}

#[test]
fn json_in_another_encoding_is_read_and_parts_are_cut_between_characters() {
    let (documents, problems) = read(Format::Json, b"[{\"text\": \"B\xe9b\xe9\"}]");
    assert_eq!((texts(&documents), problems), (vec!["B\u{e9}b\u{e9}"], vec![]));
    // Read in parts of five bytes, most characters are cut.
    let text = "\u{1f600}\u{3b1}-tocopherol \u{1d6fc} \u{4e2d}\u{6587} ".repeat(40);
    let file = format!("[{{\"text\": \"{text}\"}}]");
    for size in 1..9 {
        let input = std::io::BufReader::with_capacity(size, file.as_bytes());
        let read: Vec<_> = Format::Json.read(input).unwrap().collect();
        assert_eq!(read.len(), 1);
        assert_eq!(read[0].as_ref().unwrap().text, text, "in parts of {size}");
    }
}

#[test]
fn an_annotation_of_bioc_json_that_is_wrong_takes_nothing_with_it() {
    let annotation = |offset: &str, length: &str| {
        format!(
            r#"{{"id": "T", "infons": {{"type": "D"}}, "text": "gout", "locations": [{{"offset": {offset}, "length": {length}}}]}}"#
        )
    };
    let annotations =
        [annotation("0", "-4"), annotation("\"0\"", "4"), annotation("0", "4"), "7".to_owned()];
    let file = format!(
        "[{{\"id\": 1, \"passages\": [{{\"offset\": 0, \"text\": \"gout\",\n\"annotations\": [{}]}}]}},\n\
         {{\"id\": 2, \"annotations\": null, \"passages\": [{{\"text\": \"x\", \"annotations\": null}}]}}]",
        annotations.join(", ")
    );
    let (documents, problems) = read(Format::BiocJson, &file);
    assert_eq!(texts(&documents), ["gout", "x"]);
    assert_eq!(mentions(&documents[0]), [("gout", "D")]);
    assert_eq!(told(&problems), [(Some(1), "syntax"); 3]);
}

#[test]
fn json_tells_of_entities_that_are_no_list_and_of_values_that_are_missing() {
    let file = "[{\"id\": \"a\", \"text\": \"gout\", \"entities\": {\"start\": 0}},\n\
        {\"id\": \"b\", \"text\": \"gout\", \"entities\": [{\"start\": 0, \"end\": 4, \"type\": \" \"}]},\n\
        {\"id\": \"c\", \"words\": \"gout\"},\n{\"text\": \"d\", \"entities\": null}]";
    let (documents, problems) = read(Format::Json, file);
    assert_eq!(texts(&documents), ["gout", "gout", "d"]);
    assert!(documents.iter().all(|document| document.entities.is_empty()));
    assert_eq!(told(&problems), [(Some(1), "syntax"), (Some(2), "missing"), (Some(3), "missing")]);
    assert!(problems[2].message.contains("\"c\""), "{}", problems[2].message);

    for (file, code) in [
        ("{\"text\": \"a\",,\n\"x\": 1}", "syntax"),
        ("{\"text\": }", "syntax"),
        ("[tru, false]", "syntax"),
        ("[tru", "truncated"),
        ("{\"text\": ", "truncated"),
    ] {
        assert_eq!(told(&read(Format::Json, file).1), [(Some(1), code)], "{file}");
    }
}

#[test]
fn a_quote_that_is_not_closed_is_told_with_its_line() {
    let cases = [
        ("id,text\n1,one\n2,\"two\n3,three\n4,four\n", Some(3)),
        ("id,text\n1,\"a \"\"b\"\"\nc\"\n2,\"d", Some(4)),
        ("id,text\n1,\"a \\\"b\\\" c\"\n2,\"d \\\"e", Some(3)),
        ("sep=;\nid;text\n1;\"a", Some(3)),
        ("id,text\n1,\"a\"\n2,5\" b\n3,\"\"\n4,\"c\"\"\"\n", None),
    ];
    for (file, line) in cases {
        let (_, problems) = read(Format::Csv, file);
        let expected: Vec<_> = line.map(|line| (Some(line), "truncated")).into_iter().collect();
        assert_eq!(told(&problems), expected, "{file}");
    }
    let (documents, problems) = read(Format::Tsv, "id\ttext\n1\t\"a\nb\"\n2\n3\tc\td\n");
    assert_eq!(texts(&documents), ["a\nb", "c\td"]);
    assert_eq!(told(&problems), [(Some(4), "columns"), (Some(5), "columns")]);
}

#[test]
fn a_line_that_names_the_delimiter_is_no_row() {
    let (documents, problems) = read(Format::Csv, "\u{feff}sep=;\r\nid;text\r\n7;a, b; c\r\n");
    assert_eq!(told(&problems), [(Some(3), "columns")]);
    assert_eq!((texts(&documents), documents[0].id.as_str()), (vec!["a, b; c"], "7"));
}

#[test]
fn conll_of_other_schemes_and_with_comments_is_read() {
    let file = "# id 5\n# text = Renal failure\nRenal\tB-Disease\nfailure\tE-Disease\nand\tO\ngout\tS-Disease\n\
        scurvy\tU-Disease\nlow\tB-Sign\nblood\tI-Sign\npressure\tL-Sign\nscore\tI-Sign\n#\tO\n";
    let (documents, problems) = read(Format::Conll, file);
    assert_eq!(problems, []);
    let expected = [
        ("Renal failure", "Disease"),
        ("gout", "Disease"),
        ("scurvy", "Disease"),
        ("low blood pressure", "Sign"),
        ("score", "Sign"),
    ];
    assert_eq!(mentions(&documents[0]), expected);
    assert!(documents[0].text.starts_with("Renal") && documents[0].text.ends_with('#'));

    let (documents, problems) = read(Format::Conll, "Gout B\nhurts O\n\tO\nin\nit X-Y\n# O\n");
    assert_eq!(mentions(&documents[0]), [("Gout", "Entity")]);
    assert_eq!(documents[0].text, "Gout hurts it #");
    let expected = [(Some(3), "missing"), (Some(4), "columns"), (Some(5), "syntax")];
    assert_eq!(told(&problems), expected);
}

#[test]
fn a_passage_that_cannot_be_where_it_says_is_told_with_its_line() {
    let file = "<collection><document><id>9</id>\n<passage><text>One</text></passage>\n\
        <passage><offset>1</offset><text>Two</text></passage></document></collection>";
    let (documents, problems) = read(Format::BiocXml, file);
    assert_eq!(texts(&documents), ["One\nTwo"]);
    assert_eq!(told(&problems), [(Some(3), "offsets")]);
}

#[test]
fn articles_without_a_number_are_numbered() {
    let article = "<PubmedArticle><MedlineCitation><Article><ArticleTitle>A</ArticleTitle></Article></MedlineCitation></PubmedArticle>";
    let file = format!("<PubmedArticleSet>{article}{article}</PubmedArticleSet>");
    let (documents, problems) = read(Format::PubmedXml, &file);
    assert_eq!(problems, []);
    assert_eq!(documents.iter().map(|document| &document.id).collect::<Vec<_>>(), ["1", "2"]);
}

#[test]
fn elements_that_are_nested_without_end_are_read() {
    let deep = 200_000;
    for (begin, open) in [
        ("<collection><document>", "<passage>"),
        ("<collection><document><passage>", "<sentence>"),
        ("<collection>", "<document>"),
        ("<collection>", "<annotation>"),
        ("<PubmedArticleSet>", "<PubmedArticle>"),
        ("<PubmedArticleSet><PubmedArticle><Article><ArticleTitle>", "<i>"),
        ("<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\">", "<a>"),
        ("", "["),
        ("", "{\"documents\": ["),
        ("[", "{\"entities\":"),
    ] {
        let file = begin.to_owned() + &open.repeat(deep);
        for format in [
            Format::BiocXml,
            Format::PubmedXml,
            Format::Xmi,
            Format::Json,
            Format::JsonLines,
            Format::BiocJson,
            Format::LabelStudio,
        ] {
            let (_, problems) = read(format, &file);
            assert!(!problems.is_empty(), "{begin}{open}… as {}", format.name());
        }
    }
    // What stands deeper than it should is a sentence of the passage.
    let sentence = |offset: usize, text: &str, more: &str| {
        format!("<sentence><offset>{offset}</offset>{more}<text>{text}</text></sentence>")
    };
    let nested = sentence(7, "Rickets.", &sentence(0, "Scurvy.", ""));
    let file = format!("<collection><document><passage>{nested}</passage></document></collection>");
    let (documents, problems) = read(Format::BiocXml, file);
    assert_eq!((texts(&documents), problems), (vec!["Scurvy.Rickets."], vec![]));
}
