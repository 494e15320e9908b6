"""Documents with content that exports have broken on, written as JSON for `bioner convert`."""

import json


def document(id, text, mentions, title_end=None):
    """A document; `mentions` are (type, words, vocabulary id or None), found in their order."""
    entities, start = [], 0
    for kind, words, identifier in mentions:
        at = text.index(words, start)
        start = at
        entity = {"start": at, "end": at + len(words), "type": kind, "text": words, "score": 0.9}
        if identifier:
            entity["id"] = identifier
        entities.append(entity)
    made = {"id": id, "text": text, "entities": entities}
    if title_end is not None:
        made["titleEnd"] = title_end
    return made


def titled(id, title, abstract, mentions):
    return document(id, f"{title}\n{abstract}", mentions, len(title))


DOCUMENTS = [
    titled(
        "101",
        "Metformin in diabetes",
        "It lowers glucose. Nausea occurred.",
        [
            ("Chemical", "Metformin", "MESH:D008687"),
            ("Disease", "diabetes", None),
            ("Disease", "Nausea", None),
        ],
    ),
    titled(
        "102",
        "\U0001d6fc-tocopherol \U0001f9ec and gout",
        "\U0001f600 fever, then \U0001d6fd-carotene.",
        [
            ("Chemical", "\U0001d6fc-tocopherol", None),
            ("Disease", "gout", "MESH:D006073"),
            ("Disease", "fever", None),
            ("Chemical", "\U0001d6fd-carotene", None),
        ],
    ),
    titled(
        "103",
        "The MDM2|p53 axis: a | b",
        "Loss of MDM2 in glioma.",
        [("Gene", "MDM2", None), ("Gene", "MDM2", "NCBIGene:4193"), ("Disease", "glioma", None)],
    ),
    titled("104", "", "No title, but asthma.", [("Disease", "asthma", None)]),
    titled("105", "No abstract, but migraine", "", [("Disease", "migraine", None)]),
    titled(
        "106",
        "  White space around gout \r",
        "\t and around rickets \r\n",
        [("Disease", "gout", None), ("Disease", "rickets", None)],
    ),
    titled(
        "107",
        "Wrapped\u2028lines",
        "Severe deep vein\r\nthrombosis, acute renal\nfailure,\tliver\u0085disease.\r\nEnd: gout",
        [
            ("Disease", "deep vein\r\nthrombosis", None),
            ("Disease", "acute renal\nfailure", None),
            ("Disease", "liver\u0085disease", None),
            ("Disease", "gout", None),
        ],
    ),
    titled(
        "108",
        "Types",
        "She was very tired, with B cells raised.",
        [("Sign or symptom", "very tired", None), ("Cell type", "B cells", "CL:0000236")],
    ),
    titled("109", "Nothing is annotated here", "Nor here.", []),
    titled(
        "110",
        "One inside the other",
        "Breast cancer cells grew.",
        [
            ("Cancer", "Breast cancer", None),
            ("Cell", "Breast cancer cells", None),
            ("Cell", "cells", None),
        ],
    ),
    titled(
        "111",
        '<Marked & "quoted">',
        "P < 0.05 & 'rash' \x01 \ufffe hives",
        [("Disease", "rash", None), ("Disease", "hives", None)],
    ),
    # Two documents with one id.
    titled(
        "101",
        "Another trial of rickets",
        "Calcium was given.",
        [("Disease", "rickets", None), ("Chemical", "Calcium", None)],
    ),
    titled("101", "A third", "Of scurvy.", [("Disease", "scurvy", None)]),
    document("104", "A note in one piece: lumbago.", [("Disease", "lumbago", None)]),
]


# One of whose mentions everything is said that can be said.
SAID = document(
    "112",
    "Past medical history: \U0001f9ec no <gout>.\nHer father had asthma.",
    [("Disease", "gout", "MESH:D006073"), ("Disease", "asthma", None)],
)
SAID["entities"][0].update(
    assertion="absent",
    temporality="historical",
    experiencer="patient",
    section="past_medical_history",
)


def write(path, made=None):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(DOCUMENTS if made is None else made, file, ensure_ascii=False)
