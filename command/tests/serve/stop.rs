//! The end of the server.

use std::io::Write;
use std::net::TcpStream;

use serde_json::json;

use crate::server::{LINES, Server, all_of, long_text, wait_for};

#[test]
fn what_was_begun_is_finished_and_nothing_new_is_taken() {
    let server = Server::start(&["--client-timeout", "300"]);
    let mut lines = server.send(LINES);
    let text = &long_text()[..4000];
    let one = server.send_text(text);
    wait_for("it is begun", || server.metric("bioner_documents_at_work") == 1.0);
    server.signal("TERM");
    wait_for("nothing new is taken", || TcpStream::connect(&server.address).is_err());
    // The request has begun, so its line is read although it comes late.
    let line = json!({"id": 1, "text": text}).to_string();
    write!(lines, "{:x}\r\n{line}\r\n0\r\n\r\n", line.len()).expect("it is taken");
    let (one, lines) = (all_of(one), all_of(lines));
    assert!(one.starts_with("HTTP/1.1 200 ") && one.contains("\"headache\""), "{one}");
    assert!(lines.contains("{\"id\":1,\"entities\":[{") && lines.ends_with("0\r\n\r\n"), "{lines}");
    let (status, told) = server.ended();
    assert_eq!(status.code(), Some(0), "{told}");
    assert!(told.ends_with("bioner: stopped\n"), "{told}");
}

#[test]
fn what_takes_too_long_is_told_so_when_the_server_ends() {
    let server = Server::start(&["--grace", "0.3"]);
    let mut lines = server.send(LINES);
    let one = server.send_text(&long_text());
    let line = json!({"id": 1, "text": "He took aspirin."}).to_string() + "\n";
    write!(lines, "{:x}\r\n{line}\r\n", line.len()).expect("it is taken");
    wait_for("one is finished, one is not", || {
        server.metric("bioner_documents_total{outcome=\"Found\"}") == 1.0
            && server.metric("bioner_documents_at_work") == 1.0
    });
    server.signal("INT");
    let (one, lines) = (all_of(one), all_of(lines));
    assert!(one.starts_with("HTTP/1.1 503 ") && one.contains("\"stopping\""), "{one}");
    assert!(lines.contains("\"aspirin\""), "{lines}");
    let told = "{\"id\":null,\"error\":{\"code\":\"stopping\",";
    assert!(lines.contains(told) && lines.ends_with("0\r\n\r\n"), "{lines}");
    assert_eq!(server.ended().0.code(), Some(0));
}
