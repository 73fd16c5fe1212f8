"""The charts of the book, one function a kind, all in one style.

What they are: `toll_rows` (tolls by episode and side), `daily` (what was reported of each day),
`revisions` (how a count rose), `years` and `months` (a provider's counts), `lines`,
`small_multiples` and `own_scales` (series), `places_map`, `stances` and `timeline`.

Any `draw(frame, ax)` may stand where they do, an analyst's own seaborn call too. It draws what the
frame holds, no more: a row is one mark or one point of a line. Charts of this package turn
the axes into a sheet of pixels by `sheet.Sheet.of(ax)`, read the frame by `records.read`, and set
their height by `Sheet.finish`; a function that leaves the height to us is given one. Colours and
shapes of parties are those of `style.using`.

A new chart is a module here, and a notebook imports it from there
(`from clashbook.figures.charts.heat import heat`); the names below are a convenience.
"""

from clashbook.figures.charts.days import daily
from clashbook.figures.charts.figure import Draw
from clashbook.figures.charts.map import places_map
from clashbook.figures.charts.matrix import stances
from clashbook.figures.charts.months import months
from clashbook.figures.charts.panels import own_scales, small_multiples
from clashbook.figures.charts.series import lines
from clashbook.figures.charts.steps import revisions
from clashbook.figures.charts.timeline import timeline
from clashbook.figures.charts.tolls import toll_rows
from clashbook.figures.charts.years import years

__all__ = [
    "Draw",
    "daily",
    "lines",
    "months",
    "own_scales",
    "places_map",
    "revisions",
    "small_multiples",
    "stances",
    "timeline",
    "toll_rows",
    "years",
]
