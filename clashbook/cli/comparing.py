"""The command that compares: what differs between two states, days or folders of data."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clashbook import config
from clashbook.cli.group import main
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
