"""The command line: `clashbook check`, `build`, `serve`, `toll`.

Exit status 0, 1 for bad data, 2 for bad usage.
"""

import difflib
import json
import os
import sys
from pathlib import Path

import click

from clashbook import config as settings

PROJECT_HELP = "Run it in the project's folder, or below."
as_of_option = click.option(
    "--as-of",
    default="",
    metavar="DATE",
    help="As known on this day; default: the last in the data.",
)
data_option = click.option(
    "--data",
    "data_dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the tables; default: data/ of the project.",
)


class Group(click.Group):
    """Says in one line, and by its exit status, what went wrong."""

    def invoke(self, context: click.Context) -> object:
        # Slow to import, so not before a command needs them.
        from clashbook.dataset import DataError

        try:
            return super().invoke(context)
        except DataError as error:
            _complain(str(error))
            context.exit(1)
        except settings.ConfigError as error:
            _complain(str(error))
            context.exit(1)
        except FileNotFoundError as error:
            if error.filename:
                raise
            raise click.UsageError(str(error)) from error


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="clashbook")
def main() -> None:
    """Check, build, serve and question the book. Run it in the project's folder, or below."""


@main.command()
@data_option
@as_of_option
def check(data_dir: Path | None, as_of: str) -> None:
    """Check the data, the settings and the notebooks' parameters; report every problem at once."""
    from clashbook import build as tasks
    from clashbook.edition import Edition

    config = settings.read()
    edition = Edition(config, data_dir or config.root / "data", config.root / "site", as_of)
    data = tasks.checked(edition)
    for warning in data.warnings:
        _complain(f"warning: {warning}")
    rows = sum(map(len, data.tables.values()))
    click.echo(f"{rows} rows in {len(data.tables)} tables, as known on {data.as_of}: no problem")


@main.command()
@as_of_option
@data_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder of the site; default: site/ of the project. Must be new, empty or a site.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=(os.cpu_count() or 1) + 1,
    show_default="cores and one more",
    help="How many notebooks run at once.",
)
def build(as_of: str, data_dir: Path | None, out: Path | None, jobs: int) -> None:
    """Build the book: data, numbers, notebooks, site. What has not changed is not done again."""
    from clashbook import build as tasks
    from clashbook.edition import Edition
    from clashbook.stage import ForeignFolderError

    config = settings.read()
    target = (out or config.root / "site").resolve()
    edition = Edition(config, (data_dir or config.root / "data").resolve(), target, as_of)
    try:
        went_well = tasks.build(edition, jobs, sys.stdout)
    except ForeignFolderError as error:
        raise click.BadParameter(str(error), param_hint="'--out'") from error
    if not went_well:
        raise click.exceptions.Exit(1)
    click.echo(f"open {_shown(target / 'index.html')} (or: clashbook serve)")


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(port: int) -> None:
    """Serve site/ to a browser on this machine, until Ctrl-C."""
    from clashbook import serve as web

    folder = settings.read().root / "site"
    if not folder.is_dir():
        raise click.UsageError("there is no site yet; build it first: clashbook build")
    try:
        server = web.server(folder, port)
    except OSError as error:
        raise click.BadParameter(f"{port}: {error.strerror}", param_hint="'--port'") from error
    with server:
        click.echo(f"open http://{web.HOST}:{server.server_port}/ (Ctrl-C ends)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()


@main.command()
@click.argument("episode")
@as_of_option
@data_option
@click.option("--why", is_flag=True, help="Add every claim left out, with the rule.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
def toll(episode: str, as_of: str, data_dir: Path | None, why: bool, as_json: bool) -> None:
    """Print the reported tolls of EPISODE with their bounds and the claims they rest on."""
    from clashbook import dataset, tolls

    root = settings.read().root
    data = dataset.load(data_dir or root / "data", as_of)
    known = list(data.episodes["episode_id"])
    if episode not in known:
        nearest = ", ".join(difflib.get_close_matches(episode, known, cutoff=0.4) or known)
        raise click.BadParameter(
            f'"{episode}" is none as of {data.as_of}; nearest: {nearest}', param_hint="'EPISODE'"
        )
    # What is made later has a rule too, so the claims left out are told from the whole.
    counted = dataset.load(data_dir or root / "data") if why and as_of else data
    report = tolls.report(counted, episode, data.as_of, why=why)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_table(report)))


def _table(report: dict) -> list[str]:
    lines = [f"{report['episode']}, as known on {report['as_of']}", ""]
    rows = [("indicator", "party", "population", "reported", "newest claim by side", "claims")]
    for row in report["rows"]:
        newest = ", ".join(f"{side} {day}" for side, day in row["reported_on"].items())
        what = (row["indicator"], row["party"], row["population"] or "-")
        rows.append((*what, row["text"], newest or "-", " ".join(row["claims"]) or "-"))
    lines += _aligned(rows)
    if "left_out" in report:
        left = [
            (each["claim"], f"rule {each['rule']}", each["reason"]) for each in report["left_out"]
        ]
        lines += ["", "Left out:", *_aligned(left)]
    return lines


def _aligned(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _shown(path: Path) -> str:
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative


def _complain(text: str) -> None:
    click.echo(text, err=True)
