"""The commands that compare: two states or days, what somebody has with what was published."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clashbook import config
from clashbook.cli.group import main
from clashbook.files import shown
from clashbook.language import is_day

if TYPE_CHECKING:
    from clashbook.website.snapshots import Snapshot


@main.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", default="")
@click.option("--no-exhibits", is_flag=True, help="Leave out figures and tables: run no notebook.")
@click.option(
    "--corrections",
    is_flag=True,
    help="Write into the project's new corrections which numbers moved from A.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def diff(before: str, after: str, no_exhibits: bool, corrections: bool, as_json: bool) -> None:
    """Say what differs from A to B: rows, tolls, numbers, figures, conditions, paragraphs.

    A and B are each a day, a folder of data, FOLDER@DAY, a built site or a published state. Without
    B it is the project's data as they are.
    """
    from clashbook.website import differences, told

    if corrections:
        if after:
            raise click.UsageError("--corrections writes into the project's data; leave out B")
        no_exhibits = True  # what moved are numbers
    sides = [_snapshot(text, no_exhibits) for text in (before, after)]
    found = differences.compare(*sides)
    if corrections:
        from clashbook.pipeline import correcting

        written = correcting.fill(config.read().root / "data", found)
        click.echo(f"corrections.csv: rows written: {written}")
    elif as_json:
        click.echo(json.dumps(told.in_json(found), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(told.lines(found)))


@main.command()
@click.argument("what", metavar="FILE")
@click.option(
    "--in",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A site, or all that is published; default: site/ of the project.",
)
def verify(what: str, folder: Path | None) -> None:
    """Say whether FILE is one of ours, unchanged and current; FILE may be a printed code.

    Exit status 1 if it is altered or not recognised.
    """
    from clashbook.website import listing
    from clashbook.website import verify as verdicts

    site = folder or config.read().root / "site"
    states = listing.read(site / "editions" / listing.NAME) or listing.read(site / listing.NAME)
    if not states:
        raise click.UsageError(f"{shown(site)} has no {listing.NAME}; run clashbook build")
    if Path(what).is_file():
        verdict = verdicts.of_file(Path(what).read_bytes(), states)
    elif verdicts.is_code(what):
        verdict = verdicts.of_code(what, states)
    else:
        raise click.BadParameter(
            f'"{what[:60]}" is not a file or a code; write a path, or a code such as BCDF-GHJK',
            param_hint="'FILE'",
        )
    click.echo(verdict.words)
    for words, path in verdict.links.items():
        click.echo(f"{words}: {path}")
    if not verdict.is_ours:
        raise click.exceptions.Exit(1)


@main.command("check-brief")
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--states",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A site, or all that is published; default: site/ of the project.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
def check_brief(files: Sequence[Path], folder: Path | None, as_json: bool) -> None:
    """Hold each number of a brief against all that was published, and say what to write instead.

    FILE is a .docx, .md, .txt, .html or .pdf file. Exit status 0 if every number is current or
    right for the day it names, 1 if one needs a change or a file cannot be read.
    """
    from clashbook.website.checking import judging, quotes, reading, telling

    site = folder or config.read().root / "site"
    table = quotes.read(site / "editions" / quotes.NAME) or quotes.read(site / quotes.NAME)
    if not table:
        raise click.UsageError(f"{shown(site)} has no {quotes.NAME}; run clashbook build")
    judge = judging.Judge(table)
    # First every file is read, so that one that cannot be leaves nothing half said.
    read = {path: reading.blocks(path) for path in files}
    judged = {path: judge.judge(blocks) for path, blocks in read.items()}
    if as_json:
        answer = [telling.in_json(str(path), found) for path, found in judged.items()]
        click.echo(json.dumps(answer, ensure_ascii=False, indent=2))
    else:
        lines = [
            line
            for path, found in judged.items()
            for line in telling.lines(shown(path), found, table["verdicts"])
        ]
        click.echo("\n".join(lines))
    if not all(judging.is_good(found) for found in judged.values()):
        raise click.exceptions.Exit(1)


def _snapshot(text: str, no_exhibits: bool) -> Snapshot:
    """What a day, a folder of data or a site says."""
    from clashbook.dataset.checks.package import PACKAGE
    from clashbook.pipeline import snapshots
    from clashbook.website import published
    from clashbook.website.snapshots import snapshot_of

    settings = config.read()
    name, _, day = text.rpartition("@") if is_day(text.rpartition("@")[2]) else (text, "", "")
    folder = Path(name).resolve() if name else settings.root / "data"
    if published.marker_in(folder).as_of and not day:
        return snapshot_of(folder)
    if not (folder / PACKAGE).is_file():
        raise click.BadParameter(
            f'"{text[:60]}" is neither a day, a folder of data nor a site; write YYYY-MM-DD, a '
            "folder with datapackage.json, FOLDER@YYYY-MM-DD, or a site or published state",
            param_hint="'A' or 'B'",
        )
    edition = snapshots.edition_of(settings, folder, day)
    stream, jobs = (None, 1) if no_exhibits else (sys.stderr, (os.cpu_count() or 1) + 1)
    return snapshots.snapshot_of(edition, stream, jobs)
