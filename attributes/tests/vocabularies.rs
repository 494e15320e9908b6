//! Vocabularies as they arrive, whole and broken, and the order in which they are asked.

#![allow(clippy::expect_used)] // in helpers, which Clippy takes for no tests

use std::io::Write;

use bioner_attributes::{Vocabularies, VocabularyError, VocabularyReader};
use bioner_documents::{ByteSpan, code};
use bioner_linking::read::Report;
use bioner_linking::{Builder, Mention, Source, Vocabulary};
use flate2::Compression;
use flate2::write::GzEncoder;

const LINES: &str = "id\tname\nL:1\tfever\nno tab\nL:2\tcough\n";

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// A file of this program's.
fn made() -> Vec<u8> {
    let mut builder = Builder::new();
    let text = |text: &str| text.to_owned();
    builder.source(Source {
        name: text("Names"),
        version: text("1"),
        license: text("CC0"),
        credit: text("N"),
    });
    builder.concept("B:1", "fever", None, 0).expect("a concept");
    builder.to_bytes().expect("a file")
}

fn read(file: &[u8], piece: usize) -> (Report, Result<Vocabulary, VocabularyError>) {
    let mut reader = VocabularyReader::new();
    for piece in file.chunks(piece) {
        reader.push(piece);
    }
    reader.finish()
}

fn vocabulary(file: &[u8]) -> Vocabulary {
    read(file, 1 << 20).1.expect("a vocabulary")
}

#[test]
fn a_file_is_read_in_pieces_of_any_size_compressed_or_not() {
    // Two members, as bgzip writes them, and other programs that append.
    let (start, end) = LINES.as_bytes().split_at(20);
    let members = [packed(start), packed(end)].concat();
    for piece in [1, 2, 3, 7, 1000] {
        for file in [LINES.as_bytes(), &packed(LINES.as_bytes()), &members] {
            let (report, vocabulary) = read(file, piece);
            let vocabulary = vocabulary.expect("a vocabulary");
            assert_eq!(
                (vocabulary.find("fever"), vocabulary.find("cough")),
                (vec!["L:1"], vec!["L:2"])
            );
            let problems: Vec<_> = report.problems.iter().map(|one| (one.line, one.code)).collect();
            assert_eq!(problems, [(Some(3), code::COLUMNS)], "pieces of {piece}");
        }
        for file in [made(), packed(&made())] {
            let (report, vocabulary) = read(&file, piece);
            assert_eq!(report.count, 0);
            let vocabulary = vocabulary.expect("a vocabulary");
            assert_eq!((vocabulary.find("fever"), vocabulary.sources().len()), (vec!["B:1"], 1));
        }
    }
}

#[test]
fn of_a_cut_list_the_whole_lines_are_kept() {
    let many: String = (0..20_000).map(|n| format!("L:{n}\tname {n:x} {}\n", n * 7919)).collect();
    let whole = packed(many.as_bytes());
    let (report, vocabulary) = read(&whole[..whole.len() / 2], 4096);
    let vocabulary = vocabulary.expect("what was read");
    assert!((1000..19_000).contains(&vocabulary.concepts()), "{}", vocabulary.concepts());
    let last = vocabulary.concepts() - 1;
    assert_eq!(vocabulary.find(&format!("name {last:x} {}", last * 7919)), [format!("L:{last}")]);
    assert_eq!(report.problems.last().map(|problem| problem.code), Some(code::IO));

    // Half of the list, uncompressed, cannot be told from a whole one but by its last line.
    let (_, vocabulary) = read(&many.as_bytes()[..many.len() / 2], 4096);
    assert!(vocabulary.is_ok());

    let mut spoilt = whole.clone();
    spoilt[whole.len() / 2] ^= 0xff;
    let (report, vocabulary) = read(&spoilt, 4096);
    assert!(vocabulary.is_ok());
    assert!(report.problems.iter().any(|problem| problem.code == code::IO));
}

#[test]
fn a_broken_file_of_this_program_is_refused() {
    let file = made();
    let packed = packed(&file);
    for (cut, what) in [(&file[..file.len() - 1], "plain"), (&packed[..packed.len() - 9], "packed")]
    {
        let (_, vocabulary) = read(cut, 10);
        let error = vocabulary.err().expect("an error").to_string();
        assert!(error.contains("ends"), "{what}: {error}");
    }
    let mut reader = VocabularyReader::new();
    reader.push(&file);
    reader.fail(&"it was unplugged");
    let (_, vocabulary) = reader.finish();
    assert_eq!(vocabulary.err(), Some(VocabularyError::Cut("it was unplugged".into())));
}

#[test]
fn where_there_is_no_concept_there_is_no_vocabulary() {
    for (file, told) in [
        // What the error says of the whole file is not told again.
        (&b""[..], None),
        (b"format-version: 1.2\n", None),
        (b"x", Some((Some(1), code::COLUMNS))),
        (b"no tab\n", Some((Some(1), code::COLUMNS))),
        (b"PK\x03\x04\0\0binary", Some((None, code::NOT_TEXT))),
        (b"\x1f\x8b", Some((None, code::IO))),
        (b"\x1f\x8bnothing that inflates", Some((None, code::IO))),
    ] {
        let (report, vocabulary) = read(file, 5);
        assert_eq!(vocabulary.err(), Some(VocabularyError::Empty), "{file:?}");
        let first = report.problems.first().map(|problem| (problem.line, problem.code));
        assert_eq!((first, report.count), (told, report.problems.len()), "{file:?}");
    }
}

#[test]
fn ones_own_are_asked_in_order_and_before_the_built_in() {
    let mut vocabularies = Vocabularies::new();
    let text = "fever";
    let id = |vocabularies: &Vocabularies| {
        let mention = Mention::new(ByteSpan::new(0, 5), "Disease");
        vocabularies.linker().link(text, &[mention]).remove(0).id
    };
    assert_eq!(id(&vocabularies), None);
    vocabularies.add("first", vocabulary(b"F:1\tfever"));
    vocabularies.set_built_in(vocabulary(&made()));
    vocabularies.add("second", vocabulary(b"S:1\tfever"));
    assert_eq!(id(&vocabularies).as_deref(), Some("F:1"));
    let sources: Vec<_> = vocabularies.sources().map(|(own, from)| (own, &*from.name)).collect();
    assert_eq!(sources, [(None, "Names")]);

    vocabularies.add("first", vocabulary(b"F:2\tfever"));
    assert_eq!(id(&vocabularies).as_deref(), Some("F:2"), "in the same place");
    assert!(vocabularies.remove("first"));
    assert!(!vocabularies.remove("first"));
    assert_eq!(id(&vocabularies).as_deref(), Some("S:1"));
    assert!(vocabularies.remove("second"));
    assert_eq!(id(&vocabularies).as_deref(), Some("B:1"));
    vocabularies.set_built_in(vocabulary(b"B:2\tfever"));
    assert_eq!(id(&vocabularies).as_deref(), Some("B:2"));
    assert_eq!(vocabularies.linker().vocabularies().len(), 1);
}
