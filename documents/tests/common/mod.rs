//! What the tests of reading share.

#![allow(clippy::expect_used, clippy::unwrap_used)] // in helpers, which Clippy takes for no tests

use bioner_documents::{Document, Format, Problem};

/// The documents and the problems of a file.
pub fn read(format: Format, content: impl AsRef<[u8]>) -> (Vec<Document>, Vec<Problem>) {
    let (mut documents, mut problems) = (Vec::new(), Vec::new());
    for read in format.read(content.as_ref()).expect("the format can be read") {
        match read {
            Ok(document) => documents.push(document),
            Err(problem) => problems.push(problem),
        }
    }
    (documents, problems)
}

/// The lines and codes of problems.
#[allow(dead_code)] // not every test has problems
pub fn told(problems: &[Problem]) -> Vec<(Option<usize>, &str)> {
    problems.iter().map(|problem| (problem.line, problem.code)).collect()
}
