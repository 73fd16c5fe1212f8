"""What the command line says of a brief: a line a number, and below it what to write instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from clashbook.website.checking.judging import Judged


def lines(name: str, found: Sequence[Judged], words: Mapping) -> Iterator[str]:
    """A file's verdicts as text; the numbers of a sentence stand between » and «."""
    yield name
    for one in found:
        marked = (f"»{text}«" if place % 2 else text for place, text in enumerate(one.pieces))
        yield f"\n  {''.join(marked)}"
        for number, verdict in zip(one.numbers, one.verdicts, strict=True):
            mark = "✓" if verdict.is_good else "✗"
            yield f"  {mark} {number}: {words[verdict.kind]['name']}. {verdict.words}"
            if verdict.instead:
                yield f"      Write: {verdict.instead}"
                yield f"      Cite: {verdict.citation}"
                yield f"      See: {verdict.path}"
    kinds = Counter(verdict.kind for one in found for verdict in one.verdicts)
    listed = ", ".join(
        f"{kinds[kind]} {words[kind]['name'].lower()}" for kind in words if kinds[kind]
    )
    yield f"\n{name}: {listed or 'no numbers found'}."


def in_json(name: str, found: Sequence[Judged]) -> dict:
    """The same for programs."""
    return {
        "file": name,
        "sentences": [
            {
                "sentence": one.text,
                "numbers": [
                    {
                        "number": number,
                        "verdict": verdict.kind,
                        "words": verdict.words,
                        "instead": verdict.instead,
                        "citation": verdict.citation,
                        "see": verdict.path,
                        "id": verdict.id,
                    }
                    for number, verdict in zip(one.numbers, one.verdicts, strict=True)
                ],
            }
            for one in found
        ],
    }
