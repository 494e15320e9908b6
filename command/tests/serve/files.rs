//! Files of documents.

use crate::server::{Server, example};

const PUBTATOR: &str = "21|t|Naloxone and 😀 hypotension\n21|a|Clonidine lowers blood pressure.\n\
    21\t0\t8\tNaloxone\tChemical\t-\n\n22|t|\n22|a|Ibuprofen caused nausea.\n\n";

const PUBMED: &str = "<?xml version=\"1.0\"?><PubmedArticleSet><PubmedArticle><MedlineCitation>\
    <PMID>5</PMID><Article><ArticleTitle>Aspirin against headache.</ArticleTitle></Article>\
    </MedlineCitation></PubmedArticle></PubmedArticleSet>";

#[test]
fn files_are_read_by_their_media_types_and_written_in_the_format_asked_for() {
    let server = Server::start(&["--link"]);
    let post = |query: &str, media_type, body: &str| {
        server.post(&format!("/v1/extract?{query}"), media_type, body)
    };
    let text = post("preset=note", "text/plain; charset=utf-8", &example("discharge-note.txt"));
    let lines = text.lines();
    assert_eq!(lines.len(), 1);
    assert!(lines[0]["entities"][0]["assertion"].is_string(), "{}", text.body);
    let table = post("types=Drug", "text/csv", "id,text\n4,He took aspirin.\n5,\n");
    let ids: Vec<String> = table.lines().iter().map(|line| line["id"].to_string()).collect();
    assert_eq!(ids, ["\"4\"", "\"5\""], "{}", table.body);
    let articles = post("output_format=pubtator&link=true", "application/xml", PUBMED);
    assert!(
        articles.body.contains("5\t0\t7\tAspirin\tChemical\tDRUGBANK:DB00945"),
        "{} {}",
        articles.status,
        articles.body
    );
    let bioc = post("input_format=pubtator&output_format=bioc-json", "text/plain", PUBTATOR);
    assert_eq!(bioc.headers["content-type"], "application/json");
    assert_eq!(bioc.headers["bioner-failed"], "0");
    assert_eq!(bioc.json()["documents"].as_array().map(Vec::len), Some(2));
    assert!(bioc.body.contains("Ibuprofen"), "{}", bioc.body);
    let json = post("input_format=json", "application/json", "[{\"id\": 1, \"text\": \"No.\"}]");
    assert_eq!(json.body, "{\"id\":\"1\",\"entities\":[]}\n");
    // Annotations that came with the documents and are wrong leave nothing missing.
    let wrong = PUBTATOR.replace("Naloxone\tChemical", "Nalaxone\tChemical");
    let lines = post("input_format=pubtator", "text/plain", &wrong).lines();
    let ids: Vec<&str> = lines.iter().filter_map(|line| line["id"].as_str()).collect();
    assert_eq!((ids, lines.len()), (vec!["21", "22"], 2), "{lines:?}");
    let wrong = post("input_format=pubtator&output_format=pubtator", "text/plain", &wrong);
    assert_eq!(wrong.headers["bioner-failed"], "0");
    // What cannot be read is told, in its place or by a header.
    let cut = &PUBMED[..PUBMED.len() - 40];
    let cut = post("output_format=csv", "application/xml", cut);
    assert_eq!((cut.status, &cut.headers["bioner-failed"]), (200, &"1".parse().unwrap()));
    assert!(cut.body.contains("Aspirin"), "{}", cut.body);
    let prose = post("input_format=pubtator", "text/plain", "He took aspirin.");
    assert_eq!(prose.lines()[0]["error"]["code"], "input");
    let broken = post("input_format=json", "application/json", "[{\"text\": \"No.\"}, {\"te");
    assert_eq!(broken.lines()[1]["error"]["code"], "input");
    let broken = "[{\"text\": \"No.\"}, {\"te";
    let broken = post("input_format=json&output_format=csv", "application/json", broken);
    assert_eq!((broken.status, &broken.headers["bioner-failed"]), (200, &"1".parse().unwrap()));
    for (query, media_type, body, status, code) in [
        ("", "application/xml", "<note/>", 415, "media-type"),
        ("input_format=prose", "text/plain", "No.", 400, "input"),
        ("input_format=brat", "text/plain", "No.", 400, "input"),
        ("output_format=xmi", "text/plain", "No.", 400, "input"),
        ("output_format=csv&raw=true", "text/plain", "No.", 400, "input"),
        ("output_format=csv", "text/plain", "%PDF-1.7", 400, "input"),
    ] {
        let answer = post(query, media_type, body);
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{query}");
    }
}
