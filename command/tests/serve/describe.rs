//! The description of the interface says what the server does.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::schema::check;
use crate::server::{Answer, Server, example};

/// What is wrong with a value that should be as one of the schemas says.
fn wrong(description: &Value, name: &str, value: &Value) -> Option<String> {
    let reference = json!({"$ref": format!("#/components/schemas/{name}")});
    check(description, &reference, value).err()
}

#[test]
fn answers_are_as_the_description_says() {
    let server = Server::start(&["--link", "--max-bytes", "5000"]);
    let description = server.get("/v1/openapi.json").json();
    let check = |schema: &str, value: &Value| assert_eq!(wrong(&description, schema, value), None);
    // What is not described does not pass.
    for entity in [
        json!({"start": 0, "end": 1, "type": "A", "text": "a"}),
        json!({"start": 0, "end": 1, "type": "A", "text": "a", "score": 0.5, "more": 1}),
        json!({"start": 0, "end": 1, "type": "A", "text": "a", "score": 1.5}),
    ] {
        let found = json!({"id": 1, "entities": [entity]});
        assert!(wrong(&description, "Found", &found).is_some(), "{found}");
    }
    let request = json!({
        "id": 7, "text": example("discharge-note.txt"), "preset": "note", "assertion": true,
        "sections": true, "link": true, "raw": true, "together": true, "offsets": "bytes",
        "format": "compact",
    });
    check("Request", &request);
    let found = server.extract(&request);
    check("Found", &found.json());
    let fields = ["\"assertion\":", "\"loinc\":", "\"candidates\":", "\"same\":", "\"raw\":"];
    assert!(fields.iter().all(|field| found.body.contains(field)), "{}", found.body);
    for line in server.lines("", "{\"id\": 1, \"text\": \"He took aspirin.\"}\nnothing\n").lines() {
        check("Line", &line);
    }
    check("Types", &server.get("/v1/types").json());
    for path in ["/health", "/health/live", "/health/ready"] {
        check("Health", &server.get(path).json());
    }
    let refused = [
        server.extract(&json!({"text": "No.", "preset": "recipe"})),
        server.get_with("/health", &[("origin", "https://evil.example")]),
        server.extract(&json!({"text": "no ".repeat(3000)})),
        server.post("/v1/extract", "image/png", ""),
    ];
    let statuses: Vec<u16> = refused.iter().map(|answer: &Answer| answer.status).collect();
    assert_eq!(statuses, [400, 403, 413, 415]);
    let responses = &description["paths"]["/v1/extract"]["post"]["responses"];
    for answer in refused {
        check("Refused", &answer.json());
        assert!(responses.get(answer.status.to_string()).is_some(), "{}", answer.status);
    }
}

#[test]
fn the_paths_and_options_are_those_that_there_are() {
    let server = Server::start(&[]);
    let description = server.get("/v1/openapi.json").json();
    let keys = |pointer: &str| -> BTreeSet<String> {
        let object = description.pointer(pointer).and_then(Value::as_object);
        object.expect("an object").keys().cloned().collect()
    };
    for path in keys("/paths") {
        let is_post = description["paths"][&path].get("post").is_some();
        let answer =
            if is_post { server.extract(&json!({"text": "No."})) } else { server.get(&path) };
        assert_eq!(answer.status, 200, "{path}");
        // It is counted under its own name, so it is one of the paths that the program knows.
        let counted = format!("bioner_requests_total{{path=\"{path}\",status=\"200\"}}");
        assert!(server.metric(&counted) > 0.0, "{path}");
    }
    // What is not known is refused with a list of what is.
    let refused = server.lines("?nothing=1", "").json();
    let message = refused["error"]["message"].as_str().expect("a message");
    let known: BTreeSet<String> =
        message.split('`').skip(3).step_by(2).map(str::to_owned).collect();
    assert_eq!(known, keys("/components/parameters"));
    let mut options = keys("/components/schemas/Options/properties");
    options.extend(["input_format", "output_format"].map(str::to_owned));
    assert_eq!(known, options);
    let presets: Vec<String> = server.get("/v1/types").json()["presets"]
        .as_array()
        .expect("presets")
        .iter()
        .map(|preset| preset["name"].as_str().expect("a name").to_owned())
        .collect();
    let preset = &description["components"]["schemas"]["Options"]["properties"]["preset"];
    assert_eq!(preset["enum"], json!(presets));
}
