"""What a writer pastes to show a figure or a table on a page of their own."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

NEWEST, STATE, ONLY = "To embed, always the newest", "To embed, this version", "To embed"
# For a host that lets scripts in: the frame becomes as high as what it shows. Without it the height
# stays that of the element.
_SCRIPT = (
    '<script>addEventListener("message",(e)=>{for(const f of document.querySelectorAll("iframe"))'
    "if(f.contentWindow===e.source&&e.data.clashbook>0)f.height=e.data.clashbook})</script>"
)


def snippets(record: Mapping) -> dict[str, str]:
    """The elements to paste, by their labels; one alone while the book has no address."""
    path = record["files"]["html"]
    base = record["address"].removesuffix(path)
    root = base.removesuffix(f"editions/{record['as_of']}/v{record['version']}/")
    places = {NEWEST: root, STATE: base} if base else {ONLY: ""}
    return {label: _frame(f"{place}{path}", record) for label, place in places.items()}


def _frame(address: str, record: Mapping) -> str:
    return (
        f'<iframe src="{escape(address)}" title="{escape(record["title"])}" width="100%" '
        f'height="{record["height"]}" style="border:0" loading="lazy"></iframe>\n{_SCRIPT}'
    )
