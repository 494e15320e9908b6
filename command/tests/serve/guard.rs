//! Who may ask.

use crate::server::{Server, all_of};

#[test]
fn other_names_and_pages_of_other_origins_are_refused() {
    let server =
        Server::start(&["--allow-host", "Notes.example", "--allow-origin", "https://ehr.example"]);
    let ask = |headers: &str| {
        let head = format!("GET /v1/types HTTP/1.1\r\n{headers}Connection: close\r\n\r\n");
        all_of(server.send(head))
    };
    let own = format!("Host: {}\r\n", server.address);
    let page = format!("{own}Origin: http://{}\r\n", server.address);
    for allowed in [
        own.as_str(),
        &page,
        "Host: localhost:1\r\n",
        "Host: LOCALHOST\r\n",
        "Host: [::1]:8077\r\n",
        "Host: 10.0.0.7\r\n",
        "Host: notes.example:443\r\nOrigin: https://notes.example:443\r\n",
        "Host: localhost\r\nOrigin: https://ehr.example\r\n",
    ] {
        assert!(ask(allowed).starts_with("HTTP/1.1 200 "), "{allowed}");
    }
    for (refused, code) in [
        ("", "host"),
        ("Host: evil.example\r\n", "host"),
        ("Host: localhost.evil.example\r\n", "host"),
        ("Host: 127.0.0.1.evil.example\r\n", "host"),
        ("Host: user@evil.example\r\n", "host"),
        ("Host: \r\n", "host"),
        ("Host: localhost\r\nOrigin: https://evil.example\r\n", "origin"),
        ("Host: localhost\r\nOrigin: null\r\n", "origin"),
        ("Host: localhost:1\r\nOrigin: http://localhost:2\r\n", "origin"),
    ] {
        let answer = ask(refused);
        assert!(answer.starts_with("HTTP/1.1 403 "), "{refused}: {answer}");
        assert!(answer.contains(&format!("{{\"code\":\"{code}\"")), "{refused}: {answer}");
        assert!(!answer.to_lowercase().contains("access-control"), "{refused}: {answer}");
    }
    // The page that is allowed may read answers.
    let answer = ask("Host: localhost\r\nOrigin: https://ehr.example\r\n").to_lowercase();
    assert!(answer.contains("access-control-allow-origin: https://ehr.example\r\n"), "{answer}");
    let asked = "OPTIONS /v1/extract HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
        Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n";
    let answer = all_of(server.send(format!("{asked}Origin: https://ehr.example\r\n\r\n")));
    assert!(answer.to_lowercase().contains("access-control-allow-headers: content-type"));
    let answer = all_of(server.send(format!("{asked}Origin: https://evil.example\r\n\r\n")));
    assert!(!answer.to_lowercase().contains("access-control-allow-origin"), "{answer}");
}

#[test]
fn a_server_that_others_can_reach_says_so() {
    let server = Server::start(&["--listen", "0.0.0.0:0"]);
    let told = server.told();
    assert!(told.contains("warning: 0.0.0.0:") && told.contains("other machines"), "{told}");
}
