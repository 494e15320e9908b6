//! Tables that are not as they should be: no text and no document is lost without a word.

mod common;

use bioner_documents::{Document, Format, csv};

use common::{read, told};

type Told = Vec<(Option<usize>, &'static str)>;

/// The ids and texts of a table, and the lines and codes of its problems.
fn of(table: &str) -> (Vec<(String, String)>, Told) {
    let (documents, problems) = read(Format::Csv, table);
    let document = |document: Document| (document.id, document.text);
    let problems = problems.iter().map(|problem| (problem.line, problem.code)).collect();
    (documents.into_iter().map(document).collect(), problems)
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|&(id, text)| (id.to_owned(), text.to_owned())).collect()
}

#[test]
fn delimiters_in_a_text_without_quotes_are_of_the_text() {
    let told = vec![(Some(2), "columns")];
    assert_eq!(
        of("id,text\n1,He has asthma, gout, and fever\n2,ok"),
        (pairs(&[("1", "He has asthma, gout, and fever"), ("2", "ok")]), told.clone())
    );
    assert_eq!(
        of("pmid;abstract\r\n5;Cough; none;;\r\n6;ok\r\n").0,
        pairs(&[("5", "Cough; none;;"), ("6", "ok")])
    );
    // As it stands in the file, with its quotes.
    assert_eq!(
        of("id,text\n\"1\",Said \"no\",\"gout, x\"\n").0,
        pairs(&[("1", "Said \"no\",\"gout, x\"")])
    );
    // Behind empty lines and the line of a spreadsheet.
    let (documents, problems) = of("sep=,\nid,text\n\n\n8,Rash, mild\n");
    assert_eq!(documents, pairs(&[("8", "Rash, mild")]));
    assert_eq!(problems, [(Some(5), "columns")]);
    let (_, problems) = read(Format::Csv, "id,text\n1,a, b\n");
    assert!(problems[0].text_is_whole);
    // A longer column behind the last is not the text.
    let (documents, _) = of("nr,finding\n1,He, and this is much longer than the others\n");
    assert_eq!(documents[0].1, "He, and this is much longer than the others");
    // Empty fields behind a row are nothing.
    assert_eq!(of("id,text\n1,Gout,,\n"), (pairs(&[("1", "Gout")]), vec![]));
}

#[test]
fn a_table_of_one_column_has_lines_as_texts() {
    assert_eq!(
        of("text\nHe has asthma, and gout.\nOk;\n\"Two\nlines, \"\"x\"\"\"\n"),
        (
            pairs(&[("1", "He has asthma, and gout."), ("2", "Ok;"), ("3", "Two\nlines, \"x\"")]),
            vec![]
        )
    );
    let (documents, problems) = read(Format::Tsv, "text\nHe has\tgout\n");
    assert_eq!((documents[0].text.as_str(), problems), ("He has\tgout", vec![]));
    assert_eq!(csv::read("\n\na;b\n1;2\n", None), [["a", "b"], ["1", "2"]]);
}

#[test]
fn a_row_that_is_too_long_is_told_where_the_text_is_not_last() {
    assert_eq!(
        of("id,text,label\n1,He has asthma, gout,x\n2,ok,y\n"),
        (pairs(&[("1", "He has asthma"), ("2", "ok")]), vec![(Some(2), "columns")])
    );
    let (_, problems) = read(Format::Csv, "text,id\nRash, mild,7\n");
    assert_eq!(told(&problems), [(Some(2), "columns")]);
    assert!(!problems[0].text_is_whole);
}

#[test]
fn a_row_with_a_number_or_a_date_is_no_head() {
    let texts =
        |table: &str| -> Vec<String> { of(table).0.into_iter().map(|(_, text)| text).collect() };
    assert_eq!(
        texts("10001,Asthma attack\n10002,She has gout."),
        ["Asthma attack", "She has gout."]
    );
    assert_eq!(texts("1,Asthma attack\n2,Gout\n3,Rash\n"), ["Asthma attack", "Gout", "Rash"]);
    assert_eq!(texts("2020-01-31;Gout\n2020-02-01;Rash seen\n"), ["Gout", "Rash seen"]);
    assert_eq!(texts("P001\tGout\nP002\tRash seen\n"), ["Gout", "Rash seen"]);
    assert_eq!(texts("3,Gout\n4,Rash, mild\n"), ["Gout", "Rash, mild"]);
    // The longest text is in the first row.
    assert_eq!(texts("ab,7,A very long text\ncd,8,b\n")[0], "A very long text");
    // Names with digits, names that are numbers.
    assert_eq!(texts("icd10,finding1\nJ45,Asthma\n"), ["Asthma"]);
    assert_eq!(texts(",0\n0,Asthma attack\n1,Gout\n"), ["Asthma attack", "Gout"]);
    assert_eq!(texts("2019,text\n5,Asthma attack\n"), ["Asthma attack"]);
}

#[test]
fn a_quote_that_a_later_row_closes_is_told() {
    let swallowed = [
        "id,text\n1,\"He said \"\"asthma\"\"\n2,Gout\n3,\"Fever\"",
        "id,text\n1,\"He said \"\"asthma\"\", and left\n2,\"Gout\"\n3,\"Fever\"\n",
        "id,text\r\n1,\"He said\r\n2,\"Gout and\"\r\n",
        "text\n\"He said\n\"Gout\"\n",
    ];
    for table in swallowed {
        assert_eq!(of(table).1, [(Some(2), "syntax")], "{table}");
    }
    for table in [
        "id,text\n1,\"He said \"asthma\" x\"\n2,\"Gout\"\n",
        "id,text\n1,\"Two\nlines, and\nmore\"\n2,\"Gout\"\n",
        "id,text\n1,\"Two\n\nlines \"\"said\"\"\"\n",
    ] {
        assert_eq!(of(table).1, [], "{table}");
    }
    assert_eq!(of("id,text\n1,Gout\n2,\"x\n3,y\n").1, [(Some(3), "truncated")]);
}

#[test]
fn rows_without_id_get_one_that_no_row_has_and_empty_rows_are_none() {
    assert_eq!(
        of("id,text\n1,\"asthma\"\n,\"gout\"\n2,\"fever\""),
        (pairs(&[("1", "asthma"), ("row-2", "gout"), ("2", "fever")]), vec![])
    );
    assert_eq!(
        of("id;text\n;a\nrow-1;b\n;;\n;\n \t; \n;c\n").0,
        pairs(&[("row-1-2", "a"), ("row-1", "b"), ("row-3", "c")])
    );
    // Without a column of ids, the numbers of the rows.
    assert_eq!(of("text;n\na;1\n;\nb;2\n").0, pairs(&[("1", "a"), ("2", "b")]));
}

#[test]
fn formulas_that_keep_zeros_are_read_as_what_they_show() {
    assert_eq!(
        of("id,text\n=\"007\",Gout\n\"=\"\"008\"\"\",Rash\n=\"\",Cough\n=9,x\n").0,
        pairs(&[("007", "Gout"), ("008", "Rash"), ("row-3", "Cough"), ("=9", "x")])
    );
}
