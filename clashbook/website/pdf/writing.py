"""The documents of an edition as PDFs, made from the finished pages."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import itertools
import logging
import subprocess
import sys
from collections.abc import Iterator
from logging.handlers import BufferingHandler
from pathlib import Path

from clashbook.about import PAPERS
from clashbook.figures import fonts
from clashbook.files import SiteError, write_whole
from clashbook.website.pdf.compose import document

VARIANT = "pdf/ua-1"
STYLE = Path(__file__).with_name("paper.css")


def write_apart(folder: Path, pages: Path, stage: Path) -> None:
    """Do what `write` does for every document, in processes of their own, all at once.

    Each may fail, be killed or be interrupted.

    Raises
    ------
    SiteError
        In each of these cases.
    """
    # No module that lies in the working folder: that is anybody's. What takes longest comes first.
    command = [sys.executable, "-P", "-m", __name__, *map(str, (folder, pages, stage))]
    with contextlib.ExitStack() as stack:
        begun = []
        for name in reversed(PAPERS):
            begun.append(subprocess.Popen([*command, name], stderr=subprocess.PIPE))
            stack.enter_context(begun[-1])
            stack.callback(begun[-1].kill)
        try:
            errors = [process.communicate()[1] for process in begun]
        except KeyboardInterrupt:
            raise SiteError("stopped") from None
    for process, error in zip(begun, errors, strict=True):
        if process.returncode:
            message = error.decode(errors="replace").strip()
            raise SiteError(message or f"its process ended with status {process.returncode}")


def write(folder: Path, pages: Path, stage: Path, name: str) -> None:
    """Write a document as a PDF, tagged, with an outline; the same bytes on every run.

    Parameters
    ----------
    folder : Path
        Gets the file, which has the document's name.
    pages, stage : Path
        The pages as Jupyter Book has rendered them, and what it rendered.
    name : str
        Which document, of `clashbook.about.PAPERS`.

    Raises
    ------
    SiteError
        If a page has no text, a link or picture of the document leads nowhere, or the fact sheet
        takes more than its page.
    """
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    faces = FontConfiguration()
    styles = [
        weasyprint.CSS(string=fonts.installed(), font_config=faces),
        weasyprint.CSS(filename=STYLE, font_config=faces),
    ]
    with _errors() as errors:
        for shorter in itertools.count():
            content = document(name, pages, stage, shorter)
            made = weasyprint.HTML(string=content).render(
                faces, stylesheets=styles, pdf_variant=VARIANT
            )
            if name != "sheet" or len(made.pages) == 1:
                break
        identifier = hashlib.sha256(content.encode()).digest()[:16]
        written = made.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)
    if errors:
        raise SiteError("\n".join(f"PDF: {error.getMessage()}" for error in errors))
    write_whole(folder / f"{name}.pdf", written)


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
    # It ends with its document: looking for garbage on the way takes a tenth of the time.
    gc.disable()
    try:
        given, pages, stage, name = sys.argv[1:]
        write(Path(given), Path(pages), Path(stage), name)
    except SiteError as error:
        sys.exit(str(error))
