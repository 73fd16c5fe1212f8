"""Where errors are reported: with the id of what they are about, in any address of the settings."""

from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from clashbook.about import About
from clashbook.pages import reporting

WORDS = "Error in claim a&b=c #1 (as known on 2022-09-14, data version 1.2.3)"


def address(settings, key="a&b=c #1"):
    about = About(as_of="2022-09-14", version="1.2.3", report_error=settings)
    return reporting.address(about, "claim", key)


def test_there_is_none_while_the_settings_have_none():
    assert address("") == ""


@pytest.mark.parametrize("rest", ["", "?cc=b@book.example", "?cc=b@book.example&body=Dear"])
def test_a_letter_has_it_as_its_subject_beside_what_the_settings_have(rest):
    made = urlsplit(address(f"mailto:team@book.example{rest}"))
    assert (made.scheme, made.path) == ("mailto", "team@book.example")
    fields = dict(field.split("=", 1) for field in made.query.split("&"))
    # A plus is none of the spaces of a letter.
    assert unquote(fields.pop("subject")) == WORDS
    assert "&".join(f"{key}={value}" for key, value in fields.items()) == rest.removeprefix("?")
    EmailMessage()["Subject"] = WORDS  # in one line, or this is refused


@pytest.mark.parametrize("rest", ["", "?a=1&b=2", "?a=1#form", "/new#form"])
def test_a_page_gets_it_as_a_title_in_its_query_and_keeps_the_rest(rest):
    before, made = urlsplit(f"https://book.example/errors{rest}"), None
    made = urlsplit(address(before.geturl()))
    assert made[:3] == before[:3]
    assert made.fragment == before.fragment
    fields = parse_qs(made.query)
    assert fields.pop("title") == [WORDS]
    assert fields == parse_qs(before.query)


def test_no_sign_of_an_id_is_left_that_an_attribute_or_an_address_could_take_for_its_own():
    made = address("https://book.example/", "\"'<>\\ü\n")
    assert not set(made) & set("\"'<>\\ü\n ")
