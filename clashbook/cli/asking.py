"""The commands that ask the book something, from toll and list to explain and export."""

from __future__ import annotations

import difflib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clashbook import config
from clashbook.cli.group import AS_OF, as_of_option, data_option, main
from clashbook.cli.making import edition_of
from clashbook.files import shown

if TYPE_CHECKING:
    from clashbook.config import Config
    from clashbook.pipeline.catalogue import Catalogue

# The forms of a citation, by the names of their functions in `formats.citation`.
FORMS = {"text": "text", "bibtex": "bibtex", "ris": "ris", "csl": "csl_json"}
output_option = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True
)


@main.command()
@click.argument("episode")
@click.option("--as-of", "--day", "as_of", **AS_OF)
@data_option
@click.option("--without", multiple=True, metavar="SPEAKER", help="Do not believe this speaker.")
@click.option("--other-side", is_flag=True, help="Count what one side says of the other.")
@click.option("--missing-as-killed", is_flag=True, help="Take killed or missing as killed.")
@click.option("--no-limits", is_flag=True, help="Take no claim as an upper limit.")
@click.option("--no-press", is_flag=True, help="Leave out what the press counts itself.")
@click.option("--why", is_flag=True, help="Also list every claim left out, with its rule.")
@click.option("--fragile", is_flag=True, help="Also list what alone would change the dead.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def toll(
    episode: str,
    as_of: str,
    data_dir: Path | None,
    without: Sequence[str],
    why: bool,
    fragile: bool,
    as_json: bool,
    **switches: bool,
) -> None:
    """Print the tolls of EPISODE, by its id, and the claims they rest on.

    With --without and the options after it you count your own way: the answer says so.
    """
    from clashbook import counting
    from clashbook.dataset import tables

    settings = config.read()
    folder = data_dir or settings.root / "data"
    data = tables.load(folder, as_of, settings.checked)
    known = list(data.episodes["episode_id"])
    if episode not in known:
        nearest = ", ".join(difflib.get_close_matches(episode, known, cutoff=0.4) or known)
        raise click.BadParameter(
            f'"{episode[:60]}" is not in the data as of {data.as_of}; nearest: {nearest}',
            param_hint="'EPISODE'",
        )
    for speaker in without:
        if speaker not in (speakers := set(data.claims["claimant"])):
            near = difflib.get_close_matches(speaker, speakers, 3, 0.3)
            nearest = ", ".join(near) or "see claims.html"
            raise click.BadParameter(
                f'nobody is called "{speaker[:60]}"; nearest: {nearest}',
                param_hint="'--without'",
            )
    chosen = frozenset(name for name, is_on in switches.items() if is_on)
    choice = counting.Choice(frozenset(without), chosen)
    # What is made later has a rule too, so the claims left out are found in the whole.
    counted = tables.load(folder, checked=settings.checked) if why and as_of else data
    report = counting.report(counted, episode, data.as_of, why, choice)
    if fragile:
        from clashbook.counting import holding

        report["fragile"] = holding.report(data, episode)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_table(report)))


def _table(report: Mapping[str, Any]) -> list[str]:
    rows = [("indicator", "party", "population", "reported", "newest claim by side", "claims")]
    for row in report["rows"]:
        newest = ", ".join(f"{side} {day}" for side, day in row["reported_on"].items())
        what = (row["indicator"], row["party"], row["population"] or "-")
        rows.append((*what, row["text"], newest or "-", " ".join(row["claims"]) or "-"))
    lines = [f"{report['episode']}, as known on {report['as_of']}"]
    if "choice" in report:
        lines.append(f"Your count, not the report's: {report['choice']}.")
    lines += ["", *_aligned(rows)]
    if "left_out" in report:
        left_out = [
            (
                *(row["claim"], f"rule {row['rule']}", row["name"], row["reason"]),
                f"by {', '.join(row['by'])}" if row["by"] else "",
            )
            for row in report["left_out"]
        ]
        lines += ["", "Left out:", *_aligned(left_out)]
    if "fragile" in report:
        heads = ("party", "reported", "changed by", "", "becomes")
        changes = [tuple(row.values()) for row in report["fragile"]]
        lines += ["", "What alone would change the dead:", *_aligned([heads, *changes])]
    return lines


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


@main.command("list")
@click.argument("kind", type=click.Choice(["claims", "numbers", "exhibits", "sources"]))
@click.argument("words", nargs=-1)
@as_of_option
@data_option
def list_ids(kind: str, words: tuple[str, ...], as_of: str, data_dir: Path | None) -> None:
    """List the ids of a KIND; with WORDS, only those that contain all of them."""
    if kind == "exhibits":
        with _catalogue(as_of) as catalogue:
            found = {
                key: bundle["record"]["title"] for key, bundle in catalogue.book.exhibits.items()
            }
    else:
        from clashbook.pipeline.catalogue import LISTS

        found = LISTS[kind](edition_of(as_of, data_dir))
    asked = [word.casefold() for word in words]
    rows = [row for row in found.items() if all(word in " ".join(row).casefold() for word in asked)]
    click.echo("\n".join(_aligned(rows)) if rows else "nothing found with all of these words")


@main.command()
@click.argument("key", metavar="[ID]", default="")
@as_of_option
@click.option(
    "--style", default="apa", show_default=True, help="apa, chicago, mla or any CSL style."
)
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="text")
def cite(key: str, as_of: str, style: str, form: str) -> None:
    """Print the citation of a figure, table, number, claim or source; without ID, of the report."""
    from clashbook.formats import exchange, styled
    from clashbook.pipeline import citable

    with _staged(as_of) as (staged, _):
        item = citable.found(citable.read(staged), key)
    try:
        if form == "text":
            click.echo("\n".join(styled.text([item], style)))
        else:
            click.echo(getattr(exchange, FORMS[form])([item]).rstrip())
    except styled.StyleError as error:
        raise click.BadParameter(str(error), param_hint="'--style'") from error


@main.command()
@click.argument("key", metavar="ID")
@as_of_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["svg", "pdf", "png", "slide", "column", "csv", "csvw", "json"]),
    help="Default: the ending of FILE.",
)
@output_option
def exhibit(key: str, as_of: str, form: str | None, output: Path) -> None:
    """Write one file of a figure or table: picture, data or metadata."""
    with _catalogue(as_of) as catalogue:
        catalogue.find(key, ["exhibits"])
    names = catalogue.book.exhibits[key]["record"]["files"]
    kind = form or output.suffix.removeprefix(".")
    if kind not in names or kind == "html":
        others = ", ".join(name for name in names if name != "html")
        raise click.BadParameter(
            f'"{kind}" is not a file of {key}; write {others}', param_hint="'--format'"
        )
    _write({output: catalogue.file(key, kind)})


@main.command()
@click.argument("keys", metavar="ID...", nargs=-1, required=True)
@as_of_option
@output_option
def brief(keys: tuple[str, ...], as_of: str, output: Path) -> None:
    """Write figures, tables and numbers, with references, to a .docx or .md file."""
    from clashbook.pipeline import brief as briefs

    if output.suffix not in (".docx", ".md"):
        raise click.BadParameter(
            f"{output} is not a .docx or .md file; end its name so", param_hint="'-o'"
        )
    with _catalogue(as_of) as catalogue:
        if output.suffix == ".md":
            made = briefs.markdown(catalogue, list(keys), output)
        else:
            made = {output: briefs.word(catalogue, list(keys))}
    _write(made)


@main.command()
@click.argument("key", metavar="ID")
@as_of_option
def explain(key: str, as_of: str) -> None:
    """Print what makes a number or a claim: its sum, who says so, and what is not counted."""
    from clashbook.pipeline import explain as explained

    with _catalogue(as_of) as catalogue:
        click.echo("\n".join(explained.lines(catalogue, key)))


@main.command()
@click.argument("key", metavar="TABLE|ID")
@as_of_option
@click.option("--where", default="", help='A condition in SQL, such as "low > 100".')
@output_option
def export(key: str, as_of: str, where: str, output: Path) -> None:
    """Write a table of the data or of a figure, or the rows that --where chooses.

    FILE ends in .csv, .parquet or .xlsx.
    """
    from clashbook.formats import export as exports

    if output.suffix not in exports.ENDINGS:
        raise click.BadParameter(
            f"{output} is not a {', '.join(exports.ENDINGS)} file; end its name so",
            param_hint="'-o'",
        )
    with _catalogue(as_of) as catalogue:
        table, kinds = catalogue.table(key)
    day = catalogue.book.about.issued
    _write({output: exports.exported(table, kinds, where, output.suffix, day)})


@contextmanager
def _catalogue(as_of: str) -> Iterator[Catalogue]:
    """What the edition offers, made up to date first."""
    from clashbook.pipeline.catalogue import Catalogue

    with _staged(as_of) as (staged, settings):
        yield Catalogue.read(staged, settings)


@contextmanager
def _staged(as_of: str) -> Iterator[tuple[Path, Config]]:
    """What the pages are told, made up to date first; an id that it has not is bad usage."""
    from clashbook.pipeline import tasks
    from clashbook.pipeline.citable import UnknownIdError

    # An earlier edition has a work folder of its own, and leaves that of the site as it is.
    out = config.read().root / "-".join(filter(None, ["site", as_of]))
    edition = edition_of(as_of, out=out)
    if not tasks.build(edition, (os.cpu_count() or 1) + 1, sys.stderr, last="stage"):
        raise click.exceptions.Exit(1)
    try:
        yield edition.stage / "_clashbook", edition.config
    except UnknownIdError as error:
        raise click.BadParameter(str(error), param_hint="'ID'") from error


def _write(contents: Mapping[Path, bytes]) -> None:
    for path, content in contents.items():
        try:
            path.write_bytes(content)
        except OSError as error:
            raise click.BadParameter(f"{path}: {error.strerror}", param_hint="'-o'") from error
        click.echo(shown(path.resolve()))
