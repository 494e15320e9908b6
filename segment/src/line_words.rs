//! Words that tell a line that goes on from one that has ended.

/// Sorted: words that something must follow, in small letters as they stand within a sentence.
#[rustfmt::skip]
pub const UNFINISHED: &[&str] = &[
    "a", "about", "above", "across", "after", "against", "all", "although", "among", "an", "and",
    "any", "are", "as", "at", "because", "been", "before", "being", "below", "between", "both",
    "but", "by", "can", "cannot", "could", "despite", "did", "do", "does", "due", "during", "each",
    "either", "every", "except", "following", "for", "from", "had", "has", "have", "having", "he",
    "her", "his", "how", "if", "in", "including", "into", "is", "it", "its", "like", "may", "might",
    "more", "most", "must", "near", "neither", "no", "nor", "not", "of", "on", "onto", "or",
    "other", "our", "over", "per", "previous", "she", "should", "since", "some", "such", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through",
    "throughout", "to", "toward", "towards", "under", "underwent", "until", "upon", "using",
    "various", "versus", "via", "was", "we", "were", "when", "where", "whether", "which", "while",
    "who", "whose", "will", "with", "within", "without", "would", "your",
];

/// Sorted: nouns with the ending of an adjective.
#[rustfmt::skip]
pub const NOUNS: &[&str] = &[
    "additive", "adhesive", "adjective", "alternative", "anaesthetic", "analgesic", "anesthetic",
    "animal", "animals", "antibiotic", "antiseptic", "approval", "arrival", "arsenic", "artery",
    "behavior", "boundary", "cable", "canal", "capillary", "capital", "chemical", "clinic",
    "control", "denial", "derivative", "dictionary", "diuretic", "epidemic", "executive",
    "hospital", "individual", "interval", "journal", "library", "logic", "lymphoid", "mammary",
    "material", "medal", "metal", "mineral", "mucous", "music", "objective", "operative", "opioid",
    "original", "ovary", "pandemic", "perspective", "pituitary", "plastic", "portal", "potential",
    "preservative", "primary", "professional", "proposal", "public", "referral", "relative",
    "removal", "renewal", "representative", "retrieval", "rival", "salary", "secondary", "sedative",
    "signal", "statistic", "steroid", "sterol", "summary", "survival", "syllable", "table",
    "thyroid", "topic", "total", "trial", "tropic", "typhoid", "variable", "vegetable", "vial",
    "warrior", "withdrawal",
];
