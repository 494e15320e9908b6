//! The files of annotation tools, as these write them, and broken ones.

mod common;

use bioner_documents::{Document, Format, xmi};

use common::{read, told};

fn mentions(document: &Document) -> Vec<(&str, &str)> {
    let entities = document.entities.iter();
    entities.map(|entity| (entity.span.slice(&document.text), entity.kind.as_str())).collect()
}

/// As INCEpTION exports: the text last, tokens and a layer of one's own, what is deleted in no view.
const INCEPTION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" xmlns:type3="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" xmlns:type4="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmlns:type9="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmi:version="2.0">
<cas:NULL xmi:id="0"/>
<type3:DocumentMetaData xmi:id="1" sofa="12" begin="0" end="26" language="x-unspecified" documentTitle="note.txt" documentId="admin" isLastSegment="false"/>
<type9:Sentence xmi:id="2" sofa="12" begin="0" end="26"/>
<type9:Token xmi:id="3" sofa="12" begin="3" end="8" order="0"/>
<type4:NamedEntity xmi:id="4" sofa="12" begin="3" end="8" value="Disease" identifier="MESH:D005334"/>
<type4:NamedEntity xmi:id="5" sofa="12" begin="3" end="8" value="Deleted"/>
<custom:Drug xmi:id="6" sofa="12" begin="20" end="26" route="oral &amp; iv"/>
<type4:NamedEntity xmi:id="7" sofa="12" begin="9" end="99" value="Disease"/>
<type4:NamedEntity xmi:id="8" sofa="12" begin="1" end="8" value="Disease"/>
<type4:NamedEntity xmi:id="9" sofa="12" begin="x" end="8" value="Disease"/>
<type4:NamedEntity xmi:id="10" sofa="12" begin="3" end="8"/>
<cas:Sofa xmi:id="12" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="&#128512; fever &lt;and&#10;then &#13;&#10;aspirin"/>
<cas:View sofa="12" members="1 2 3 4 6 7 8 9 10"/>
</xmi:XMI>"#;

#[test]
fn xmi_of_inception_is_read() {
    let (documents, problems) = read(Format::Xmi, INCEPTION);
    assert_eq!(documents.len(), 1);
    let document = &documents[0];
    assert_eq!(document.id, "admin");
    assert_eq!(document.text, "\u{1f600} fever <and\nthen \r\naspirin");
    assert_eq!(
        mentions(document),
        [("fever", "Disease"), ("fever", "NamedEntity"), ("\naspir", "Drug")]
    );
    assert_eq!(document.entities[0].id.as_deref(), Some("MESH:D005334"));
    assert_eq!(document.entities[2].extra["route"], "oral & iv");
    let expected = [(Some(10), "offsets"), (Some(11), "offsets"), (Some(12), "offsets")];
    assert_eq!(told(&problems), expected);
    assert!(
        problems[0].to_string().contains("annotation 7: the offsets 9 to 99"),
        "{}",
        problems[0]
    );
    assert_eq!(Format::detect("a.xml", INCEPTION), Format::Xmi);
    assert_eq!(Format::detect("a.xmi", ""), Format::Xmi);
}

#[test]
fn xmi_without_an_id_has_the_name_of_its_file() {
    let file = r#"<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:t="http:///org/apache/ctakes/typesystem/type/textsem.ecore" xmlns:s="http:///org/apache/ctakes/typesystem/type/syntax.ecore">
        <cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="no gout"/><cas:Sofa xmi:id="2" sofaID="other" sofaString="kein Fieber"/>
        <t:DiseaseDisorderMention xmi:id="3" sofa="1" begin="3" end="7" polarity="-1"/><s:WordToken xmi:id="4" sofa="1" begin="0" end="2"/>
        <t:SignSymptomMention xmi:id="5" sofa="2" begin="5" end="11"/></xmi:XMI>"#;
    let read: Vec<_> =
        xmi::read("note7", file.as_bytes()).map(|read| read.expect("valid")).collect();
    assert_eq!(
        read.iter().map(|document| document.id.as_str()).collect::<Vec<_>>(),
        ["note7", "note7/other"]
    );
    assert_eq!(mentions(&read[0]), [("gout", "DiseaseDisorderMention")]);
    assert_eq!(read[0].entities[0].extra["polarity"], "-1");
    assert_eq!(mentions(&read[1]), [("Fieber", "SignSymptomMention")]);
}

#[test]
fn half_and_wrong_xmi_is_told_and_kept_as_far_as_it_goes() {
    // The text comes first where we write it.
    let cut = INCEPTION.find("<type4:NamedEntity xmi:id=\"5\"").expect("it is there");
    let (documents, problems) = read(Format::Xmi, &INCEPTION[..cut]);
    assert!(documents.is_empty());
    assert_eq!(told(&problems), [(None, "missing"), (Some(8), "truncated")]);
    let sofa = INCEPTION.find("<cas:Sofa").expect("it is there");
    let view = INCEPTION.find("<cas:View").expect("it is there");
    let head = INCEPTION.find("<type3").expect("it is there");
    let first =
        format!("{}{}{}", &INCEPTION[..head], &INCEPTION[sofa..view], &INCEPTION[head..cut]);
    let (documents, problems) = read(Format::Xmi, &first);
    assert_eq!(mentions(&documents[0]), [("fever", "Disease")]);
    assert_eq!(told(&problems), [(Some(9), "truncated")]);
    for file in ["", "<a/>", "no XML", "<collection></collection>"] {
        assert_eq!(told(&read(Format::Xmi, file).1), [(None, "format")], "{file}");
    }
}

#[test]
fn doccano_is_read_in_all_its_shapes() {
    let lines = concat!(
        "{\"id\": 5, \"text\": \"\u{1f600} gout\\nhurts\", \"label\": [[2, 6, \"Disease\"]], \"Comments\": []}\n",
        "{\"id\": 6, \"data\": \"gout\", \"label\": [[0, 4, \"Disease\"], [0, 9, \"X\"], [0, 4], 7]}\n",
        "{\"id\": 7, \"data\": \"gout\", \"label\": [[0, 4, \"Disease\"], [3, 9, \"X\"], [0, 4]]}\n",
        "{\"id\": 8, \"text\": \"a rash\", \"entities\": [{\"id\": 3, \"label\": \"Sign\", \"start_offset\": 2, \"end_offset\": 6}], \"relations\": []}\n",
        "{\"id\": 9, \"text\": \"none\", \"labels\": []}\n",
        "{\"id\": 10, \"text\": \"half\", \"lab"
    );
    let (documents, problems) = read(Format::Doccano, lines);
    let found: Vec<_> =
        documents.iter().map(|document| (document.id.as_str(), mentions(document))).collect();
    let disease = vec![("gout", "Disease")];
    assert_eq!(
        found,
        [("5", disease.clone()), ("7", disease), ("8", vec![("rash", "Sign")]), ("9", vec![])]
    );
    let expected =
        [(Some(2), "missing"), (Some(3), "offsets"), (Some(3), "missing"), (Some(6), "syntax")];
    assert_eq!(told(&problems), expected);
    assert_eq!(
        read(Format::JsonLines, lines).0,
        documents,
        "it is told from other lines by itself"
    );
}

#[test]
fn label_studio_exports_are_read() {
    let file = r#"[
{"id": 1, "data": {"note": "😀 no fever\nor gout", "id": "n1", "ward": "3"},
 "annotations": [
  {"id": 1, "was_cancelled": true, "result": [{"id": "x", "type": "labels", "value": {"start": 0, "end": 2, "labels": ["Skipped"]}}]},
  {"id": 2, "was_cancelled": false, "ground_truth": false, "result": []},
  {"id": 3, "was_cancelled": false, "ground_truth": true, "result": [
   {"id": "b", "from_name": "label", "to_name": "text", "type": "labels", "value": {"start": 15, "end": 19, "text": "gout", "labels": ["Disease", "Joint"]}},
   {"id": "a", "from_name": "label", "to_name": "text", "type": "labels", "value": {"start": 6, "end": 14, "text": "fever\\nor", "labels": ["Sign"]}},
   {"id": "a", "from_name": "assertion", "to_name": "text", "type": "choices", "value": {"start": 6, "end": 14, "choices": ["absent"]}},
   {"id": "a", "from_name": "identifier", "to_name": "text", "type": "textarea", "value": {"text": ["HP:0001945"]}},
   {"from_name": "whole", "to_name": "text", "type": "choices", "value": {"choices": ["good"]}},
   {"type": "relation", "from_id": "a", "to_id": "b"},
   {"id": "c", "type": "labels", "value": {"start": 6, "end": 99, "labels": ["Sign"]}},
   {"id": "d", "type": "labels", "value": {"start": 6, "end": 11, "text": "gout", "labels": ["Sign"]}},
   {"id": "e", "type": "labels", "value": {"start": 1, "end": 11, "labels": ["Sign"]}}]}],
 "predictions": [8]},
{"id": 2, "data": {"text": "gout"}, "annotations": [], "predictions": [{"result": [{"type": "labels", "value": {"start": 0, "end": 4, "labels": ["D"]}, "score": 0.5}]}]},
{"id": 3, "text": "gout", "label": [{"start": 0, "end": 4, "text": "gout", "labels": ["D"]}], "annotator": 1},
{"id": 4, "data": {}}, {"id": 5, "data": {"text": "cut"#;
    let (documents, problems) = read(Format::LabelStudio, file);
    assert_eq!(
        documents.iter().map(|document| document.id.as_str()).collect::<Vec<_>>(),
        ["n1", "2", "3"]
    );
    assert_eq!(
        mentions(&documents[0]),
        [("fever\nor", "Sign"), ("gout", "Disease"), ("gout", "Joint")]
    );
    let first = &documents[0].entities[0];
    assert_eq!(first.attributes.assertion.as_deref(), Some("absent"));
    assert_eq!(first.id.as_deref(), Some("HP:0001945"));
    assert_eq!(documents[0].extra["ward"], "3");
    assert_eq!(
        (mentions(&documents[1]), documents[1].entities[0].score),
        (vec![("gout", "D")], Some(0.5))
    );
    assert_eq!(mentions(&documents[2]), [("gout", "D")]);
    let expected = [
        (Some(2), "offsets"),
        (Some(2), "mismatch"),
        (Some(2), "offsets"),
        (Some(19), "missing"),
        (Some(19), "truncated"),
    ];
    assert_eq!(told(&problems), expected);
    assert_eq!(Format::detect("export.json", file), Format::LabelStudio);
}

#[test]
fn annotations_that_are_no_list_or_of_no_text_are_told() {
    let file = r#"[{"id": "a", "data": {"text": "gout"}, "predictions": [{"result": "x"}]},
        {"data": 5}, 7,
        {"data": {"text": "b"}, "annotations": {"result": []}, "predictions": null}]"#;
    let (documents, problems) = read(Format::LabelStudio, file);
    assert_eq!(documents.len(), 2);
    let expected =
        [(Some(1), "syntax"), (Some(2), "missing"), (Some(2), "missing"), (Some(3), "syntax")];
    assert_eq!(told(&problems), expected);
    let file = INCEPTION.replace("xmi:id=\"4\" sofa=\"12\"", "xmi:id=\"4\" sofa=\"13\"");
    let (documents, problems) = read(Format::Xmi, &file);
    assert_eq!(documents[0].entities.len(), 2);
    assert_eq!(told(&problems)[0], (Some(7), "missing"));
}

#[test]
fn line_breaks_in_a_region_are_as_label_studio_writes_them() {
    let text = r#""text": "in \\nu\r\nmesons""#;
    let region = |start, end, words: &str| {
        format!(
            r#"{{"type": "labels", "value": {{"start": {start}, "end": {end}, "text": "{words}", "labels": ["D"]}}}}"#
        )
    };
    let regions =
        [region(3, 6, "\\\\nu"), region(4, 14, "nu\\\\n\\\\nmesons"), region(3, 6, "\\\\nx")]
            .join(",");
    let file =
        format!("[{{\"data\": {{{text}}},\n\"annotations\": [{{\"result\": [{regions}]}}]}}]");
    let (documents, problems) = read(Format::LabelStudio, &file);
    assert_eq!(mentions(&documents[0]), [("\\nu", "D"), ("nu\r\nmesons", "D")]);
    assert_eq!(told(&problems), [(Some(1), "mismatch")]);
}

#[test]
fn an_update_file_of_pubmed_that_deletes_citations_is_read() {
    let file = r#"<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet SYSTEM "http://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_230101.dtd">
<PubmedArticleSet><DeleteCitation><PMID Version="1">77</PMID><PMID Version="1">78</PMID></DeleteCitation>
<PubmedArticle><MedlineCitation Status="MEDLINE"><PMID Version="2">5</PMID><Article><ArticleTitle>[Ca<sup>2+</sup> &lt; <i>x</i>].</ArticleTitle>
<Abstract><AbstractText Label="UNLABELLED" NlmCategory="UNASSIGNED">One<b> bold</b>.</AbstractText>
<AbstractText Label="AIMS &amp; METHODS"> Two <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML"><mml:mi>p</mml:mi><mml:mo>=</mml:mo><mml:mn>1</mml:mn></mml:math>; 𝛼.</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>
<DeleteCitation><PMID>79</PMID></DeleteCitation></PubmedArticleSet>"#;
    let (documents, problems) = read(Format::PubmedXml, file);
    assert_eq!(problems, []);
    let found: Vec<_> =
        documents.iter().map(|document| (document.id.as_str(), document.text.as_str())).collect();
    assert_eq!(found, [("5", "[Ca2+ < x].\nOne bold.\nAIMS & METHODS: Two p=1; \u{1d6fc}.")]);
    assert_eq!(
        Format::detect(
            "pubmed26n1300.xml",
            &file[..file.find("<PubmedArticle>").expect("it is there")]
        ),
        Format::PubmedXml
    );
}
