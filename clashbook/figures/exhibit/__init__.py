"""Exhibits: figures and tables with their files, captions, sources and addresses.

A notebook makes one with `Book.figure` or `Book.table`. It gives its frame, and nothing else, to
the drawing function and writes the same frame as CSV, so that a figure cannot show what its data do
not hold. What leaves the notebook is one display bundle, with the files to download in it.
"""

from clashbook.figures.exhibit.book import Book, palette_css, sides_of
from clashbook.figures.exhibit.bundle import MIME, Exhibit, ExhibitError
from clashbook.figures.exhibit.files import SLIDE, described, in_json, metadata, package
from clashbook.figures.exhibit.papers import CODE, Papers, code, digest
from clashbook.figures.exhibit.record import FILES, FOLDER, PICTURES, RECORDS, SCHEMAS, credit

__all__ = [
    "CODE",
    "FILES",
    "FOLDER",
    "MIME",
    "PICTURES",
    "RECORDS",
    "SCHEMAS",
    "SLIDE",
    "Book",
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
    "palette_css",
    "sides_of",
]
