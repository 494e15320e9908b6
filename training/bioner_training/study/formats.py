"""The twelve output formats that the study compares."""

from __future__ import annotations

#: Not the engine's whole list, so that a format added to the engine does not change the study. The
#: engine also has `compact`, which was made for speed after the study.
STUDY_FORMATS = (
    "inline-xml",
    "inline-bracket",
    "inline-marker",
    "iob2",
    "json-records",
    "json-occurrence",
    "xml-records",
    "csv-records",
    "markdown-table",
    "json-grouped",
    "yaml-grouped",
    "lines-grouped",
)
