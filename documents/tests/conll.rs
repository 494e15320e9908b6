//! CoNLL as it comes: where documents begin, more columns, other schemes.

mod common;

use bioner_documents::{Document, Format};

use common::{read, told};

fn mentions(document: &Document) -> Vec<&str> {
    document.entities.iter().map(|entity| entity.span.slice(&document.text)).collect()
}

#[test]
fn conll_is_read_with_spaces_more_columns_and_iob1() {
    let file = "-DOCSTART- -X- O O\n\nDeep NN B-NP I-D\nvein NN I-NP I-D\n. . O O\n\nGout NN x B-D\n\n\
        -DOCSTART-\tO\n\nrash\tB-D\nhives\tB-D\nx\nend\tQ-D\n";
    let (documents, problems) = read(Format::Conll, file);
    let texts: Vec<&str> = documents.iter().map(|document| document.text.as_str()).collect();
    assert_eq!(texts, ["Deep vein .\nGout", "rash hives end"]);
    assert_eq!(mentions(&documents[0]), ["Deep vein", "Gout"]);
    assert_eq!(mentions(&documents[1]), ["rash", "hives"]);
    assert_eq!(told(&problems), [(Some(13), "columns"), (Some(14), "syntax")]);
}

#[test]
fn conll_has_a_document_a_sentence_until_a_line_begins_one() {
    let ids = |file: &str| -> Vec<(String, String)> {
        let (documents, problems) = read(Format::Conll, file);
        assert_eq!(problems, [], "{file}");
        documents.into_iter().map(|document| (document.id, document.text)).collect()
    };
    let of = |id: &str, text: &str| (id.to_owned(), text.to_owned());
    let gout = "Gout\tB-D\nhurts\tO\n\n";
    let rash = "Rash\tB-D\n\n";
    assert_eq!(
        ids(&format!("{gout}{rash}\n\n{gout}")),
        [of("1", "Gout hurts"), of("2", "Rash"), of("3", "Gout hurts")]
    );
    assert_eq!(ids(&format!("-DOCSTART-\tO\n\n{gout}{rash}")), [of("1", "Gout hurts\nRash")]);
    assert_eq!(
        ids(&format!("###MEDLINE:95369245\n\n{gout}{rash}###MEDLINE:95333264\n\n{rash}")),
        [of("95369245", "Gout hurts\nRash"), of("95333264", "Rash")]
    );
    let newdoc = format!(
        "# newdoc id = a 1\n# sent_id = 1\n{gout}# newdocument\n{rash}# newdoc\n{gout}#newdoc id=b\n{rash}"
    );
    assert_eq!(
        ids(&newdoc),
        [of("a 1", "Gout hurts\nRash"), of("2", "Gout hurts"), of("b", "Rash")]
    );
    // What stands before the first that begins.
    assert_eq!(
        ids(&format!("{rash}{gout}-DOCSTART- -X- O\n\n{gout}{rash}")),
        [of("1", "Rash"), of("2", "Gout hurts"), of("3", "Gout hurts\nRash")]
    );
}
