"""Numbers that are typed where a reference should stand, and readings that count nothing.

Prose, headings, tables and the captions of exhibits take their numbers from the dataset by
reference; `prose.markdown` and `prose.captions` read what a reader reads of them.

A text is first freed of what may be typed (`READINGS`, in their order, and the names that the book
allows); what is still a figure or a word for a number then is one that the data could change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from clashbook.config import FILE_NAME
from clashbook.dataset.tables import Problem
from clashbook.language import MONTHS
from clashbook.prose.markup import BLANK

_WAY_OUT = f"{{number}}`…`, or put a name into clashbook.allowed_in_prose of {FILE_NAME}"
_ONE = '{number}`…`, or "a" or "a single" where nothing is counted'
_ANY_CASE = "(?i)"
_DAY = r"(?<![\d.,])(?:[1-9]|[12]\d|3[01])"
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_YEAR = r"(?:1[89]|20)\d\ds?(?!\w|[.,]\d|\s?%)"
_YEARS = rf"{_YEAR}(?:(?:, | and | to | or |/|–){_YEAR})*"
_FIGURES = r"\d+(?:\.\d+)*(?!\w|,\d|\s?%)"
_CARDINALS = (
    "zero|nil|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
    "fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|"
    "ninety|hundred|thousand|million|billion|trillion|dozen"
)
_ORDINALS = (
    r"third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|[a-z]+teenth|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)tieth|hundredth|thousandth|millionth"
)
# People and things that sides count: before these, no reading is harmless.
_COUNTED = (
    r"(?:more |other )?(?:soldiers?|service(?:man|men)|troops|officers?|generals?|civilians?|"
    r"people|persons?|m[ae]n|wom[ae]n|child(?:ren)?|deaths?|dead|killed|wounded|injured|missing|"
    r"captured|displaced|casualt(?:y|ies)|prisoners?|drones?|tanks?|villages?|houses?|claims?|"
    r"percent|per cent|km|dollars)\b"
)
# Before "one", these make it a count.
_NOT_COUNTING = "".join(
    rf"(?<!\b{words} )"
    for words in (
        *("toll of", "total of", "count of", "number of", "sum of", "floor of", "ceiling of"),
        *("more than", "less than", "fewer than"),
    )
)
# After "one", these show that no noun follows it: it stands for one.
_NO_NOUN = (
    r"(?=\s*(?:[.,;:!?)”\"]|$)|\s+(?:of|on|in|from|to|at|by|for|with|about|over|under|before|"
    r"after|against|than|as|and|or|but|that|which|who|whose|where|when|nor|is|are|was|has|had|"
    r"does|did|can|may|must|will|would|should|stands?|holds?|differ)\b)"
)

READINGS = (
    # Addresses.
    r"(?:https?://|www\.)\S+",
    # "One" that stands for a noun, or for anybody.
    rf"{_ANY_CASE}\bone(?= of\b)",
    rf"{_ANY_CASE}\bno one\b",
    rf"{_ANY_CASE}\b(?:any|every|each|some|which|this|that|another|the) one\b{_NO_NOUN}",
    rf"{_ANY_CASE}\b(?:an?|the|its|their|no) (?!further|only|additional|second|{_ORDINALS})"
    rf"[a-z-]+ one\b{_NO_NOUN}",
    rf"{_ANY_CASE}\b(?:as|of|in|into|from|is|than) {_NOT_COUNTING}one\b{_NO_NOUN}",
    rf"{_ANY_CASE}\bone(?: another| by one| and the same|['’]s)\b",
    rf"{_ANY_CASE}\bone (?:(?:against|from|to|or|and|with|without) )?(?:the )?other\b",
    rf"{_ANY_CASE}\bone-(?:sided|way|off|time)\b",
    rf"{_ANY_CASE}\bone (?:can|cannot|could|may|might|must|should|would)\b",
    # "One" set against the other, of what there are two by nature.
    rf"{_ANY_CASE}\bone (?:side|party|country|state|hand|way|sense|thing)\b"
    r"(?=[^.!?]*\b(?:others?|another)\b)",
    # Days, months and years in the report's form; "12 to 14" alone is none.
    rf"{_DAY}(?:(?:, | and | to |–){_DAY})* {_MONTH}\b(?: {_YEAR})?",
    rf"\b{_MONTH} {_YEARS}",
    rf"{_ANY_CASE}\b(?:first|second|third|fourth|last) quarter of {_YEAR}",
    rf"{_ANY_CASE}\b(?:mid|pre|post|early|late)-{_YEAR}",
    rf"{_ANY_CASE}(?:\b(?:in|of|since|by|until|from|to|between|before|after|during|through|for|"
    r"against|early|late|year|years|spring|summer|autumn|winter|the|an?|its|their|this|that)|['’]s)"
    rf" {_YEARS}(?! {_COUNTED})",
    rf"\({_YEARS}\)|(?:^|\. ){_YEARS}(?=:)",
    # What is known by its number: Article 4, rule 7, rules 6 and 7, version 25.1.
    rf"{_ANY_CASE}\b(?:article|rule|section|sec\.|paragraph|para\.|chapter|resolution|version) "
    rf"{_FIGURES}",
    rf"{_ANY_CASE}\b(?:articles|rules|sections|paragraphs|paras\.|chapters|resolutions|versions) "
    rf"{_FIGURES}(?:(?:, | and | to | or ){_FIGURES})*",
    # Names that hold a figure or, inside a sentence, a capitalised word: Su-25, km2, UTC+4, the
    # Second World War, the Group of Seven.
    r"\b[A-Z]\w*-\d+\w*",
    r"\b(?=[A-Za-z])[A-Z]{0,2}[a-z]*\d+[a-z]*\b",
    r"\bUTC[+−-]\d+\b",
    r"(?<=[^\s.!?:;–—\"'”’)]) (?=[A-Z][a-z])"
    rf"(?i:one|half|double|second|{_CARDINALS}|{_ORDINALS})\b(?:-[A-Z][a-z]+)*",
    # The parties, who are two by nature, what has just been named, and whoever is neither.
    rf"{_ANY_CASE}\bthe (?:same )?two (?:sides|parties|belligerents|countries|states|governments|"
    r"capitals|economies|authorities|neighbours|peoples)\b",
    rf"{_ANY_CASE}\bthe two\b{_NO_NOUN}",
    rf"{_ANY_CASE}\bthird[- ](?:part(?:y|ies)|countr(?:y|ies)|states?)\b",
    # The figure nought as a thought, not as a count; and a unit of money.
    rf"{_ANY_CASE}\b(?:not|never|no|a)(?: as)? zero\b(?! {_COUNTED})",
    rf"{_ANY_CASE}\bin (?:millions|billions)\b",
)

_NUMBERS = (
    r"[$€£]?[\d¼-¾⅐-↉]+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?: ?%)?",
    rf"\b(?:an? )?(?:one|(?:{_CARDINALS})s?)\b",
    rf"\b(?:{_CARDINALS})-?fold\b",
    r"\b(?:tens of|an? score of|scores of|an? couple|couples? of|pairs? of|trio of)\b",
    rf"\b(?:an? )?(?:{_ORDINALS})s?\b",
    # A second is a unit too, and "second," goes on with an enumeration.
    r"\b(?:the|an?|its|their|this|that|his|her|every|each|no|['’]s) second"
    r"(?=[ -](?!hand|later|ago|before|after|of\b|or\b)[a-z])",
    r"\b(?:a )?(?:half|halves|halv(?:e|ed|es|ing))\b",
    r"\ba quarter\b|\bquarters? of\b",
    r"\b(?:twice|thrice|(?:doubl|tripl|trebl|quadrupl)(?:e|ed|es|ing))\b",
    r"\ban? (?:percent|per cent|percentage point)\b",
    # None of a counted kind is a count of nought.
    rf"\b(?:none(?: of(?: [a-z]+){{1,3}})?|no(?: [a-z]+)? {_COUNTED})"
    r" (?:(?:was|were|is|are|had been|has been|have been) )?(?:reported )?"
    r"(?:killed|wounded|injured|missing|captured|dead)\b",
)


def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern whose spaces match any space, a line's end and a no-break space too."""
    return re.compile(pattern.replace(" ", r"\s"))


_NUMBER = "|".join(f"(?:{pattern})" for pattern in _NUMBERS)
_READINGS = tuple(map(_compiled, READINGS))
# Numbers that follow each other are one.
_FOUND = _compiled(rf"{_ANY_CASE}(?:{_NUMBER})(?:(?:,? |-| to | and | or )?(?:{_NUMBER}))*")
_NEXT_WORD = _compiled(r"(?:[ -][^\W\d_][\w'’-]*)?")


def problems(
    place: str, read: Iterable[tuple[int, str]], allowed: Iterable[str]
) -> Iterator[Problem]:
    """Yield each number that is typed in a page or a cell, given its words and their lines."""
    for first, text in read:
        for start, found in typed(text, allowed):
            way_out = _ONE if found.lower().startswith("one ") else _WAY_OUT
            line = first + text.count("\n", 0, start)
            yield Problem(place, line, "", found, "a typed number", way_out)


def typed(text: str, allowed: Iterable[str] = ()) -> list[tuple[int, str]]:
    """The numbers typed in a text: where each starts, and its words with the one after them.

    Parameters
    ----------
    text : str
        What a reader reads, with `BLANK` for each reference.
    allowed : iterable of str
        Names of things, each as it is written.

    >>> typed("On 13 September 2022 fifty soldiers, by rule 7 and Article 4")
    [(21, 'fifty soldiers')]
    """
    left = text
    for name in sorted(allowed, key=len, reverse=True):
        phrase = r"\s".join(map(re.escape, name.split()))
        left = _blanked(re.compile(rf"(?<!\w){phrase}(?!\w)"), left)
    for reading in _READINGS:
        left = _blanked(reading, left)
    found = []
    for number in _FOUND.finditer(left):
        # The pattern matches where no word follows, too.
        following = _NEXT_WORD.match(text, number.end())
        words = number[0] + (following[0] if following else "")
        found.append((number.start(), " ".join(words.split())))
    return found


def _blanked(reading: re.Pattern[str], text: str) -> str:
    # As long as before, so that places stay, and with its line ends, so that lines do.
    return reading.sub(lambda found: re.sub(r"\S", BLANK, found[0]), text)
