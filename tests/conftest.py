from pathlib import Path

import pytest
import small

from clashbook.dataset import load

ROOT = Path(__file__).parent.parent


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
