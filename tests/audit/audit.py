"""Print what Lighthouse makes of the built pages on a phone: ``make audit``.

The pages are served as `clashbook serve` does it, compressed and with the security headers. The
table is to be read, not passed: whatever the scores, the exit status is 0.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import yaml

from clashbook import config
from clashbook.website import serve

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
TOOL = HERE / "node_modules" / ".bin" / "lighthouse"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
HEAD = ("page", *CATEGORIES, "kB", "requests", "shift", "largest paint", "what takes points away")


def pages(site: Path) -> list[str]:
    """The pages of the contents, one exhibit by itself, the search, and the page of dead ends."""
    contents = yaml.safe_load((ROOT / "book" / "_toc.yml").read_text(encoding="utf-8"))
    parts = contents.get("parts", [contents])
    names = [contents["root"], *(each["file"] for part in parts for each in part["chapters"])]
    first = sorted(path.stem for path in (site / "exhibits").glob("*.html"))[:1]
    every = [*names, *(f"exhibits/{name}" for name in first), "search", "404"]
    return [f"{name}.html" for name in every if (site / f"{name}.html").is_file()]


def looked_at(address: str) -> dict:
    """Lighthouse's report on one page, as it comes: a phone, a slow network, a slow processor."""
    sandbox = "" if os.geteuid() else "--no-sandbox"
    command = [TOOL, address, "--quiet", "--output=json", "--no-enable-error-reporting"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--chrome-flags=--headless=new --disable-gpu --disable-dev-shm-usage {sandbox}"]
    browser = next(filter(None, map(shutil.which, BROWSERS)), "")
    environment = {**os.environ, "CHROME_PATH": browser, "CI": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"Lighthouse cannot look at {address}:\n{done.stderr}")
    return json.loads(done.stdout)


def row(name: str, report: dict) -> list[str]:
    """A line of the table."""
    audits = report["audits"]
    requests = audits["network-requests"]["details"]["items"]
    scores = [report["categories"][each]["score"] for each in CATEGORIES]
    return [
        name,
        *("-" if score is None else f"{score * 100:.0f}" for score in scores),
        f"{sum(each['transferSize'] for each in requests) / 1000:.0f}",
        str(len(requests)),
        f"{audits['cumulative-layout-shift'].get('numericValue', 0):.3f}",
        f"{audits['largest-contentful-paint'].get('numericValue', 0) / 1000:.1f} s",
        ", ".join(faults(report)) or "-",
    ]


def faults(report: dict) -> list[str]:
    """What was failed, of the categories that can reach 100 by being right."""
    failed = [
        each["id"]
        for category in CATEGORIES[1:]
        for each in report["categories"][category]["auditRefs"]
        if each["weight"]
        and (report["audits"][each["id"]]["score"] or 0) < 1
        and report["audits"][each["id"]]["scoreDisplayMode"] == "binary"
    ]
    return list(dict.fromkeys(failed))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", nargs="?", type=Path, default=config.read(HERE).root / "site")
    parser.add_argument("pages", nargs="*", help="by default all")
    given = parser.parse_args()
    if not (given.site / "index.html").is_file():
        sys.exit(f"{given.site} has no site; build it first: make book")
    with serve.server(given.site, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://{serve.HOST}:{server.server_port}"
        print("| " + " | ".join(HEAD) + " |\n|:--" + "|--:" * (len(HEAD) - 2) + "|:--|")
        for name in given.pages or pages(given.site):
            print(f"| {' | '.join(row(name, looked_at(f'{address}/{name}')))} |", flush=True)
        server.shutdown()


if __name__ == "__main__":
    main()
