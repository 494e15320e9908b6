//! `json-occurrence`: records that also say which occurrence of its words a mention is, counted
//! from 1: `[{"mention": "PD", "type": "Disease", "occurrence": 2}]`.

use super::json_records::{array, key, parse_array, record};
use super::scan::Scanner;
use super::{Format, Labelled, Mention, ParseError, Place, select};
use crate::constraint::{Op, Program};
use crate::sentence::Sentence;

pub(super) struct JsonOccurrence;

impl Format for JsonOccurrence {
    fn name(&self) -> &'static str {
        "json-occurrence"
    }

    fn phrase(&self) -> &'static str {
        " as JSON records with occurrence"
    }

    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String {
        let numbered = |entity: &Labelled| {
            let number = select::occurrence(sentence, entity.span);
            record(sentence, types, entity, &format!(r#", "occurrence": {number}"#))
        };
        let entities = select::flat(sentence, types, entities);
        let records: Vec<_> = entities.iter().map(numbered).collect();
        format!("[{}]", records.join(", "))
    }

    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program {
        array(sentence, types, |program| {
            program.literal(r#", "occurrence": "#);
            program.push(Op::OccurrenceNumber);
        })
    }

    fn parse(
        &self,
        _: &Sentence,
        types: &[String],
        answer: &str,
    ) -> Result<Vec<Mention>, ParseError> {
        parse_array(types, answer, |scanner| {
            scanner.expect_token(",", "no occurrence")?;
            key(scanner, "\"occurrence\"")?;
            number(scanner).map(Place::Occurrence)
        })
    }
}

/// Reads a whole number from 1, as JSON writes it: without a sign or leading zeros.
fn number(scanner: &mut Scanner) -> Result<usize, ParseError> {
    // White space alone.
    scanner.eat_token("");
    let digits = scanner.rest().bytes().take_while(u8::is_ascii_digit).count();
    let text = &scanner.rest()[..digits];
    match text.parse() {
        // A sentence with more occurrences than that is beyond what can be asked.
        Ok(number) if !text.starts_with('0') && digits < 10 => {
            scanner.eat(text);
            Ok(number)
        }
        _ => scanner.fail("not a number from 1"),
    }
}
