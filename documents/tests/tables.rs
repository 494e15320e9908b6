//! Tables as they come: which column is what, and which quotes are quotes.

mod common;

use bioner_documents::Format;

use common::read;

/// The ids and texts of a table without problems.
fn documents(format: Format, table: &str) -> Vec<(String, String)> {
    let (documents, problems) = read(format, table);
    assert_eq!(problems, [], "{table}");
    documents.into_iter().map(|document| (document.id, document.text)).collect()
}

fn first(table: &str) -> (String, String) {
    documents(Format::Csv, table).swap_remove(0)
}

fn of(id: &str, text: &str) -> (String, String) {
    (id.to_owned(), text.to_owned())
}

#[test]
fn a_column_is_not_taken_for_the_text_and_for_the_id() {
    let text = "Aspirin helps against headache.";
    assert_eq!(first(&format!("document,label\n{text},1\n")), of("1", text));
    assert_eq!(first(&format!("name\n{text}\n")), of("1", text));
    assert_eq!(first(&format!("title\n{text}\n")), of("1", text));
    // What can only be an id is not the text, long as it is.
    assert_eq!(
        first("note_id,finding\n10000032-DS-21,pneumonia\n"),
        of("10000032-DS-21", "pneumonia")
    );
    assert_eq!(first("id\nonly this\n"), of("1", "only this"));
    assert_eq!(first(&format!("document,id\n{text},7\n")), of("7", text));
    assert_eq!(first(&format!("document,report\n7,{text}\n")), of("7", text));
}

#[test]
fn columns_of_common_clinical_tables_are_known() {
    let text = "Chest X-ray: no pneumonia.";
    for (table, id, whole) in [
        // MIMIC-IV-Note, MIMIC-III, OMOP, ClinicalTrials.gov.
        (
            format!("note_id,subject_id,hadm_id,note_type,text\n1-DS-2,1,9,DS,{text}\n"),
            "1-DS-2",
            text.to_owned(),
        ),
        (
            format!(
                "\"ROW_ID\",\"SUBJECT_ID\",\"CATEGORY\",\"TEXT\"\n174,22532,\"X\",\"{text}\"\n"
            ),
            "174",
            text.to_owned(),
        ),
        (
            format!("note_id,person_id,note_title,note_text,encoding\n5,8,Report,{text},1\n"),
            "5",
            format!("Report\n{text}"),
        ),
        (
            format!("nct_number,status,description\nNCT0001,Completed,{text}\n"),
            "NCT0001",
            text.to_owned(),
        ),
        (
            format!("Report-ID,article title,abstract\n12,A case,{text}\n"),
            "12",
            format!("A case\n{text}"),
        ),
        (format!("name,pmid,text\nDoe,31,{text}\n"), "31", text.to_owned()),
        (format!("row_id,note_id,text\n1,2-RR-3,{text}\n"), "2-RR-3", text.to_owned()),
    ] {
        assert_eq!(first(&table), of(id, &whole), "{table}");
    }
}

#[test]
fn quotes_at_the_beginning_of_fields_with_tabs_stay_and_take_no_rows_in() {
    let tsv = |rows: &str| documents(Format::Tsv, &format!("id\ttext\n{rows}"));
    let said = "\"Silent\" myocardial infarction";
    assert_eq!(tsv(&format!("1\t{said} was seen.\n")), [of("1", &format!("{said} was seen."))]);
    // Each begins with a quote that does not quote.
    let three = [of("1", "\"A"), of("2", "B"), of("3", "\"C")];
    assert_eq!(tsv("1\t\"A\n2\tB\n3\t\"C\n"), three);
    assert_eq!(tsv("1\t\"A\r\n2\tB\r\n3\t\"C"), three);
    // One that ends with a quote would end the field of another.
    assert_eq!(tsv("1\t\"A\n2\tB\n3\tC\"\n"), [of("1", "\"A"), of("2", "B"), of("3", "C\"")]);
    assert_eq!(tsv("1\tA\n2\t\"B\n"), [of("1", "A"), of("2", "\"B")]);
    assert_eq!(tsv("1\t\"A\n2\tB\n"), [of("1", "\"A"), of("2", "B")]);
    // A table with tabs under another name.
    let (found, _) = read(Format::Csv, format!("id\ttext\n1\t{said}\n"));
    assert_eq!(found[0].text, said);
}

#[test]
fn quoted_fields_with_tabs_are_read_as_they_were_written() {
    let tsv = |rows: &str| documents(Format::Tsv, &format!("id\ttext\n{rows}"));
    assert_eq!(
        tsv("1\t\"tabs\tand\n\nlines, \"\"quoted\"\"\"\n2\tB\n"),
        [of("1", "tabs\tand\n\nlines, \"quoted\""), of("2", "B"),]
    );
    // Lines with tabs of their own among those of a note.
    let note = "History:\nNone.\n\nPulse\t70\nNo fever.";
    assert_eq!(tsv(&format!("1\t\"{note}\"\n2\t\"B\"\n")), [of("1", note), of("2", "B")]);
    assert_eq!(tsv("\"1\"\t\"A\"\n\"2\"\t\"\"\n"), [of("1", "A"), of("2", "")]);
    let escaped = "1\t\"said \\\"gout\\\" \nagain\"\n";
    assert_eq!(tsv(escaped), [of("1", "said \"gout\" \nagain")]);
    let whole = "id\ttext\tlabel\n1\t\"one\ntwo\"\tx\n2\t\"three\"\ty\n";
    assert_eq!(documents(Format::Tsv, whole), [of("1", "one\ntwo"), of("2", "three")]);
    // Half of a file that quotes.
    let (_, problems) = read(Format::Tsv, "id\ttext\n1\t\"one\ntwo\nthree");
    assert_eq!(problems.len(), 1);
}
