"""Cuts a document into sentences: the rules of `src/segment`, with offsets in code points.

What the model is trained on is cut as what it will be given. Lengths count in bytes of UTF-8, as
the engine counts.
"""

from __future__ import annotations

import re

from .segment_words import ABBREVIATIONS, NEVER_LAST, STARTERS

#: length above which a sentence is split
LONGEST = 900
#: length above which a line may be one of a hard-wrapped paragraph
WRAPPED_LINE = 55

Span = tuple[int, int]

_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_STOPS = ".?!\u3002\uff01\uff1f"
_WIDE_STOPS = "\u3002\uff01\uff1f"
_CLOSING = ".?!\"')]}\u00bb\u2019\u201d"
_BEGINNING = "([\"'\u201c\u2018\u00ab-\u2013\u2014\u2022*#+"
_BULLETS = ("-", "*", "\u2022", "\u00b7", "\u2013", "\u2014", "+", "o")
_PUNCTUATION = set("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")


def sentences(text: str) -> list[Span]:
    """The sentences of a text, in order: (start, end) without white space at their ends."""
    return [
        part
        for paragraph in _paragraphs(text)
        for sentence in _split_at_stops(text, paragraph)
        for part in _split_long(text, sentence)
    ]


def _size(text: str) -> int:
    return len(text.encode())


def _is_blank(character: str) -> bool:
    control = character < " " or "\x7f" <= character <= "\x9f"
    return control or (character.isspace() and character not in "\x1c\x1d\x1e\x1f")


def _trimmed(text: str, start: int, end: int) -> Span:
    first, last = start, end
    while first < last and _is_blank(text[first]):
        first += 1
    while last > first and _is_blank(text[last - 1]):
        last -= 1
    return (first, last) if first < last else (start, start)


def _paragraphs(text: str) -> list[Span]:
    """Lines, with those of a hard-wrapped paragraph joined."""
    found: list[Span] = []
    after_blank, last_line = True, ""
    at = 0
    for end in [*_LINE_END.finditer(text), None]:
        start, stop = _trimmed(text, at, end.start() if end else len(text))
        at = end.end() if end else len(text)
        if start == stop:
            after_blank = True
            continue
        line = text[start:stop]
        if found and not after_blank and _goes_on(last_line, line):
            found[-1] = (found[-1][0], stop)
        else:
            found.append((start, stop))
        last_line, after_blank = line, False
    return found


def _goes_on(last: str, line: str) -> bool:
    if _is_list_item(line):
        return False
    ended = last.endswith((".", "?", "!", ":", ";", "\u3002"))
    if line[0].islower():
        return not ended and _size(last) >= WRAPPED_LINE // 2
    return _size(last) >= WRAPPED_LINE and (not ended or last.endswith((".", "?", "!")))


def _is_list_item(line: str) -> bool:
    found = re.match(r"([^ \t]*)[ \t](?s:.)", line)
    return bool(found) and (found[1] in _BULLETS or _is_enumerator(found[1]))


def _is_enumerator(word: str) -> bool:
    found = re.fullmatch(r"\(?(?:([0-9]{1,3})|([ivx]{1,4})|([A-Za-z]))([.):])", word)
    if not found:
        return False
    return bool(found[1] or found[2]) or not word.endswith(".")


def _split_at_stops(text: str, paragraph: Span) -> list[Span]:
    begin, limit = paragraph
    spans, start, at = [], begin, begin
    while at < limit:
        stop = text[at]
        if stop not in _STOPS:
            at += 1
            continue
        end = at + 1
        while end < limit and text[end] in _CLOSING:
            end += 1
        if _ends_sentence(text[start:limit], at - start, end - start, stop):
            spans.append(_trimmed(text, start, end))
            start = end
        at = end
    spans.append(_trimmed(text, start, limit))
    return [span for span in spans if span[0] < span[1]]


def _ends_sentence(sentence: str, at: int, end: int, stop: str) -> bool:
    if stop in _WIDE_STOPS:
        return True
    rest = sentence[end:]
    following = rest.lstrip()
    if not following or len(following) == len(rest):
        return False
    before = sentence[:at]
    if stop != ".":
        return not following[0].islower()
    if not _begins_sentence(following):
        return False
    if _size(before.lstrip()) <= 3 and _is_enumerator(sentence[: at + 1].lstrip()):
        return False
    if end == at + 1:
        word = re.split(r"[\s(\[\"\u201c]", before)[-1]
        if _is_abbreviation(word):
            return _is_starter(following) and word.lower() not in NEVER_LAST
        if re.fullmatch(r"[A-Z]", re.split(r"[.-]", word)[-1]):
            return _is_starter(following)
    return True


def _begins_sentence(text: str) -> bool:
    first = text[0]
    if first.islower():
        # mRNA, p53 and 5-FU begin sentences too; ordinary lower-case words do not
        word = re.split(r"\s", text, maxsplit=1)[0]
        return any(c.isupper() or c in "0123456789" for c in word)
    return first.isalnum() or first in _BEGINNING or first not in _PUNCTUATION


def _is_abbreviation(word: str) -> bool:
    lower = word.lower()
    parts = lower.split(".")
    dotted = len(parts) > 1 and all(len(p) <= 1 or _size(p) <= 2 for p in parts)
    dotted = dotted and all(c == "." or c.isalpha() for c in lower)
    return dotted or lower in ABBREVIATIONS


def _is_starter(text: str) -> bool:
    end = next((at for at, c in enumerate(text) if not c.isalpha()), len(text))
    return text[:end] in STARTERS


def _split_long(text: str, sentence: Span) -> list[Span]:
    """Splits a sentence that is too long, between words, best after `;`, then `,`, then `)`."""
    start, end = sentence
    spans = []
    while _size(text[start:end]) > LONGEST:
        window = text[start:end].encode()[:LONGEST].decode(errors="ignore")
        half = len(window.encode()[: LONGEST // 2].decode(errors="ignore"))
        cuts = (_last_before_space(window, half, mark) for mark in ";,)")
        cut = next((c for c in cuts if c), None) or _last_space(window) or _end_of_piece(window)
        head = _trimmed(text, start, start + cut)
        if head[0] < head[1]:
            spans.append(head)
        start, end = _trimmed(text, start + cut, end)
    return [*spans, (start, end)] if start < end else spans


def _last_before_space(window: str, half: int, mark: str) -> int | None:
    for at in range(len(window) - 2, half - 1, -1):
        if window[at] == mark and window[at + 1].isspace():
            return at + 1
    return None


def _last_space(window: str) -> int | None:
    return next((at for at in range(len(window) - 1, 0, -1) if window[at].isspace()), None)


def _end_of_piece(window: str) -> int:
    symbols = (at for at in range(len(window) - 1, 0, -1) if not window[at].isalnum())
    at = next(symbols, None)
    return at if at and _size(window[:at]) > _size(window) // 2 else len(window)
