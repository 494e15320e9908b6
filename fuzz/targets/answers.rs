//! Answers in every output format: any text is read or refused; what a format writes it reads again,
//! with the same mentions; mentions are put at places that the sentence has.
#![no_main]

use arbitrary::Arbitrary;
use bioner::format::{self, Labelled};
use bioner::{ByteSpan, Sentence, align, prompt};
use bioner_fuzz::{Text, Types, check_span};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Input {
    format: u8,
    types: Types,
    text: Text,
    /// What a model without a grammar has written.
    answer: Text,
    /// Entities: their first piece, how many pieces, their type.
    entities: Vec<(u8, u8, u8)>,
}

fuzz_target!(|input: Input| {
    let formats = format::all();
    let format = formats[usize::from(input.format) % formats.len()];
    let (types, sentence) = (input.types.0, Sentence::whole(&input.text.0));
    let pieces = sentence.pieces();

    let place = |mentions: &[format::Mention]| {
        for aligned in align::align(&sentence, mentions) {
            let mention = &mentions[aligned.mention];
            assert!(mention.kind < types.len(), "{mention:?}");
            check_span(sentence.view(), aligned.span);
            if let Some(source) = sentence.to_source(aligned.span) {
                check_span(&input.text.0, source);
            }
        }
    };
    if let Ok(mentions) = prompt::parse(format, &sentence, &types, &input.answer.0) {
        place(&mentions);
    }

    if pieces.is_empty() {
        return;
    }
    let labelled = |&(first, more, kind): &(u8, u8, u8)| {
        let first = usize::from(first) % pieces.len();
        let last = (first + usize::from(more % 4)).min(pieces.len() - 1);
        let span = ByteSpan::new(pieces[first].view.start, pieces[last].view.end);
        Labelled { span, kind: usize::from(kind) % types.len() }
    };
    let mut entities: Vec<Labelled> = input.entities.iter().take(8).map(labelled).collect();
    entities.sort();
    entities.dedup();
    let written = prompt::to_wire(&format.render(&sentence, &types, &entities), format);
    match prompt::parse(format, &sentence, &types, &written) {
        Ok(mentions) => place(&mentions),
        Err(error) => panic!("{}: {written:?}: {error}", format.name()),
    }
});
