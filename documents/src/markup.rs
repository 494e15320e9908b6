//! XML, HTML and RTF that are of no format that is read. As texts they would be full of tags, and offsets would
//! count these.

/// What the names of such files end in.
pub(crate) const NAMES: [&str; 8] =
    [".xml", ".nxml", ".html", ".htm", ".xhtml", ".rtf", ".svg", ".tei"];

/// The elements that such files begin with, in small letters: PMC's and other publishers' articles and sets of
/// them, HL7's documents and messages, web pages, TEI.
const ROOTS: [&str; 12] = [
    "article",
    "articles",
    "pmc-articleset",
    "oai-pmh",
    "book",
    "clinicaldocument",
    "bundle",
    "html",
    "head",
    "body",
    "tei",
    "clinical_study",
];

/// Whether a file begins with a declaration of XML, a document type, or RTF's mark; or with an element, which
/// is one of those that are known, says its namespace, or ends where the file ends. A text may begin with
/// `<5 mg/dl`, or with `<NAME>` in the place of a name.
pub(crate) fn looks_like(content: &str) -> bool {
    let begins =
        |with: &str| content.get(..with.len()).is_some_and(|b| b.eq_ignore_ascii_case(with));
    if begins("<?xml") || begins("<!doctype") || begins("{\\rtf") {
        return true;
    }
    // Comments in front of the element.
    let mut content = content;
    while let Some(comment) = content.strip_prefix("<!--") {
        let Some((_, behind)) = comment.split_once("-->") else { return false };
        content = behind.trim_start();
    }
    let Some((tag, _)) = content.strip_prefix('<').and_then(|rest| rest.split_once('>')) else {
        return false;
    };
    let end = tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
    let (name, attributes) = tag.split_at(end);
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || "_-.:".contains(c));
    let local = name.rsplit(':').next().unwrap_or(name).to_lowercase();
    is_name
        && (ROOTS.contains(&local.as_str())
            || attributes.contains("xmlns")
            || content.trim_end().ends_with(&format!("</{name}>")))
}
