//! Files as they come: broken, half, of other programs.

mod common;

use bioner_documents::{Document, Format, brat};

use common::{read, told};

fn mentions(document: &Document) -> Vec<&str> {
    document.entities.iter().map(|entity| entity.span.slice(&document.text)).collect()
}

#[test]
fn pubtator_tells_the_line_and_keeps_the_rest() {
    let file = "\u{feff}7|t|Gout in men\n7|a|Colchicine helps.\n\
        7\t0\t4\tGout\tDisease\tD006073\n\
        7\t12\t22\tColchicine\tChemical\n\
        7\t0\t4\tgout!\tDisease\t-\n\
        7\t90\t94\tGout\tDisease\t-\n\
        7\t4\t0\tGout\tDisease\t-\n\
        7\t0\t4\tGout\n\
        7\tx\ty\tGout\n\
        7\t0\t4\tGout\tDisease\tD1|D2\tone|two\n\
        8\t0\t4\tGout\tDisease\t-\n\
        7\tCID\tD003078\tD006073\n\
        7\tAssociation\t16175\tD008750\tNovel\n\
        nonsense\n";
    let (documents, problems) = read(Format::PubTator, file);
    assert_eq!(documents.len(), 1);
    assert_eq!(mentions(&documents[0]), ["Gout", "Colchicine", "Gout"]);
    assert_eq!(documents[0].entities[0].id.as_deref(), Some("D006073"));
    assert_eq!(documents[0].entities[1].id, None);
    let mut told = told(&problems);
    told.sort();
    assert_eq!(
        told,
        [
            (Some(5), "mismatch"),
            (Some(6), "offsets"),
            (Some(7), "offsets"),
            (Some(8), "columns"),
            (Some(11), "syntax"),
            (Some(14), "syntax"),
        ]
    );
}

#[test]
fn pubtator_documents_are_told_apart_without_empty_lines_and_with_one_id() {
    let file =
        "1|t|A\n1|a|B\n1|t|C\n1|a|D\r\n\r\n1|t|E\u{2028}F\r\n1\t0\t1\tE\tX\t-\r\n2|a|only this";
    let (documents, problems) = read(Format::PubTator, file);
    let texts: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
    assert_eq!(texts, ["A\nB", "C\nD", "E\u{2028}F", "\nonly this"]);
    assert_eq!(documents[2].entities.len(), 1);
    assert_eq!(problems, []);
}

#[test]
fn json_is_read_in_every_wrapping() {
    let document = r#"{"id": 5, "text": "🧬 gout", "entities": [{"start": 2, "end": 6, "type": "D"}], "more": [1]}"#;
    let files = [
        format!("[{document}]"),
        format!("\u{feff} [ {document} ]\n"),
        format!(r#"{{"version": 1.5, "documents": [{document}], "after": {{"x": []}}}}"#),
        document.to_owned(),
        r#"[{"id": 5, "text": "🧬 gout", "offsets": "utf-16", "entities": [{"start": 3, "end": 7, "type": "D"}], "more": [1]}]"#.to_owned(),
    ];
    for file in files {
        let file = file.trim_start_matches('\u{feff}');
        let (documents, problems) = read(Format::Json, file);
        assert_eq!(problems, [], "{file}");
        assert_eq!(documents.len(), 1, "{file}");
        assert_eq!(documents[0].id, "5");
        assert_eq!(mentions(&documents[0]), ["gout"], "{file}");
        assert_eq!(documents[0].extra["more"][0], 1);
    }
}

#[test]
fn half_a_json_file_is_read_as_far_as_it_goes() {
    let (documents, problems) =
        read(Format::Json, "[\n{\"text\": \"one\"},\n{\"text\": \"two\"},\n{\"text\": \"th");
    assert_eq!(documents.len(), 2);
    assert_eq!(told(&problems), [(Some(4), "truncated")]);
    let (documents, problems) = read(Format::Json, "[{\"text\": \"one\"},\n{\"text\" \"two\"}]");
    assert_eq!((documents.len(), told(&problems)), (1, vec![(Some(2), "syntax")]));
    let (documents, problems) =
        read(Format::Json, "[{\"words\": \"one\"},\n 5, {\"text\": \"two\"}]");
    assert_eq!(documents.len(), 1);
    assert_eq!(told(&problems), [(Some(1), "missing"), (Some(2), "missing")]);
}

#[test]
fn json_entities_that_do_not_fit_are_dropped_and_told() {
    let lines = concat!(
        "\u{feff}{\"id\": \"a\", \"text\": \"has gout\", \"entities\": [\n",
        "{\"title\": \"Gout\", \"abstract\": \"It hurts.\", \"entities\": [",
        "{\"start\": 0, \"end\": 4, \"type\": \"D\", \"text\": \"Gout\"},",
        "{\"start\": 0, \"end\": 4, \"type\": \"D\", \"text\": \"pain\"},",
        "{\"start\": 3, \"end\": 99, \"type\": \"D\"}, {\"start\": 0, \"end\": 4}, {\"end\": 4, \"type\": \"D\"}]}\n",
        "\n{\"text\": \"a\u{2028}b\"}\n",
    );
    let (documents, problems) = read(Format::JsonLines, lines);
    assert_eq!(documents.len(), 2);
    assert_eq!((documents[0].text.as_str(), documents[0].title_end), ("Gout\nIt hurts.", Some(4)));
    assert_eq!(mentions(&documents[0]), ["Gout"]);
    assert_eq!((documents[1].id.as_str(), documents[1].text.as_str()), ("4", "a\u{2028}b"));
    let expected = [
        (Some(1), "syntax"),
        (Some(2), "mismatch"),
        (Some(2), "offsets"),
        (Some(2), "missing"),
        (Some(2), "offsets"),
    ];
    assert_eq!(told(&problems), expected);
    let bad = r#"{"id": "b", "text": "scurvy", "entities": [{"start": 0, "end": 7, "type": "D"}]}"#;
    let (_, problems) = read(Format::Json, format!("[{{\"text\": \"x\"}}, {bad}, 8]"));
    let messages: Vec<String> = problems.iter().map(|problem| problem.to_string()).collect();
    assert_eq!(
        messages,
        [
            "line 1: document \"b\": entity 1: the offsets 0 to 7 do not fit the text",
            "line 1: document 3 is no object",
        ]
    );
}

#[test]
fn bioc_xml_is_read_with_sentences_entities_and_relations() {
    let file = r#"<?xml version="1.0"?>
<collection><source>S</source><infon key="of">collection</infon>
<document><id>9</id><infon key="year">2020</infon>
 <passage><infon key="type">title</infon><offset>0</offset><text>TNF-&#x3b1; &amp; gout</text>
  <annotation id="T1"><infon key="type">Gene</infon><infon key="identifier">7124</infon><location offset="0" length="5"/><text>TNF-α</text></annotation>
  <annotation id="T2"><infon key="type">Disease</infon><location offset="8" length="4"/><text>pain</text></annotation>
  <annotation id="T3"><infon key="type">Disease</infon><location offset="x" length="4"/><text>gout</text></annotation>
 </passage>
 <passage><infon key="type">abstract</infon><offset>13</offset>
  <sentence><offset>13</offset><text>Fever.</text><annotation id="T4"><infon key="type">Disease</infon><location length="5" offset="13"/><text>Fever</text></annotation></sentence>
  <sentence><offset>20</offset><text>Rash <![CDATA[<b>]]></text></sentence>
  <relation id="R1"><infon key="type">x</infon><node refid="T1" role="y"/></relation>
 </passage>
</document>
<document><id>10</id><passage><offset>5</offset><text>Cut"#;
    let (documents, problems) = read(Format::BiocXml, file);
    assert_eq!(documents.len(), 1, "of the second there is no whole text");
    let document = &documents[0];
    assert_eq!(document.text, "TNF-α & gout\nFever.\nRash <b>");
    assert_eq!(document.title_end, Some("TNF-α & gout".len()));
    assert_eq!(mentions(document), ["TNF-α", "Fever"]);
    assert_eq!(document.entities[0].id.as_deref(), Some("7124"));
    assert_eq!(document.extra["year"], "2020");
    let mut told = told(&problems);
    told.sort();
    assert_eq!(told, [(Some(6), "mismatch"), (Some(7), "offsets"), (Some(15), "truncated")]);
}

#[test]
fn bioc_json_of_pubtator_is_read() {
    let file = r#"{"PubTator3": [{"_id": "1|None", "id": "1", "infons": {}, "passages": [
        {"infons": {"type": "title"}, "offset": 0, "text": "Gout", "sentences": [], "annotations":
          [{"id": "0", "infons": {"identifier": "MESH:D006073", "type": "Disease", "valid": true}, "text": "Gout",
            "locations": [{"offset": 0, "length": 4}]}], "relations": []},
        {"infons": {"type": "abstract"}, "offset": 5, "text": "It hurts.", "annotations": []}],
        "pmid": 1, "relations": [{"id": "R1"}]}]}"#;
    let (documents, problems) = read(Format::BiocJson, file);
    assert_eq!(problems, []);
    assert_eq!(documents[0].text, "Gout\nIt hurts.");
    assert_eq!(documents[0].entities[0].id.as_deref(), Some("MESH:D006073"));
    assert_eq!(Format::detect("x.json", file), Format::BiocJson);
}

#[test]
fn passages_whose_offsets_cannot_be_are_put_one_after_the_other() {
    let file = r#"{"passages": [{"offset": 0, "text": "Long heading", "annotations": []},
        {"offset": 3, "text": "has gout", "annotations": [
          {"infons": {"type": "D"}, "text": "gout", "locations": [{"offset": 7, "length": 4}]}]},
        {"offset": 99999999999, "text": "end", "annotations": []}]}"#;
    let (documents, problems) = read(Format::BiocJson, file);
    assert_eq!(documents[0].text, "Long heading\nhas gout\nend");
    assert_eq!(mentions(&documents[0]), ["gout"]);
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["offsets"; 2]);
}

#[test]
fn pubmed_xml_has_titles_labels_and_markup() {
    let file = r#"<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2019//EN" "pubmed.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID Version="1">11</PMID>
<Article><ArticleTitle>Role of <i>TP53</i> in H<sub>2</sub>O
 &amp; &#945;-synuclein.</ArticleTitle>
<Abstract><AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">One <b>two</b>.</AbstractText>
<AbstractText Label="METHODS">Three.</AbstractText><AbstractText/><CopyrightInformation>(c)</CopyrightInformation></Abstract></Article>
<CommentsCorrectionsList><CommentsCorrections><PMID>99</PMID></CommentsCorrections></CommentsCorrectionsList>
<OtherAbstract><AbstractText>Autre.</AbstractText></OtherAbstract>
</MedlineCitation><PubmedData><ReferenceList><Reference><Citation>x</Citation></Reference></ReferenceList></PubmedData></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>12</PMID><Article><ArticleTitle/></Article></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>13</PMID><Article><ArticleTitle>Only a title</ArticleTitle>"#;
    assert_eq!(Format::detect("x.xml", file), Format::PubmedXml);
    let (documents, problems) = read(Format::PubmedXml, file);
    let found: Vec<(&str, &str)> =
        documents.iter().map(|document| (document.id.as_str(), document.text.as_str())).collect();
    let first = "Role of TP53 in H2O & α-synuclein.\nBACKGROUND: One two.\nMETHODS: Three.";
    assert_eq!(found, [("11", first), ("13", "Only a title")]);
    assert_eq!(documents[0].title_end, first.find('\n'));
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["missing", "truncated"]);
}

#[test]
fn brat_is_read_with_fragments_and_without_the_rest() {
    let text = "🧬 Deep vein\nthrombosis or pain";
    let annotations = "T1\tDisease 2 11;12 22\tDeep vein thrombosis\n\
        A1\tNegation T1\nR1\tX Arg1:T1 Arg2:T2\nE1\tY:T1\n*\tEquiv T1 T2\n#1\tAnnotatorNotes T1\tnote\n\
        N1\tReference T1 MESH:D020246\tname\n\
        T2\tSign 26 30\tache\n\
        T3\tSign 26 99\tpain\nT4\tSign 26\tpain\nT5\tSign\n?\n\
        T6\tSign or symptom 26 30\tpain\n";
    let (document, problems) = brat::read("1", text, annotations);
    assert_eq!(mentions(&document), ["Deep vein\nthrombosis"]);
    assert_eq!(document.entities[0].id.as_deref(), Some("MESH:D020246"));
    assert!(document.entities[0].fragments.is_empty());
    assert_eq!(
        told(&problems),
        [
            (Some(8), "mismatch"),
            (Some(9), "offsets"),
            (Some(10), "offsets"),
            (Some(11), "columns"),
            (Some(12), "syntax"),
            (Some(13), "offsets"),
        ]
    );
}

#[test]
fn tables_are_documents() {
    let (documents, problems) =
        read(Format::Csv, "PMID;Title;Abstract\n5;Gout;\"It; hurts\"\n6;Rash\n");
    assert_eq!(documents.len(), 1);
    assert_eq!((documents[0].id.as_str(), documents[0].text.as_str()), ("5", "Gout\nIt; hurts"));
    assert_eq!(problems.len(), 1);
    let (documents, _) = read(Format::Tsv, "a\tThe first note, which is long\nb\tThe second\n");
    assert_eq!(documents[0].text, "The second", "the first row is taken for names");
    let (documents, _) = read(Format::Csv, "Scurvy was seen.\nRickets was not.\n");
    assert_eq!(documents.len(), 2, "a sentence is no name");
}

#[test]
fn formats_are_told_by_name_and_content() {
    for (name, start, format) in [
        ("a.jsonl", "", Format::JsonLines),
        ("a.NDJSON", "", Format::JsonLines),
        ("tasks.json", "[{\"text\"", Format::Json),
        ("a.txt", "12|t|Title\n12|a|x", Format::PubTator),
        ("a.txt", "\u{feff}\n12|t|Title", Format::PubTator),
        ("a.txt", "a | t | b\n", Format::Text),
        ("a.pubtator", "", Format::PubTator),
        ("a.xml", "<?xml?><!DOCTYPE collection><collection>", Format::BiocXml),
        ("a.xml", "<note>text</note>", Format::Markup),
        ("a.csv", "", Format::Csv),
        ("a.tsv", "", Format::Tsv),
        ("a", "text", Format::Text),
    ] {
        assert_eq!(Format::detect(name, start), format, "{name} {start}");
    }
    assert_eq!(Format::by_name("prose").expect_err("no such format").code, "format");
}
