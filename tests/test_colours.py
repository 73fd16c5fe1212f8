"""Colours of figures: told from their ground by everybody, and from each other."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from colorspacious import cspace_convert

from clashbook import config
from clashbook.figures.charts.style import COLOURS

PARTIES = config.read(Path(__file__).parent.parent).parties.values()
VISION = [None, "deuteranomaly", "protanomaly", "tritanomaly"]
THEMES = pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])


def of_parties(theme):
    return [(party.colour, party.colour_dark)[theme].lower() for party in PARTIES]


def parts(colour):
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def contrast(one, other):
    """As WCAG 2 defines it."""

    def luminance(colour):
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in parts(colour)
        ]
        return float(np.dot((0.2126, 0.7152, 0.0722), linear))

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen(colour, vision):
    """Where a colour lies in CAM02-UCS for a kind of vision, in full severity (Machado 2009)."""
    space = {"name": "sRGB1+CVD", "cvd_type": vision, "severity": 100}
    shown = cspace_convert(parts(colour), space, "sRGB1") if vision else parts(colour)
    return cspace_convert(np.clip(shown, 0, 1), "sRGB1", "CAM02-UCS")


def apart(colours, vision):
    """The smallest distance between any two colours."""
    places = [seen(colour, vision) for colour in colours]
    return min(float(np.linalg.norm(one - other)) for one, other in combinations(places, 2))


@THEMES
@pytest.mark.parametrize("ground", ["page", "fill", "wash"])
def test_words_and_marks_keep_their_contrast_on_every_ground(theme, ground):
    grounds = COLOURS[ground][theme]
    text = [COLOURS[token][theme] for token in ("ink", "second")]
    if ground != "wash":  # words on the wash are in ink
        text += of_parties(theme)
    drawings = [*of_parties(theme), COLOURS["both"][theme]]
    if ground == "page":
        drawings += [COLOURS[token][theme] for token in ("outside", "axis")]
    if ground == "wash":
        text = text[:1]
    assert min(contrast(colour, grounds) for colour in text) >= 4.5
    assert min(contrast(colour, grounds) for colour in drawings) >= 3


@THEMES
@pytest.mark.parametrize("vision", VISION, ids=lambda vision: vision or "normal")
def test_no_two_colours_of_data_are_alike_in_any_kind_of_vision(theme, vision):
    colours = [*of_parties(theme), COLOURS["both"][theme], COLOURS["outside"][theme]]
    assert apart(colours, vision) >= 20


def test_colours_that_some_cannot_tell_apart_would_be_noticed():
    red_and_green = ("#c23b3b", "#5d8a3a")
    assert apart(red_and_green, None) > 40
    assert apart(red_and_green, "deuteranomaly") < 20


@THEMES
def test_neither_party_stands_out_by_its_lightness(theme):
    lightness = [float(cspace_convert(parts(c), "sRGB1", "CIELab")[0]) for c in of_parties(theme)]
    assert round(max(lightness) - min(lightness), 1) <= 3
