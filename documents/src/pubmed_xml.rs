//! PubMed's XML (`PubmedArticleSet`), as its downloads and its baseline files have it. It is only read.
//!
//! A document is an article: its PMID, its title, and its abstract in the next line. The sections of a
//! structured abstract have a line each, which begins with the section's label: `METHODS: …`. Of markup
//! within a text (`<i>`, `<sub>`, MathML) the characters count. Citations that an update file deletes are
//! no documents.

use std::io::BufRead;

use crate::Document;
use crate::problem::{Problem, code};
use crate::xml::{Events, Next, Tag};

/// The label of a section that has none.
const UNLABELLED: &str = "UNLABELLED";

/// Whether a file begins as those of PubMed do: also an update file that begins with deleted citations.
pub(crate) fn looks_like(content: &str) -> bool {
    content.contains("<PubmedArticle") || content.contains("<!DOCTYPE PubmedArticleSet")
}

/// Reads the articles of a file one after the other.
pub struct Reader<R> {
    events: Events<R>,
    /// The names of the open elements.
    path: Vec<String>,
    article: Option<Article>,
    /// The text that is read, white space as it comes.
    text: Option<String>,
    pending: Option<Problem>,
    ended: bool,
    /// Whether there was an element of PubMed's XML.
    is_pubmed: bool,
    articles: usize,
}

#[derive(Default)]
struct Article {
    id: String,
    title: String,
    sections: Vec<String>,
    label: Option<String>,
}

impl<R: BufRead> Reader<R> {
    /// Reads from the beginning of a file.
    pub fn new(input: R) -> Self {
        Reader {
            events: Events::new(input),
            path: Vec::new(),
            article: None,
            text: None,
            pending: None,
            ended: false,
            is_pubmed: false,
            articles: 0,
        }
    }

    fn start(&mut self, tag: &Tag) {
        let parent = self.path.last().map(String::as_str);
        match (tag.name.as_str(), parent) {
            ("PubmedArticleSet", _) => self.is_pubmed = true,
            ("PubmedArticle" | "PubmedBookArticle", _) => {
                self.is_pubmed = true;
                self.articles += 1;
                // Until its PMID comes it is called by its number.
                let id = self.articles.to_string();
                self.article = Some(Article { id, ..Article::default() });
            }
            ("PMID", Some("MedlineCitation" | "BookDocument"))
            | ("ArticleTitle", Some("Article" | "BookDocument")) => self.text = Some(String::new()),
            ("BookTitle", Some("Book"))
                if self.article.as_ref().is_some_and(|article| article.title.is_empty()) =>
            {
                self.text = Some(String::new());
            }
            ("AbstractText", Some("Abstract")) => {
                if let Some(article) = &mut self.article {
                    let label = tag.attribute("Label").map(str::trim);
                    article.label =
                        label.filter(|label| !matches!(*label, "" | UNLABELLED)).map(str::to_owned);
                }
                self.text = Some(String::new());
            }
            _ => {}
        }
        self.path.push(tag.name.clone());
    }

    /// The document, when the element that ends is its last.
    fn end(&mut self, name: &str) -> Option<Document> {
        self.path.pop();
        if matches!(name, "PubmedArticle" | "PubmedBookArticle") {
            return self.article.take().map(Article::document);
        }
        if matches!(name, "PMID" | "ArticleTitle" | "BookTitle" | "AbstractText")
            && let Some(text) = self.text.take()
            && let Some(article) = &mut self.article
        {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            match name {
                "PMID" if !text.is_empty() => article.id = text,
                "PMID" => {}
                "AbstractText" if !text.is_empty() => {
                    let label = article.label.take();
                    let label = label.map_or(String::new(), |label| format!("{label}: "));
                    article.sections.push(label + &text);
                }
                "AbstractText" => {}
                _ => article.title = text,
            }
        }
        None
    }
}

impl Article {
    fn document(self) -> Document {
        Document::titled(self.id, &self.title, &self.sections.join("\n"))
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Document, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(problem) = self.pending.take() {
            return Some(Err(problem));
        }
        while !self.ended {
            match self.events.next() {
                Ok(Next::Start(tag)) => self.start(&tag),
                Ok(Next::End(name)) => {
                    if let Some(document) = self.end(&name) {
                        if document.text.trim().is_empty() {
                            let message =
                                format!("article {} has no title and no abstract", document.id);
                            let line = self.events.line();
                            return Some(Err(Problem::at(line, code::MISSING, message)));
                        }
                        return Some(Ok(document));
                    }
                }
                Ok(Next::Text(text)) => {
                    if let Some(open) = &mut self.text {
                        open.push_str(&text);
                    }
                }
                Ok(Next::Eof) => {
                    self.ended = true;
                    if !self.is_pubmed {
                        let message = "the file is no XML of PubMed";
                        return Some(Err(Problem::new(code::FORMAT, message)));
                    }
                }
                Err(problem) => {
                    self.ended = true;
                    // The article that is cut is kept as far as it goes.
                    let article = self.article.take().map(Article::document);
                    if let Some(document) = article.filter(|document| !document.text.is_empty()) {
                        self.pending = Some(problem);
                        return Some(Ok(document));
                    }
                    return Some(Err(problem));
                }
            }
        }
        None
    }
}
