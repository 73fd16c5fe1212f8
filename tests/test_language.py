"""The examples in the docstrings are true."""

import doctest

import pytest

from clashbook import bounds, language


@pytest.mark.parametrize("module", [bounds, language])
def test_every_example_gives_what_it_shows(module):
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0
