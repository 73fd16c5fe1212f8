from pathlib import Path

import pytest
import small
from hypothesis import settings
from hypothesis.database import DirectoryBasedExampleDatabase

from clashbook.dataset.tables import load

ROOT = Path(__file__).parent.parent

# What hypothesis draws is the same each time and everywhere: a test fails by a change, never by
# chance. All that is set for it is set here; a test says at most how many examples it wants.
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")
# For `make search`: others each time, and first of all those that made a test fail before.
found = DirectoryBasedExampleDatabase(ROOT / ".hypothesis" / "examples")
settings.register_profile(
    "search", derandomize=False, deadline=None, database=found, print_blob=True
)


@pytest.fixture
def folder(tmp_path):
    """A folder with a small and sound dataset."""
    return small.write(tmp_path / "data")


@pytest.fixture(scope="session")
def small_data(tmp_path_factory):
    """The small dataset, loaded."""
    return load(small.write(tmp_path_factory.mktemp("small")))


@pytest.fixture(scope="session")
def data():
    """The project's own dataset, loaded."""
    return load(ROOT / "data")
