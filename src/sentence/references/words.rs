//! Words that have a number of their own.

/// Sorted: words that have a number of their own, written with or without a space.
#[rustfmt::skip]
pub(super) const NUMBERED: &[&str] = &[
    "annexin", "appendix", "aquaporin", "arrestin", "cadherin", "caspase", "catenin", "caveolin",
    "chapter", "chromosome", "class", "claudin", "codon", "cohort", "column", "complex", "connexin",
    "cyclin", "cytokeratin", "ephrin", "equation", "experiment", "factor", "fibulin", "figure",
    "filamin", "forkhead", "frizzled", "galectin", "gasdermin", "grade", "group", "hexokinase",
    "importin", "integrin", "interferon", "interleukin", "isoform", "jagged", "karyopherin",
    "keratin", "kinase", "kinesin", "laminin", "level", "lipin", "lipocalin", "matriptase",
    "method", "model", "myosin", "neuregulin", "neurexin", "neuroligin", "neuropilin", "nidogen",
    "notch", "nucleoporin", "occludin", "opsin", "osteonectin", "panel", "pannexin", "patient",
    "peroxiredoxin", "phase", "plexin", "polycystin", "position", "presenilin", "protein",
    "proteinase", "protocadherin", "receptor", "sample", "selectin", "semaphorin", "septin",
    "serpin", "sestrin", "sirtuin", "slit", "smad", "sortilin", "stage", "stanniocalcin",
    "stathmin", "statistic", "study", "subunit", "supplement", "synapsin", "syndecan", "syntaxin",
    "table", "tetraspanin", "thioredoxin", "transportin", "tropomyosin", "tuberin", "type",
    "utrophin", "variant", "version", "visit", "vitamin", "wntless",
];
