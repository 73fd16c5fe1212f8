"""Small sites as the build makes them, published into one folder."""

import json
from dataclasses import replace

import jsonschema

from clashbook.about import Marker
from clashbook.figures import exhibit
from clashbook.website import releases

SCHEMA = exhibit.SCHEMAS["schemas/editions.json"]
MARK = Marker(*("2022-09-20", "1.0.0", "2023-01-31"), title="A <book>", digest="d", latest=True)


def number(key, text, *pages):
    return {"id": key, "text": text, "what": f"Of {key}", "used_on": list(pages)}


def site(folder, as_of, version, *, killed="49", wounded="7", drawn="49", claims=("first,49",)):
    """Write a site as the build would: a page with two numbers, one with a figure, the claims."""
    shown = {"title": "Killed", "files": {"csv": "exhibits/toll.csv", "json": "exhibits/toll.json"}}
    made = {
        **{f"{name}.html": "<p>Words.</p>" for name in ("index", "casualties", "claims", "cite")},
        "numbers.json": {
            "numbers": [
                number("killed", f"at least {killed}", "index.html", "casualties.html"),
                number("wounded", wounded, "casualties.html"),
                number("as-of", as_of, "index.html"),
            ]
        },
        "exhibits.json": {"exhibits": [{"id": "toll", **shown}]},
        "exhibits/toll.html": "<figure></figure>",
        "exhibits/toll.json": {"chapter": "casualties.html"},
        "exhibits/toll.csv": f"low,address\n{drawn},{version}\n",
        "data/claims.csv": "claim_id,low\n" + "".join(f"{row}\n" for row in claims),
        "data/datapackage.json": {
            "resources": [
                {"name": "claims", "path": "claims.csv", "schema": {"primaryKey": "claim_id"}}
            ]
        },
    }
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
    replace(MARK, as_of=as_of, version=version, latest=as_of == MARK.as_of).write(folder)
    return folder


class Public:
    """A folder of all that is published; a call publishes one site more."""

    def __init__(self, root):
        self.root, self.folder = root, root / "public"

    def __call__(self, as_of="2022-09-20", version="1.0.0", **content):
        """Publish a site, and return what is then told of each state, by its path."""
        releases.lay_out(
            site(self.root / f"{as_of}-{version}", as_of, version, **content), self.folder
        )
        return told(self.folder)


def told(folder):
    content = json.loads((folder / "editions" / "editions.json").read_text())
    jsonschema.validate(content, SCHEMA)
    return {state["path"].removeprefix("editions/"): state for state in content["states"]}
