"""Exhibits: figures and tables with their files, captions, sources and addresses.

A notebook makes one with `Book.figure` or `Book.table`. It gives its frame, and nothing else, to
the drawing function and writes the same frame as CSV, so that a figure cannot show what its data do
not hold. What leaves the notebook is one display bundle, with the files to download in it.

What draws is slow to import, and is none of the names below: `book.Book` is that of a notebook.
"""

from clashbook.figures.exhibit.bundle import MIME, Exhibit, ExhibitError
from clashbook.figures.exhibit.papers import CODE, Papers, code, digest
from clashbook.figures.exhibit.record import (
    FILES,
    FOLDER,
    PICTURES,
    RECORDS,
    SCHEMAS,
    SLIDE,
    credit,
)
from clashbook.figures.exhibit.rows import described, in_json, metadata, package

__all__ = [
    "CODE",
    "FILES",
    "FOLDER",
    "MIME",
    "PICTURES",
    "RECORDS",
    "SCHEMAS",
    "SLIDE",
    "Exhibit",
    "ExhibitError",
    "Papers",
    "code",
    "credit",
    "described",
    "digest",
    "in_json",
    "metadata",
    "package",
]
