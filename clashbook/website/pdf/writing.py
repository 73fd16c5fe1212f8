"""The book as one PDF of all its chapters, made from the finished pages."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import subprocess
import sys
from collections.abc import Iterator
from logging.handlers import BufferingHandler
from pathlib import Path

from clashbook.figures import fonts
from clashbook.files import SiteError, write_whole
from clashbook.website.pdf.compose import document

STYLE = Path(__file__).with_name("paper.css")


def write_apart(target: Path, pages: Path, stage: Path) -> None:
    """Do what `write` does in a process of its own, which may fail, be killed or be interrupted.

    Raises
    ------
    SiteError
        In each of these cases.
    """
    # No module that lies in the working folder: that is anybody's.
    command = [sys.executable, "-P", "-m", __name__, *map(str, (target, pages, stage))]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except KeyboardInterrupt:
        raise SiteError("stopped") from None
    if done.returncode:
        message = done.stderr.decode(errors="replace").strip()
        raise SiteError(message or f"its process ended with status {done.returncode}")


def write(target: Path, pages: Path, stage: Path) -> None:
    """Write the book as a PDF, tagged, with an outline; the same bytes on every run.

    Parameters
    ----------
    target : Path
        The file; its folder is there.
    pages, stage : Path
        The pages as Jupyter Book has rendered them, and what it rendered.

    Raises
    ------
    SiteError
        If a page has no text, or a link or picture of the document leads nowhere.
    """
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    content = document(pages, stage)
    faces = FontConfiguration()
    with _errors() as errors:
        made = weasyprint.HTML(string=content).write_pdf(
            stylesheets=[
                weasyprint.CSS(string=fonts.installed(), font_config=faces),
                weasyprint.CSS(filename=STYLE, font_config=faces),
            ],
            font_config=faces,
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(content.encode()).digest()[:16],
        )
    if errors:
        raise SiteError("\n".join(f"PDF: {error.getMessage()}" for error in errors))
    write_whole(target, made)


@contextlib.contextmanager
def _errors() -> Iterator[list[logging.LogRecord]]:
    """Collect what WeasyPrint logs as an error: a link without a target, a picture not drawn."""
    handler, logger = BufferingHandler(sys.maxsize), logging.getLogger("weasyprint")
    handler.setLevel(logging.ERROR)
    logger.addHandler(handler)
    try:
        yield handler.buffer
    finally:
        logger.removeHandler(handler)


if __name__ == "__main__":
    try:
        write(*map(Path, sys.argv[1:]))
    except SiteError as error:
        sys.exit(str(error))
