"""The commands that change the data: withdraw."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from clashbook import config, files
from clashbook.cli.group import data_option, main
from clashbook.files import shown
from clashbook.language import NO_BREAK

if TYPE_CHECKING:
    from clashbook.dataset.tables import Dataset


@main.command()
@click.argument("source")
@click.option("--why", required=True, metavar="TEXT", help="Why: retracted by whom, or how false.")
@click.option("--dry-run", is_flag=True, help="Only say what would move.")
@data_option
def withdraw(source: str, why: str, dry_run: bool, data_dir: Path | None) -> None:
    """Mark SOURCE as withdrawn and add the correction, and say which tolls move.

    Its row, its claims and their addresses stay, and say that it was withdrawn; no claim of it is
    counted, and the chapters leave out its events, reactions and series.
    """
    from clashbook.dataset import tables, withdrawing

    settings = config.read()
    folder = (data_dir or settings.root / "data").resolve()
    reason = " ".join(why.split())
    if not reason:
        raise click.BadParameter("is empty; write a sentence", param_hint="'--why'")
    before = tables.load(folder, checked=settings.checked)
    made = withdrawing.withdrawn(folder, source, reason, date.today().isoformat())
    with tempfile.TemporaryDirectory() as place:
        # Data that would not be sound are refused before anything is written.
        trial = Path(shutil.copytree(folder, Path(place) / "data"))
        for name, content in made.items():
            (trial / name).write_bytes(content)
        after = tables.load(trial)
    if not dry_run:
        files.write_together({folder / name: content for name, content in made.items()})
        click.echo(f"written: {', '.join(shown(folder / name) for name in made)}")
    claims = int((before.claims.source_id == source).sum())
    click.echo(f"claims that are shown and not counted: {claims}")
    left_out = {name: int((before.tables[name].source_id == source).sum()) for name in tables.DRAWN}
    for name, many in left_out.items():
        if many:
            click.echo(f"{name} that the chapters leave out: {many}")
    moves = list(_moves(before, after))
    for line in moves:
        click.echo(line)
    if not moves:
        click.echo("no toll moves")


def _moves(before: Dataset, after: Dataset) -> Iterator[str]:
    """Each toll that is another in the second, from what to what."""
    from clashbook import counting
    from clashbook.bounds import NO_FIGURE

    for episode in before.episodes.episode_id:
        tolls = [counting.count(data, episode).tolls for data in (before, after)]
        for quantity in dict.fromkeys([*tolls[0], *tolls[1]]):
            was, now = (
                (found[quantity].text if quantity in found else "").replace(NO_BREAK, " ")
                for found in tolls
            )
            if was != now:
                name = ", ".join(filter(None, (episode, *quantity)))
                yield f"{name}: {was or NO_FIGURE}, now {now or NO_FIGURE}"
