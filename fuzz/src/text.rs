//! Texts and types from a fuzzer's bytes.

use std::sync::LazyLock;

use arbitrary::{Arbitrary, Result, Unstructured};
use serde_json::Value;

/// Names of types that can be asked for. Bytes of which none can be made give types of the inventory.
#[derive(Debug)]
pub struct Types(pub Vec<String>);

impl<'a> Arbitrary<'a> for Types {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        let names: Vec<String> = bytes.arbitrary_iter()?.take(4).collect::<Result<_>>()?;
        let known = ["Disease", "Chemical", "Gene", "Side effect"].map(str::to_owned).to_vec();
        let few = known[..1 + names.len() % 4].to_vec();
        Ok(Types(bioner::check_types(&names).unwrap_or(few)))
    }
}

/// A text. Half of them are made of words and signs that mean something to some part of the program, so
/// that a fuzzer need not find them byte by byte. Where a text is the last thing that is made, the first
/// of its bytes tells which kind it is (`1`: the text itself), and the others are all of it.
#[derive(Debug)]
pub struct Text(pub String);

impl<'a> Arbitrary<'a> for Text {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> Result<Self> {
        if bytes.arbitrary()? {
            return Ok(Text(bytes.arbitrary()?));
        }
        let numbers: Vec<u16> = bytes.arbitrary()?;
        Ok(Text(numbers.into_iter().map(bit).collect()))
    }

    fn arbitrary_take_rest(mut bytes: Unstructured<'a>) -> Result<Self> {
        if bytes.arbitrary()? {
            return Ok(Text(String::from_utf8_lossy(bytes.take_rest()).into_owned()));
        }
        let numbers = bytes.take_rest().chunks(2);
        let number =
            |pair: &[u8]| pair.iter().fold(0, |number, &byte| number << 8 | u16::from(byte));
        Ok(Text(numbers.map(|pair| bit(number(pair))).collect()))
    }
}

/// A word or a sign: every second one of those that any part knows, the others phrases of the rules.
fn bit(number: u16) -> &'static str {
    let (phrases, number) = (number % 2 == 1, usize::from(number / 2));
    match phrases {
        true => PHRASES[number % PHRASES.len()].as_str(),
        false => BITS[number % BITS.len()],
    }
}

/// What the rules of assertion and the table of sections know, as words of a text.
static PHRASES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut phrases = Vec::new();
    for file in
        [include_str!("../../context/rules.json"), include_str!("../../context/sections.json")]
    {
        let file: Value = serde_json::from_str(file).expect("a file of the program's");
        ["rules", "sections", "lists", "questions", "answers", "affirmations", "changes"]
            .iter()
            .for_each(|part| collect(&file[part], &mut phrases));
    }
    phrases
});

/// All texts within a value, each followed by a space, or by a colon and a line end where it heads a section.
fn collect(value: &Value, phrases: &mut Vec<String>) {
    match value {
        Value::String(text) => phrases.push(format!("{text} ")),
        Value::Array(values) => values.iter().for_each(|value| collect(value, phrases)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match (name.as_str(), value) {
                    ("about" | "sources" | "direction" | "loinc", _) => {}
                    ("headings", Value::Array(names)) => {
                        phrases.extend(names.iter().filter_map(Value::as_str).map(|name| {
                            let mut letters = name.chars();
                            let first = letters.next().map(|first| first.to_ascii_uppercase());
                            format!("\n{}{}:\n", first.unwrap_or_default(), letters.as_str())
                        }))
                    }
                    _ => collect(value, phrases),
                }
            }
        }
        _ => {}
    }
}

const BITS: &[&str] = &[
    " ",
    " ",
    " ",
    " ",
    ". ",
    "\n",
    "\r\n",
    "\t",
    "aspirin",
    "pain",
    "IL-2",
    "5-FU",
    "TNF-α",
    "(",
    ")",
    " (PD) ",
    "Parkinson's disease",
    "Escherichia coli",
    "(E. coli)",
    "E.\u{a0}coli",
    "E. coli",
    "no evidence of ",
    "Family history:\n",
    "- ",
    "1. ",
    "2) ",
    "[1]",
    "[",
    "]",
    "]]",
    "; ",
    ";;",
    "|",
    " | ",
    "\"",
    "\\",
    "\\n",
    "<b>",
    "</b>",
    "&amp;",
    "@@",
    "##",
    "::",
    ": ",
    ",",
    "/",
    "+",
    "%",
    "mg",
    "e.g. ",
    "Dr. ",
    "vs.",
    "12",
    "1.5",
    "p < 0.05",
    "\u{ad}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "\u{e000}",
    "\u{301}",
    "ﬁ",
    "²",
    "𝑎",
    "é",
    "糖尿病",
    "مرض",
    "👩‍⚕️",
    "\0",
    "\u{1}",
    "\u{85}",
    "\u{a0}",
    "\u{a0}(",
    "\u{2009}",
    "\u{3000}",
    "\u{2028}",
    "-\n",
    "Aspirin",
    "ASPIRIN",
    "denies ",
    "<|im_start|>",
    "<|im_end|>",
    "Extract",
    "rule out ",
    "without ",
    "HISTORY OF PRESENT ILLNESS:",
];
