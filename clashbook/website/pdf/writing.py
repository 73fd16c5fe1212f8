"""The book on paper: one PDF of all its chapters, made from the finished pages."""

from __future__ import annotations

import contextlib
import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path

from clashbook.config import Config
from clashbook.figures import fonts
from clashbook.files import SiteError
from clashbook.formats import downloads
from clashbook.website.pdf import engine
from clashbook.website.pdf.compose import document

STYLE = Path(__file__).with_name("paper.css")


def name(config: Config, as_of: str, version: str) -> str:
    """The path of the PDF in the site; "" where there can be none."""
    return "" if engine.lacking() else f"{downloads.name(config.title, as_of, version)}.pdf"


def write(target: Path, pages: Path, stage: Path, config: Config) -> None:
    """Write the book as a PDF, tagged, with an outline; the same bytes on every run.

    Parameters
    ----------
    target : Path
        The file; its folder is there.
    pages, stage : Path
        The pages as Jupyter Book has rendered them, and what it rendered.
    config : Config
        Says the book's subtitle, publisher and licence.

    Raises
    ------
    SiteError
        If a page has no text, or a link or picture of the document leads nowhere.
    """
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    content = document(pages, stage, config)
    faces = FontConfiguration()
    with _complaints() as said:
        made = weasyprint.HTML(string=content).write_pdf(
            stylesheets=[
                weasyprint.CSS(string=fonts.installed(), font_config=faces),
                weasyprint.CSS(filename=STYLE, font_config=faces),
            ],
            font_config=faces,
            pdf_variant="pdf/ua-1",
            pdf_identifier=hashlib.sha256(content.encode()).digest()[:16],
        )
    if said:
        raise SiteError("\n".join(f"PDF: {line}" for line in said))
    target.write_bytes(made)


@contextlib.contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collect what WeasyPrint logs as an error: a link without a target, a picture not drawn."""
    said: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: said.append(record.getMessage())
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    try:
        yield said
    finally:
        logger.removeHandler(handler)
