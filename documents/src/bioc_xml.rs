//! BioC XML: a collection of documents, which have passages, which have annotations.

use std::collections::VecDeque;
use std::io::{self, BufRead, Write};

use serde_json::{Map, Value};

use crate::Document;
use crate::bioc::{BiocAnnotation, BiocDocument, BiocPassage};
use crate::problem::{Problem, code};
use crate::xml::{Events, Next, Tag, escaped};

pub(crate) const BEGIN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <!DOCTYPE collection SYSTEM \"BioC.dtd\">\n\
    <collection><source>bioner</source><date></date><key></key>\n";
pub(crate) const END: &str = "</collection>\n";

/// Reads the documents of a collection one after the other. Relations are not read.
pub struct Reader<R> {
    events: Events<R>,
    open: Open,
    ready: VecDeque<Result<Document, Problem>>,
    documents: usize,
    ended: bool,
    /// Whether there was an element of BioC.
    is_bioc: bool,
}

/// The elements that are open.
#[derive(Default)]
struct Open {
    document: Option<BiocDocument>,
    /// A passage, and maybe a sentence in it.
    passages: Vec<BiocPassage>,
    annotation: Option<BiocAnnotation>,
    /// Whether the annotation was told to be unusable.
    is_bad: bool,
    /// The key of an infon.
    key: Option<String>,
    /// The text of an element that has nothing but text.
    text: Option<String>,
    in_relation: bool,
}

impl<R: BufRead> Reader<R> {
    /// Reads from the beginning of a file.
    pub fn new(input: R) -> Self {
        let (open, ready) = (Open::default(), VecDeque::new());
        Reader {
            events: Events::new(input),
            open,
            ready,
            documents: 0,
            ended: false,
            is_bioc: false,
        }
    }

    fn step(&mut self) -> Result<(), Problem> {
        let line = self.events.line();
        match self.events.next()? {
            Next::Start(tag) if !self.open.in_relation => {
                self.is_bioc |= matches!(tag.name.as_str(), "collection" | "document");
                self.open.start(&tag, line)?;
            }
            Next::Start(_) => {}
            Next::Text(text) => {
                if let Some(open) = &mut self.open.text {
                    open.push_str(&text);
                }
            }
            Next::End(name) if name == "document" => self.flush(),
            Next::End(name) => self.open.end(&name, line)?,
            Next::Eof => {
                self.ended = true;
                if !self.is_bioc {
                    return Err(Problem::new(code::FORMAT, "the file is no BioC XML"));
                }
            }
        }
        Ok(())
    }

    /// The document is complete, or there is no more of it.
    fn flush(&mut self) {
        let mut open = std::mem::take(&mut self.open);
        while open.passages.len() > 1 {
            open.close_passage();
        }
        if open
            .passages
            .last()
            .is_some_and(|passage| !passage.text.is_empty() || !passage.sentences.is_empty())
        {
            open.close_passage();
        }
        let Some(mut document) = open.document else { return };
        if self.ended && document.passages.is_empty() {
            return; // cut before it says anything
        }
        self.documents += 1;
        if document.id.is_empty() {
            document.id = self.documents.to_string();
        }
        let (document, problems) = document.read();
        self.ready.push_back(Ok(document));
        self.ready.extend(problems.into_iter().map(|problem| Err(problem.of_annotation())));
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(ready) = self.ready.pop_front() {
                return Some(ready);
            }
            if self.ended {
                return None;
            }
            if let Err(problem) = self.step() {
                // Broken XML cannot be read on; a number that is none can.
                self.ended |= matches!(problem.code, code::SYNTAX | code::TRUNCATED | code::IO);
                if self.ended {
                    self.flush();
                }
                let is_number = problem.code == code::OFFSETS;
                self.ready.push_back(Err(if is_number {
                    problem.of_annotation()
                } else {
                    problem
                }));
            }
        }
    }
}

impl Open {
    fn start(&mut self, tag: &Tag, line: usize) -> Result<(), Problem> {
        match tag.name.as_str() {
            "document" => self.document = Some(BiocDocument::default()),
            "passage" | "sentence" => {
                self.passages.push(BiocPassage { line: Some(line), ..BiocPassage::default() });
            }
            "annotation" => {
                let id = tag.attribute("id").unwrap_or_default().to_owned();
                self.annotation =
                    Some(BiocAnnotation { id, line: Some(line), ..BiocAnnotation::default() });
            }
            "relation" => self.in_relation = true,
            "location" => {
                let number = |name| tag.attribute(name).unwrap_or_default().trim().parse().ok();
                let place = number("offset").zip(number("length"));
                let Some(annotation) = &mut self.annotation else { return Ok(()) };
                let Some(place) = place else {
                    self.is_bad = true;
                    let id = &annotation.id;
                    let message = format!("annotation {id:?} has a location without numbers");
                    return Err(Problem::at(line, code::OFFSETS, message));
                };
                annotation.locations.push(place);
            }
            "infon" => {
                self.key = tag.attribute("key").map(str::to_owned);
                self.text = Some(String::new());
            }
            "id" | "offset" | "text" => self.text = Some(String::new()),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, line: usize) -> Result<(), Problem> {
        match name {
            "relation" => self.in_relation = false,
            "passage" | "sentence" => self.close_passage(),
            "annotation" => {
                let is_bad = std::mem::take(&mut self.is_bad);
                if let Some(annotation) = self.annotation.take().filter(|_| !is_bad) {
                    match (self.passages.last_mut(), &mut self.document) {
                        (Some(passage), _) => passage.annotations.push(annotation),
                        (None, Some(document)) => document.annotations.push(annotation),
                        (None, None) => {}
                    }
                }
            }
            "infon" => {
                let value = Value::String(self.text.take().unwrap_or_default());
                if let (Some(key), Some(infons)) = (self.key.take(), self.infons()) {
                    infons.insert(key, value);
                }
            }
            "id" => {
                let id = self.text.take();
                if let (Some(id), Some(document)) = (id, &mut self.document) {
                    document.id = id;
                }
            }
            "offset" => {
                let written = self.text.take().unwrap_or_default();
                if let Some(passage) = self.passages.last_mut() {
                    passage.offset = written.trim().parse().map_err(|_| {
                        let message = format!("{written:?} is not an offset");
                        Problem::at(line, code::OFFSETS, message)
                    })?;
                }
            }
            "text" => {
                let text = self.text.take().unwrap_or_default();
                if let Some(annotation) = &mut self.annotation {
                    annotation.text = text;
                } else if let Some(passage) = self.passages.last_mut() {
                    passage.text = text;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Whose infons are read.
    fn infons(&mut self) -> Option<&mut Map<String, Value>> {
        if let Some(annotation) = &mut self.annotation {
            return Some(&mut annotation.infons);
        }
        if let Some(passage) = self.passages.last_mut() {
            return Some(&mut passage.infons);
        }
        self.document.as_mut().map(|document| &mut document.infons)
    }

    /// Puts the innermost passage or sentence where it belongs. What a broken file nests deeper than a
    /// sentence is a sentence too: nesting without an end would have no end in memory either.
    fn close_passage(&mut self) {
        let Some(passage) = self.passages.pop() else { return };
        if let Some(outermost) = self.passages.first_mut() {
            outermost.sentences.push(passage);
        } else if let Some(document) = &mut self.document {
            document.passages.push(passage);
        }
    }
}

/// Writes a document.
pub(crate) fn write(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let document = BiocDocument::write(document);
    writeln!(out, "<document><id>{}</id>{}", escaped(&document.id), infons(&document.infons))?;
    for passage in &document.passages {
        writeln!(
            out,
            "<passage>{}<offset>{}</offset><text>{}</text>",
            infons(&passage.infons),
            passage.offset,
            escaped(&passage.text),
        )?;
        for annotation in &passage.annotations {
            let id = escaped(&annotation.id);
            write!(out, "<annotation id=\"{id}\">{}", infons(&annotation.infons))?;
            for (offset, length) in &annotation.locations {
                write!(out, "<location offset=\"{offset}\" length=\"{length}\"/>")?;
            }
            writeln!(out, "<text>{}</text></annotation>", escaped(&annotation.text))?;
        }
        writeln!(out, "</passage>")?;
    }
    writeln!(out, "</document>")
}

fn infons(infons: &Map<String, Value>) -> String {
    let infons = infons.iter().map(|(key, value)| {
        let value = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        format!("<infon key=\"{}\">{}</infon>", escaped(key), escaped(&value))
    });
    infons.collect()
}
