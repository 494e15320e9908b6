//! The examples of docs/serve.md do what the page says, and so does what is there to deploy.

use std::process::Command;

use serde_json::Value;

use crate::server::{Server, root};

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).expect(path)
}

/// The blocks of code of a page: their languages and contents.
fn blocks(page: &str) -> Vec<(&str, &str)> {
    let blocks = page.split("\n```").skip(1).step_by(2);
    blocks.map(|block| block.split_once('\n').expect("a block")).collect()
}

/// What a shell writes.
fn shell(script: &str) -> String {
    let output = Command::new("bash").args(["-euo", "pipefail", "-c", script]).output();
    let output = output.expect("bash");
    assert!(output.status.success(), "{script}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Lines of JSON without the scores, which change with the weights.
fn without_scores(lines: &str) -> Vec<Value> {
    fn strip(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                fields.shift_remove("score");
                fields.values_mut().for_each(strip);
            }
            Value::Array(values) => values.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut lines: Vec<Value> =
        lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    lines.iter_mut().for_each(strip);
    lines
}

#[test]
fn the_examples_of_the_page_give_what_it_says() {
    let server = Server::start(&["--link"]);
    let page = read("docs/serve.md");
    let mut count = 0;
    for pair in blocks(&page).windows(2) {
        let [("sh", script), (language, expected)] = pair else { continue };
        if !script.contains("curl ") {
            continue;
        }
        let written = shell(&script.replace("127.0.0.1:8077", &server.address));
        match *language {
            "json" => assert_eq!(without_scores(&written), without_scores(expected), "{script}"),
            _ => assert_eq!(written.trim_end(), expected.trim_end(), "{script}"),
        }
        count += 1;
    }
    assert_eq!(count, page.matches("curl -s").count(), "every example is run");
    // Every code that a refusal can have is on the page.
    let refusals = include_str!("../../src/serve/error.rs").split("Refusal::new(StatusCode::");
    let codes: Vec<&str> =
        refusals.skip(1).filter_map(|refusal| refusal.split('"').nth(1)).collect();
    assert!(codes.len() > 12, "{codes:?}");
    for code in codes {
        assert!(page.contains(&format!("`{code}`")), "{code}");
    }
    // The container asks for its health in a way that works.
    let recipe = read("command/deploy/Dockerfile").replace("\\\n", "");
    let check = recipe.lines().find_map(|line| line.split_once(" CMD [").map(|(_, check)| check));
    let check: Vec<String> =
        serde_json::from_str(&format!("[{}", check.expect("a check"))).expect("a command");
    let port = server.address.rsplit(':').next().expect("a port");
    let asked = check[2].replace("8077", port);
    assert_ne!(asked, check[2]);
    let healthy = |script: &str| Command::new(&check[0]).args([&check[1], script]).status();
    assert!(healthy(&asked).expect("bash").success());
    assert!(!healthy(&asked.replace("/health ", "/metrics ")).expect("bash").success());
}

#[test]
fn what_the_image_is_built_from_is_sent_to_the_builder() {
    let kept = read("command/deploy/Dockerfile.dockerignore");
    let kept: Vec<&str> = kept.lines().filter_map(|line| line.strip_prefix('!')).collect();
    assert!(kept.iter().all(|path| root().join(path).exists()), "{kept:?}");
    let manifest = read("Cargo.toml");
    let members = manifest.split_once("members = [").and_then(|(_, rest)| rest.split_once(']'));
    let members = members.expect("members").0.split('"').skip(1).step_by(2);
    let recipe = read("command/deploy/Dockerfile");
    let copied = recipe.lines().filter_map(|line| line.strip_prefix("COPY ")).flat_map(|line| {
        let paths: Vec<&str> = line.split(' ').collect();
        paths[..paths.len() - 1].to_vec()
    });
    let copied =
        copied.filter(|path| !path.starts_with("--") && !path.starts_with('/') && *path != ".");
    let needed: Vec<&str> = members.chain(copied).collect();
    assert!(needed.contains(&"kernels") && needed.contains(&"models/default"), "{needed:?}");
    for path in needed {
        let is_sent =
            kept.iter().any(|kept| path == *kept || path.starts_with(&format!("{kept}/")));
        assert!(is_sent, "{path}");
    }
}
