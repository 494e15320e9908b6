"""The results of a study as rows: means over seeds of means over corpora."""

from __future__ import annotations

from statistics import mean, pstdev

#: has so few entities that a single one moves a mean by points, so there is a mean without it, too
FEW_ENTITIES = "linnaeus"


def rows(results: list[dict]) -> list[dict]:
    """A row for each model and format, with the means over its seeds and the `seeds` themselves."""
    found: dict[tuple[str, str], list[dict]] = {}
    for result in results:
        found.setdefault((result["format"], result["model"]), []).append(_summary(result))
    table = []
    for (form, model), seeds in found.items():
        row = {"format": form, "model": "multi" if model == "multi" else "single", "seeds": seeds}
        for key in seeds[0]:
            values = [seed[key] for seed in seeds if seed[key] is not None]
            row[key] = mean(values) if values else None
        row["spread"] = pstdev(seed["f1"] for seed in seeds)
        table.append(row)
    return sorted(table, key=lambda row: (row["model"] == "multi", -row["f1"]))


def _summary(result: dict) -> dict:
    free, grammar = list(result["free"].values()), list(result["grammar"].values())
    others = [corpus for name, corpus in result["grammar"].items() if name != FEW_ENTITIES]
    sentences = sum(corpus["sentences"] for corpus in free)
    mentions = sum(corpus["mentions"] for corpus in free)
    return {
        "f1": mean(corpus["micro"]["f1"] for corpus in free),
        "grammar": _mean_f1(grammar),
        "others": _mean_f1(others),
        "unparsable": 100 * sum(corpus["unparsable"] for corpus in free) / sentences,
        "invented": 100 * sum(corpus["invented"] for corpus in free) / max(1, mentions),
        "tokens": sum(corpus["tokens_written"] for corpus in free) / sentences,
        "seconds": sum(corpus["seconds"] for corpus in free) / sentences,
        # `bioner eval` had the same sentences
        "grammar_seconds": sum(corpus["seconds"] for corpus in grammar) / sentences
        if grammar
        else None,
    }


def _mean_f1(grammar: list[dict]) -> float | None:
    """The mean F1 in per cent; `bioner eval` gives it from 0 to 1."""
    return mean(100 * corpus["micro"]["f1"] for corpus in grammar) if grammar else None
