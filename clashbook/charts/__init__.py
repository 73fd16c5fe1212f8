"""The drawing: one function a kind of chart, each from a frame to marks, all in one style.

A function gets a frame and an Axes and draws what the frame holds, no more: each row is one mark or
one point of a line. Colours and shapes of parties are those of `style.using`.
"""

from clashbook.charts.days import daily
from clashbook.charts.figure import Draw
from clashbook.charts.map import places_map
from clashbook.charts.matrix import stances
from clashbook.charts.months import months
from clashbook.charts.panels import own_scales, small_multiples
from clashbook.charts.rows import toll_rows
from clashbook.charts.series import lines
from clashbook.charts.steps import revisions
from clashbook.charts.timeline import timeline
from clashbook.charts.years import years

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
