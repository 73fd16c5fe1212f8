"""Briefs as people save them, which the page and the command line are to read alike."""

from zipfile import ZipFile

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
# A number with a hyphen of its own, a deleted and an inserted one, and a box with a copy of it.
BOXED = (
    "<w:p><w:r><w:t>Armenia lost 13</w:t><w:noBreakHyphen/></w:r>"
    "<w:del><w:r><w:delText>99</w:delText></w:r></w:del>"
    "<w:moveFrom><w:r><w:t>98</w:t></w:r></w:moveFrom>"
    "<w:ins><w:r><w:t>14</w:t></w:r></w:ins><w:r><w:t> soldiers.</w:t></w:r><w:r>"
    "<mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>In a box: 105.</w:t></w:r></w:p>"
    "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>In a box: 105.</w:t>"
    "</w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
)
NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:t>97</w:t></w:r></w:p></w:footnote>'
    '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t xml:space="preserve"> Its authorities '
    "said 105.</w:t></w:r></w:p></w:footnote>"
)
END = '<w:endnote w:id="2"><w:p><w:r><w:t>At the end: 50.</w:t></w:r></w:p></w:endnote>'
FOREIGN = {
    "Russian": "В сентябре 2022 года погибли 105 солдат Армении, сообщил парламент (Armenia).",
    "Armenian": "2022 թվականի սեպտեմբերին զոհվել է 105 հայ զինծառայող։",
    "Azerbaijani": "Azərbaycan Müdafiə Nazirliyinin məlumatına görə, 2022-ci ilin sentyabr ayında "
    "baş verən döyüşlərdə Azərbaycan Ordusunun 50 hərbçisi həlak olub. Nazirlik sonradan siyahını "
    "yenilədi və həlak olanların sayı 71 nəfərə, daha sonra isə 80 nəfərə çatdı. Yaralıların sayı "
    "isə 281 nəfər idi; onların hamısı hərbi hospitallarda müalicə alıb və evə buraxılıb.",
    "French": "Selon le ministère de la Défense, cinquante soldats azerbaïdjanais ont été tués "
    "lors des affrontements de septembre 2022 à la frontière. Le bilan a ensuite été porté "
    "à 71 morts, puis à 80, tandis que 281 militaires ont été blessés et soignés dans les hôpitaux "
    "du pays, selon les autorités qui ont publié la liste des noms.",
}


def _row(*cells, mark=""):
    return f"<w:tr>{mark}{''.join(cells)}</w:tr>"


def _cell(*texts, settings=""):
    lines = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{lines}</w:tc>"


_HEAD = "<w:trPr><w:tblHeader/></w:trPr>"
_FIRST, _MORE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
_WIDE = '<w:gridSpan w:val="2"/>'
# Heads in two rows, a label over two rows, a cell of two paragraphs, and a frame around a text.
TABLES = (
    "<w:tbl>"
    + _row(_cell("Side", settings=_FIRST), _cell("Soldiers", settings=_WIDE), mark=_HEAD)
    + _row(_cell("", settings=_MORE), _cell("Killed"), _cell("Wounded"), mark=_HEAD)
    + _row(_cell("Armenia", settings=_FIRST), _cell("49", "50"), _cell("7"))
    + _row(_cell("", settings=_MORE), _cell("8"), _cell(""))
    + f"</w:tbl><w:tbl>{_row(_cell('A frame.', 'Of 105.'))}</w:tbl><w:tbl></w:tbl>"
)


def word(path, body, **notes):
    """A Word document of its parts alone: the body, and footnotes or endnotes by their name."""
    with ZipFile(path, "w") as archive:
        text = f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", text)
        for name, inside in notes.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {_SPACES}>{inside}</w:{name}>")


FILES = {
    "plain.txt": "A heading\n\nAt least 105 were killed,\nit said.\n\n1. One\n2. Two\n",
    "marked.md": "# Title\n\nA **bold** [link](a.md) of it.[^1]\n\n- 105\n\n[^1]: Said so.\n",
    "page.html": (
        "<title>A page</title><h1>September</h1><p>Of <b>1</b>05 soldiers<script>1</script>."
        "<ul><li>At least <b>305</b> were<p>Two</p></ul><div>In it <p>and out</p> of it</div>"
        "<!-- 9 -->"
    ),
    "table.md": (
        "Killed and wounded:\n| Side | Killed | Wounded | Source |\n|:--|--:|---|---|\n"
        "| Armenia, September 2022 | **225** or at least 226 | 293 | Its ministry |\n"
        "| Azerbaijan | n/a \\| none | five | | |\n|\n| Both | 7 |\nAfter it.\n"
    ),
    "one.md": "| Killed in 2022 |\n|--|\n| 49 |\n",
    "empty.md": "Before\n\n| | |\n|-|-|\n| Killed | 49 |\n",
    "pasted.txt": "Side\tKilled\tWounded\nArmenia\t225\t293\n\t80\t\nOne\ttwo\n",
    "spans.html": (
        "<table><caption>September 2022</caption><tr><th rowspan=2>Side<th colspan=2>Soldiers"
        "<tr><th>Killed<th>Wounded<tr><td rowspan=2>Armenia<td>49<br>or 50<td rowspan=2>7"
        "<tr><td><p>8</p><p>9</p><td>10<tr><td colspan=9>Civilians<tr><td>Armenia<td>1<td>2</table>"
    ),
    "frame.html": (
        "<table><tr><td><h2>Two</h2>Text of <b>it</b><td>Beside<table><tr><td>Killed<td>49</table>"
        "</table><table><tr><td>Alone</table><table></table><table><tr><tr><td rowspan=0></table>"
    ),
    "heads.html": "<table><thead><tr><th>Dead<th>2022</thead></table><table><tr><th>A<th>7</table>",
}
