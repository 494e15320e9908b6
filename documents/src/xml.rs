//! What the readers and writers of XML share.

use std::io::BufRead;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::lines::Counted;
use crate::problem::{Problem, code};

/// The elements and the text of a file.
pub(crate) struct Events<R> {
    reader: Reader<Counted<R>>,
    buffer: Vec<u8>,
    depth: usize,
}

/// What comes next in a file. An element without content begins and ends.
pub(crate) enum Next {
    Start(Tag),
    End(String),
    Text(String),
    Eof,
}

/// The beginning of an element.
pub(crate) struct Tag {
    /// Without its prefix.
    pub name: String,
    /// What stands before the colon, if anything does.
    pub prefix: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// All attributes, in order: name, with its prefix, and value.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl<R: BufRead> Events<R> {
    pub fn new(input: R) -> Self {
        let mut reader = Reader::from_reader(Counted::new(input));
        reader.config_mut().expand_empty_elements = true;
        // An `&` that should have been `&amp;` is text.
        reader.config_mut().allow_dangling_amp = true;
        Events { reader, buffer: Vec::new(), depth: 0 }
    }

    /// The line that is read.
    pub fn line(&self) -> usize {
        self.reader.get_ref().line
    }

    /// What comes next.
    ///
    /// # Errors
    /// If the file is no XML from here on, or ends within an element.
    pub fn next(&mut self) -> Result<Next, Problem> {
        loop {
            self.buffer.clear();
            let line = self.reader.get_ref().line;
            let next = match self.reader.read_event_into(&mut self.buffer) {
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    Next::Start(tag(&start))
                }
                Ok(Event::End(end)) => {
                    self.depth = self.depth.saturating_sub(1);
                    Next::End(end.local_name().into_inner().to_owned())
                }
                Ok(Event::Text(text)) => Next::Text(text.xml10_content().into_owned()),
                Ok(Event::CData(text)) => Next::Text(text.xml10_content().into_owned()),
                Ok(Event::GeneralRef(reference)) => Next::Text(resolved(&reference)),
                Ok(Event::Eof) if self.depth > 0 => {
                    let message = "the file ends in the middle of its XML";
                    return Err(Problem::at(line, code::TRUNCATED, message));
                }
                Ok(Event::Eof) => Next::Eof,
                Ok(_) => continue,
                Err(quick_xml::Error::Io(error)) => {
                    return Err(Problem { line: Some(line), ..Problem::io(&error) });
                }
                Err(error) => {
                    let message = format!("the XML is broken, and is not read on: {error}");
                    let line = self.reader.get_ref().line;
                    return Err(Problem::at(line, code::SYNTAX, message));
                }
            };
            return Ok(next);
        }
    }
}

fn tag(start: &BytesStart<'_>) -> Tag {
    let mut attributes = start.attributes();
    Tag {
        name: start.local_name().into_inner().to_owned(),
        prefix: start
            .name()
            .prefix()
            .map(|prefix| prefix.into_inner().to_owned())
            .unwrap_or_default(),
        attributes: attributes
            .with_checks(false)
            .flatten()
            .filter_map(|attribute| {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
                Some((attribute.key.into_inner().to_owned(), value.into_owned()))
            })
            .collect(),
    }
}

/// The character that a reference stands for; one that is not known stays as it is written.
fn resolved(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.xml10_content();
    match quick_xml::escape::resolve_xml_entity(&name) {
        Some(text) => text.to_owned(),
        None => format!("&{name};"),
    }
}

/// A text as XML holds it, also as the value of an attribute. Characters that XML cannot hold become
/// U+FFFD, one for one; line ends and tabs are written as references, which no reader changes.
pub(crate) fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\r' => written.push_str("&#13;"),
            '\n' => written.push_str("&#10;"),
            '\t' => written.push_str("&#9;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => written.push('\u{fffd}'),
            other => written.push(other),
        }
    }
    written
}
