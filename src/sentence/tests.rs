use bioner_documents::abbreviation::find_definitions;
use proptest::prelude::*;

use super::*;

/// The view of a text that is one sentence and a whole document.
fn document(text: &str) -> Sentence {
    let context = Context::new(text, &find_definitions(text));
    Sentence::in_document(text, ByteSpan::new(0, text.len()), &context)
}

/// Spaces, tabs and two spaces, which are all read as one space is.
const SPACES: [&str; 7] = [" ", "\u{a0}", "\u{2009}", "\u{202f}", "\u{3000}", "\t", "  "];

/// Checks that `odd` is read as `plain` is, and that each of `words` of the plain text has its place in
/// the odd one, with any spaces in it.
#[track_caller]
fn same(odd: &str, plain: &str, words: &[(&str, &str)]) {
    for space in SPACES {
        let odd = &odd.replace(' ', space);
        let sentence = document(odd);
        assert_eq!(sentence.view(), plain, "{space:?}");
        for (shown, source) in words {
            let span = sentence.occurrences(shown).next().expect("the word is in the view");
            let span = sentence.to_source(span).expect("it has a place");
            assert_eq!(span.slice(odd), source.replace(' ', space), "{shown} {space:?}");
        }
    }
}

#[test]
fn ligatures_and_other_compatibility_forms_are_plain_letters() {
    same("Oﬄoxacin for ﬁstula.", "Offloxacin for fistula.", &[("fistula", "ﬁstula")]);
    same("ﬀ ﬂu ﬃx ﬅ ﬆ", "ff flu ffix st st", &[("flu", "ﬂu")]);
    same("𝛾-tocotrienol, 𝐏𝐃𝟏", "γ-tocotrienol, PD1", &[("PD1", "𝐏𝐃𝟏")]);
    same("Ｇｏｕｔ（acute）", "Gout(acute)", &[("Gout", "Ｇｏｕｔ")]);
    same("5 µg and 5 μg", "5 μg and 5 μg", &[]);
    same("type Ⅱ diabetes", "type II diabetes", &[("type II", "type Ⅱ")]);
    same("CO₂, H₂O, Ca²⁺ and ¹³¹I", "CO2, H2O, Ca2+ and 131I", &[("Ca2", "Ca²"), ("CO2", "CO₂")]);
    same("Bechterew’s “disease” – 5′-AMP", "Bechterew's \"disease\" - 5'-AMP", &[]);
    same("Be\u{301}hc\u{327}et", "Béhçet", &[("Béhçet", "Be\u{301}hc\u{327}et")]);
    same("Lipitor™ at 20 ℃", "Lipitor™ at 20 ℃", &[("Lipitor", "Lipitor")]);
}

#[test]
fn what_is_not_seen_is_not_read() {
    same("keto\u{200B}conazole", "ketoconazole", &[("ketoconazole", "keto\u{200B}conazole")]);
    same("\u{FEFF}gout\u{2060} is", "gout is", &[("gout", "gout")]);
    same("nephro\u{AD}li\u{AD}thi\u{AD}asis", "nephrolithiasis", &[]);
    same("cipro\u{200D}flox\u{200C}acin", "ciprofloxacin", &[]);
    same(
        "\u{202A}asthma\u{202C} or \u{2067}gout\u{2069}",
        "asthma or gout",
        &[("asthma", "asthma")],
    );
    same("type\u{A0}1\u{2009}diabetes", "type 1 diabetes", &[]);
    // Joiners mean something in other scripts and between emoji.
    for text in ["क्\u{200D}ष", "👩\u{200D}⚕\u{FE0F}"] {
        assert_eq!(document(text).view(), text);
    }
}

#[test]
fn a_word_broken_at_the_end_of_a_line_is_one() {
    for (odd, plain) in [
        ("pancyto-\npenia", "pancytopenia"),
        ("pancyto-\r\n   penia", "pancytopenia"),
        ("pancyto\u{2010}\npenia", "pancytopenia"),
        ("pancyto\u{AD}\npenia", "pancytopenia"),
        ("pancyto- \npenia", "pancytopenia"),
        ("PANCYTO-\nPENIA", "PANCYTOPENIA"),
        ("anti-\nbiotics", "antibiotics"),
        ("in-\nflammation", "inflammation"),
        ("long-\nitudinal", "longitudinal"),
        ("anti-\ninflammatory", "anti-inflammatory"),
        ("anti-\nPD-1", "anti-PD-1"),
        ("non-\nsmall cell", "non-small cell"),
        ("5-\nfluorouracil", "5-fluorouracil"),
        ("IFN-\ngamma", "IFN-gamma"),
        ("beta-\nlactam", "beta-lactam"),
        ("heparin-\ninduced", "heparin-induced"),
        ("COX-\n2", "COX-2"),
        ("(S)-\nketamine", "(S)-ketamine"),
        ("hypo-\nand hyperkalemia", "hypo- and hyperkalemia"),
        ("gout -\nasthma", "gout - asthma"),
    ] {
        same(odd, plain, &[]);
    }
    same("a pancyto-\n penia now", "a pancytopenia now", &[("pancytopenia", "pancyto-\n penia")]);
    same("beta-\nlactam", "beta-lactam", &[("beta-lactam", "beta-\nlactam"), ("lactam", "lactam")]);
}

#[test]
fn a_word_broken_at_the_end_of_a_line_is_written_as_elsewhere_in_the_document() {
    for (word, view) in [
        ("neuro-\ntransmitter", "neurotransmitter"),
        ("beta-\ncarotene", "beta-carotene"),
        ("re-\nentry", "reentry"),
    ] {
        assert_eq!(document(word).view(), view, "without the word elsewhere");
    }
    for (odd, plain) in [
        ("Neuro-transmitter or neuro-\ntransmitter", "Neuro-transmitter or neuro-transmitter"),
        ("Betacarotene, beta-\ncarotene", "Betacarotene, betacarotene"),
        ("re\u{2010}entry by re-\r\n entry", "re-entry by re-entry"),
        ("anti-re-entry by re-\nentry", "anti-re-entry by re-entry"),
        // Written both ways, it is read as in other documents.
        ("re-entry, reentry, re-\nentry", "re-entry, reentry, reentry"),
        ("hypo- and\nhypo-\nand", "hypo- and hypo- and"),
    ] {
        same(odd, plain, &[]);
    }
}

#[test]
fn reference_numbers_are_left_out() {
    for (odd, plain) in [
        (
            "Digoxin1 slows flutter2 and verapamil3,4 prevents angina.5 Nitrates help.",
            "Digoxin slows flutter and verapamil prevents angina. Nitrates help.",
        ),
        ("Statins1,2 lower risk.", "Statins lower risk."),
        ("Statins4–6 lower risk.", "Statins lower risk."),
        ("Fever³ and cough.⁴⁻⁶", "Fever and cough."),
        ("Fever³,⁴ and rash", "Fever and rash"),
        ("asthma[3] and gout[4, 5].", "asthma and gout."),
        ("asthma [3] stays", "asthma [3] stays"),
    ] {
        same(odd, plain, &[]);
    }
    same("Fever³ rose", "Fever rose", &[("Fever", "Fever")]);
}

#[test]
fn numbers_of_names_stay() {
    for text in [
        "p53, NOTCH1, IL2, HER2, caspase3, interleukin2, CYP3A4, CD4, B12 and Wnt3",
        "caspase3 cleaves caspase8 and then caspase9",
        "presenilin1 and presenilin2 and connexin43",
        "in stage3 or grade4 disease, group2",
        "type 2 diabetes, vitamin B12 and factor 8",
        "butane1,4-diol and calix[4]arene and 1,25-dihydroxyvitamin",
        "only this stroke3 has one",
        "at 37.5 or 2,500 cells",
    ] {
        same(text, text, &[]);
    }
    same("5 cm² at 10⁶", "5 cm2 at 106", &[]);
}

#[test]
fn a_dose_is_parted_from_its_drug() {
    for (odd, plain) in [
        ("Ramipril5mg od", "Ramipril 5mg od"),
        ("RAMIPRIL5MG", "RAMIPRIL 5MG"),
        ("insulin10units", "insulin 10units"),
        ("salbutamol2.5 mg", "salbutamol 2.5 mg"),
        ("heparin5000IU", "heparin 5000IU"),
        ("thyroxine50µg", "thyroxine 50μg"),
        ("cyclin2g and HSP70mg", "cyclin 2g and HSP70mg"),
        ("caspase3 and NOTCH1", "caspase3 and NOTCH1"),
    ] {
        same(odd, plain, &[]);
    }
    let text = "insulin10units";
    let sentence = document(text);
    for (start, end) in [(0, 7), (7, 14), (0, 14)] {
        let span = ByteSpan::new(start, end);
        let view = sentence.to_view(span).expect("pieces of the source");
        assert_eq!(sentence.to_source(view), Some(span));
    }
}

#[test]
fn the_stop_of_an_abbreviation_in_a_name_is_left_out() {
    same("low Vit. K1 and Staph. aureus", "low Vit K1 and Staph aureus", &[("Vit K1", "Vit. K1")]);
    same("in vit.", "in vit.", &[]);
}

/// What may be a name, the same with any spaces in the text.
#[track_caller]
fn names(text: &str) -> Vec<String> {
    let names = names_of(text);
    for space in SPACES {
        assert_eq!(names_of(&text.replace(' ', space)), names, "{text} {space:?}");
    }
    names
}

fn names_of(text: &str) -> Vec<String> {
    let sentence = document(text);
    let mut names = Vec::new();
    for first in 0..sentence.pieces().len() {
        for last in first..sentence.pieces().len() {
            let (start, end) =
                (sentence.pieces()[first].view.start, sentence.pieces()[last].view.end);
            let span = ByteSpan::new(start, end);
            if sentence.may_be_name(first, last) && sentence.is_text(span) {
                names.push(span.slice(sentence.view()).to_owned());
            }
        }
    }
    names
}

#[test]
fn headings_fields_placeholders_and_ages_are_no_names() {
    for (text, no) in [
        ("Service: CARDIOLOGY", "CARDIOLOGY"),
        ("PAST MEDICAL HISTORY: gout", "HISTORY"),
        ("Chief Complaint:", "Complaint"),
        ("HISTORY OF PRESENT ILLNESS", "ILLNESS"),
        ("Sex: F Service: SURGERY Allergies: Penicillin", "SURGERY"),
        ("seen by [**First Name (Titles) 12**] today", "Titles"),
        ("Dear [NAME], your gout", "NAME"),
        ("a 71F with gout", "71F"),
        ("a 71yo with gout", "71yo"),
        ("a 71-year-old with gout", "year"),
        ("CONCLUSIONS: Aspirin helps", "CONCLUSIONS"),
    ] {
        let found = names(text);
        assert!(found.iter().all(|name| !name.contains(no)), "{text}: {found:?}");
    }
    for (text, yes) in [
        ("PAST MEDICAL HISTORY: gout", "gout"),
        ("Sex: F Service: SURGERY Allergies: Penicillin", "Penicillin"),
        ("His allergies are severe", "allergies"),
        ("a chronic illness", "illness"),
        ("a 71F with gout", "gout"),
        ("18F-FDG uptake", "18F-FDG"),
        ("Drug: aspirin", "aspirin"),
    ] {
        let found = names(text);
        assert!(found.iter().any(|name| name == yes), "{text}: {found:?}");
    }
}

#[test]
fn the_label_of_a_line_of_a_note_is_not_shown() {
    for (text, shown) in [
        ("Medications: aspirin", "aspirin"),
        ("Review of Systems:  no fever, no cough", "no fever, no cough"),
        ("PAST MEDICAL HISTORY : (1) gout", "(1) gout"),
        // Nothing would be left.
        ("Chief Complaint: -", "Chief Complaint: -"),
        // The label of an abstract, a field, and no label.
        ("CONCLUSIONS: Aspirin helps", "CONCLUSIONS: Aspirin helps"),
        ("Service: CARDIOLOGY", "Service: CARDIOLOGY"),
        ("Aspirin: 100 mg", "Aspirin: 100 mg"),
    ] {
        let sentence = Sentence::whole(text);
        assert_eq!(sentence.view(), shown);
        let first = sentence.pieces()[0];
        assert_eq!(first.view.start, 0);
        assert_eq!(first.source.slice(text), first.view.slice(shown));
        let last = sentence.pieces()[sentence.pieces().len() - 1];
        assert_eq!(last.view.end, shown.len());
        assert_eq!(last.source.end, text.len());
    }
}

#[test]
fn a_name_holds_both_brackets_or_neither() {
    for (text, yes, no) in [
        (
            "4,4'-methylenebis(2-chloroaniline) is",
            "4,4'-methylenebis(2-chloroaniline)",
            "2-chloroaniline",
        ),
        ("1,1'-ethylidenebis[tryptophan].", "1,1'-ethylidenebis[tryptophan]", "tryptophan"),
        ("2-(4-chlorophenyl)ethanol", "2-(4-chlorophenyl)ethanol", "4-chlorophenyl"),
        ("(R)-naproxen", "(R)-naproxen", "naproxen"),
        ("(2R)-catechin", "(2R)-catechin", "catechin"),
        ("(1R,2S)-ephedrine", "(1R,2S)-ephedrine", "R"),
        ("poly(ethylene)glycol", "poly(ethylene)glycol", "ethylene"),
        ("drug (DPH) given", "DPH", "drug (DPH"),
        ("phenytoin(DPH)", "DPH", "phenytoin(DPH"),
        ("a (gout) b", "a (gout) b", "gout) b"),
    ] {
        let found = names(text);
        assert!(found.iter().any(|name| name == yes), "{text}: {found:?}");
        assert!(found.iter().all(|name| name != no), "{text}: {found:?}");
    }
}

proptest! {
    #[test]
    fn places_go_there_and_back(
        text in "([a-z]{1,8}|[ .,;()\\[\\]-]|-\n|\r\n|[0-9]{1,3}|[0-9]mg|\u{AD}|\u{200B}|ﬁ|²|𝛼|\u{301}|é|🧬|[A-Z]|:|\\PC){0,60}"
    ) {
        let sentence = document(&text);
        let pieces = sentence.pieces();
        let mut end = 0;
        for (index, piece) in pieces.iter().enumerate() {
            prop_assert_eq!(piece.view.start, end);
            end = piece.view.end;
            prop_assert!(text.is_char_boundary(piece.source.start));
            prop_assert!(text.is_char_boundary(piece.source.end));
            if index > 0 {
                prop_assert!(pieces[index - 1].source.end <= piece.source.start);
            }
            if piece.kind != PieceKind::Space {
                prop_assert!(!piece.source.is_empty());
                prop_assert_eq!(sentence.to_source(piece.view), Some(piece.source));
                prop_assert_eq!(sentence.to_view(piece.source), Some(piece.view));
            }
        }
        prop_assert_eq!(end, sentence.view().len());
        // The view of a view is cut as it is.
        let again = Sentence::whole(sentence.view());
        if again.view() == sentence.view() {
            let cut = |s: &Sentence| s.pieces().iter().map(|p| p.view).collect::<Vec<_>>();
            prop_assert_eq!(cut(&again), cut(&sentence));
        }
    }
}

#[test]
fn a_character_that_stands_for_several_is_in_one_piece() {
    for (text, view) in [
        (":\u{E33}", ":\u{E33}"),
        (":\u{301}\u{E33}", ":\u{301}\u{E33}"),
        ("a\u{E33}", "a\u{E4D}\u{E32}"),
        (" \u{E33}", "\u{E4D}\u{E32}"),
        (":ﬁ", ":fi"),
    ] {
        let sentence = document(text);
        assert_eq!(sentence.view(), view);
        for piece in sentence.pieces() {
            assert_eq!(sentence.to_source(piece.view), Some(piece.source), "{text}");
        }
    }
}

#[test]
fn abbreviations_of_notes_are_read_as_their_long_forms_where_nothing_defines_them() {
    let copd = [("chronic obstructive pulmonary disease", "COPD"), ("pulmonary disease", "COPD")];
    same(
        "PMH: COPD, gout.",
        "chronic obstructive pulmonary disease, gout.",
        &[copd[0], copd[1], ("gout", "gout")],
    );
    same("UTI", "urinary tract infection", &[("urinary tract infection", "UTI")]);
    same("CKD-related", "chronic kidney disease-related", &[]);
    for text in [
        "Chronic kidney disease (CKD) is common. CKD progresses.",
        "NSCLC-7 cells, UTIX, uti, anti-DVT, HTN2",
    ] {
        assert_eq!(document(text).view(), text);
        assert_eq!(Sentence::whole("CKD").view(), "CKD");
    }
}

#[test]
fn a_part_of_a_long_form_is_no_mention_of_its_abbreviation_unless_it_ends_it() {
    let text = "Severe COPD exacerbation";
    let sentence = document(text);
    let source = |words: &str| {
        let span = sentence.occurrences(words).next().expect("the words are in the view");
        sentence.to_source(span).map(|span| span.slice(text))
    };
    assert_eq!(source("pulmonary"), None);
    assert_eq!(source("Severe chronic"), None);
    assert_eq!(source("pulmonary disease exacerbation"), Some("COPD exacerbation"));
    let view = sentence.to_view(ByteSpan::new(7, 11)).expect("it has a view");
    assert_eq!(view.slice(sentence.view()), "chronic obstructive pulmonary disease");
}

#[test]
fn plurals_and_lists_of_abbreviations_are_read_as_their_long_forms() {
    same(
        "UTIs, DVTs",
        "urinary tract infections, deep vein thromboses",
        &[("urinary tract infections", "UTIs"), ("deep vein thromboses", "DVTs")],
    );
    same(
        "PMH HTN/gout/T2DM/CKD",
        "PMH hypertension, gout, type 2 diabetes mellitus, chronic kidney disease",
        &[
            ("hypertension", "HTN"),
            ("gout", "gout"),
            ("type 2 diabetes mellitus", "T2DM"),
            ("chronic kidney disease", "CKD"),
        ],
    );
    same("w/COPD", "w/chronic obstructive pulmonary disease", &[]);
}

#[test]
fn names_begin_and_end_with_no_separator_shorthand_or_number_of_an_item() {
    let names = names("c/o croup; 2) scabies: ii) H/O mumps,");
    for name in ["croup", "scabies", "mumps"] {
        assert!(names.contains(&name.to_owned()), "{name} in {names:?}");
    }
    for name in ["croup;", "c/o croup", "croup; 2", "scabies: ii", "ii) H/O mumps", "mumps,"] {
        assert!(!names.contains(&name.to_owned()), "{name}");
    }
}

#[test]
fn a_name_has_the_charge_of_its_ion_and_no_stop_of_its_sentence() {
    for (text, yes, no) in [
        ("Rb⁺ and Tl⁺", "Rb+", "Rb"),
        ("Ba²⁺ influx", "Ba2+", "Ba2"),
        ("the Br- current", "Br-", "Br"),
        ("Li+/H+ exchange", "Li+", "Li"),
        ("HCO₃⁻.", "HCO3-", "HCO3"),
        ("K-252a", "K", ""),
        ("OH-PCB", "OH", ""),
        ("We gave Rb⁺.", "Rb+", "Rb+."),
        ("Rickettsia sp.", "Rickettsia sp.", ""),
    ] {
        let found = names(text);
        assert!(found.iter().any(|name| name == yes), "{text}: {found:?}");
        assert!(no.is_empty() || found.iter().all(|name| name != no), "{text}: {found:?}");
    }
}

#[test]
fn a_name_holds_no_separator_of_a_list() {
    for (text, no) in [
        ("T2D - croup - mumps", "T2D - croup"),
        ("scabies – rickets", "scabies - rickets"),
        ("croup;mumps", "croup;mumps"),
        ("(hereinafter, scurvy)", "hereinafter"),
    ] {
        let found = names(text);
        assert!(found.iter().all(|name| name != no), "{text}: {found:?}");
        assert!(found.len() > 1, "{text}: {found:?}");
    }
    for text in ["ages 20 - 65", "t(4;11)", "non-A", "IL-2;3"] {
        assert!(names(text).iter().any(|name| name == text), "{text}");
    }
}

#[test]
fn a_sign_in_brackets_may_be_left_out_of_a_name_and_an_isotope_is_no_age() {
    let begins = |text: &str, word: &str| {
        let sentence = document(text);
        let at = sentence.occurrences(word).next().expect("the word is in the view").start;
        let index = sentence.pieces().iter().position(|piece| piece.view.start == at);
        sentence.may_begin_name(index.expect("a piece starts there"))
    };
    assert!(begins("effects of (-)-flecainide", "flecainide"));
    assert!(begins("effects of (+/-)-flecainide", "flecainide"));
    assert!(!begins("effects of (R)-flecainide", "flecainide"));
    let isotope = document("rhenium-99m tested in a 63M");
    let whole = |words: &str| isotope.is_text(isotope.occurrences(words).next().expect("there"));
    assert!(whole("rhenium-99m") && !whole("63M"));
}
