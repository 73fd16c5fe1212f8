import pytest
import yaml

from clashbook import config

BLOCK = {
    "title": "A book",
    "authors": ["The team"],
    "publisher": "The team",
    "licence": "CC BY 4.0",
    "focus": ["2020-07"],
    "parties": {"AAA": {"colour": "#112233", "colour_dark": "#AABBCC", "marker": "circle"}},
    "notebooks": {"economy": {"parameters": {"year": 2020}}},
}
AAA = BLOCK["parties"]["AAA"]


@pytest.fixture
def project(tmp_path):
    def write(**changes):
        block = {key: value for key, value in {**BLOCK, **changes}.items() if value is not None}
        text = yaml.safe_dump({"title": "A book", "clashbook": block})
        (tmp_path / "_config.yml").write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_reads_the_block_of_the_nearest_parent(project):
    below = project() / "book" / "part"
    below.mkdir(parents=True)
    found = config.read(below)
    assert found.root == below.parent.parent
    assert found.title == "A book"
    assert found.parties["AAA"] == config.Party("AAA", "#112233", "#AABBCC", "circle")
    assert found.notebooks == {"economy": {"year": 2020}}
    assert found.base_url == ""


@pytest.mark.parametrize("base", ["https://book.example", "http://book.example:80/a/b~c/", ""])
@pytest.mark.parametrize(
    "code", ["https://code.example/owner/name", "https://code.example/a/b/c.git"]
)
def test_takes_addresses_of_the_web(project, base, code):
    found = config.read(project(base_url=base, repository=code))
    assert (found.base_url, found.repository) == (base, code)


def test_a_notebook_without_parameters_of_its_own_need_not_be_named(project):
    assert config.read(project(notebooks=None)).notebooks == {}


def test_says_where_it_looked_when_there_is_none(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no _config\.yml in .* or above"):
        config.read(tmp_path)


@pytest.mark.parametrize(
    "address",
    [
        *("", "https://book.example", "https://book.example:8080/issues/new?title=Error#form"),
        *("mailto:team@book.example", "mailto:team@book.example?subject=An%20error"),
    ],
)
def test_errors_are_reported_to_an_address_of_the_web_or_of_mail_or_to_none(project, address):
    assert config.read(project(report_error=address)).report_error == address


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": None}, r"clashbook\.title: is missing; write it"),
        ({"base_url": "book.example"}, r"base_url: 'book\.example'; write https://host/path/"),
        ({"base_url": "https://book.example/?a"}, r"base_url: .*; write https://host/path/"),
        ({"repository": "owner/name"}, r"repository: 'owner/name'; write https://host/owner/name"),
        ({"repository": "https://code.example/name"}, "repository: .*; write https://host/owner/"),
        ({"authors": "one"}, r"clashbook\.authors: 'one'; write a list"),
        ({"focus": [2017]}, r"clashbook\.focus: 2017; write the id in quotes"),
        ({"parties": {"AAA": "blue"}}, r"parties\.AAA: 'blue'; write colour"),
        ({"parties": {"AAA": {"colour": "blue"}}}, r"AAA\.colour_dark: is missing"),
        ({"parties": {"AAA": AAA | {"colour": "blue"}}}, r"AAA\.colour: 'blue'; write \"#RRGGBB\""),
        ({"parties": {"AAA": AAA | {"marker": "star"}}}, r"marker: 'star'; write circle, square"),
        ({"report_error": "team@book.example"}, "report_error: 'team@book.example'; write an addr"),
        ({"report_error": "javascript:alert(1)"}, "starts with https:// or mailto:, or nothing"),
        ({"report_error": "http://book.example/"}, "starts with https:// or mailto:"),
        ({"report_error": "https://"}, "starts with https:// or mailto:"),
        ({"report_error": "mailto:"}, "starts with https:// or mailto:"),
        ({"report_error": 7}, r"clashbook\.report_error: 7; write an address"),
        ({"notebooks": {"economy": [1]}}, r"notebooks\.economy: \[1\]; write parameters"),
        (
            {"notebooks": {"economy": {"paramters": {}}}},
            r"economy\.paramters: no such key; write para",
        ),
    ],
)
def test_names_the_key_that_is_wrong_in_one_line(project, changes, message):
    with pytest.raises(config.ConfigError, match=message) as caught:
        config.read(project(**changes))
    assert "\n" not in str(caught.value)


PAIR = {
    "AAA": BLOCK["parties"]["AAA"],
    "BBB": {"colour": "#112233", "colour_dark": "#CCBBAA", "marker": "square"},
}


CUT = {"title": "A", "chapter": "b.html", "state": "2022-09-20/v0.3.0", "reason": "So."}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"titel": "x"}, r"clashbook\.titel: no such key; write title"),
        ({"base_ulr": "x"}, r"clashbook\.base_ulr: no such key; write base_url"),
        ({"title": ""}, r"clashbook\.title: .* is empty"),
        ({"title": " "}, r"clashbook\.title: .* is empty"),
        ({"title": "x" * 5000}, r"clashbook\.title: 'x{79} is longer than"),
        ({"title": "a\nb"}, r"clashbook\.title: .* invisible"),
        ({"subtitle": "a \u202eb"}, r"clashbook\.subtitle: .* invisible"),
        ({"authors": []}, r"clashbook\.authors: .* is empty"),
        ({"authors": [""]}, r"clashbook\.authors: .* is empty"),
        ({"focus": []}, r"clashbook\.focus: .* is empty"),
        ({"focus": ["a", "a"]}, r"focus: \['a', 'a'\] repeats an entry"),
        ({"focus": ["background"]}, "focus: 'background' cannot be a focus"),
        ({"parties": PAIR}, r"parties\.BBB\.colour: #112233 is also the colour of AAA"),
        ({"parties": {"AAA": {**PAIR["AAA"], "colour": "#ffffff"}}}, "also the colour of the page"),
        ({"parties": {"AAA": {**PAIR["AAA"], "color": "#FFFFFF"}}}, r"AAA\.color: no such key"),
        ({"parties": {7: PAIR["AAA"]}}, "line [0-9]+: 7 is not text; write it in quotes"),
        ({"base_url": "https://..."}, "base_url"),
        ({"base_url": "https://-/"}, "base_url"),
        ({"base_url": "https://a.example:99999"}, "base_url"),
        ({"base_url": "https://a.example/../.."}, "base_url"),
        ({"cut": {"a": "b"}}, r"cut\.a: 'b'; write title, chapter, state and reason"),
        ({"cut": {"a": {**CUT, "titel": "x"}}}, r"cut\.a\.titel: no such key; write title"),
        ({"cut": {"a": {**CUT, "title": " "}}}, r"cut\.a\.title: ' ' is empty"),
        ({"cut": {"a": {**CUT, "chapter": "../b.html"}}}, r"cut\.a\.chapter: .* in the site"),
        ({"cut": {"a": {**CUT, "state": "0.6.0"}}}, r"cut\.a\.state: '0.6.0'; write the day and"),
        ({"redirects": {"a.html": "b.html", "b.html": "a.html"}}, "redirects: .* was given up"),
        ({"redirects": {"../a.html": "b.html"}}, r"redirects: \{'../a.html'.*; write addresses in"),
        (
            {"redirects": {"a.html": "../b.html"}},
            r"a\.html: '../b.html' is not an address in the site;",
        ),
    ],
)
def test_what_a_reader_could_not_use_is_one_line_with_its_key(project, changes, message):
    with pytest.raises(config.ConfigError, match=message) as caught:
        config.read(project(**changes))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("execute: {execute_notebooks: force}", "execute_notebooks: 'force'; .*write \"off\""),
        ("execute: 7", "execute: 7; write a mapping"),
        ("parse: words", "parse: 'words'; write a mapping"),
        ("parse: {myst_enable_extensions: 7}", "myst_enable_extensions: 7; write a list"),
        ("parse: {myst_enable_extensions: [none]}", "myst_enable_extensions: .*; write a list"),
        ("titel: x", "titel: no such key; write title"),
        ("7: x", "line [0-9]+: 7 is not text; write it in quotes"),
        ("else: x", "else: no such key; write author or "),
        ("title: again", '"title" appears twice; write it once'),
        ("a: " + "[" * 5000, "not YAML"),
    ],
)
def test_the_rest_of_the_settings_is_held_to_its_kind_in_one_line(project, text, message):
    path = project() / "_config.yml"
    path.write_text(f"{path.read_text()}{text}\n")
    with pytest.raises(config.ConfigError, match=message) as caught:
        config.read(path.parent)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["a: [", "just words", "title: x\n", b"\xff\xfe"])
def test_refuses_a_file_without_the_block(tmp_path, text):
    path = tmp_path / "_config.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(config.ConfigError, match=r"^_config\.yml") as caught:
        config.read(tmp_path)
    assert "\n" not in str(caught.value)
