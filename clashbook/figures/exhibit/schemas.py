"""The schemas of what programs read in the site, published beside it."""

from pathlib import Path

import yaml

# Path in the site to schema.
SCHEMAS: dict[str, dict] = {
    f"schemas/{name}.json": schema
    for name, schema in yaml.safe_load(
        Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    ).items()
}
