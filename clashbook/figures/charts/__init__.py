"""The drawing: one function a kind of chart, each from a frame to marks, all in one style.

A function gets a frame and an Axes and draws what the frame holds, no more: each row is one mark or
one point of a line. Colours and shapes of parties are those of `style.using`.
"""

from clashbook.figures.charts.days import daily
from clashbook.figures.charts.figure import Draw
from clashbook.figures.charts.map import places_map
from clashbook.figures.charts.matrix import stances
from clashbook.figures.charts.months import months
from clashbook.figures.charts.panels import own_scales, small_multiples
from clashbook.figures.charts.rows import toll_rows
from clashbook.figures.charts.series import lines
from clashbook.figures.charts.steps import revisions
from clashbook.figures.charts.timeline import timeline
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
