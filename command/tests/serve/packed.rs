//! Bodies that are packed with gzip.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use crate::server::Server;

fn packed(text: impl AsRef<[u8]>) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(text.as_ref()).expect("it is packed");
    packer.finish().expect("it is packed")
}

#[test]
fn what_is_packed_is_unpacked_within_the_limits() {
    let server = Server::start(&["--max-bytes", "5000"]);
    let json = json!({"id": 1, "text": "He took aspirin."}).to_string();
    let lines = format!("{json}\n{}\n{json}\n", json!({"text": "no ".repeat(100_000)}));
    let table = format!("id,text\n4,He took aspirin. {}\n", " ".repeat(4000));
    let pubtator = "21|t|Aspirin\n21|a|\n";
    let found = "\"aspirin\"";
    for headers in [&[("content-encoding", "gzip")][..], &[]] {
        let post = |query: &str, media_type, body: &str| {
            let headers = [&[("content-type", media_type)], headers].concat();
            server.post_with(&format!("/v1/extract{query}"), &headers, packed(body))
        };
        let one = post("", "application/json", &json);
        assert!(one.status == 200 && one.body.contains(found), "{}", one.body);
        let table = post("", "text/csv", &table);
        assert!(table.status == 200 && table.body.contains(found), "{}", table.body);
        let file = post("?input_format=pubtator", "application/gzip", pubtator);
        assert!(file.status == 200 && file.body.contains("\"Aspirin\""), "{}", file.body);
        // A line that is too long is told in its place, however small it was.
        let many = post("", "application/x-ndjson", &lines).lines();
        assert_eq!((many.len(), &many[1]["error"]["code"]), (3, &json!("text-too-large")));
        assert_eq!(many[2]["entities"][0]["text"], "aspirin");
        // A file is refused.
        let large = post("", "text/plain", &" ".repeat(5001));
        assert_eq!((large.status, large.code().as_str()), (413, "text-too-large"));
        assert!(large.body.contains("unpacked"), "{}", large.body);
    }
    // Cut, no gzip at all, and packed in another way.
    let cut = packed(&lines);
    let cut = server.lines("", &cut[..cut.len() - 9]).lines();
    assert_eq!(cut.last().expect("a line")["error"]["code"], "input");
    let cut = server.post("/v1/extract", "text/plain", &packed(&lines)[..20]);
    assert_eq!((cut.status, cut.code().as_str()), (400, "input"));
    for (media_type, encoding, status, code) in [
        ("application/json", "gzip", 400, "input"),
        ("application/json", "br", 415, "media-type"),
        ("application/x-ndjson", "br", 415, "media-type"),
        ("application/x-ndjson", "gzip, gzip", 415, "media-type"),
        ("application/json", "identity", 200, ""),
    ] {
        let headers = [("content-type", media_type), ("content-encoding", encoding)];
        let answer = server.post_with("/v1/extract", &headers, &json);
        assert_eq!(answer.status, status, "{encoding}: {}", answer.body);
        assert!(status == 200 || answer.code() == code, "{encoding}: {}", answer.body);
    }
}
