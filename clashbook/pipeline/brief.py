"""A brief to send: numbers and exhibits of the book, with captions, methods and references."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from clashbook.figures.exhibit.record import provenance
from clashbook.formats import styled
from clashbook.formats.word import Link, Paper, Reference, Run, linked
from clashbook.language import date_in_words, day_in_words, listed, sentence, until
from clashbook.pages import labels
from clashbook.pages.labels import cell
from clashbook.pipeline.catalogue import Catalogue

FIGURE, TABLE, NUMBER = "Figure", "Table", "Number"
KINDS = {"figure": FIGURE, "table": TABLE}
# The records that say what a row of a table says, and the heading of the column that names them.
RECORDS = ("claims", "reactions", "events")
SAID_BY, SAID_ON = "Who says so, and when", "Said on"
METHODS = (
    "Every number is counted from statements, each kept with who made it, about whom and on which "
    "day. A statement that was repeated counts once, and a newer count of the same speaker takes "
    "the place of the older. What one side says of the other side’s losses is shown and not "
    "counted. “At least” means that nobody gave an upper limit; where sources disagree, all values "
    "are given. This report could check none of them on the ground."
)


@dataclass(frozen=True)
class Part:
    """One exhibit or number in a brief.

    Parameters
    ----------
    of : Reference
        Its label and id.
    finding, below : str
        What it says, and what is to be known of it: measure, sources, date and licence.
    address : str
        Where it is found, if the book is published.
    alt : str
        A figure's text alternative.
    picture : bytes
        PNG; empty for a number or a table.
    head, rows : sequence
        A table's headings and cells; each row's last cell says who says so.
    """

    of: Reference
    finding: str
    below: str
    address: str = ""
    alt: str = ""
    picture: bytes = b""
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = field(default_factory=list)


def parts(catalogue: Catalogue, keys: Iterable[str]) -> list[Part]:
    """What a brief shows for each id: the numbers, then the exhibits, each in the order given.

    Raises
    ------
    UnknownIdError
        If one is no exhibit or number.
    """
    found = [_part(catalogue, key) for key in dict.fromkeys(keys)]
    return sorted(found, key=lambda part: part.of.label != NUMBER)


def _part(catalogue: Catalogue, key: str) -> Part:
    if catalogue.find(key, ("exhibits", "numbers")) == "numbers":
        return _number(catalogue, key)
    bundle = catalogue.book.exhibits[key]
    record = bundle["record"]
    about = [record.get("subtitle", ""), *provenance(bundle, catalogue.config)]
    below = ". ".join(sentence(words.rstrip(".")) for words in about if words) + "."
    url = record["address"] if record["address"].startswith("http") else ""
    of = Reference(KINDS[bundle["kind"]], key)
    if "png" in record["files"]:
        picture = catalogue.file(key, "png")
        return Part(of, record["title"], below, url, record["alt"], picture)
    head, rows = _cells(catalogue, bundle)
    return Part(of, record["title"], below, url, head=head, rows=rows)


def _number(catalogue: Catalogue, key: str) -> Part:
    number = catalogue.book.numbers[key]
    day = "" if number.stated in number.what else number.stated
    known = f"As known on {day_in_words(number.as_of or catalogue.book.about.as_of)}."
    url = str(catalogue.item(key).get("URL", ""))
    finding = f"{number.what}: {number.text}{number.according}{until(day)}"
    return Part(Reference(NUMBER, key), finding, known, url)


def _cells(catalogue: Catalogue, bundle: Mapping) -> tuple[list[str], list[list[str]]]:
    """Headings and cells of a table, with who says what a row says, and when, in a last column.

    Where a column names the speaker already, it is the day alone.
    """
    columns, rows = dict(bundle["columns"]), bundle["rows"]
    is_named = "claimant" in columns
    speakers = [
        str(row.get("stated") or "") if is_named else _speakers(catalogue, row) for row in rows
    ]
    last = [SAID_ON if is_named else SAID_BY] if any(speakers) else []
    cells = [
        [*(cell(row.get(name)) for name in columns), *(words for _ in last)]
        for row, words in zip(rows, speakers, strict=True)
    ]
    return [*columns.values(), *last], cells


def _speakers(catalogue: Catalogue, row: Mapping) -> str:
    """Speaker and day of each record that a row rests on, each once."""
    words: list[str] = []
    for table in RECORDS:
        for key in str(row.get(table) or "").split():
            if found := catalogue.book.row(table, key):
                day = date_in_words(found["reported_on"], found["reported_precision"])
                words.append(f"{labels.actor(catalogue.book, found['claimant'])}, {day}")
    return "; ".join(dict.fromkeys(words))


def references(catalogue: Catalogue, made: Sequence[Part]) -> list[tuple[str, list[Reference]]]:
    """The edition and every source, in APA and in alphabetical order, each with what it bears."""
    bears: dict[str, list[Reference]] = {}
    for part in made:
        for source in catalogue.sources_of(part.of.key):
            bears.setdefault(source, []).append(part.of)
    texts = styled.text([catalogue.edition, *map(catalogue.item, bears)])
    found = zip(texts, [[part.of for part in made], *bears.values()], strict=True)
    return sorted(found, key=lambda pair: pair[0].casefold())


def word(catalogue: Catalogue, keys: list[str]) -> bytes:
    """The brief as a Word document."""
    made, about = parts(catalogue, keys), catalogue.book.about
    authors = listed([author["literal"] for author in catalogue.edition["author"]])
    title = f"From {catalogue.config.title}"
    paper = Paper(title, authors, about.issued, [part.of for part in made])
    paper.add("Subtitle", _edition(catalogue))
    for part in made:
        _add(paper, part)
    paper.heading("How the numbers are counted")
    paper.add("Normal", METHODS)
    paper.heading("References")
    for text, bears in references(catalogue, made):
        borne = [run for of in bears for run in (", ", of)][1:]
        paper.add("Reference", *linked(text), " Used for ", *borne, ".")
    return paper.save()


def _edition(catalogue: Catalogue) -> str:
    about = catalogue.book.about
    return f"As known on {day_in_words(about.as_of)}, data version {about.version}"


def _add(paper: Paper, part: Part) -> None:
    where: list[Run] = [" ", Link(part.address, part.address)] if part.address else []
    if part.of.label == NUMBER:
        paper.caption(part.of, f"{part.finding}. {part.below}", *where)
    elif part.picture:
        paper.add(
            "Normal", f"{part.finding} (", part.of, ")."
        ).paragraph_format.keep_with_next = True
        paper.picture(part.picture, part.alt)
        paper.caption(part.of, part.below, *where)
    else:
        paper.table(part.of, [f"{part.finding}. {part.below}", *where], part.head, part.rows)


def markdown(catalogue: Catalogue, keys: list[str], target: Path) -> dict[Path, bytes]:
    """The brief as Markdown: the file and the pictures beside it, path to content."""
    made: dict[Path, bytes] = {}
    found = parts(catalogue, keys)
    lines = [f"# From {_plain(catalogue.config.title)}", "", f"{_plain(_edition(catalogue))}", ""]
    for part in found:
        name = _name(found)(part.of)
        lines += [f"**{name}.** {_plain(part.finding)}", ""]
        if part.picture:
            picture = target.with_name(f"{target.stem}-{part.of.key}.png")
            made[picture] = part.picture
            lines += [f"![{_plain(part.alt)}]({picture.name})", ""]
        if part.rows:
            cells = [part.head, ["---"] * len(part.head), *part.rows]
            lines += [f"| {' | '.join(map(_cell, row))} |" for row in cells] + [""]
        lines += [_plain(f"{part.below} {part.address}".strip()), ""]
    lines += ["## How the numbers are counted", "", _plain(METHODS), "", "## References", ""]
    for text, bears in references(catalogue, found):
        lines.append(f"- {_plain(text)} Used for {', '.join(map(_name(found), bears))}.")
    made[target] = ("\n".join(lines) + "\n").encode()
    return made


def _name(found: Sequence[Part]) -> Callable[[Reference], str]:
    """What names each part: its label and its number among those of the label."""
    alike: dict[str, list[Reference]] = {}
    for part in found:
        alike.setdefault(part.of.label, []).append(part.of)
    return lambda of: f"{of.label} {alike[of.label].index(of) + 1}"


_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#|!"})


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return " ".join(text.translate(_SIGNS).split())


def _cell(text: str) -> str:
    return text if text == "---" else _plain(text)
