//! What is written is read again as it was, in every format that is read.

#![allow(clippy::expect_used, clippy::unwrap_used)] // in helpers, which Clippy takes for no tests

use bioner_documents::{
    ByteSpan, Document, Entity, Fields, Format, Options, Passage, Unit, brat, write,
};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::json;

/// Texts with what breaks formats: delimiters, line ends of every kind, characters beyond 16 bits.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-z]{1,8}",
        3 => Just(" ".to_owned()),
        1 => "[\\n\\r\\t]",
        1 => Just("\r\n".to_owned()),
        1 => Just("\u{85}\u{2028}".to_owned()),
        1 => "[αβ’é|<>&\"'=+;,#\\\\-]",
        1 => "[🧬𝛼😀]",
        1 => Just("a\u{301}\u{200d}".to_owned()),
    ];
    vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Entities at places given as shares of the text.
fn entities(
    text: &str,
    places: Vec<(prop::sample::Index, prop::sample::Index, u8)>,
) -> Vec<Entity> {
    let edges: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let spans = places.into_iter().filter_map(|(from, to, kind)| {
        let (a, b) = (edges[from.index(edges.len())], edges[to.index(edges.len())]);
        let span = ByteSpan::new(a.min(b), a.max(b));
        if span.is_empty() {
            return None;
        }
        let names = [
            "Disease",
            "Sign or symptom",
            "a|b",
            "Crohn's disease",
            "Maladie d’Alzheimer",
            "T cell (CD4+)",
            "DNA/RNA",
            "A+",
            "5'-UTR",
        ];
        let mut entity = Entity::new(span, names[usize::from(kind) % names.len()]);
        entity.score = (kind > 100).then_some(f64::from(kind) / 1000.0);
        entity.id = (kind % 2 == 0).then(|| "MESH:D000001".to_owned());
        Some(entity)
    });
    let mut entities: Vec<Entity> = spans.collect();
    entities.sort_by_key(|entity| (entity.span.start, entity.span.end));
    entities
}

prop_compose! {
    fn titled()(
        id in "[A-Za-z0-9][A-Za-z0-9|.-]{0,6}",
        title in text(),
        rest in text(),
        places in vec(any::<(prop::sample::Index, prop::sample::Index, u8)>(), 0..5),
    ) -> Document {
        let mut document = Document::titled(id, &title, &rest);
        document.entities = entities(&document.text, places);
        document
    }
}

prop_compose! {
    fn plain()(
        id in "[A-Za-z0-9 ]{1,6}",
        text in text(),
        places in vec(any::<(prop::sample::Index, prop::sample::Index, u8)>(), 0..5),
    ) -> Document {
        let mut document = Document::new(id, text);
        document.entities = entities(&document.text, places);
        document
    }
}

fn document() -> impl Strategy<Value = Document> {
    prop_oneof![titled(), plain()]
}

const OPTIONS: Options =
    Options { unit: Unit::CodePoint, text: true, several: true, fields: Fields::NONE };

fn written(format: Format, options: Options, documents: &[Document]) -> String {
    let mut files = write(format, options, documents).expect("the format can be written");
    files.remove(0).content
}

/// The documents of a file without problems.
fn read(format: Format, content: &str) -> Vec<Document> {
    let read = format.read(content.as_bytes()).expect("the format can be read");
    read.map(|read| read.expect("what was written has no problems")).collect()
}

/// Every mention of a document: its words, with white space as one space, and its type.
fn mentions(document: &Document) -> Vec<(String, String)> {
    let words = |text: &str| {
        let blank = |c: char| c.is_whitespace() || c.is_control();
        let words: Vec<&str> = text.split(blank).filter(|word| !word.is_empty()).collect();
        words.join(" ")
    };
    let mentions = document.entities.iter();
    let mut mentions: Vec<(String, String)> = mentions
        .map(|entity| (words(entity.span.slice(&document.text)), words(&entity.kind)))
        // A mention of nothing but white space cannot be written everywhere.
        .filter(|(mention, _)| !mention.is_empty())
        .collect();
    mentions.sort();
    mentions
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn json(documents in vec(document(), 0..4), utf16 in any::<bool>()) {
        let unit = if utf16 { Unit::Utf16 } else { Unit::CodePoint };
        let options = Options { unit, ..OPTIONS };
        for format in [Format::Json, Format::JsonLines] {
            let content = written(format, options, &documents);
            prop_assert_eq!(&read(format, &content), &documents);
        }
    }

    #[test]
    fn json_keeps_what_it_does_not_know(mut document in document(), certain in any::<bool>()) {
        document.extra.insert("types".into(), json!(["Disease"]));
        for entity in &mut document.entities {
            entity.extra.insert("assertion".into(), json!(3));
            entity.extra.insert("certain".into(), json!(certain));
        }
        let content = written(Format::JsonLines, OPTIONS, std::slice::from_ref(&document));
        prop_assert_eq!(read(Format::JsonLines, &content), [document]);
    }

    #[test]
    fn bioc(documents in vec(document(), 0..4)) {
        let json = read(Format::BiocJson, &written(Format::BiocJson, OPTIONS, &documents));
        let xml = read(Format::BiocXml, &written(Format::BiocXml, OPTIONS, &documents));
        prop_assert_eq!(&xml, &json);
        prop_assert_eq!(json.len(), documents.len());
        for (read, given) in json.iter().zip(&documents) {
            prop_assert_eq!(&read.id, &given.id);
            prop_assert_eq!(&read.text, &given.text);
            // A line break between the passages is in none, so a mention there has no place.
            if given.title_end.is_none() {
                prop_assert_eq!(&read.entities, &given.entities);
            }
            prop_assert_eq!(mentions(read), mentions(given));
        }
    }

    #[test]
    fn xmi(given in document()) {
        let file = write(Format::Xmi, OPTIONS, std::slice::from_ref(&given)).expect("it is written");
        prop_assert_eq!(&file[0].name, "TypeSystem.xml");
        let mut read = read(Format::Xmi, &file[1].content);
        // An untitled text is no title; one of which the title is all has nothing after it.
        prop_assert_eq!(read.len(), 1);
        let read = read.remove(0);
        prop_assert_eq!(&read.id, &given.id);
        prop_assert_eq!(&read.text, &given.text);
        prop_assert_eq!(&read.entities, &given.entities);
        prop_assert_eq!(read.title_end, given.title_end);
    }

    #[test]
    fn label_studio(documents in vec(document(), 0..4)) {
        let read = read(Format::LabelStudio, &written(Format::LabelStudio, OPTIONS, &documents));
        prop_assert_eq!(&read, &documents);
    }

    #[test]
    fn doccano(documents in vec(document(), 0..4)) {
        let content = written(Format::Doccano, OPTIONS, &documents);
        prop_assert!(content.is_ascii());
        let read = read(Format::Doccano, &content);
        prop_assert_eq!(read.len(), documents.len());
        for (read, given) in read.iter().zip(&documents) {
            prop_assert_eq!((&read.id, &read.text), (&given.id, &given.text));
            let of = |document: &Document| -> Vec<(ByteSpan, String)> {
                document.entities.iter().map(|e| (e.span, e.kind.clone())).collect()
            };
            prop_assert_eq!(of(read), of(given));
        }
    }

    #[test]
    fn pubtator(documents in vec(document(), 0..4)) {
        let content = written(Format::PubTator, OPTIONS, &documents);
        let read = read(Format::PubTator, &content);
        prop_assert_eq!(read.len(), documents.len());
        for (read, given) in read.iter().zip(&documents) {
            prop_assert_eq!(mentions(read), mentions(given));
        }
        // What was read is written as it was.
        prop_assert_eq!(written(Format::PubTator, OPTIONS, &read), content);
    }

    #[test]
    fn brat(given in document()) {
        let (text, annotations) = brat::write(&given);
        prop_assert!(!text.contains('\r'));
        for line in annotations.lines().filter(|line| line.starts_with('T')) {
            prop_assert_eq!(line.split('\t').count(), 3);
        }
        let (read, problems) = brat::read(&given.id, &text, &annotations);
        prop_assert_eq!(problems, []);
        prop_assert_eq!(&read.text, &given.text.replace("\r\n", "\n").replace('\r', "\n"));
        let single = |(mention, kind): (String, String)| {
            let signs = |c: char| !c.is_alphanumeric() && c != '-';
            let words: Vec<&str> = kind.split(signs).filter(|word| !word.is_empty()).collect();
            let end = if kind.ends_with(signs) { "_" } else { "" };
            (mention, words.join("_") + end)
        };
        let wanted: Vec<_> = mentions(&given).into_iter().map(single).collect();
        prop_assert_eq!(mentions(&read), wanted);
        prop_assert_eq!(brat::write(&read), (text, annotations));
    }

    #[test]
    fn conll(documents in vec(plain(), 1..4)) {
        // Overlapping mentions have no place in it.
        let mut documents = documents;
        for document in &mut documents {
            let mut end = 0;
            document.entities.sort_by_key(|e| (e.span.start, std::cmp::Reverse(e.span.end)));
            document.entities.retain(|entity| {
                let free = entity.span.start >= end;
                end = if free { entity.span.end } else { end };
                free
            });
        }
        let read = read(Format::Conll, &written(Format::Conll, OPTIONS, &documents));
        let signs = |text: &str| text.split(|c: char| c.is_whitespace() || c.is_control()).collect::<String>();
        let told: Vec<_> = documents.iter().filter(|d| !signs(&d.text).is_empty()).collect();
        prop_assert_eq!(read.len(), told.len());
        for (read, given) in read.iter().zip(told) {
            prop_assert_eq!(signs(&read.text), signs(&given.text));
            let of = |document: &Document| -> Vec<(String, String)> {
                let mentions = mentions(document).into_iter();
                let mut mentions: Vec<_> =
                    mentions.map(|(mention, kind)| (signs(&mention), kind.replace(' ', "_"))).collect();
                mentions.sort();
                mentions
            };
            prop_assert_eq!(of(read), of(given));
        }
    }

    #[test]
    fn csv(rows in vec(vec("[a-z0-9 ,;\"\\n\u{e9}]{0,6}", 2..5), 1..5)) {
        let mut table = String::new();
        for row in &rows {
            let fields: Vec<String> =
                row.iter().map(|field| format!("\"{}\"", field.replace('"', "\"\""))).collect();
            table += &(fields.join(",") + "\r\n");
        }
        prop_assert_eq!(bioner_documents::csv::read(&table, Some(b',')), rows);
    }

    /// Nothing that a file holds makes a reader panic, and every entity stands in its text.
    #[test]
    fn any_file_is_read(bytes in vec(any::<u8>(), 0..200), cut in any::<prop::sample::Index>(), given in vec(document(), 0..3)) {
        let formats = [
            Format::Json, Format::JsonLines, Format::PubTator, Format::BiocXml, Format::BiocJson,
            Format::PubmedXml, Format::Conll, Format::Csv, Format::Xmi, Format::LabelStudio, Format::Doccano,
        ];
        for format in formats {
            let mut whole = write(format, OPTIONS, &given)
                .ok().and_then(|mut files| files.pop()).map_or(Vec::new(), |file| file.content.into_bytes());
            whole.truncate(cut.index(whole.len() + 1));
            for content in [&whole, &bytes] {
                for document in format.read(content.as_slice()).expect("it is read").flatten() {
                    for entity in &document.entities {
                        prop_assert!(document.text.get(entity.span.start..entity.span.end).is_some());
                    }
                }
            }
        }
    }
}

#[test]
fn passages_are_kept() {
    let text = "Heading\n\nAllergies: none.\n  Plan: rest.";
    let mut document = Document::new("note", text);
    let passage =
        |start, end, kind: &str| Passage { span: ByteSpan::new(start, end), kind: kind.into() };
    document.passages =
        vec![passage(0, 7, "title"), passage(9, 25, "allergies"), passage(28, 39, "plan")];
    let at = text.find("rest").expect("it is there");
    document.entities = vec![Entity::new(ByteSpan::new(at, at + 4), "Treatment")];
    for format in [Format::BiocXml, Format::BiocJson] {
        let read = read(format, &written(format, OPTIONS, std::slice::from_ref(&document)));
        assert_eq!(read[0].passages, document.passages);
        assert_eq!(
            read[0].text,
            text.replace("\n  ", "\n\n\n"),
            "what lies between is line breaks"
        );
        assert_eq!(read[0].entities, document.entities);
    }
    // An empty one, too.
    document.passages.push(passage(39, 39, "signature"));
    let read = read(Format::Json, &written(Format::Json, OPTIONS, std::slice::from_ref(&document)));
    assert_eq!(read, [document]);
}

#[test]
fn discontinuous_mentions_are_kept() {
    let text = "hepatitis B and C";
    let mut entity = Entity::new(ByteSpan::new(0, text.len()), "Disease");
    entity.fragments = vec![ByteSpan::new(0, 9), ByteSpan::new(16, 17)];
    let mut document = Document::new("1", text);
    document.entities = vec![entity];
    let (txt, ann) = brat::write(&document);
    assert_eq!(ann, "T1\tDisease 0 9;16 17\thepatitis C\n");
    assert_eq!(brat::read("1", &txt, &ann), (document.clone(), Vec::new()));
    for format in [Format::BiocXml, Format::BiocJson, Format::Json, Format::JsonLines, Format::Xmi]
    {
        let files = write(format, OPTIONS, std::slice::from_ref(&document)).expect("it is written");
        let content = files.last().expect("a file").content.clone();
        assert_eq!(read(format, &content), std::slice::from_ref(&document), "{}", format.name());
    }
}

/// Other fields of a file, by the names that formats use themselves.
const OWN: [&str; 12] = [
    "id",
    "start",
    "end",
    "type",
    "text",
    "score",
    "fragments",
    "offsets",
    "titleEnd",
    "passages",
    "entities",
    "identifier",
];

#[test]
fn other_fields_are_not_taken_for_the_formats_own() {
    let fields = || OWN.into_iter().map(|name| (name.to_owned(), json!("7")));
    let mut document = Document::new("d", "Gout");
    document.extra.extend(fields());
    for id in [None, Some("MESH:D006073".to_owned())] {
        let mut entity = Entity::new(ByteSpan::new(0, 4), "Disease");
        entity.id = id;
        entity.score = entity.id.is_some().then_some(0.5);
        entity.extra.extend(fields());
        document.entities = vec![entity];
        for format in [Format::JsonLines, Format::Json, Format::BiocJson, Format::BiocXml] {
            let told = format!("{format:?}");
            let files =
                write(format, Options::new(Unit::CodePoint), std::slice::from_ref(&document));
            let files = files.unwrap();
            let mut read = format.read(files[0].content.as_bytes()).unwrap();
            let again = read.next().unwrap().unwrap();
            assert_eq!((&again.id, &again.text), (&document.id, &document.text), "{told}");
            let (entity, again) = (&document.entities[0], &again.entities[0]);
            assert_eq!((again.span, &again.kind), (entity.span, &entity.kind), "{told}");
            if entity.id.is_some() {
                assert_eq!((&again.id, again.score), (&entity.id, entity.score), "{told}");
            }
            if matches!(format, Format::JsonLines | Format::Json) {
                assert_eq!((&again.id, again.score), (&entity.id, entity.score), "{told}");
                assert_eq!(again.extra.len(), OWN.len(), "{told}: nothing is lost");
                assert_eq!(again.extra["id_"], "7", "{told}");
            }
        }
    }
}
