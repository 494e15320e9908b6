//! What the fuzz targets share: small models, and types and texts made from a fuzzer's bytes.

#[path = "../../tests/common/gguf.rs"]
#[allow(dead_code)]
pub mod gguf;
#[path = "../../tests/common/scripted.rs"]
#[allow(dead_code)]
pub mod scripted;

use arbitrary::{Arbitrary, Unstructured};
use bioner::model::Loader;
use bioner::{ByteSpan, Recognizer};

/// Names of types that can be asked for. Bytes of which none can be made give `Disease`.
#[derive(Debug)]
pub struct Types(pub Vec<String>);

impl<'a> Arbitrary<'a> for Types {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        let names: Vec<String> = bytes.arbitrary_iter()?.take(4).collect::<Result<_, _>>()?;
        let known = ["Disease", "Chemical", "Gene", "Side effect"].map(str::to_owned).to_vec();
        let few = known[..1 + names.len() % 4].to_vec();
        Ok(Types(bioner::check_types(&names).unwrap_or(few)))
    }
}

/// A text. Half of them are made of words and signs that mean something to some part of the program, so
/// that a fuzzer need not find them byte by byte.
#[derive(Debug)]
pub struct Text(pub String);

impl<'a> Arbitrary<'a> for Text {
    fn arbitrary(bytes: &mut Unstructured<'a>) -> arbitrary::Result<Self> {
        if bytes.arbitrary()? {
            return Ok(Text(bytes.arbitrary()?));
        }
        let bits: Vec<u8> = bytes.arbitrary()?;
        Ok(Text(bits.iter().map(|&bit| BITS[usize::from(bit) % BITS.len()]).collect()))
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

/// Loads a model from a file's bytes, in pieces of `size` bytes.
pub fn load(bytes: &[u8], size: usize) -> bioner::Result<Recognizer> {
    let mut loader = Loader::new();
    for piece in bytes.chunks(size.max(1)) {
        loader.push(piece)?;
    }
    Recognizer::new(loader.finish()?)
}

/// Fails unless the span is a slice of the text that is not empty.
pub fn check_span(text: &str, span: ByteSpan) {
    assert!(span.start < span.end, "{span:?} is empty");
    assert!(text.get(span.start..span.end).is_some(), "{span:?} is no slice of {text:?}");
}
