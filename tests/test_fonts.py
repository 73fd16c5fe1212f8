"""The typeface, cut to what pages and pictures need."""

import base64
import io
import re

from fontTools.ttLib import TTFont

from clashbook import fonts


def faces(text):
    found = re.findall(r"base64,([^)]*)\)", fonts.embedded(text))
    return [TTFont(io.BytesIO(base64.b64decode(data))) for data in found]


def test_a_picture_gets_two_weights_with_its_own_letters_and_no_others():
    regular, bold = faces("At least 49 – Ağdam")
    for face in (regular, bold):
        assert {ord(letter) for letter in "At4–ğ"} <= set(face.getBestCmap())
        assert ord("Z") not in face.getBestCmap()
        face.close()


def test_the_same_text_gives_the_same_bytes():
    assert fonts.embedded("Killed") == fonts.embedded("Killed")


def test_pages_get_a_file_for_each_weight(tmp_path):
    made = fonts.subset(tmp_path / "fonts")
    assert [path.name for path in made] == list(fonts.FACES.values())
    assert all(10_000 < path.stat().st_size < 60_000 for path in made)
