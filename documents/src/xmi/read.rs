//! Reads XMI.

use std::collections::{HashMap, HashSet};
use std::io::BufRead;

use serde_json::{Map, Value};

use crate::bioc::{drop_plain_passages, title_end};
use crate::decode::Decoded;
use crate::document::{in_order, passage_span_of, span_of};
use crate::problem::{Problem, code};
use crate::xml::{Events, Next, Tag};
use crate::{Attributes, Document, Entity, Offsets, Passage, Unit};

/// DKPro Core's types; of these the named entities are mentions.
const DKPRO: &str = "/de/tudarmstadt/ukp/dkpro/core/api/";
const MENTIONS: &str = "/de/tudarmstadt/ukp/dkpro/core/api/ner/type";
const CTAKES: &str = "/org/apache/ctakes/";
const CTAKES_MENTIONS: &str = "/org/apache/ctakes/typesystem/type/textsem";
/// Types that are no mentions.
const OTHERS: [&str; 4] = [
    "/uima/",
    "/de/tudarmstadt/ukp/clarin/webanno/",
    "/de/tudarmstadt/ukp/inception/",
    "/org/dkpro/core/",
];

/// The documents of a file: one for each of its texts, of which files that people annotate have one.
/// Without a `documentId` it is called `name`.
pub fn read<R: BufRead>(
    name: &str,
    input: R,
) -> impl Iterator<Item = Result<Document, Problem>> + use<R> {
    let mut cas = Cas::default();
    let mut events = Events::new(Decoded::new(input));
    let mut problem = None;
    loop {
        // A tag is told by the line that it begins in.
        let line = events.line();
        match events.next() {
            Ok(Next::Start(tag)) => cas.take(tag, line),
            Ok(Next::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                problem = Some(error);
                break;
            }
        }
    }
    if problem.is_none() && !cas.is_xmi {
        problem = Some(Problem::new(code::FORMAT, "the file is no XMI of UIMA"));
    }
    let mut all = cas.documents(name);
    all.extend(problem.map(Err));
    all.into_iter()
}

/// What is in a file, as far as it is of use.
#[derive(Default)]
struct Cas {
    is_xmi: bool,
    /// The name of a type's package, by the prefix that stands for it.
    packages: HashMap<String, String>,
    sofas: Vec<Sofa>,
    annotations: Vec<Annotation>,
    /// The members of the views of each text. Where there is no view, all are.
    members: HashMap<String, HashSet<String>>,
}

struct Sofa {
    id: String,
    name: String,
    text: String,
    line: usize,
}

struct Annotation {
    tag: Tag,
    line: usize,
    role: Role,
}

/// What an annotation is taken for.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Metadata,
    Passage,
    Mention,
}

impl Cas {
    fn take(&mut self, tag: Tag, line: usize) {
        for (name, value) in tag.attributes() {
            if let Some(prefix) = name.strip_prefix("xmlns:") {
                let package = value.trim_start_matches("http://").trim_end_matches(".ecore");
                self.packages.insert(prefix.to_owned(), package.to_owned());
            }
        }
        let package = self.packages.get(&tag.prefix).map_or("", String::as_str);
        match (package, tag.name.as_str()) {
            ("www.omg.org/XMI", "XMI") => self.is_xmi = true,
            ("/uima/cas", "Sofa") => {
                let of = |name| tag.attribute(name).unwrap_or_default().to_owned();
                if let Some(text) = tag.attribute("sofaString") {
                    let text = text.to_owned();
                    self.sofas.push(Sofa { id: of("xmi:id"), name: of("sofaID"), text, line });
                }
            }
            ("/uima/cas", "View") => {
                let members = tag.attribute("members").unwrap_or_default().split_whitespace();
                let sofa = tag.attribute("sofa").unwrap_or_default().to_owned();
                self.members.entry(sofa).or_default().extend(members.map(str::to_owned));
            }
            (package, name) => {
                if tag.attribute("begin").is_none() && tag.attribute("end").is_none() {
                    return;
                }
                let role = match name {
                    "DocumentMetaData" => Role::Metadata,
                    "Div" if package.starts_with(DKPRO) => Role::Passage,
                    _ if is_mention(package) => Role::Mention,
                    _ => return,
                };
                self.annotations.push(Annotation { tag, line, role });
            }
        }
    }

    fn documents(self, name: &str) -> Vec<Result<Document, Problem>> {
        let several = self.sofas.len() > 1;
        let mut all = Vec::new();
        if self.is_xmi && self.sofas.is_empty() {
            all.push(Err(Problem::new(
                code::MISSING,
                "the file has no text (no Sofa with a sofaString)",
            )));
        }
        let mut of_sofa: HashMap<&str, Vec<&Annotation>> =
            self.sofas.iter().map(|sofa| (sofa.id.as_str(), Vec::new())).collect();
        for annotation in &self.annotations {
            let Annotation { tag, line, role } = annotation;
            let sofa = tag.attribute("sofa");
            if let Some(own) = sofa.and_then(|sofa| of_sofa.get_mut(sofa)) {
                own.push(annotation);
            } else if *role == Role::Mention && !self.sofas.is_empty() {
                let sofa = sofa.unwrap_or_default();
                let id = tag.attribute("xmi:id").unwrap_or_default();
                let message = format!("annotation {id}: its text, {sofa:?}, is not in the file");
                all.push(Err(Problem::at(*line, code::MISSING, message).of_annotation()));
            }
        }
        for sofa in &self.sofas {
            let mut document = Document::new(name, sofa.text.as_str());
            let offsets = Offsets::new(&document.text, Unit::Utf16);
            let members = self.members.get(&sofa.id);
            let mut problems = Vec::new();
            // Of two texts with one number, the first has what is said of it.
            let own = of_sofa.remove(sofa.id.as_str()).unwrap_or_default();
            let own = own.into_iter().filter(|annotation| {
                let id = annotation.tag.attribute("xmi:id").unwrap_or_default();
                members.is_none_or(|members| members.contains(id))
            });
            for annotation in own {
                if let Err(problem) = annotation.add(&mut document, &offsets) {
                    let id = annotation.tag.attribute("xmi:id").unwrap_or_default();
                    let message = format!("annotation {id}: {}", problem.message);
                    let problem = Problem::at(annotation.line, problem.code, message);
                    problems.push(Err(problem.of_annotation()));
                }
            }
            if several && sofa.name != "_InitialView" {
                document.id = format!("{}/{}", document.id, sofa.name);
            }
            document.passages.sort_by_key(|passage| (passage.span.start, passage.span.end));
            document.title_end = title_end(&document);
            drop_plain_passages(&mut document);
            document.entities.sort_by_key(|entity| (entity.span.start, entity.span.end));
            if document.text.is_empty() && !document.entities.is_empty() {
                let message = "the text is empty";
                problems.push(Err(Problem::at(sofa.line, code::MISSING, message)));
            }
            all.push(Ok(document));
            all.extend(problems);
        }
        all
    }
}

fn is_mention(package: &str) -> bool {
    !OTHERS.iter().any(|other| package.starts_with(other))
        && (!package.starts_with(DKPRO) || package.starts_with(MENTIONS))
        && (!package.starts_with(CTAKES) || package.starts_with(CTAKES_MENTIONS))
}

impl Annotation {
    fn add(&self, document: &mut Document, offsets: &Offsets) -> Result<(), Problem> {
        if self.role == Role::Metadata {
            let field = |name| self.tag.attribute(name).filter(|value| !value.is_empty());
            if let Some(id) = field("documentId") {
                document.id = id.to_owned();
            }
            if let Some(url) = field("documentUri").filter(|url| url.starts_with("http")) {
                document.extra.insert("url".into(), url.into());
            }
            return Ok(());
        }
        let place = |name| {
            let written = self.tag.attribute(name).unwrap_or_default();
            written.trim().parse::<usize>().map_err(|_| {
                Problem::new(code::OFFSETS, format!("{name:?} is {written:?}, which is no offset"))
            })
        };
        let (start, end) = (place("begin")?, place("end")?);
        let text = &document.text;
        if self.role == Role::Passage {
            let span = passage_span_of(text, offsets, start, end)?;
            let kind = self.tag.attribute("divType").unwrap_or("text").to_owned();
            document.passages.push(Passage { span, kind });
            return Ok(());
        }
        let mut entity = Entity::new(span_of(text, offsets, start, end)?, "");
        self.describe(&mut entity, text, offsets)?;
        document.entities.push(entity);
        Ok(())
    }

    /// Sets all but the place of a mention.
    fn describe(&self, entity: &mut Entity, text: &str, offsets: &Offsets) -> Result<(), Problem> {
        let mut features: Map<String, Value> = Map::new();
        for (name, value) in self.tag.attributes() {
            // With a prefix they belong to XMI.
            let own = !name.contains(':') && !matches!(name, "sofa" | "begin" | "end");
            if own && !value.is_empty() {
                features.insert(name.to_owned(), value.into());
            }
        }
        let mut take = |name: &str| match features.shift_remove(name) {
            Some(Value::String(value)) => Some(value),
            _ => None,
        };
        let kind = take("value").or_else(|| take("label"));
        entity.kind = kind.unwrap_or_else(|| self.tag.name.clone());
        entity.id = take("identifier");
        entity.score = take("score").and_then(|score| score.parse().ok());
        let fragments = take("fragments");
        entity.attributes = Attributes::take(&mut features);
        entity.extra = features;
        let mut pieces = Vec::new();
        for fragment in fragments.iter().flat_map(|fragments| fragments.split(';')) {
            let numbers: Option<Vec<usize>> =
                fragment.split_whitespace().map(|number| number.parse().ok()).collect();
            let Some(&[start, end]) = numbers.as_deref() else {
                let message = format!("{fragment:?} is not a pair of offsets");
                return Err(Problem::new(code::OFFSETS, message));
            };
            pieces.push(span_of(text, offsets, start, end)?);
        }
        entity.fragments = in_order(pieces);
        Ok(())
    }
}
