//! What is told and counted holds nothing of the texts.

use serde_json::json;

use crate::server::{Server, all_of};

/// What a text says, or whatever else a client sends.
const SECRET: &str = "Zyzzogeton";

#[test]
fn nothing_of_what_clients_send_is_logged_or_counted() {
    let server = Server::start(&["--log", "debug", "--max-bytes", "3000", "--link"]);
    let text = format!("{SECRET} had asthma. {SECRET} took aspirin.");
    let mut statuses = Vec::new();
    for body in [
        json!({"id": SECRET, "text": text, "types": ["Drug", SECRET], "link": true}),
        json!({"text": text, "preset": SECRET}),
        json!({"text": text, "format": SECRET}),
        json!({"text": text, SECRET: SECRET}),
        json!({"text": text, "offsets": SECRET}),
        json!({"text": [text]}),
        json!({"text": text.repeat(100)}),
    ] {
        statuses.push(server.extract(&body).status);
    }
    for (path, media_type, body) in [
        ("/v1/extract", "application/json", format!("{{\"text\": \"{text}")),
        ("/v1/extract", "text/plain", text.clone()),
        ("/v1/extract?input_format=json", "text/plain", format!("[{{\"text\": {text}")),
        ("/v1/extract", "application/x-ndjson", format!("{{\"text\": \"{text}\"}}\n{text}\n")),
        ("/v1/extract?types=Zyzzogeton", "application/x-ndjson", text.clone()),
        ("/v1/extract?Zyzzogeton=Zyzzogeton", "application/x-ndjson", text.clone()),
        ("/v1/Zyzzogeton", "application/json", text.clone()),
        ("/v1/extract", "text/Zyzzogeton", text.clone()),
    ] {
        statuses.push(server.post(path, media_type, body).status);
    }
    for head in [
        format!("{SECRET} /v1/extract HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        format!("GET /health HTTP/1.1\r\nHost: {SECRET}\r\nConnection: close\r\n\r\n"),
        format!(
            "GET /health HTTP/1.1\r\nHost: localhost\r\nOrigin: http://{SECRET}\r\n\
                 Connection: close\r\n\r\n"
        ),
        format!(
            "GET /health?{SECRET} HTTP/1.1\r\nHost: localhost\r\nX-{SECRET}: {SECRET}\r\n\
                 Connection: close\r\n\r\n"
        ),
        format!("{SECRET}\r\n\r\n"),
    ] {
        let answer = all_of(server.send(head));
        statuses.push(answer.get(9..12).unwrap_or_default().parse().expect("a status"));
    }
    let expected = [200, 400, 400, 400, 400, 400, 413, 400, 200, 200, 200, 200, 400, 404, 415];
    assert_eq!(statuses[..15], expected);
    assert_eq!(statuses[15..], [405, 403, 403, 200, 400]);
    let metrics = server.get("/metrics").body;
    server.signal("TERM");
    let (_, told) = server.ended();
    // It does tell what happens.
    for line in ["POST /v1/extract 200 in ", "POST ? 404 in ", "? /v1/extract 405 in "] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert!(told.lines().count() > 40 && metrics.contains("bioner_requests_total"), "{told}");
    let secret = SECRET.to_lowercase();
    for written in [told, metrics] {
        let written = written.to_lowercase();
        assert!(!written.contains(&secret) && !written.contains("asthma"), "{written}");
    }
}
