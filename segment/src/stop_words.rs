//! Words that tell a full stop within a sentence from one that ends it.

/// Sorted, lower case, without the last full stop.
#[rustfmt::skip]
pub const ABBREVIATIONS: &[&str] = &[
    "a.m", "abstr", "al", "approx", "apr", "art", "assoc", "aug", "avg", "b.i.d", "bact", "ca",
    "cal", "cert", "cf", "ch", "chap", "cit", "clostr", "conc", "cont", "corp", "cv", "dec", "dept",
    "diam", "dil", "dist", "dr", "dx", "ed", "eds", "elev", "enteroc", "eq", "eqs", "equiv", "esp",
    "est", "etc", "exp", "ext", "f.sp", "feb", "ff", "fig", "figs", "fr", "freq", "fx", "gen",
    "grp", "gt", "haem", "hon", "hosp", "hx", "i.d", "i.m", "i.p", "i.v", "inc", "incl", "inf",
    "inj", "intern", "intl", "jan", "jr", "jul", "jun", "lab", "lactob", "lat", "loc", "lt", "ltd",
    "m.sc", "mar", "max", "mdn", "med", "mfg", "min", "misc", "mol", "mr", "mrs", "ms", "mths",
    "mycobact", "n.b", "nat", "no", "nos", "nov", "nr", "obl", "oct", "op", "oz", "p.m", "p.o",
    "p.r", "pat", "ph.d", "pharm", "phys", "pl", "pop", "pp", "prep", "prev", "prob", "prof",
    "pseudom", "pt", "pts", "pvt", "q.d", "q.h", "q.i.d", "q.s", "qty", "rec", "ref", "refs", "reg",
    "rel", "rept", "resp", "rx", "s.c", "s.l", "salm", "sched", "sci", "sec", "sect", "sens", "sep",
    "sept", "seq", "ser", "shig", "soln", "sp", "spec", "spp", "sq", "sr", "ss", "st", "staph",
    "std", "strep", "subgen", "subsp", "supp", "suppl", "surg", "susp", "symp", "synd", "t.i.d",
    "tab", "tbsp", "tech", "temp", "tsp", "tx", "univ", "unpubl", "vac", "var", "vit", "vits",
    "viz", "vol", "vols", "vs", "wk", "wks", "wt", "yr", "yrs",
];

/// Sorted, lower case: those of them after which a sentence never ends.
#[rustfmt::skip]
pub const NEVER_LAST: &[&str] = &[
    "approx", "cf", "dr", "e.g", "fig", "figs", "i.e", "mr", "mrs", "ms", "prof", "staph", "strep",
    "vit", "vits", "vs",
];

/// Sorted, lower case: words with a number behind them, which is then no item's.
#[rustfmt::skip]
pub const COUNTED: &[&str] = &[
    "and", "arm", "case", "class", "cohort", "day", "days", "experiment", "figure", "grade",
    "group", "groups", "level", "month", "of", "or", "patient", "phase", "stage", "step", "study",
    "table", "than", "to", "type", "was", "week", "year",
];

/// Sorted: words that are capitalised because they begin a sentence, not because they are names.
#[rustfmt::skip]
pub const STARTERS: &[&str] = &[
    "A", "After", "All", "Although", "An", "And", "As", "At", "Because", "Both", "But", "By",
    "Conversely", "Data", "Despite", "During", "Each", "Even", "Finally", "For", "From", "Further",
    "Furthermore", "He", "Hence", "Her", "Here", "His", "How", "However", "If", "In", "Indeed",
    "It", "Its", "Last", "Like", "Moreover", "Most", "Neither", "No", "None", "Nonetheless", "Of",
    "On", "One", "Other", "Our", "Overall", "Patients", "Recently", "Results", "She", "Similarly",
    "Since", "So", "Some", "Studies", "Such", "Taken", "That", "The", "Their", "Then", "There",
    "Therefore", "These", "They", "This", "Those", "Three", "Thus", "To", "Together", "Treatment",
    "Two", "Under", "Unlike", "Until", "Using", "We", "What", "When", "Whereas", "Whether", "While",
    "With", "Within", "You",
];
