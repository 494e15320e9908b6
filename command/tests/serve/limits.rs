//! Limits on size, time and number.

use std::io::Write;

use serde_json::json;

use crate::server::{LINES, Server, all_of, long_text, wait_for};

#[test]
fn what_is_too_large_or_too_slow_is_refused() {
    let server =
        Server::start(&["--max-bytes", "20000", "--client-timeout", "0.5", "--timeout", "0.05"]);
    let large = server.extract(&json!({"text": "no ".repeat(10_000)}));
    assert_eq!((large.status, large.code().as_str()), (413, "text-too-large"));
    let large = all_of(server.send(
        "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
         Content-Length: 99999999999\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n",
    ));
    assert!(large.starts_with("HTTP/1.1 413 "), "{large}");
    let half = "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\
                Content-Length: 100\r\nConnection: close\r\n\r\n{\"text\"";
    let slow = all_of(server.send(half));
    assert!(slow.starts_with("HTTP/1.1 408 ") && slow.contains("request-timeout"), "{slow}");
    let slow = all_of(server.send(half.replace("application/json", "application/x-ndjson")));
    assert!(slow.contains("request-timeout"), "{slow}");
    let no_head = all_of(server.send("POST /v1/extract HTTP/1.1\r\nHost: loc"));
    assert!(no_head.is_empty() || no_head.starts_with("HTTP/1.1 408 "), "{no_head}");
    let text = &long_text()[..15_000];
    let long = server.extract(&json!({"text": text}));
    assert_eq!((long.status, long.code().as_str()), (504, "timeout"));
    let line = server.lines("", json!({"id": 3, "text": text}).to_string());
    assert_eq!(line.json()["error"]["code"], "timeout", "{}", line.body);
    assert_eq!(line.json()["id"], 3);
    wait_for("the work stops", || server.metric("bioner_documents_at_work") == 0.0);
}

#[test]
fn more_than_the_server_takes_is_refused_for_now_and_work_for_who_has_left_stops() {
    let server = Server::start(&["--max-requests", "2", "--queue", "1"]);
    let waits = server.send_text(&long_text());
    wait_for("it is begun", || server.metric("bioner_documents_at_work") == 1.0);
    let busy = server.extract(&json!({"text": "No."}));
    assert_eq!((busy.status, busy.code().as_str()), (503, "busy"));
    assert_eq!(busy.headers["retry-after"], "1");
    let line = json!({"id": 1, "text": "He took aspirin against headache."}).to_string();
    let mut lines = server.send(format!(
        "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        line.len()
    ));
    let mut refused = server.extract(&json!({"text": "No."}));
    wait_for("both requests are open", || {
        refused = server.extract(&json!({"text": "No."}));
        refused.status == 429
    });
    assert_eq!(refused.code(), "too-many-requests");
    assert_eq!(refused.headers["retry-after"], "1");
    // A small text does not wait for a large one.
    lines.write_all(line.as_bytes()).expect("it is taken");
    let lines = all_of(lines);
    assert!(lines.contains("\"headache\""), "{lines}");
    wait_for("the long text is alone", || server.metric("bioner_documents_at_work") == 1.0);
    // The client leaves, and its text is given up.
    drop(waits);
    wait_for("the work stops", || server.metric("bioner_documents_at_work") == 0.0);
    assert_eq!(server.metric("bioner_documents_total{outcome=\"GivenUp\"}"), 1.0);
    assert_eq!(server.extract(&json!({"text": "No."})).status, 200);
}

#[test]
fn the_time_of_one_text_among_many_begins_when_work_on_it_does() {
    // One worker works on two long texts at most.
    let server = Server::start(&["--workers", "1", "--timeout", "15"]);
    let long = [server.send_text(&long_text()), server.send_text(&long_text())];
    wait_for("both are begun", || server.metric("bioner_documents_at_work") == 2.0);
    // Long by its bytes, and soon done, but not in the time that it came later than the others.
    let sentences = (0..15).map(|number| format!("Subject {number} had fever and ibuprofen.\n"));
    let text = sentences.collect::<String>() + &"\n".repeat(20_000);
    let line = server.lines("", json!({"id": 1, "text": text}).to_string());
    for long in long {
        assert!(all_of(long).starts_with("HTTP/1.1 504 "));
    }
    let line = line.json();
    assert!(line["entities"].as_array().is_some_and(|found| found.len() >= 15), "{line}");
}

#[test]
fn a_request_with_long_texts_does_not_fill_the_queue() {
    let server = Server::start(&["--workers", "1"]);
    let line = json!({"text": &long_text()[..40_000]}).to_string() + "\n";
    let body = line.repeat(20);
    let many = server.send(format!("{LINES}{:x}\r\n{body}\r\n0\r\n\r\n", body.len()));
    wait_for("two are begun", || server.metric("bioner_documents_at_work") == 2.0);
    assert_eq!(server.extract(&json!({"text": "He took aspirin."})).status, 200);
    assert_eq!(server.metric("bioner_documents_waiting"), 0.0);
    drop(many);
}

#[test]
fn what_is_given_up_while_it_waits_is_counted() {
    let server = Server::start(&["--workers", "1"]);
    let _long = [server.send_text(&long_text()), server.send_text(&long_text())];
    wait_for("both are begun", || server.metric("bioner_documents_at_work") == 2.0);
    let waits = server.send_text(&long_text());
    wait_for("the third waits", || server.metric("bioner_documents_waiting") == 1.0);
    drop(waits);
    let given_up = "bioner_documents_total{outcome=\"GivenUp\"}";
    wait_for("nobody waits for it any more", || server.metric("bioner_documents_waiting") == 0.0);
    assert_eq!(server.metric(given_up), 1.0);
    assert_eq!(server.metric("bioner_documents_at_work"), 2.0);
}
