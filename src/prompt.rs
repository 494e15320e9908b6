//! 2. What the model reads and writes, as it was tuned on it: the prompt, without a chat template or a
//!    leading token, and the wire form of the answer.
//!
//! ```text
//! Extract Chemical, Disease:
//! Selegiline-induced postural hypotension.
//! => Chemical: Selegiline
//!  Disease: postural hypotension
//! ```
//!
//! The first line is the instruction. It is the same for every sentence, so its keys and values are
//! computed once. After `=>` comes the answer in its *wire form*: the text of the output format with a
//! space before each line, because this family of models has learned tokens with a leading space. The
//! format `compact` has a line break in place of `=>`, and no such spaces.

use crate::constraint::Program;
use crate::format::{Format, Mention, ParseError};
use crate::sentence::Sentence;

/// What the wire form puts before each line, where the format has that.
const LINE_PREFIX: &str = " ";

/// The part of the prompt that all sentences share.
pub fn instruction(types: &[String], format: &dyn Format) -> String {
    format!("Extract {}{}:\n", format.list_types(types), format.phrase())
}

/// The part of the prompt that is the sentence's own, for its view.
pub fn question(view: &str, format: &dyn Format) -> String {
    format!("{view}{}", format.cue())
}

/// The grammar of the answers that the model may write, in wire form.
pub fn answer_grammar(format: &dyn Format, sentence: &Sentence, types: &[String]) -> Program {
    let mut program = format.grammar_of_names(sentence, types);
    if format.prefixes_lines() {
        program.prefix_lines(LINE_PREFIX);
    }
    program
}

/// The wire form of an answer.
pub fn to_wire(answer: &str, format: &dyn Format) -> String {
    if !format.prefixes_lines() {
        return answer.to_owned();
    }
    format!("{LINE_PREFIX}{}", answer.replace('\n', &format!("\n{LINE_PREFIX}")))
}

/// The answer of a wire form. Where the space before a line is missing, the line stays as it is.
pub fn from_wire(wire: &str) -> String {
    let wire = wire.strip_prefix(LINE_PREFIX).unwrap_or(wire);
    wire.replace(&format!("\n{LINE_PREFIX}"), "\n")
}

/// For each byte of a wire form, and for its end, the byte of the answer that it becomes; for a space
/// that is removed, the one after it.
pub(crate) fn offsets_from_wire(wire: &str) -> Vec<usize> {
    let mut offsets = Vec::with_capacity(wire.len() + 1);
    let (mut at, mut starts_line) = (0, true);
    for byte in wire.bytes() {
        offsets.push(at);
        let is_removed = starts_line && byte == b' ';
        at += usize::from(!is_removed);
        starts_line = byte == b'\n';
    }
    offsets.push(at);
    offsets
}

/// [`Format::parse`] of an answer in wire form, for whoever has nothing else. Places in what it returns
/// count in the wire form.
///
/// # Errors
/// Those of [`Format::parse`].
pub fn parse(
    format: &dyn Format,
    sentence: &Sentence,
    types: &[String],
    wire: &str,
) -> Result<Vec<Mention>, ParseError> {
    let offsets = offsets_from_wire(wire);
    // Of the bytes that become one, the last: what is removed stands before a line.
    let in_wire = |at: usize| offsets.partition_point(|&offset| offset <= at).saturating_sub(1);
    let parsed = format.parse(sentence, types, &from_wire(wire));
    let mut mentions = parsed.map_err(|error| ParseError { at: in_wire(error.at), ..error })?;
    for mention in &mut mentions {
        mention.written = in_wire(mention.written.start)..in_wire(mention.written.end);
    }
    Ok(mentions)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::constraint::Machine;
    use crate::format::{Labelled, all, by_name};
    use bioner_documents::ByteSpan;

    #[test]
    fn the_wire_form_is_a_space_before_each_line() {
        let format = by_name("lines-grouped").expect("a format");
        for text in ["", "a", "a\nb", "a\n b", "\n"] {
            let wire = to_wire(text, format);
            assert_eq!(from_wire(&wire), text);
            let offsets = offsets_from_wire(&wire);
            assert_eq!(offsets.len(), wire.len() + 1);
            assert_eq!(offsets.last(), Some(&text.len()));
        }
        assert_eq!(to_wire("Chemical: -\nDisease: -", format), " Chemical: -\n Disease: -");
        assert_eq!(offsets_from_wire(" a\n  b"), [0, 0, 1, 2, 2, 3, 4]);
    }

    #[test]
    fn the_model_may_write_the_wire_form_of_every_format() {
        let sentence = Arc::new(Sentence::whole("Selegiline-induced postural hypotension."));
        let types = ["Chemical", "Disease"].map(str::to_owned);
        let spans = [ByteSpan::new(0, 10), ByteSpan::new(19, 39)];
        let entities: Vec<Labelled> =
            spans.into_iter().zip(0..).map(|(span, kind)| Labelled { span, kind }).collect();
        for format in all() {
            let wire = to_wire(&format.render(&sentence, &types, &entities), *format);
            let grammar = answer_grammar(*format, &sentence, &types);
            let mut machine = Machine::new(grammar, sentence.clone());
            assert_eq!(machine.push_bytes(wire.as_bytes()), Ok(()), "{}", format.name());
            assert!(machine.may_end(), "{}", format.name());
            let mentions = parse(*format, &sentence, &types, &wire).expect("read");
            assert_eq!(mentions.len(), 2, "{}", format.name());
            for mention in mentions {
                let written = &wire[mention.written];
                assert!(written.contains(mention.text.split(' ').next_back().expect("a word")));
            }
            // Cut off, it is refused at its end, wherever that is in the wire form.
            let cut = wire.trim_end_matches(['.', ']', '}', '>']);
            if let Err(error) = parse(*format, &sentence, &types, cut) {
                assert!(error.at <= cut.len() && cut.is_char_boundary(error.at));
            }
        }
    }
}
