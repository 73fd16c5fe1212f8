"""Whether a file is one that was published, and whether a newer one was.

The page `verify.html` does the same in a browser (`verify.js`), in the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from clashbook.figures import exhibit
from clashbook.language import NO_BREAK, day_in_words
from clashbook.website.listing import File, State

# One table of words for the page and for the command line.
WORDS: dict[str, str] = yaml.safe_load(
    Path(__file__).with_name("verdicts.yaml").read_text(encoding="utf-8")
)
_CODE = re.compile(exhibit.CODE)
_ADDRESS = re.compile(rf"{exhibit.FOLDER}/([a-z0-9-]+)\.html")
_HOME = "index.html"


@dataclass(frozen=True)
class Verdict:
    """What is said of a file or a code.

    Parameters
    ----------
    kind : str
        Its entry in `WORDS`.
    words : str
        A sentence or some.
    links : dict of str to str
        What there is to look at: path from the root of what is published, by its words.
    """

    kind: str
    words: str
    links: dict[str, str]

    @property
    def is_ours(self) -> bool:
        return self.kind.endswith(("current", "superseded"))


def of_file(content: bytes, states: Sequence[State]) -> Verdict:
    """Judge a file by its digest, and an unknown one by the codes and addresses in it."""
    made = exhibit.digest(content)
    for state, file in _files(states):
        if file["digest"] == made:
            return _known("", state, file, states)
    text = content.decode("latin-1")
    codes, ids = set(_CODE.findall(text)), set(_ADDRESS.findall(text))
    of_exhibits = [(state, file) for state, file in _files(states) if file["exhibit"]]
    like = [found for found in of_exhibits if found[1]["code"] in codes]
    like += [found for found in of_exhibits if found[1]["exhibit"] in ids]
    if like:
        return _verdict("altered", *like[0], states)
    return Verdict("unknown", WORDS["unknown"], {})


def of_code(typed: str, states: Sequence[State]) -> Verdict:
    """Judge a code as somebody types it, whatever its case, with or without its hyphen."""
    code = tidy(typed)
    for state, file in _files(states):
        if file["code"] == code:
            return _known("code_", state, file, states, code)
    return Verdict("code_unknown", WORDS["code_unknown"].format(code=code), {})


def tidy(typed: str) -> str:
    """A code as it is printed, from one as it is typed."""
    letters = "".join(filter(str.isalnum, typed)).upper()
    return f"{letters[:4]}-{letters[4:]}"


def is_code(typed: str) -> bool:
    return bool(_CODE.fullmatch(tidy(typed)))


def _files(states: Iterable[State]) -> Iterator[tuple[State, File]]:
    return ((state, file) for state in states for file in state["files"])


def _known(
    prefix: str, state: State, file: File, states: Sequence[State], code: str = ""
) -> Verdict:
    kind = "current" if state is states[0] else "superseded"
    return _verdict(f"{prefix}{kind}", state, file, states, code)


def _verdict(
    kind: str, state: State, file: File, states: Sequence[State], code: str = ""
) -> Verdict:
    newest = states[0]
    # A code is an exhibit's, and so is what carries it; another file is itself alone.
    title, path = state["titles"].get(file["exhibit"], ""), file["path"]
    page = f"{exhibit.FOLDER}/{file['exhibit']}.html" if file["exhibit"] else path
    what = f"“{title}” ({path})" if title and kind in ("current", "superseded") else ""
    words = WORDS[kind].format(
        what=what or (f"“{title}” ({page})" if title else path),
        code=code,
        as_of=_day(state),
        version=state["version"],
        newest_as_of=_day(newest),
        newest_version=newest["version"],
    )
    links = {WORDS["ours"]: state["path"] + page}
    if state is not newest:
        there = {other["path"] for other in newest["files"]}
        links[WORDS["newest"]] = newest["path"] + (page if page in there else _HOME)
    return Verdict(kind, words, links)


def _day(state: State) -> str:
    return day_in_words(state["as_of"]).replace(NO_BREAK, " ")
