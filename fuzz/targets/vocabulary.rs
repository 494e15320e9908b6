//! Vocabularies as any bytes, of a user's and of the program's own kind: problems and a vocabulary that
//! can be asked, or an error.
#![no_main]

use arbitrary::Arbitrary;
use bioner::ByteSpan;
use bioner_fuzz::{Text, check_span};
use bioner_linking::{Builder, Linker, Mention, Vocabulary, read};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
enum File {
    /// Lines of a table or an ontology.
    Lines(Vec<u8>),
    /// The bytes of a built vocabulary.
    Built(Vec<u8>),
    /// A vocabulary that was built, with bytes replaced.
    Edited(Vec<(u16, u8)>),
}

#[derive(Arbitrary, Debug)]
struct Input {
    file: File,
    text: Text,
}

fn builder(lines: &[u8]) -> Option<Builder> {
    let mut builder = Builder::new();
    read::read(lines, &mut builder);
    Some(builder).filter(|builder| !builder.is_empty())
}

const LINES: &[u8] =
    b"X:1\taspirin\tChemical\tASA|acetylsalicylic acid\nX:2\tpain\tSymptom\nX:3\tIL-2\tGene\n";

fuzz_target!(|input: Input| {
    let vocabulary = match input.file {
        File::Lines(lines) => builder(&lines).and_then(|made| made.finish().ok()),
        File::Built(bytes) => Vocabulary::from_bytes(&bytes).ok(),
        File::Edited(edits) => {
            let mut bytes =
                builder(LINES).and_then(|made| made.to_bytes().ok()).expect("a vocabulary");
            for (at, byte) in edits {
                let length = bytes.len();
                bytes[usize::from(at) % length] = byte;
            }
            Vocabulary::from_bytes(&bytes).ok()
        }
    };
    let Some(vocabulary) = vocabulary else { return };
    let mut linker = Linker::new();
    linker.add(vocabulary);
    let text = input.text.0.as_str();
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    let words = text.split_whitespace().take(16);
    let spans: Vec<ByteSpan> =
        words.map(|word| ByteSpan::new(start(word), start(word) + word.len())).collect();
    spans.iter().for_each(|&span| check_span(text, span));
    let mentions: Vec<Mention> = spans.iter().map(|&span| Mention::new(span, "Chemical")).collect();
    let links = linker.link(text, &mentions);
    assert_eq!(links.len(), mentions.len());
    for candidate in links.iter().flat_map(|link| &link.candidates) {
        assert!((0.0..=1.0).contains(&candidate.score), "{candidate:?}");
    }
});
