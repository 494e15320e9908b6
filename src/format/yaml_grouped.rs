//! `yaml-grouped`: a mapping from each type, in the order asked, to the list of its mentions, `[]` if
//! there are none. Scalars are plain where YAML 1.2 reads them as the same text, and double-quoted
//! elsewhere, with the escapes of JSON.

use super::build::{self, List};
use super::escape::Escape;
use super::scan::{Scanner, Written};
use super::{Format, Labelled, Mention, ParseError, Place, select};
use crate::constraint::{Op, Program};
use crate::sentence::Sentence;

/// What a plain scalar may not begin with. (YAML allows `-`, `?` and `:` in some cases, which are not
/// told apart here.)
const INDICATORS: &[char] = &[
    '-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`',
];

pub(super) struct YamlGrouped;

impl Format for YamlGrouped {
    fn name(&self) -> &'static str {
        "yaml-grouped"
    }

    fn phrase(&self) -> &'static str {
        " as YAML by type"
    }

    fn render(&self, sentence: &Sentence, types: &[String], entities: &[Labelled]) -> String {
        let group = |(kind, name): (usize, &String)| {
            let entities = select::once(sentence, select::of_type(sentence, kind, entities));
            let item =
                |entity: &Labelled| format!("\n- {}", scalar(entity.span.slice(sentence.view())));
            let items: String = entities.iter().map(item).collect();
            format!("{}:{}", scalar(name), if items.is_empty() { " []" } else { &items })
        };
        let groups: Vec<_> = types.iter().enumerate().map(group).collect();
        groups.join("\n")
    }

    fn grammar(&self, sentence: &Sentence, types: &[String]) -> Program {
        let mut program = Program::new();
        let plain = program.spelling(sentence, |text, first| {
            let barred = text.contains(never_plain) || first && text.starts_with(INDICATORS);
            (!barred).then(|| text.to_owned())
        });
        let quoted = program.spelling(sentence, |text, _| Some(Escape::Json.apply(text)));
        for (kind, name) in types.iter().enumerate() {
            let line = if kind == 0 { "" } else { "\n" };
            program.literal(&format!("{line}{}:", scalar(name)));
            program.push(Op::Rewind);
            let list = List { first: "\n- ", next: "\n- ", none: " []" };
            list.build(&mut program, |program| {
                build::plain_or_quoted(program, plain, quoted);
            });
        }
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
        // Whether the start of the next line has been reached: the items of a type end at a line that
        // is no item.
        let mut begun = true;
        for (kind, name) in types.iter().enumerate() {
            if !begun {
                return scanner.fail("a type is missing");
            }
            scanner.expect(&scalar(name), "not the type whose turn it is")?;
            scanner.expect(":", "no colon after the type")?;
            let none = scanner.eat(" []");
            begun = scanner.next_line()?;
            let before = mentions.len();
            while begun && !none && scanner.eat("- ") {
                let Written { text, range } = parse_scalar(&mut scanner)?;
                mentions.push(Mention { text, kind, place: Place::Anywhere, written: range });
                begun = scanner.next_line()?;
            }
            if !none && mentions.len() == before {
                return scanner.fail("neither mentions nor []");
            }
        }
        scanner.end()?;
        Ok(mentions)
    }
}

/// Whether a scalar with this character is quoted. (YAML allows `:` and `#` in some places of a plain
/// scalar, which are not told apart here.)
fn never_plain(character: char) -> bool {
    matches!(character, ':' | '#') || character.is_control()
}

/// A text as a scalar.
fn scalar(text: &str) -> String {
    let plain = !text.starts_with(INDICATORS) && !text.contains(never_plain) && !is_other(text);
    if plain { text.to_owned() } else { format!("\"{}\"", Escape::Json.apply(text)) }
}

/// Whether YAML 1.2's core schema reads the plain scalar as a null, a boolean or a number.
fn is_other(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "~", "null", "Null", "NULL", "true", "True", "TRUE", "false", "False", "FALSE", ".inf",
        ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", ".nan", ".NaN", ".NAN",
    ];
    WORDS.contains(&text) || is_number(text)
}

/// Whether YAML 1.2's core schema reads the plain scalar as a number. One that begins with a minus
/// is never plain here.
fn is_number(text: &str) -> bool {
    let digits =
        |text: &str, radix: u32| !text.is_empty() && text.chars().all(|c| c.is_digit(radix));
    if let Some(octal) = text.strip_prefix("0o") {
        return digits(octal, 8);
    }
    if let Some(hex) = text.strip_prefix("0x") {
        return digits(hex, 16);
    }
    let unsigned = text.strip_prefix('+').unwrap_or(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
    let sound = match mantissa.split_once('.') {
        None => digits(mantissa, 10),
        Some(("", fraction)) => digits(fraction, 10),
        Some((whole, "")) => digits(whole, 10),
        Some((whole, fraction)) => digits(whole, 10) && digits(fraction, 10),
    };
    sound && digits(exponent, 10)
}

fn parse_scalar(scanner: &mut Scanner) -> Result<Written, ParseError> {
    if scanner.eat("\"") {
        return scanner.quoted(Escape::Json);
    }
    let line = scanner.rest().lines().next().unwrap_or_default();
    let is_not_plain = line.starts_with(INDICATORS)
        || line.contains(": ")
        || line.contains(" #")
        || line.ends_with(':');
    if is_not_plain {
        return scanner.fail("not a plain scalar of YAML");
    }
    scanner.text(Escape::Plain, |rest| rest.starts_with('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_quoted_only_where_yaml_would_read_something_else() {
        for plain in [
            "Selegiline",
            "5-fluorouracil",
            "1,25-(OH)2D3",
            "Parkinson's disease",
            "t(9;22)",
            "H&E",
            "NO",
            "IL-2/IL-4",
            "(+)-catechin",
            "3.5 mg",
            "1e",
            "e5",
            "+e5",
            "1.2.3",
            "0xg",
            "+",
            ".",
            "B\"",
            "a\\b",
        ] {
            assert_eq!(scalar(plain), plain);
        }
        for quoted in [
            "-",
            "-3",
            "[3H]dopamine",
            "'x",
            "@",
            "a:b",
            "a: b",
            "EFIA#1",
            "a\tb",
            "null",
            "~",
            "True",
            "12",
            "1.5",
            "1.",
            ".5",
            "+1e-9",
            "0o17",
            "0x1F",
            ".NaN",
            "%",
        ] {
            assert_eq!(scalar(quoted), format!("\"{}\"", Escape::Json.apply(quoted)));
        }
    }

    #[test]
    fn scalars_survive_whatever_they_hold() {
        for text in ["a\nb", "\"", "\\", "- a", "a: b #c", "[]", "{}", "null", "it's"] {
            let written = scalar(text);
            let mut scanner = Scanner::new(&written);
            assert_eq!(parse_scalar(&mut scanner).expect("a scalar").text, text);
            assert!(scanner.is_done());
        }
    }
}
