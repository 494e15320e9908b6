//! What the id, the title and the text of a document are called in tables and in JSON.

/// Names in small letters, with `_` for a space or a hyphen. Of several that occur, the one that comes first
/// here counts.
pub(crate) const IDS: [&str; 15] = [
    "id",
    "pmid",
    "note_id",
    "noteid",
    "report_id",
    "doc_id",
    "docid",
    "document_id",
    "documentid",
    "nct_id",
    "nctid",
    "nct_number",
    "row_id",
    "document",
    "name",
];
pub(crate) const TITLES: [&str; 3] = ["title", "note_title", "article_title"];
pub(crate) const TEXTS: [&str; 7] =
    ["text", "note_text", "abstract", "note", "report", "texte", "résumé"];

/// Those of [`IDS`] that may as well be what the text is called.
pub(crate) const IDS_OR_TEXTS: [&str; 2] = ["document", "name"];

/// A name as it is in these lists.
pub(crate) fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}
