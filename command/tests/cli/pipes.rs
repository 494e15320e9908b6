//! What comes through a pipe: it has no name that tells its format, and can be read once.

use std::io::Write;

use crate::{bioner, lines, on_file};

const BIOC: &str = r#"[{"source": "PubTator", "documents": [
 {"id": "1", "passages": [{"infons": {"type": "title"}, "offset": 0, "text": "Gout", "annotations": []}]},
 {"id": "2", "passages": [{"infons": {"type": "title"}, "offset": 0, "text": "Rash", "annotations": []}]}]}]"#;

const TASKS: &str = r#"[{"id": 1, "data": {"text": "Gout"}, "annotations": [{"result": []}]},
 {"id": 2, "data": {"text": "Rash"}, "annotations": []}]"#;

const COLLECTION: &str = "{\"documents\": [\n  {\"text\": \"Gout\"},\n  {\"text\": \"Rash\"}\n]}\n";

const LINES: &str = "{\"text\": \"Gout\"}\n{\"text\": \"Rash\"}\n";

#[test]
fn json_of_every_kind_is_known_without_a_name() {
    let convert = ["convert", "--output-format", "json-lines"];
    for input in [BIOC, TASKS, COLLECTION, LINES] {
        for output in [
            bioner(&[&convert[..], &["-"]].concat(), input.as_bytes()),
            on_file(&convert, "without-suffix", input.as_bytes()),
        ] {
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{told}");
            let texts: Vec<_> = lines(&output).iter().map(|line| line["text"].clone()).collect();
            assert_eq!(texts, ["Gout", "Rash"], "{input}");
        }
    }
    let prose = bioner(&[&convert[..], &["-"]].concat(), b"[Case] {Name} has gout.");
    assert_eq!(lines(&prose)[0]["text"], "[Case] {Name} has gout.");
}

#[cfg(unix)]
#[test]
fn a_packed_pipe_with_a_name_of_the_system_is_known() {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(LINES.as_bytes()).expect("in memory");
    let packed = gzip.finish().expect("in memory");
    for input in [LINES.as_bytes(), &packed] {
        let output = bioner(&["convert", "--output-format", "json-lines", "/dev/stdin"], input);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(lines(&output).len(), 2);
    }
}
