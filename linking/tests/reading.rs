//! Vocabularies of the user's, whole and broken.

#![allow(clippy::expect_used)] // in helpers, which Clippy takes for no tests

use bioner_documents::code;
use bioner_linking::read::{Report, read};
use bioner_linking::{Builder, Vocabulary};

fn load(file: &[u8]) -> (Vocabulary, Report) {
    let mut builder = Builder::new();
    let report = read(file, &mut builder);
    (builder.finish().expect("a vocabulary"), report)
}

fn problems(report: &Report) -> Vec<(Option<usize>, &str)> {
    report.problems.iter().map(|problem| (problem.line, problem.code)).collect()
}

#[test]
fn tab_separated_values_with_and_without_a_header() {
    let plain = "L:1\tfever\tSymptom\tpyrexia|high temperature\nL:1\tfebris\n# remark\nL:2\tcough";
    let (vocabulary, report) = load(plain.as_bytes());
    assert_eq!((vocabulary.concepts(), report.count), (2, 0));
    assert_eq!(vocabulary.find("Pyrexia"), ["L:1"]);
    assert_eq!(vocabulary.find("febris"), ["L:1"]);

    let headed = "\u{feff}Name\tType\tID\r\nfever\tSymptom\tL:1\r\n";
    let (vocabulary, report) = load(headed.as_bytes());
    assert_eq!((vocabulary.concepts(), report.count), (1, 0));
    assert_eq!(vocabulary.find("fever"), ["L:1"]);
}

#[test]
fn bad_lines_are_told_and_the_rest_is_kept() {
    let long = "x".repeat(1001);
    let file = [
        "L:1\tfever",
        "no tab",
        "\tname without id",
        "L:2\t",
        &format!("L:3\t{long}"),
        "L:4\tcough\tSymptom\t\tmany",
        "L:☃\t‏odd\u{200f}",
    ];
    let mut bytes = file.join("\n").into_bytes();
    bytes.extend_from_slice(b"\nL:5\tbad \xff byte\nL:6\tzero \0 byte\nL:7\tlast");
    let (vocabulary, report) = load(&bytes);
    let expected = [
        (Some(2), code::COLUMNS),
        (Some(3), code::MISSING),
        (Some(4), code::MISSING),
        (Some(5), code::TOO_LARGE),
        (Some(6), code::SYNTAX),
        (Some(8), code::NOT_TEXT),
        (Some(9), code::NOT_TEXT),
    ];
    assert_eq!(problems(&report), expected);
    assert_eq!(report.count, expected.len());
    for (name, id) in [("fever", "L:1"), ("cough", "L:4"), ("odd", "L:☃"), ("last", "L:7")] {
        assert_eq!(vocabulary.find(name), [id]);
    }
    assert_eq!(report.problems[0].to_string().split(':').next(), Some("line 2"));
}

#[test]
fn a_line_of_any_length_is_passed_over() {
    let file = format!("L:1\tfever\n{}\nL:2\tcough\n", "x".repeat(3 << 20));
    let (vocabulary, report) = load(file.as_bytes());
    assert_eq!(problems(&report), [(Some(2), code::TOO_LARGE)]);
    assert_eq!(vocabulary.concepts(), 2);
}

#[test]
fn problems_are_counted_and_the_first_are_told() {
    let (_, report) = load("bad\n".repeat(5000).as_bytes());
    assert_eq!((report.count, report.problems.len()), (5000, 100));
}

#[test]
fn obo() {
    let file = r#"format-version: 1.2

[Term]
id: HP:0001945 ! remark
name: Fever
synonym: "Pyrexia \"high\"" EXACT layperson []
synonym: "unended EXACT []

[Term]
id: HP:0000002
name: gone
is_obsolete: true

[Term]
name: no id

[Typedef]
id: part_of
name: part of

[Term]
id: HP:0012735
name: Cough
synonym: "Coughing" EXACT []"#;
    let (vocabulary, report) = load(file.as_bytes());
    assert_eq!(vocabulary.concepts(), 2);
    assert_eq!(vocabulary.find("pyrexia high"), ["HP:0001945"]);
    assert_eq!(vocabulary.find("coughing"), ["HP:0012735"]);
    assert_eq!(problems(&report), [(Some(7), code::SYNTAX), (Some(17), code::MISSING)]);
    // Cut in the middle of the last line: what was read is kept.
    let (vocabulary, report) = load(&file.as_bytes()[..file.len() - 12]);
    assert_eq!(vocabulary.find("cough"), ["HP:0012735"]);
    assert_eq!(problems(&report).last(), Some(&(Some(24), code::SYNTAX)));
}

#[test]
fn omop() {
    let head = "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\t\
        standard_concept\tconcept_code\tvalid_start_date\tvalid_end_date\tinvalid_reason\n";
    let rows = "320128\tEssential hypertension\tCondition\tSNOMED\tDisorder\tS\t59621000\ta\tb\t\n\
        1\tOld\tCondition\tSNOMED\tDisorder\t\t2\ta\tb\tD\n\
        x\tNo number\tDrug\tRxNorm\tIngredient\tS\t3\ta\tb\t\n\
        1503297\tmetformin\tDrug\n";
    let (vocabulary, report) = load(format!("{head}{rows}").as_bytes());
    assert_eq!(vocabulary.find("essential hypertension"), ["OMOP:320128"]);
    assert_eq!(vocabulary.concepts(), 1);
    assert_eq!(problems(&report), [(Some(4), code::SYNTAX), (Some(5), code::COLUMNS)]);
}

/// A file that cannot be read on after its first bytes.
struct Cut(&'static [u8]);

impl std::io::Read for Cut {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        match std::io::Read::read(&mut self.0, to)? {
            0 => Err(std::io::ErrorKind::UnexpectedEof.into()),
            count => Ok(count),
        }
    }
}

#[test]
fn what_was_read_before_the_file_broke_is_kept() {
    let mut builder = Builder::new();
    let file = std::io::BufReader::new(Cut(b"L:1\tfever\nL:2\tcou"));
    let report = read(file, &mut builder);
    assert_eq!(problems(&report), [(Some(1), code::IO)]);
    assert_eq!(builder.finish().expect("a vocabulary").find("fever"), ["L:1"]);
}

#[test]
fn no_vocabulary_at_all() {
    let (_, report) = load(b"");
    assert_eq!(problems(&report), [(None, code::MISSING)]);
    let (_, report) = load(b"\x1f\x8b\x08\0\0\xff\xfe\0binary");
    assert_eq!(problems(&report), [(None, code::NOT_TEXT)]);
    assert!(Vocabulary::from_bytes(b"").is_err());
    assert!(Vocabulary::from_bytes(b"BIONERV1\xff\xff\xff\xff").is_err());
}

/// A text in UTF-16 with its mark.
fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[test]
fn utf_16_is_read_in_pieces_of_any_size() {
    let text = "id\tname\r\nL:1\tfièvre\r\nL:2\t🩺 sign\r\n";
    for file in [utf_16(text, u16::to_le_bytes), utf_16(text, u16::to_be_bytes)] {
        for piece in [1, 2, 3, 5, 1000] {
            let mut reader = bioner_linking::read::Reader::new();
            file.chunks(piece).for_each(|piece| reader.push(piece));
            let (builder, report) = reader.finish();
            let vocabulary = builder.finish().expect("a vocabulary");
            assert_eq!((report.count, report.lines), (0, 3), "pieces of {piece}");
            assert_eq!(vocabulary.find("fievre"), ["L:1"]);
            assert_eq!(vocabulary.find("🩺 sign"), ["L:2"]);
        }
    }
    // A unit, or a character, that is cut.
    let cut = utf_16("L:1\tfever\nL:2\tcough 🩺", u16::to_le_bytes);
    for left in [cut.len() - 1, cut.len() - 2] {
        let (vocabulary, report) = load(&cut[..left]);
        assert_eq!((vocabulary.concepts(), report.count), (2, 0));
    }
}

#[test]
fn what_is_not_read_says_what_to_do() {
    let without_mark = &utf_16("L:1\tfever\n", u16::to_le_bytes)[2..];
    for (file, advice) in [
        (without_mark, "save it as UTF-8"),
        (b"\xff\xfe\0\0L\0\0\0", "save the file as UTF-8"),
        (b"PK\x03\x04\x14\0\0\0\x08\0", "save the table as text"),
    ] {
        let (vocabulary, report) = load(file);
        assert_eq!(vocabulary.concepts(), 0);
        assert_eq!(problems(&report), [(None, code::NOT_TEXT)]);
        let told = report.problems[0].to_string();
        assert!(told.contains(advice) && !told.starts_with("line"), "{told}");
    }
    let (_, report) = load(b"fever, high\n");
    assert!(report.problems[0].message.contains("\"id,name\""), "{}", report.problems[0]);
}

#[test]
fn commas_and_semicolons_where_they_are_plain() {
    for file in [
        "id,name,type,synonyms\nL:1,fever,Symptom,pyrexia|febris\nL:2,\"Abdomen, Acute\"\n",
        "ID;Name;Type;Synonyms\r\nL:1;fever;Symptom;pyrexia|febris\r\nL:2;Abdomen, Acute\r\n",
        "id, name, type, synonyms\nL:1, fever, Symptom, pyrexia|febris\nL:2, \"Abdomen, Acute\"",
        "# drugs\nL:1,fever,Symptom,pyrexia|febris\nL:2,\"Abdomen, Acute\"\n",
        "L:1;fever;Symptom;pyrexia|febris\nL:2;Abdomen, Acute\n",
    ] {
        let (vocabulary, report) = load(file.as_bytes());
        assert_eq!((vocabulary.concepts(), report.count), (2, 0), "{file}: {:?}", report.problems);
        assert_eq!(vocabulary.find("febris"), ["L:1"]);
        assert_eq!(vocabulary.find("acute abdomen"), ["L:2"]);
    }
    // With tabs, a comma and a quote are characters of a name.
    let (vocabulary, report) = load(b"L:1\t1,3-\"diol\"\nL:2\tfever, high");
    assert_eq!((vocabulary.find("1,3-diol"), report.count), (vec!["L:1"], 0));
}

#[test]
fn a_name_with_a_comma_is_never_cut_unseen() {
    for (file, line) in [
        ("id,name\nL:1,fever\nL:2,Abdomen, Acute\n", 3),
        ("id,name,type\nL:1,fever,Symptom\nL:2,Abdomen, Acute\n", 3),
        ("L:1,fever\nL:2,Abdomen, Acute\n", 2),
    ] {
        let (vocabulary, report) = load(file.as_bytes());
        assert_eq!(problems(&report), [(Some(line), code::COLUMNS)], "{file}");
        assert!(report.problems[0].message.contains("in quotes"));
        assert!(vocabulary.find("abdomen").is_empty());
        assert_eq!(vocabulary.find("fever"), ["L:1"]);
    }
    let (vocabulary, report) = load(b"L:1,\"fever\nL:2,\"cough\"s\nid,name\nL:3,\"a \"\"b\"\"\"\n");
    let told = [(Some(1), code::COLUMNS), (Some(2), code::COLUMNS)];
    assert_eq!(problems(&report), told, "{:?}", report.problems);
    assert_eq!(vocabulary.find("a b"), ["L:3"]);
    // Prose is no table.
    let (vocabulary, _) = load(b"Fever, chills and cough; no rash.\nHe left, well.\n");
    assert_eq!(vocabulary.concepts(), 0);
}

#[test]
fn a_table_of_omop_with_commas() {
    let file = "concept_id,concept_name,domain_id,vocabulary_id,standard_concept,concept_code,invalid_reason\n\
        320128,\"Hypertension, essential\",Condition,SNOMED,S,59621000,\n";
    let (vocabulary, report) = load(file.as_bytes());
    assert_eq!((vocabulary.concepts(), report.count), (1, 0), "{:?}", report.problems);
    assert_eq!(vocabulary.find("essential hypertension"), ["OMOP:320128"]);
}
