"""The commands that make the book and show it: check, build, serve, publish, deposit.

A command itself imports what is slow to import.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from clashbook import config, files
from clashbook.cli.group import (
    Days,
    Folder,
    as_of_option,
    complain,
    data_option,
    main,
    real,
)
from clashbook.files import shown
from clashbook.pipeline.edition import Edition

# Folders of the project, whether they are there or not; those with a dot before their name are too.
ROOMS = ("book", "clashbook", "data", "notebooks", "site", "tests")


def edition_of(as_of: str, data_dir: Path | None = None, out: Path | None = None) -> Edition:
    """The edition that a command is about; a day that its data do not reach is bad usage."""
    settings = config.read()
    folder = (data_dir or settings.root / "data").resolve()
    edition = Edition(settings, folder, real(out or settings.root / "site"), as_of)
    if as_of:
        edition.data.cut(as_of)  # refused before anything is done
    return edition


@main.command()
@data_option
@as_of_option
@click.option("--editions", is_flag=True, help="Also check the editions of earlier days.")
@click.option("--draft", is_flag=True, help="Only list what a draft would leave out.")
def check(data_dir: Path | None, as_of: str, editions: bool, draft: bool) -> None:
    """Check data, settings, notebooks and text, and report every problem at once.

    Earlier editions are those of the days on which a passage or a cell first appears.
    """
    from clashbook.pipeline import preflight

    edition = edition_of(as_of, data_dir)
    data = preflight.checked(edition)
    days: list[str] = []
    warnings = [*data.warnings, *preflight.saved_outputs(edition)]
    for warning in [*warnings, *([] if as_of else preflight.late_passages(edition))]:
        complain(f"warning: {warning}")
    if not (as_of or data_dir):
        for notice in preflight.said_first(edition, preflight.notices(edition)):
            complain(f"note: {notice}")
    if draft:
        from clashbook.pipeline import draft as drafts

        _say_left_out(list(dict.fromkeys(gap.fault for gap in drafts.gaps(edition))))
        return
    preflight.checked_texts(edition)
    if editions:
        days = preflight.checked_editions(edition)
    rows = sum(map(len, data.tables.values()))
    also = f" and on {len(days)} earlier days" if days else ""
    whole = f"{rows} rows in {len(data.tables)} tables, as known on {data.as_of}{also}"
    click.echo(f"{whole}: no problem")


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
    show_default="cores and one more; of editions, cores",
    help="How many notebooks run at once; with --editions, how many editions.",
)
@click.option("--no-pdf", is_flag=True, help="Do not write the PDF.")
@click.option(
    "--draft",
    is_flag=True,
    help="Leave out sentences that are no longer true; build into site-draft/, without a PDF.",
)
@click.option(
    "--editions",
    type=Days(),
    help="Build these days side by side, with commas between them, and publish them; all: each "
    "day on which a claim was new, and the last day in the data.",
)
@click.option(
    "--publish",
    "folder",
    type=Folder(file_okay=False, path_type=Path),
    help="Of --editions: the folder that they are published into.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Of --editions: build them on the Dask cluster at this address; local: on one that is "
    "started for them.",
)
@click.option(
    "--results",
    metavar="FOLDER",
    help="Of --editions: where finished sites wait to be published: a folder that all workers "
    "see, or an fsspec address; default: .build/editions/ of the project.",
)
def build(
    as_of: str,
    data_dir: Path | None,
    out: Path | None,
    jobs: int | None,
    no_pdf: bool,
    draft: bool,
    editions: str | None,
    folder: Path | None,
    cluster: str | None,
    results: str | None,
) -> None:
    """Build the book: data, numbers, notebooks, site, PDF. Only redo what has changed."""
    if editions:
        if as_of or out or draft:
            raise click.UsageError("--editions goes without --as-of, --out and --draft")
        if not folder:
            raise click.UsageError("--editions needs --publish FOLDER")
        edition, days = edition_of("", data_dir), editions.split(",")
        _build_many(edition, days, folder, jobs, cluster, results, pdf=not no_pdf)
    elif folder or cluster or results:
        raise click.UsageError("--publish, --cluster and --results go with --editions")
    else:
        _build(as_of, data_dir, out, jobs, pdf=not no_pdf, draft=draft)


def _build(
    as_of: str, data_dir: Path | None, out: Path | None, jobs: int | None, *, pdf: bool, draft: bool
) -> None:
    from clashbook.pipeline import tasks, warm

    if draft and out is None:
        out = config.read().root / "site-draft"
    edition, left_out = edition_of(as_of, data_dir, out), list[str]()
    if draft:
        from clashbook.pipeline import draft as drafts

        files.refuse_foreign(edition.out)
        edition, left_out = drafts.write(edition)
    if not tasks.build(edition, jobs or warm.CORES + 1, sys.stdout, pdf=pdf and not draft):
        raise click.exceptions.Exit(1)
    if draft:
        _say_left_out(left_out)


def _build_many(
    edition: Edition,
    days: list[str],
    folder: Path,
    jobs: int | None,
    cluster: str | None,
    results: str | None,
    *,
    pdf: bool,
) -> None:
    from clashbook.pipeline import editions, warm

    _refuse_project(folder)
    how = {"cluster": cluster or "", "results": results or ""}
    many = jobs or warm.CORES
    if not editions.build(edition, days, folder, sys.stdout, many=many, pdf=pdf, **how):
        raise click.exceptions.Exit(1)


def _say_left_out(faults: list[str]) -> None:
    for fault in faults:
        click.echo(f"left out: {fault}")
    click.echo(f"places left out of the draft: {len(faults)}")


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(port: int) -> None:
    """Serve site/ on this machine until Ctrl-C."""
    from clashbook.website import serve as web

    folder = (config.read().root / "site").resolve()
    files.heal(folder)
    if not folder.is_dir():
        raise click.UsageError("there is no site yet; run clashbook build")
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
@click.argument("folder", type=Folder(file_okay=False, path_type=Path))
@click.option(
    "--from",
    "site",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the built site; default: site/ of the project.",
)
def publish(folder: Path, site: Path | None) -> None:
    """Copy the built site into FOLDER, next to the editions already published there."""
    from clashbook.website import releases

    site = site or config.read().root / "site"
    try:
        _refuse_project(folder)
        lines = releases.lay_out(real(site), folder)
    except OSError as error:
        where = str(error.filename2 or error.filename or folder)
        complain(f"{where[:200]}: {error.strerror or error}")
        raise click.exceptions.Exit(1) from error
    click.echo("\n".join(lines))


@main.command()
def deposit() -> None:
    """Write what GitHub, Zenodo and DataCite ask about the data into the project's folder.

    It comes from _config.yml and data/datapackage.json, and changes with the version of the data.
    """
    from clashbook.dataset import tables
    from clashbook.formats import deposit as deposits

    settings = config.read()
    data = tables.load(settings.root / "data", checked=settings.checked)
    for name, content in deposits.files(settings, data).items():
        files.write_whole(settings.root / name, content)
        click.echo(shown(settings.root / name))


def _refuse_project(folder: Path) -> None:
    if _is_of_a_project(real(folder)):
        raise click.UsageError(f"{shown(folder)} is part of the project; name another folder")


def _is_of_a_project(folder: Path) -> bool:
    """Whether a folder is a project's, or lies in one and is neither new nor a published one."""
    from clashbook.website import published

    for root in (folder, *folder.parents):
        if (root / config.FILE_NAME).is_file() and (root / "notebooks").is_dir():
            parts = folder.relative_to(root).parts
            is_new = not folder.exists() or not any(folder.iterdir())
            return (
                not parts
                or parts[0] in ROOMS
                or any(part.startswith(".") for part in parts)
                or not (is_new or published.is_published(folder))
            )
    return False
