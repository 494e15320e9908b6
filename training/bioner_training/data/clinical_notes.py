"""Makes fragments in the style of clinical notes from the mentions of a corpus.

None of the corpora has clinical notes, but users paste them. So drugs and diseases of a corpus that
annotates both are put into templates of the short lines that notes consist of. The templates
themselves name no drug and no disease.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from .corpora import Document
from .edits import recase

#: `{C}` is a drug or chemical, `{D}` a disease or symptom.
TEMPLATES = (
    "PMH: {D}, {D}, {D}.",
    "PMHx {D}; {D}",
    "Hx of {D} and {D}.",
    "Past medical history: {D} (2009), {D}",
    "Dx: {D}",
    "Impression: 1. {D} 2. {D}",
    "# {D} - start {C} 10 mg daily",
    "1. {D}: continue {C}, follow up in 2 weeks",
    "Meds: {C} 20 mg PO daily, {C} 5 mg BID, {C} prn",
    "Medications on admission: {C}, {C}, {C}",
    "Home meds - {C} 40mg qhs; {C} 100 mg tid",
    "Allergies: {C} ({D})",
    "NKDA.",
    "Vitals: BP 132/84, HR 78, RR 16, T 36.8, SpO2 98% on RA",
    "Pt is a 63 y/o F w/ {D} on {C}, presents with {D}.",
    "54 yo male admitted for {D}, started on {C} and {C}",
    "Pt c/o {D} x 3 days.",
    "Denies {D}, {D}, or {D}.",
    "No {D}. No {D}.",
    "r/o {D}",
    "s/p {D} in 2015, now on {C} 81 mg",
    "{C} held given {D}",
    "Developed {D} after second dose of {C}; {C} discontinued.",
    "ADR: {D} with {C}",
    "Family history: mother with {D}, father with {D}",
    "A/P: {D}, likely due to {C}. Will stop {C} and recheck in am.",
    "{D} improved on {C} 500 mg q6h",
    "Rx {C} 250mg #30, 2 refills",
    "Labs: WBC 7.2, Hgb 12.1, Plt 210",
    "Plan: taper {C}, monitor for {D}",
    "Assessment/Plan: {D} - stable. {D} - add {C}.",
    "Discharge diagnosis: {D}",
    "Follow-up with PCP in 1-2 weeks.",
    "ROS: + {D}, - {D}",
)  # fmt: skip
SLOTS = {"C": "Chemical", "D": "Disease"}


@dataclass(frozen=True)
class Pool:
    """Mentions by type, to fill the templates with."""

    mentions: dict[str, tuple[str, ...]]

    @staticmethod
    def of(documents: list[Document]) -> Pool:
        """The mentions in documents whose corpus annotates every type of the templates.

        A mention is there as often as it occurs. Mentions of three characters or fewer are left
        out: most are abbreviations that only their document explains.
        """
        found: dict[str, list[str]] = {kind: [] for kind in SLOTS.values()}
        for document in documents:
            if not set(SLOTS.values()) <= set(document.types):
                continue
            for start, end, kind in document.entities:
                text = document.text[start:end]
                if kind in found and len(text) > 3 and "," not in text:
                    found[kind].append(text)
        return Pool({kind: tuple(texts) for kind, texts in found.items()})

    def __bool__(self) -> bool:
        return all(self.mentions.values())


def note(pool: Pool, generator: random.Random) -> Document:
    """A fragment of one or two filled templates, on one line."""
    template = " ".join(generator.choices(TEMPLATES, k=generator.choice((1, 1, 1, 2))))
    text, entities = "", []
    for part in re.split(r"(\{[A-Z]\})", template):
        if part[:1] == "{" and part[1:-1] in SLOTS:
            kind = SLOTS[part[1:-1]]
            mention = generator.choice(pool.mentions[kind])
            entities.append((len(text), len(text) + len(mention), kind))
            part = mention
        text += part
    document = Document(text, tuple(SLOTS.values()), tuple(entities), "notes")
    case = generator.random()
    if case < 0.22:
        document = recase(document, str.lower if case < 0.15 else str.upper)
    return document
