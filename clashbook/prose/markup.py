"""What pages may write: the names of roles and directives, and what the text in them is."""

from __future__ import annotations

from docutils.parsers.rst.languages import get_language

from clashbook.dataset import kinds
from clashbook.prose.numbers import ROLES

# Roles and directives of docutils, by their English names.
_DOCUTILS = get_language("en")
# Roles whose text is the id of a record, or words that lead to it.
RECORDS = {*(kind.name for kind in kinds.REFERRED), "exhibit"}
REFERENCES = {*ROLES, *RECORDS, "doc", "ref", "term"}
# All that a page may use: the book's own, some of Sphinx, and what docutils itself has.
ALL_ROLES = {*REFERENCES, *_DOCUTILS.roles, "abbr", "download", "eq", "kbd", "numref", "samp"}
# Fences that only some editions show; the days of the first two are ISO dates.
DATED = ("from", "until")
PASSAGES = (*DATED, "holds", "else")
OWN_DIRECTIVES = {
    *(*PASSAGES, "opening", "key-numbers", "exhibit", "gallery", "cite-edition"),
    *(
        "pdf",
        "programs",
        "publisher",
        "check-brief",
        "count-your-way",
        "known-by-day",
        "what-holds",
    ),
    *("claims-table", "numbers-table", "sources-table", "episodes-table", "stances-table"),
    *("indicators-table", "actors-table", "events-table", "reactions-table", "corrections-table"),
    *("elsewhere-table", "leanings-by-claimant", "leanings-by-source", "codebook", "downloads"),
    *("disagreement", "disagreements", "rules", "telling"),
}
ALL_DIRECTIVES = {
    *(*OWN_DIRECTIVES, *_DOCUTILS.directives, "glossary", "literalinclude", "only", "seealso"),
    *("toctree", "code-cell", "margin", "versionadded", "versionchanged"),
}
# Directives whose content is code, those whose argument is a heading, and those that name a file.
CODE = {"code", "code-block", "code-cell", "literalinclude", "math", "toctree"}
TITLED = {"admonition", "sidebar", "topic", "rubric", "table", "list-table", "csv-table"}
FILES = {"figure", "image", "include", "literalinclude"}
# Options and keyword arguments that a reader reads; the rest are settings.
CAPTIONS = ("title", "subtitle", "note", "alt", "caption", "columns")
# Stands for what is no word of a sentence: a reference, code, or a reading that counts nothing.
BLANK = "\ufffc"
