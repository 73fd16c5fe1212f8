"""What all commands share: how they end, their options, and how they name a file."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from errno import ELOOP
from pathlib import Path
from typing import Any

import click

from clashbook import config, files
from clashbook.files import shown
from clashbook.language import is_day

# What a shell gives to a command that Ctrl-C ended.
INTERRUPTED = 130
# In place of days: each that there is.
ALL = "all"
# Bytes of a name that a file system takes, less what the build puts around it.
LONGEST_NAME = 240


class Group(click.Group):
    """Says in one line, and by its exit status, what went wrong."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        open_closed_streams()
        if sys.warnoptions:
            # What a person wants to hear from Python is about their code, and may end a build.
            warnings.simplefilter("ignore")
        try:
            return super().main(args, *rest, **options)
        except OSError as error:  # of the help, which no command prints
            complain(f"cannot continue: {error.strerror or error}")
            sys.exit(1)

    def invoke(self, context: click.Context) -> Any:
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
            complain("stopped")
            context.exit(INTERRUPTED)
        except files.RefusedError as error:
            complain(str(error))
            context.exit(error.status)
        except FileNotFoundError as error:
            if error.filename:
                raise
            raise click.UsageError(str(error)) from error
        except OSError as error:
            complain(files.disk_fault(error))
            context.exit(1)


def open_closed_streams() -> None:
    """Lead closed input and output to nothing, or the next file takes their place.

    Programs that a build starts would then write into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def _refuse_other_code() -> None:
    """In a project that was copied or moved, this may still be the code of the first."""
    try:
        root = config.find().parent
    except FileNotFoundError:
        return
    theirs, ours = root / "clashbook", Path(__file__).resolve().parents[1]
    if (theirs / "__init__.py").is_file() and theirs.resolve() != ours:
        raise click.UsageError(
            f"this command runs the code of {ours.parent}; run make in {root} and use its command"
        )


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="clashbook")
def main() -> None:
    """Check, build, serve and query the book. Run it in the project's folder or below."""


class Day(click.ParamType):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if is_day(value):
            return value
        text = value if len(value) <= 60 else f"{value[:59]}…"
        raise click.BadParameter(f'"{text}" is not a date; write YYYY-MM-DD', ctx, param)


class Days(Day):
    """Days with commas between them, or "all"."""

    name = "date,…|all"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        named = [part.strip() for part in value.split(",")]
        return ",".join(
            part if part == ALL else super(Days, self).convert(part, param, ctx) for part in named
        )


class Folder(click.Path):
    """A folder whose name can be one."""

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        text, name = str(value), os.fsencode(Path(value).name)
        if len(name) > LONGEST_NAME:
            self.fail(
                f"{text[:59]}…: the name is longer than {LONGEST_NAME} bytes; shorten it",
                param,
                ctx,
            )
        if not config.is_utf8(name):
            self.fail(f"{text}: the name is not UTF-8; rename it", param, ctx)
        return super().convert(value, param, ctx)


AS_OF: dict[str, Any] = {
    "type": Day(),
    # Not the default: an empty text is no day.
    "callback": lambda _context, _parameter, value: value or "",
    "metavar": "DATE",
    "help": "Use what was known on this day; default: the last day in the data.",
}
as_of_option = click.option("--as-of", **AS_OF)
data_option = click.option(
    "--data",
    "data_dir",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the tables; default: data/ of the project.",
)


def real(path: Path) -> Path:
    """Return a path without links, or refuse a link that leads to itself."""
    try:
        path.stat()
    except OSError as error:
        if error.errno == ELOOP:
            raise click.UsageError(f"{shown(path)} links to itself; name another folder") from error
    return path.resolve()


def complain(text: str) -> None:
    click.echo(text, err=True)
