use super::*;

/// The short and long forms that a text defines.
fn defined(text: &str) -> Vec<(&str, &str)> {
    let definitions = find_definitions(text);
    for definition in &definitions {
        assert_eq!(definition.at.slice(text), definition.short, "{text}");
    }
    definitions.iter().map(|d| (d.at.slice(text), d.long.slice(text))).collect()
}

#[track_caller]
fn defines(text: &str, expected: &[(&str, &str)]) {
    assert_eq!(defined(text), expected, "{text}");
    for space in ['\u{a0}', '\u{2009}', '\u{3000}'] {
        let spaced = |text: &str| text.replace(' ', &space.to_string());
        let expected: Vec<_> = expected.iter().map(|one| (spaced(one.0), spaced(one.1))).collect();
        let text = spaced(text);
        let found = defined(&text).into_iter();
        let found: Vec<_> = found.map(|one| (one.0.to_owned(), one.1.to_owned())).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn a_short_form_after_its_long_form() {
    defines("Huntington's disease (HD) is rare.", &[("HD", "Huntington's disease")]);
    defines("Gilbert’s syndrome (GS)", &[("GS", "Gilbert’s syndrome")]);
    defines("a type 1 diabetes mellitus [T1DM] cohort", &[("T1DM", "type 1 diabetes mellitus")]);
    defines("small\nvessel disease (SVD)", &[("SVD", "small\nvessel disease")]);
    defines("graft‑versus‑host disease (GVHD)", &[("GVHD", "graft‑versus‑host disease")]);
    defines("the acute asthma attack (AAA)", &[("AAA", "acute asthma attack")]);
    defines("St. John's wort (SJW)", &[("SJW", "St. John's wort")]);
    defines("“erectile dysfunction” (ED)", &[("ED", "erectile dysfunction")]);
}

#[test]
fn more_in_the_brackets() {
    let long = "pulmonary alveolar proteinosis";
    for inside in [
        "PAP [n = 7]",
        "“PAP”",
        "\"PAP\"",
        "'PAP'",
        "«PAP»",
        "hereafter PAP",
        "hereafter, PAP",
        "abbreviated as PAP",
        "abbreviated PAP",
        "hereafter referred to as PAP",
        "PAP; see below",
        "PAP, n = 3",
        "PAP, also called phospholipidosis",
        "PAP for short",
        "also known as PAP",
        "i.e., PAP",
        "or PAP",
        "PAP or APAP syndrome",
        "PAP = 12",
        " PAP ",
        "here termed “PAP”",
    ] {
        defines(&format!("Of {long} ({inside}) little is known."), &[("PAP", long)]);
    }
    defines("serotonin (5-hydroxytryptamine, 5-HT)", &[("5-HT", "5-hydroxytryptamine")]);
}

#[test]
fn digits_hyphens_slashes_and_plus_signs() {
    defines("6-mercaptopurine (6-MP)", &[("6-MP", "6-mercaptopurine")]);
    defines(
        "granulocyte-macrophage colony-stimulating factor (GM-CSF)",
        &[("GM-CSF", "granulocyte-macrophage colony-stimulating factor")],
    );
    defines("interleukin 17 (IL-17)", &[("IL-17", "interleukin 17")]);
    defines("cyclooxygenase-1 (COX-1)", &[("COX-1", "cyclooxygenase-1")]);
    defines("human T-lymphotropic virus 1 (HTLV-1)", &[("HTLV-1", "human T-lymphotropic virus 1")]);
    defines("flavin adenine dinucleotide (FAD+)", &[("FAD+", "flavin adenine dinucleotide")]);
    defines(
        "human epidermal receptor 2 (HER2/neu) tests",
        &[("HER2/neu", "human epidermal receptor 2")],
    );
    defines("N-(4-hydroxyphenyl)retinamide (4-HPR)", &[("4-HPR", "N-(4-hydroxyphenyl)retinamide")]);
    defines("given 1-methyl-4-phenylpyridinium (MPP+)", &[("MPP+", "1-methyl-4-phenylpyridinium")]);
}

#[test]
fn greek_letters_and_their_names() {
    for (text, short, long) in [
        ("interferon gamma (IFN-γ)", "IFN-γ", "interferon gamma"),
        ("interferon-γ (IFN-γ)", "IFN-γ", "interferon-γ"),
        ("interferon γ (IFN-gamma)", "IFN-gamma", "interferon γ"),
        ("interferon γ (IFNg)", "IFNg", "interferon γ"),
        ("transforming growth factor-beta (TGFb)", "TGFb", "transforming growth factor-beta"),
        (
            "transforming growth factor beta 1 (TGF-β1)",
            "TGF-β1",
            "transforming growth factor beta 1",
        ),
        ("nuclear factor kappa B (NF-κB)", "NF-κB", "nuclear factor kappa B"),
        ("amyloid β (Aβ)", "Aβ", "amyloid β"),
        ("β-amyloid peptide (βAP)", "βAP", "β-amyloid peptide"),
    ] {
        defines(text, &[(short, long)]);
    }
}

#[test]
fn brackets_in_brackets_and_before_brackets() {
    defines("One drug (6-thioguanine (6-TG)) was", &[("6-TG", "6-thioguanine")]);
    defines("of drugs [such as valproic acid (VPA)]", &[("VPA", "valproic acid")]);
    defines(
        "tumor necrosis factor (TNF) alpha (TNF-α)",
        &[("TNF", "tumor necrosis factor"), ("TNF-α", "tumor necrosis factor (TNF) alpha")],
    );
    defines("bone mineral (or not) density (BMD)", &[("BMD", "bone mineral (or not) density")]);
}

#[test]
fn the_other_way_round() {
    defines("AML (acute myeloid leukemia) is", &[("AML", "acute myeloid leukemia")]);
    defines("An “AML” (the acute myeloid leukemia)", &[("AML", "acute myeloid leukemia")]);
    defines("6-MP (6-mercaptopurine)", &[("6-MP", "6-mercaptopurine")]);
    defines("AML (acute myeloid leukemia, n = 5)", &[("AML", "acute myeloid leukemia")]);
    for none in ["In (in nine)", "PCR (performed in a cycler)", "OUT (some of us that)"] {
        defines(none, &[]);
    }
}

#[test]
fn plurals() {
    defines("monoclonal antibodies (mAbs)", &[("mAbs", "monoclonal antibodies")]);
    defines("aortic aneurysm (AAs)", &[("AAs", "aortic aneurysm")]);
}

#[test]
fn species_with_an_abbreviated_genus() {
    let name = "Klebsiella oxytoca";
    defines("by Klebsiella oxytoca (K. oxytoca) and", &[("K. oxytoca", name)]);
    defines("by Klebsiella oxytoca (Kl. oxytoca)", &[("Kl. oxytoca", name)]);
    defines("by Escherichia oxytoca (K. oxytoca)", &[]);
}

#[test]
fn what_is_no_definition() {
    for text in [
        "as was shown (see Methods)",
        "deaths rose among men (Daniels et al., 2001)",
        "several long interviews (Lin 2003; Smith, 2004)",
        "in both groups (n = 5)",
        "final images (Fig. 2)",
        "tablets are best (Table 1)",
        "in the first weeks (week 4)",
        "purchased in Germany (Sigma)",
        "significant in men (P < 0.05)",
        "in 2004 (2004)",
        "He was ill. Lung disease (HLD)",
        "He was ill.\n\nlung disease (HILD)",
        "treated at the (TAT)",
        "of the function (OF)",
        "a b (A)",
        "long before ( ) and () and [](",
        "PD (PD)",
        ") ] ( [ PD ( ] )",
        "",
    ] {
        defines(text, &[]);
    }
}

#[test]
fn neighbours_keep_their_own() {
    defines(
        "nerve growth receptor (NGR) blocks gastric inhibitor receptor (GIR) forms (see Results)",
        &[("NGR", "nerve growth receptor"), ("GIR", "gastric inhibitor receptor")],
    );
    defines("squamous (SCC) and basal cell carcinoma (BCC)", &[("BCC", "basal cell carcinoma")]);
}

#[test]
fn a_long_form_begins_with_a_name() {
    defines("atrophy of a fibre (AF)", &[("AF", "atrophy of a fibre")]);
    defines("in vitro maturation (IVM)", &[("IVM", "in vitro maturation")]);
    defines("an anti-nerve growth factor (NGF)", &[("NGF", "nerve growth factor")]);
    defines("non-small-cell carcinoma (NSCC)", &[("NSCC", "non-small-cell carcinoma")]);
}

/// What abbreviations add to entities given by their words: place in the text, words, and which.
fn added<'a>(text: &'a str, entities: &[&str]) -> Vec<(usize, &'a str, usize)> {
    let mut from = 0;
    let spans: Vec<ByteSpan> = entities
        .iter()
        .map(|words| {
            let start = from + text[from..].find(words).unwrap();
            from = start + words.len();
            ByteSpan::new(start, from)
        })
        .collect();
    let derived = derive(text, &find_definitions(text), &spans);
    derived.iter().map(|d| (d.span.start, d.span.slice(text), d.of)).collect()
}

fn words<'a>(text: &'a str, entities: &[&str]) -> Vec<&'a str> {
    added(text, entities).into_iter().map(|(_, words, _)| words).collect()
}

#[test]
fn short_forms_are_entities_as_their_long_forms_are() {
    let text = "HD was rare. Huntington's disease (HD) is known; HDs, HD-related, HDX, and HD.";
    assert_eq!(words(text, &["Huntington's disease"]), ["HD", "HDs", "HD", "HD"]);
    assert_eq!(words(text, &["Huntington's disease", "HDs"]), ["HD", "HD", "HD"]);
    assert_eq!(words(text, &["disease"]), [""; 0]);
    assert_eq!(words(text, &["HDs"]), [""; 0]);
    let text = "severe Huntington's disease (HD), HD";
    assert_eq!(words(text, &["severe Huntington's disease"]), ["HD", "HD"]);
    let text = "deficiency of hexosaminidase (HEX), HEX";
    assert_eq!(words(text, &["deficiency of hexosaminidase"]), [""; 0]);
    let text = "HD (Huntington's disease), HD";
    assert_eq!(words(text, &["Huntington's disease"]), ["HD", "HD"]);
    let text = "Mast cells (MCs). An MC and MCs.";
    assert_eq!(words(text, &["Mast cells"]), ["MCs", "MC", "MCs"]);
}

#[test]
fn only_whole_tokens() {
    let text =
        "Prion disease (PD). anti-PD-1, PD-L1, PD-1, PD/2, xPD, PD2, PD+, 3-PD; PD, (PD) PD-like.";
    assert_eq!(words(text, &["Prion disease"]), ["PD", "PD", "PD", "PD"]);
    let text = "Nicotinic acid dimer (NAD+). NAD, NAD+, NAD+/NADH and NAD+-free; NAD+.";
    assert_eq!(words(text, &["Nicotinic acid dimer"]), ["NAD+"; 5]);
    let text = "6-mercaptopurine (6-MP). 6-MP, 16-MP, 6-MP-treated.";
    assert_eq!(words(text, &["6-mercaptopurine"]), ["6-MP", "6-MP", "6-MP"]);
}

#[test]
fn what_belongs_to_a_token() {
    for (text, name, alone) in [
        ("the TRX gene", "TRX", true),
        ("(TRX)", "TRX", true),
        ("TRX-like", "TRX", true),
        ("TRX‑induced", "TRX", true),
        ("anti-TRX", "TRX", true),
        ("non-TRX-treated", "TRX", true),
        ("TRX/GLX", "TRX", true),
        ("IL-2/TRX", "TRX", true),
        ("saline/TRX", "TRX", true),
        ("TRX- and", "TRX", true),
        ("TRX-1", "TRX", false),
        ("TRX-L1", "TRX", false),
        ("anti-TRX-1", "TRX", false),
        ("TRX-α", "TRX", false),
        ("TRX-a", "TRX", false),
        ("TRX/neu", "TRX", false),
        ("TRX/2", "TRX", false),
        ("TRX/N", "TRX", false),
        ("TRX+", "TRX", false),
        ("TRX_2", "TRX", false),
        ("xTRX", "TRX", false),
        ("TRX2", "TRX", false),
        ("3-TRX", "TRX", false),
        ("4-ene-TRX", "TRX", false),
        ("[3H]-TRX", "TRX", true),
        ("TRX/TRX", "TRX", false),
        ("TRX/TRXR", "TRX", true),
        ("TRX-tagged", "TRX", false),
    ] {
        let start = text.find(name).unwrap();
        assert_eq!(stands_alone(text, ByteSpan::new(start, start + name.len())), alone, "{text}");
    }
}

#[test]
fn a_later_definition_counts_from_there_on() {
    let text = "multiple sclerosis (MS). MS. By mass spectrometry (MS); MS.";
    assert_eq!(added(text, &["multiple sclerosis"]).len(), 2);
    let text = "Phycoerythrin (PE) and pulmonary embolism (PE). PE";
    let of: Vec<usize> =
        added(text, &["Phycoerythrin", "pulmonary embolism"]).iter().map(|a| a.2).collect();
    assert_eq!(of, [0, 1, 1]);
    // The same again is the same, also where its long form was missed.
    let text = "multiple sclerosis (MS). Multiple Sclerosis (MS), MS.";
    assert_eq!(added(text, &["multiple sclerosis"]).len(), 3);
}

#[test]
fn an_english_word_in_capitals_among_capitals_is_none() {
    let text = "Acute liver lesions (ALL). ALL PATIENTS WERE SEEN. Then ALL was seen.";
    assert_eq!(added(text, &["Acute liver lesions"]).len(), 2);
    let text = "Chronic liver lesions (CLL). CLL PATIENTS WERE SEEN.";
    assert_eq!(added(text, &["Chronic liver lesions"]).len(), 2);
}

#[test]
fn nothing_is_marked_twice() {
    let text = "Huntington's disease (HD), HD chorea, HD.";
    assert_eq!(words(text, &["Huntington's disease", "HD chorea"]), ["HD", "HD"]);
    let text = "Huntington's disease (HD), an HD.";
    assert_eq!(words(text, &["Huntington's disease", "(HD), an HD"]), [""; 0]);
}

#[test]
fn long_texts_take_no_longer_than_their_length() {
    // Quadratic work would take hours here.
    let many = 50_000;
    assert!(find_definitions(&"(".repeat(many)).is_empty());
    assert!(find_definitions(&format!("{}{}", "([".repeat(many), "])".repeat(many))).is_empty());
    let text: String = (0..many).map(|n| format!("alpha beta {n} (AB{n}), ")).collect();
    let definitions = find_definitions(&text);
    assert!(definitions.len() > many / 2, "{}", definitions.len());
    let spans: Vec<ByteSpan> = definitions.iter().map(|d| d.long).collect();
    assert_eq!(derive(&text, &definitions, &spans).len(), definitions.len());
}

proptest::proptest! {
    #[test]
    fn any_text_is_read(text in "([a-cA-C]|[ ()\\[\\],;.-]|α|ﬁ|İ|\\PC){0,60}") {
        let definitions = find_definitions(&text);
        for Definition { short, at, long } in &definitions {
            proptest::prop_assert_eq!(at.slice(&text), short);
            proptest::prop_assert!(!at.overlaps(*long));
            proptest::prop_assert!(!long.slice(&text).trim().is_empty());
        }
        let mut spans: Vec<ByteSpan> = definitions.iter().map(|d| d.long).collect();
        spans.sort();
        for derived in derive(&text, &definitions, &spans) {
            proptest::prop_assert!(spans.iter().all(|span| !span.overlaps(derived.span)));
        }
    }
}

#[test]
fn a_capital_a_may_end_a_long_form() {
    defines("given ciguatoxin A (CTA) orally", &[("CTA", "ciguatoxin A")]);
    defines("Vitamin A (VA) and a (VA)", &[("VA", "Vitamin A")]);
}

#[test]
fn a_word_for_the_course_of_a_disease_may_be_left_out() {
    let text = "Acute lung injury (ALI), then ALI.";
    assert_eq!(words(text, &["lung injury"]), ["ALI", "ALI"]);
    assert!(words(text, &["injury"]).is_empty());
}

#[test]
fn a_number_or_a_letter_makes_another_name_but_names_joined_to_each_other_stay() {
    for (text, name, coded) in [
        ("TRX-1", "TRX", true),
        ("TRX-L1", "TRX", true),
        ("anti-TRX-12", "TRX", true),
        ("TRX-gamma", "TRX", true),
        ("TRX/2", "TRX", true),
        ("5-TRX", "TRX", true),
        ("N-TRX", "TRX", true),
        ("GST-TRX by", "TRX", false),
        ("ex-TRX users", "TRX", false),
        ("TRX-Sox5-DNA", "TRX", false),
        ("TRX-induced", "TRX", false),
        ("TRX - 1", "TRX", false),
        ("TRX", "TRX", false),
    ] {
        let start = text.find(name).unwrap();
        assert_eq!(has_code(text, ByteSpan::new(start, start + name.len())), coded, "{text}");
    }
}
