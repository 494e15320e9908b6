//! `csv-records`: a header `mention,type` and a row for each entity. A mention that holds a comma or a
//! quote is quoted as in RFC 4180. Lines end with `\n` alone, as most of what models have read.

use super::build::{self, List};
use super::escape::Escape;
use super::scan::{Scanner, Written};
use super::{Format, Labelled, Mention, ParseError, Place, select};
use crate::constraint::{Op, Program};
use crate::sentence::Sentence;

const HEADER: &str = "mention,type";

pub(super) struct CsvRecords;

impl Format for CsvRecords {
    fn name(&self) -> &'static str {
        "csv-records"
    }

    fn phrase(&self) -> &'static str {
        " as CSV records"
    }

    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String {
        let row = |entity: &Labelled| {
            let mention = field(entity.span.slice(sentence.view()));
            format!("\n{mention},{}", types[entity.kind])
        };
        let entities = select::once(sentence, select::flat(sentence, types, entities));
        let rows: String = entities.iter().map(row).collect();
        format!("{HEADER}{rows}")
    }

    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program {
        let mut program = Program::new();
        let plain = |text: &str, _| (!needs_quotes(text)).then(|| text.to_owned());
        let plain = program.spelling(sentence, plain);
        let quoted = program.spelling(sentence, |text, _| Some(Escape::Csv.apply(text)));
        program.literal(HEADER);
        List { first: "\n", next: "\n", none: "" }.build(&mut program, |program| {
            build::plain_or_quoted(program, plain, quoted);
            program.literal(",");
            build::type_name(program, types);
        });
        program.push(Op::Accept);
        program
    }

    fn parse(
        &self,
        _: &Sentence,
        types: &[String],
        answer: &str,
    ) -> Result<Vec<Mention>, ParseError> {
        let mut scanner = Scanner::new(answer);
        let mut mentions = Vec::new();
        scanner.expect(HEADER, "not the header")?;
        while scanner.next_line()? {
            let Written { text, range } = parse_field(&mut scanner)?;
            scanner.expect(",", "no comma after the mention")?;
            let kind = scanner.kind(types, "")?;
            let written = range.start..scanner.at();
            mentions.push(Mention { text, kind, place: Place::Anywhere, written });
        }
        Ok(mentions)
    }
}

fn needs_quotes(text: &str) -> bool {
    text.contains([',', '"', '\n', '\r'])
}

/// A field of a row.
fn field(text: &str) -> String {
    if needs_quotes(text) { format!("\"{}\"", Escape::Csv.apply(text)) } else { text.to_owned() }
}

fn parse_field(scanner: &mut Scanner) -> Result<Written, ParseError> {
    if scanner.eat("\"") {
        return scanner.quoted(Escape::Csv);
    }
    scanner.text(Escape::Plain, |rest| rest.starts_with([',', '\n', '"']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_survive_whatever_they_hold() {
        for text in ["plain", "2,3-butanedione", "B\"", "\"", ",", "a\nb", "a\n b\r", "-", "a\t|b"]
        {
            let written = field(text);
            let mut scanner = Scanner::new(&written);
            let written = parse_field(&mut scanner).expect("a field");
            assert_eq!(written.text, text);
            assert!(scanner.is_done());
        }
    }
}
