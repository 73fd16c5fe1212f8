"""Exhibits: figures and tables with their files, captions, sources and addresses.

A notebook makes one with `Book.figure` or `Book.table`. It gives its frame, and nothing else, to
the drawing function and writes the same frame as CSV, so that a figure cannot show what its data do
not hold. What leaves the notebook is one display bundle, with the files to download in it.
"""

from clashbook.exhibit.book import Book, palette_css, sides_of
from clashbook.exhibit.bundle import MIME, Exhibit, ExhibitError, lacking
from clashbook.exhibit.files import SLIDE, digest, metadata
from clashbook.exhibit.record import FOLDER, PICTURES, RECORDS
from clashbook.exhibit.schemas import SCHEMAS

__all__ = [
    "FOLDER",
    "MIME",
    "PICTURES",
    "RECORDS",
    "SCHEMAS",
    "SLIDE",
    "Book",
    "Exhibit",
    "ExhibitError",
    "digest",
    "lacking",
    "metadata",
    "palette_css",
    "sides_of",
]
