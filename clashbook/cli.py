"""The command line: `clashbook check`, `build`, `serve`, `publish`, `toll`, `cite` and more.

Exit status 0, 1 for bad data, 2 for bad usage, 130 after an interruption.
"""

import csv
import difflib
import json
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from errno import ELOOP
from pathlib import Path

import click

from clashbook import config as settings

# What a shell gives to a command that Ctrl-C ended.
INTERRUPTED = 130


class Day(click.ParamType):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: str, param, context) -> str:
        with suppress(ValueError):
            if value == date.fromisoformat(value).isoformat():
                return value
        shown = value if len(value) <= 60 else f"{value[:59]}…"
        raise click.BadParameter(f'"{shown}" is no day; write it as YYYY-MM-DD', context, param)


class Folder(click.Path):
    """A folder whose name can be one."""

    def convert(self, value, param, context):
        name = os.fsencode(Path(value).name)
        if len(name) > NAME:
            self.fail(f"{value[:59]}…: its name is longer than {NAME} bytes", param, context)
        if not settings.is_utf8(name):
            self.fail(f"{value}: its name is not UTF-8", param, context)
        return super().convert(value, param, context)


# What a file system takes, less what the build puts around a name.
NAME = 240

as_of_option = click.option(
    "--as-of",
    type=Day(),
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

    def main(self, *arguments: object, **settings: object) -> object:
        _open_what_is_closed()
        if sys.warnoptions:
            # What a person wants to hear from Python is about their code, and may end a build.
            warnings.simplefilter("ignore")
        try:
            return super().main(*arguments, **settings)
        except OSError as error:  # of the help, which no command says
            _complain(f"cannot go on: {error.strerror or error}")
            sys.exit(1)

    def invoke(self, context: click.Context) -> object:
        # Slow to import, so not before a command needs them.
        from clashbook.dataset.tables import DataError

        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                # A terminal may not know the letters of a name.
                stream.reconfigure(errors="replace")
        _refuse_other_code()
        try:
            return super().invoke(context)
        except click.UsageError as error:
            # With it click would print three lines more.
            error.ctx = None
            raise
        except KeyboardInterrupt:
            _complain("stopped")
            context.exit(INTERRUPTED)
        except DataError as error:
            problems = error.problems
            _complain(str(error))
            of_usage = problems and all(each.file == "as_of" for each in problems)
            context.exit(2 if of_usage else 1)
        except settings.ConfigError as error:
            _complain(str(error))
            context.exit(1)
        except FileNotFoundError as error:
            if error.filename:
                raise
            raise click.UsageError(str(error)) from error
        except OSError as error:
            from clashbook.files import disk_fault

            _complain(disk_fault(error))
            context.exit(1)


def _open_what_is_closed() -> None:
    """Lead closed input and output to nothing, or the next file takes their place.

    Programs that a build starts would then write into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def _real(path: Path) -> Path:
    """Return a path without links, or refuse a link that leads to itself."""
    try:
        path.stat()
    except OSError as error:
        if error.errno == ELOOP:
            raise click.UsageError(f"{_shown(path)} is a link that leads to itself") from error
    return path.resolve()


def _refuse_other_code() -> None:
    """In a project that was copied or moved, this may still be the code of the first."""
    try:
        root = settings.find().parent
    except FileNotFoundError:
        return
    theirs, ours = root / "clashbook", Path(__file__).resolve().parent
    if (theirs / "cli.py").is_file() and theirs.resolve() != ours:
        raise click.UsageError(f"this is the code of {ours.parent}; install that of {root}: make")


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="clashbook")
def main() -> None:
    """Check, build, serve and question the book. Run it in the project's folder, or below."""


@main.command()
@data_option
@as_of_option
@click.option("--editions", is_flag=True, help="Check the editions of all earlier days too.")
def check(data_dir: Path | None, as_of: str | None, editions: bool) -> None:
    """Check the data, the settings, the notebooks and the prose; report every problem at once.

    Earlier editions are those of the days from which on a passage or a cell holds.
    """
    from clashbook.pipeline import preflight
    from clashbook.pipeline.edition import Edition

    config = settings.read()
    edition = Edition(config, data_dir or config.root / "data", config.root / "site", as_of or "")
    _within(edition.data_dir, as_of)
    data = preflight.checked(edition)
    days: list[str] = []
    warnings = [*data.warnings, *preflight.saved_outputs(edition)]
    for warning in [*warnings, *([] if as_of else preflight.late_passages(edition))]:
        _complain(f"warning: {warning}")
    try:
        preflight.checked_texts(edition)
        if editions:
            days = preflight.checked_editions(edition)
    except preflight.TextError as error:
        _complain(str(error))
        raise click.exceptions.Exit(1) from error
    rows = sum(map(len, data.tables.values()))
    also = f" and on {len(days)} earlier days" if days else ""
    held = f"{rows} rows in {len(data.tables)} tables, as known on {data.as_of}{also}"
    click.echo(f"{held}: no problem")


@main.command()
@as_of_option
@data_option
@click.option(
    "--out",
    type=Folder(path_type=Path),
    help="Folder of the site; default: site/ of the project. Must be new, empty or a site.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=(os.cpu_count() or 1) + 1,
    show_default="cores and one more",
    help="How many notebooks run at once.",
)
@click.option("--no-pdf", is_flag=True, help="Leave out the PDF, which is written after the site.")
def build(
    as_of: str | None, data_dir: Path | None, out: Path | None, jobs: int, no_pdf: bool
) -> None:
    """Build the book: data, numbers, notebooks, site, PDF. What has not changed stays as it is."""
    from clashbook.files import ForeignFolderError
    from clashbook.pipeline import tasks
    from clashbook.pipeline.edition import Edition

    config = settings.read()
    target = _real(out or config.root / "site")
    edition = Edition(config, (data_dir or config.root / "data").resolve(), target, as_of or "")
    _within(edition.data_dir, as_of)
    try:
        went_well = tasks.build(edition, jobs, sys.stdout, pdf=not no_pdf)
    except ForeignFolderError as error:
        raise click.BadParameter(str(error), param_hint="'--out'") from error
    if not went_well:
        raise click.exceptions.Exit(1)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(port: int) -> None:
    """Serve site/ to a browser on this machine, until Ctrl-C."""
    from clashbook.website import serve as web

    folder = (settings.read().root / "site").resolve()
    if not folder.exists():
        # Slow to import, and seldom needed.
        from clashbook.files import heal

        heal(folder)
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


# Folders of the project, whether they are there or not; those with a dot before their name are too.
ROOMS = ("book", "clashbook", "data", "notebooks", "site", "tests")


@main.command()
@click.argument("folder", type=Folder(file_okay=False, path_type=Path))
@click.option(
    "--from",
    "site",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the built site; default: site/ of the project.",
)
def publish(folder: Path, site: Path | None) -> None:
    """Put the built site into FOLDER, beside every edition that is published there."""
    from clashbook.files import ForeignFolderError
    from clashbook.website import releases

    site = site or settings.read().root / "site"
    try:
        if _is_of_a_project(_real(folder)):
            raise click.UsageError(f"{_shown(folder)} is part of the project; name another folder")
        said = releases.lay_out(_real(site), folder)
    except ForeignFolderError as error:
        raise click.UsageError(str(error)) from error
    except releases.PublishedError as error:
        _complain(str(error))
        raise click.exceptions.Exit(1) from error
    except OSError as error:
        where = str(error.filename2 or error.filename or folder)
        _complain(f"{where[:200]}: {error.strerror or error}")
        raise click.exceptions.Exit(1) from error
    click.echo("\n".join(said))


def _is_of_a_project(at: Path) -> bool:
    """Whether a folder is a project's, or lies in one and is neither new nor a published one."""
    from clashbook.website import releases

    for root in (at, *at.parents):
        if (root / settings.FILE_NAME).is_file() and (root / "notebooks").is_dir():
            parts = at.relative_to(root).parts
            is_new = not at.exists() or not any(at.iterdir())
            return (
                not parts
                or parts[0] in ROOMS
                or any(part.startswith(".") for part in parts)
                or not (is_new or releases.is_published(at))
            )
    return False


@main.command()
@click.argument("episode")
@as_of_option
@data_option
@click.option("--why", is_flag=True, help="Add every claim left out, with the rule.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
def toll(episode: str, as_of: str | None, data_dir: Path | None, why: bool, as_json: bool) -> None:
    """Print the reported tolls of EPISODE with their bounds and the claims they rest on."""
    from clashbook import counting
    from clashbook.dataset import tables

    config = settings.read()
    data_dir = data_dir or config.root / "data"
    _within(data_dir, as_of)
    data = tables.load(data_dir, as_of or "", config.checked)
    known = list(data.episodes["episode_id"])
    if episode not in known:
        nearest = ", ".join(difflib.get_close_matches(episode, known, cutoff=0.4) or known)
        raise click.BadParameter(
            f'"{episode[:60]}" is none as of {data.as_of}; nearest: {nearest}',
            param_hint="'EPISODE'",
        )
    # What is made later has a rule too, so the claims left out are told from the whole.
    counted = tables.load(data_dir, checked=config.checked) if why and as_of else data
    report = counting.report(counted, episode, data.as_of, why=why)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_table(report)))


FORMS = {"text": "text", "bibtex": "bibtex", "ris": "ris", "csl": "csl_json"}


@main.command()
@click.argument("key", metavar="[ID]", default="")
@as_of_option
@click.option("--style", default="apa", show_default=True, help="Any CSL style, by its name.")
@click.option("--format", "form", type=click.Choice(list(FORMS)), default="text")
def cite(key: str, as_of: str | None, style: str, form: str) -> None:
    """Print the citation of an exhibit, a number or a source; without ID, of the whole report."""
    from clashbook.formats import citation

    shelf = _shelf(as_of)
    with _known_ids():
        item = shelf.item(key)
    try:
        if form == "text":
            click.echo("\n".join(citation.text([item], style)))
        else:
            click.echo(getattr(citation, FORMS[form])([item]).rstrip())
    except citation.StyleError as error:
        raise click.BadParameter(str(error), param_hint="'--style'") from error


@main.command()
@click.argument("key", metavar="ID")
@as_of_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["svg", "pdf", "png", "slide", "csv", "json"]),
    help="Default: by the name of FILE.",
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def exhibit(key: str, as_of: str | None, form: str | None, output: Path) -> None:
    """Write one file of an exhibit: picture, data or metadata."""
    shelf = _shelf(as_of)
    with _known_ids():
        shelf.find(key, ["exhibits"])
    bundle = shelf.exhibits[key]
    names = bundle["record"]["files"]
    kind = form or output.suffix.removeprefix(".")
    if kind not in names or kind == "html":
        has = ", ".join(name for name in names if name != "html")
        raise click.BadParameter(f'"{kind}": {key} has {has}', param_hint="'--format'")
    _write({output: shelf.file(key, kind)})


@main.command()
@click.argument("keys", metavar="ID...", nargs=-1, required=True)
@as_of_option
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
def brief(keys: tuple[str, ...], as_of: str | None, output: Path) -> None:
    """Write exhibits and numbers, with captions and references, as a .docx or .md file."""
    from clashbook.pipeline import brief as briefs

    if output.suffix not in (".docx", ".md"):
        raise click.BadParameter(f"{output}: end its name in .docx or .md", param_hint="'-o'")
    shelf = _shelf(as_of)
    with _known_ids():
        if output.suffix == ".md":
            made = briefs.markdown(shelf, list(keys), output)
        else:
            made = {output: briefs.word(shelf, list(keys))}
    _write(made)


@contextmanager
def _known_ids() -> Iterator[None]:
    """An unknown id is bad usage, and the message names the nearest."""
    from clashbook.pipeline.catalogue import UnknownIdError

    try:
        yield
    except UnknownIdError as error:
        raise click.BadParameter(str(error), param_hint="'ID'") from error


def _within(data_dir: Path, as_of: str | None) -> None:
    """Refuse a day that the data do not reach, before anything is done."""
    if not as_of:
        return
    try:
        package = json.loads((data_dir / "datapackage.json").read_text(encoding="utf-8"))
        last = str(package["created"])[:10]
        with (data_dir / "claims.csv").open(encoding="utf-8", newline="") as file:
            first = min(row["reported_on"] for row in csv.DictReader(file))
    except (OSError, ValueError, LookupError, TypeError, RecursionError, csv.Error):
        return  # the check of the data says what is wrong with them
    fault = ""
    if as_of > last:
        fault = f"after {last}, the day that the data are of; name an earlier one"
    elif as_of < first:
        fault = f"before the first claim of all; name a day from {first} on"
    if fault:
        raise click.BadParameter(f"{as_of} is {fault}", param_hint="'--as-of'")


def _shelf(as_of: str | None):
    """What the edition offers, made up to date first."""
    from clashbook.files import ForeignFolderError
    from clashbook.pipeline import tasks
    from clashbook.pipeline.catalogue import Shelf
    from clashbook.pipeline.edition import Edition

    config = settings.read()
    # An earlier edition has a work folder of its own, and leaves that of the site as it is.
    out = config.root / "-".join(filter(None, ["site", as_of]))
    edition = Edition(config, config.root / "data", out, as_of or "")
    _within(edition.data_dir, as_of)
    try:
        went_well = tasks.build(edition, (os.cpu_count() or 1) + 1, sys.stderr, last="stage")
    except ForeignFolderError as error:
        raise click.UsageError(str(error)) from error
    if not went_well:
        raise click.exceptions.Exit(1)
    return Shelf.read(edition.work / "stage" / "_clashbook", config)


def _write(files: dict[Path, bytes]) -> None:
    for path, content in files.items():
        try:
            path.write_bytes(content)
        except OSError as error:
            raise click.BadParameter(f"{path}: {error.strerror}", param_hint="'-o'") from error
        click.echo(_shown(path.resolve()))


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
            (
                *(each["claim"], f"rule {each['rule']}", each["name"], each["reason"]),
                f"by {', '.join(each['by'])}" if each["by"] else "",
            )
            for each in report["left_out"]
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
