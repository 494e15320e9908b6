//! Vocabularies as any bytes, of a user's and of the program's own kind, in pieces of any size: problems and a
//! vocabulary that can be asked, or an error.
//!
//! The bytes are the file. Those that begin with a zero make one: compressed, or a built one with bytes replaced.
#![no_main]

use std::io::Write;

use arbitrary::{Arbitrary, Unstructured};
use bioner::ByteSpan;
use bioner_attributes::{Vocabularies, VocabularyReader};
use bioner_fuzz::{Text, words};
use bioner_linking::{Builder, Mention, Vocabulary, read};
use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
enum Made {
    /// A file that is compressed, with a byte replaced.
    Packed { level: u8, edit: Option<(u16, u8)>, twice: bool, file: Vec<u8> },
    /// A built vocabulary with bytes replaced, and some put in or left out.
    Built { names: Vec<Text>, edits: Vec<(u16, u8)>, insert: Option<(u16, u8)>, cut: Option<u8> },
}

/// What built vocabularies have besides names of the fuzzer's.
const LINES: &[u8] =
    b"X:1\taspirin\tChemical\tASA|acetylsalicylic acid\nX:2\tpain\tSymptom\nX:3\tIL-2\tGene\n";

impl Made {
    fn file(self) -> Vec<u8> {
        match self {
            Made::Packed { level, edit, twice, file } => {
                let mut packed = Vec::new();
                for part in file.chunks(if twice { 1 + file.len() / 2 } else { file.len().max(1) })
                {
                    let mut encoder =
                        GzEncoder::new(Vec::new(), Compression::new((level % 10).into()));
                    encoder.write_all(part).expect("memory takes it");
                    packed.extend(encoder.finish().expect("memory takes it"));
                }
                if let (Some((at, byte)), false) = (edit, packed.is_empty()) {
                    let at = usize::from(at) % packed.len();
                    packed[at] = byte;
                }
                packed
            }
            Made::Built { names, edits, insert, cut } => {
                let mut builder = Builder::new();
                read::read(LINES, &mut builder);
                for (number, name) in names.iter().take(40).enumerate() {
                    // A name that is refused is left out.
                    let _ = builder.concept(&format!("Y:{number}"), &name.0, None, 1);
                }
                let mut bytes = builder.to_bytes().expect("a vocabulary");
                assert!(Vocabulary::from_bytes(&bytes).is_ok(), "what was built is read");
                for (at, byte) in edits {
                    let length = bytes.len();
                    bytes[usize::from(at) % length] = byte;
                }
                if let Some((at, byte)) = insert {
                    bytes.insert(usize::from(at) % bytes.len(), byte);
                }
                bytes.truncate(bytes.len() - usize::from(cut.unwrap_or(0)).min(bytes.len()));
                bytes
            }
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let file = match bytes.split_first() {
        Some((0, rest)) => {
            let Ok(made) = Made::arbitrary_take_rest(Unstructured::new(rest)) else { return };
            made.file()
        }
        _ => bytes.to_vec(),
    };
    let size = 1 + file.len() % 7;
    let (mut whole, mut pieces) = (VocabularyReader::new(), VocabularyReader::new());
    whole.push(&file);
    file.chunks(size).for_each(|piece| pieces.push(piece));
    let (report, vocabulary) = whole.finish();
    let (other_report, other) = pieces.finish();
    assert_eq!(report.problems, other_report.problems, "how a file is cut does not matter");
    assert_eq!(vocabulary.as_ref().err(), other.as_ref().err());
    assert!(report.count >= report.problems.len());
    let Ok(vocabulary) = vocabulary else { return };
    assert_eq!(vocabulary.names(), other.map_or(0, |other| other.names()));
    let mut vocabularies = Vocabularies::new();
    vocabularies.add("one", vocabulary);
    ask(&vocabularies, &String::from_utf8_lossy(&file[..file.len().min(2000)]));
    ask(&vocabularies, "Aspirin (ASA) for pain, interleukin-2 or IL 2.");
    assert!(vocabularies.remove("one"));
});

/// Asks for the words of a text and for what stands elsewhere.
fn ask(vocabularies: &Vocabularies, text: &str) {
    let mut spans = words(text, 24);
    for pair in spans.clone().windows(3).step_by(4) {
        spans.push(ByteSpan::new(pair[0].start, pair[2].end));
    }
    let end = text.len();
    spans.extend(
        [(0, end.min(60)), (end, end + 1), (end + 9, end)]
            .map(|(from, to)| ByteSpan::new(from, to)),
    );
    let mentions: Vec<Mention> = spans.iter().map(|&span| Mention::new(span, "Chemical")).collect();
    let links = vocabularies.linker().link(text, &mentions);
    assert_eq!(links.len(), mentions.len());
    for candidate in links.iter().flat_map(|link| &link.candidates) {
        assert!((0.0..=1.0).contains(&candidate.score), "{candidate:?}");
    }
    assert!(vocabularies.sources().all(|(name, _)| name == Some("one")));
}
