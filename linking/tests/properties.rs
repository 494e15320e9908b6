//! What holds for every vocabulary and every text.

#![allow(clippy::expect_used)] // in helpers, which Clippy takes for no tests

use bioner_documents::ByteSpan;
use bioner_linking::{Builder, Linker, Mention, Vocabulary, key, read};
use proptest::prelude::*;

fn vocabulary(names: &[String]) -> Vocabulary {
    let mut builder = Builder::new();
    for (number, name) in names.iter().enumerate() {
        // A name without a character in it is refused.
        let _ = builder.concept(&format!("T:{number}"), name, None, 0);
    }
    builder.finish().expect("a vocabulary")
}

/// Names as vocabularies have them, and any others.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z]{1,9}( [a-zA-Z0-9,'-]{1,9}){0,4}",
        "[α-ωA-Zßéñ0-9+()/' ]{1,20}",
        any::<String>(),
        "[a-c]{1,4}( [a-c]{1,4}){0,2}",
    ]
}

proptest! {
    #[test]
    fn a_file_in_pieces_is_read_as_a_whole_one(
        lines in prop::collection::vec("(L:[0-9]\t)?[a-zé]{0,6}(\r?\n)?", 0..20),
        cuts in prop::collection::vec(1..9usize, 1..5),
    ) {
        let file = lines.concat().into_bytes();
        let mut builder = Builder::new();
        let whole = read::read(&*file, &mut builder);
        let mut reader = read::Reader::new();
        let (mut rest, mut cuts) = (&*file, cuts.iter().cycle());
        while !rest.is_empty() {
            let (piece, left) = rest.split_at(*cuts.next().expect("a cut").min(&rest.len()));
            reader.push(piece);
            rest = left;
        }
        let (pieces, report) = reader.finish();
        prop_assert_eq!((report.problems, report.count, report.lines), (whole.problems, whole.count, whole.lines));
        prop_assert_eq!(pieces.to_bytes(), builder.to_bytes());
    }

    #[test]
    fn every_name_is_found_exactly(names in prop::collection::vec(name(), 1..60)) {
        let vocabulary = vocabulary(&names);
        for (number, name) in names.iter().enumerate().filter(|(_, name)| !name.trim().is_empty()) {
            let id = format!("T:{number}");
            prop_assert!(vocabulary.find(name).contains(&id.as_str()), "{name:?}");
        }
    }

    #[test]
    fn the_first_candidate_of_a_name_alone_is_its_concept(names in prop::collection::vec(name(), 1..40)) {
        let mut linker = Linker::new();
        linker.add(vocabulary(&names));
        for name in names.iter().filter(|name| !name.trim().is_empty()) {
            let link = linker.link_name(name, "Disease");
            let id = link.id.expect("an identifier");
            let found: usize = id[2..].parse().expect("a number");
            prop_assert_eq!(key(&names[found]), key(name));
            prop_assert_eq!(&link.candidates[0].id, &id);
        }
    }

    #[test]
    fn a_file_gives_the_same_vocabulary(names in prop::collection::vec(name(), 0..40)) {
        let (one, other) = (vocabulary(&names), vocabulary(&names));
        prop_assert_eq!(one.names(), other.names());
        for name in &names {
            prop_assert_eq!(one.find(name), other.find(name));
        }
    }

    #[test]
    fn any_text_and_any_spans_are_taken(
        names in prop::collection::vec(name(), 1..20),
        text in any::<String>(),
        spans in prop::collection::vec((0usize..60, 0usize..60), 0..8),
    ) {
        let mut linker = Linker::new();
        linker.add(vocabulary(&names));
        let mentions: Vec<_> = spans
            .iter()
            .map(|&(start, end)| Mention { span: ByteSpan { start, end }, kind: "Species" })
            .collect();
        let links = linker.link(&text, &mentions);
        prop_assert_eq!(links.len(), mentions.len());
        for link in &links {
            prop_assert!(link.candidates.iter().all(|c| (0.0..=1.0).contains(&c.score)));
            prop_assert!(link.candidates.is_sorted_by(|a, b| a.score >= b.score));
        }
        prop_assert_eq!(links, linker.link(&text, &mentions));
    }

    #[test]
    fn keys_are_keys_of_themselves_in_any_case(name in name()) {
        let key = key(&name);
        prop_assert!(!key.is_empty() || name.trim().is_empty());
    }

    #[test]
    fn broken_files_are_refused(
        names in prop::collection::vec(name(), 1..20),
        at in any::<prop::sample::Index>(),
        value in any::<u8>(),
    ) {
        let mut builder = Builder::new();
        for (number, name) in names.iter().enumerate() {
            let _ = builder.concept(&format!("T:{number}"), name, Some("Disease"), 3);
        }
        let mut bytes = builder.to_bytes().expect("a file");
        prop_assert!(Vocabulary::from_bytes(&bytes[..at.index(bytes.len())]).is_err());
        let at = at.index(bytes.len());
        bytes[at] = value;
        if let Ok(vocabulary) = Vocabulary::from_bytes(&bytes) {
            let mut linker = Linker::new();
            linker.add(vocabulary);
            for name in &names {
                linker.link_name(name, "Disease");
            }
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..300), begin in 0usize..4) {
        let start: &[u8] = match begin {
            0 => b"concept_id\tconcept_name\n",
            1 => b"format-version: 1.2\n[Term]\n",
            2 => b"id\tname\ttype\n",
            _ => b"",
        };
        let file = [start, &bytes].concat();
        let mut builder = Builder::new();
        let report = read::read(file.as_slice(), &mut builder);
        prop_assert!(report.count >= report.problems.len());
        builder.finish().expect("a vocabulary");
    }
}
