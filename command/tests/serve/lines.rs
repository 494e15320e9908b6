//! A text a line.

use std::io::{BufRead, BufReader, Write};
use std::time::Duration;

use serde_json::{Value, json};

use crate::server::{Server, all_of, wait_for};

#[test]
fn a_line_in_is_a_line_out_and_a_bad_one_does_not_stop_the_rest() {
    let server = Server::start(&["--max-bytes", "5000"]);
    let long = json!({"id": "long", "text": "no ".repeat(3000)});
    let input = format!(
        "\u{feff}{{\"id\": \"a\", \"text\": \"He took aspirin.\"}}\r\n\
         {{\"id\": \"b\", \"words\": \"no text\"}}\nnot JSON\n\n{long}\n\
         {{\"id\": 7, \"text\": \"\"}}\n{{\"id\": \"c\", \"text\": \"She took \\ud83d\\ude00 ibuprofen.\"}}"
    );
    let answer = server.lines("?types=Drug,Disease&offsets=utf16", input);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.headers["content-type"], "application/x-ndjson");
    let lines = answer.lines();
    let ids: Vec<&Value> = lines.iter().map(|line| &line["id"]).collect();
    assert_eq!(ids, [&json!("a"), &json!("b"), &json!(null), &json!(null), &json!(7), &json!("c")]);
    let codes: Vec<&Value> = lines.iter().map(|line| &line["error"]["code"]).collect();
    assert_eq!(codes[1..4], ["input", "input", "text-too-large"]);
    assert!(lines[2]["error"]["message"].as_str().is_some_and(|told| told.contains("line 3")));
    assert_eq!(lines[0]["entities"][0]["text"], "aspirin");
    assert_eq!(lines[4], json!({"id": 7, "entities": []}));
    assert_eq!(lines[5]["entities"][0]["start"], 12);
    assert_eq!(server.lines("", "").body, "");
}

#[test]
fn lines_are_answered_while_others_are_still_to_come_and_read_as_they_are_taken() {
    let server = Server::start(&["--client-timeout", "20"]);
    let mut stream = server.send(
        "POST /v1/extract HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\n\
         Transfer-Encoding: chunked\r\n\r\n",
    );
    let mut reader = BufReader::new(stream.try_clone().expect("a second handle"));
    stream.set_write_timeout(Some(Duration::from_millis(500))).expect("a time limit");
    let mut send = |text: &str| {
        let line = json!({"id": text.len(), "text": text}).to_string() + "\n";
        write!(stream, "{:x}\r\n{line}\r\n", line.len())
    };
    let mut next = || {
        let mut line = String::new();
        while !line.starts_with("{\"id\"") {
            line.clear();
            assert!(reader.read_line(&mut line).expect("a line") > 0, "the answer has ended");
        }
        line
    };
    for text in ["He took aspirin.", "She has asthma, and takes nothing."] {
        send(text).expect("it is taken");
        let line: Value = serde_json::from_str(&next()).expect("a line of JSON");
        assert_eq!(line["id"], text.len());
        assert_eq!(line["entities"].as_array().map(Vec::len), Some(1));
    }
    // A text that takes seconds, and many bytes: at some point nothing is taken any more.
    let sentences = (0..200).map(|number| format!("Patient {number} took aspirin. "));
    let long = "no ".repeat(90_000) + &sentences.collect::<String>();
    stream_until_full(&mut send, &long);
    // The client leaves, and what it asked for ends.
    let _ = stream.shutdown(std::net::Shutdown::Both);
    wait_for("the work stops", || server.metric("bioner_documents_at_work") == 0.0);
    let refused = all_of(server.send("GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n"));
    assert!(refused.contains("\"ready\""), "{refused}");
}

/// Sends text after text until the connection takes no more.
fn stream_until_full(send: &mut impl FnMut(&str) -> std::io::Result<()>, text: &str) {
    for _ in 0..1000 {
        if send(text).is_err() {
            return;
        }
    }
    panic!("270 MB are taken, though hardly any text of them is done");
}
