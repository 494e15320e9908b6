//! Whether a file is CoNLL, by its content.

use super::{beginning, is_tag};
use crate::text::is_blank;

/// Whether a file is tokens and their tags, by its beginning: every line has a tag of IOB2 or its relatives in
/// its last column and as many columns as the others. Tags without types may be other letters, so they are
/// only taken for tags behind a tab, and where empty lines separate sentences.
pub(crate) fn looks_like(content: &str) -> bool {
    // The last line may be cut.
    let whole = content.rfind('\n').map_or("", |end| &content[..end]);
    let (mut columns, mut tokens, mut typed, mut sentences) = (None, 0, false, 0);
    let mut between = true;
    for line in whole.split('\n').map(|line| line.trim_end_matches('\r')) {
        let is_blank = line.chars().all(is_blank);
        let is_comment = line.starts_with('#') && !line.contains('\t');
        if is_blank || is_comment || beginning(line).is_some() {
            between |= is_blank;
            continue;
        }
        sentences += usize::from(std::mem::take(&mut between));
        let tabs = line.contains('\t');
        let fields: Vec<&str> = match tabs {
            true => line.split('\t').collect(),
            false => line.split_whitespace().collect(),
        };
        let [token, .., tag] = fields.as_slice() else { return false };
        let shape = (tabs, fields.len());
        if token.is_empty()
            || token.contains(char::is_whitespace)
            || !is_tag(tag)
            || *columns.get_or_insert(shape) != shape
        {
            return false;
        }
        let kind = tag.split_once('-').map_or("", |(_, kind)| kind);
        typed |= !kind.is_empty();
        tokens += 1;
    }
    tokens > 1 && (typed || (sentences > 1 && columns.is_some_and(|(tabs, _)| tabs)))
}
