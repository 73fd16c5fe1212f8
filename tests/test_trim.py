"""A style sheet without what is not used, and with all that is."""

import pytest
from lxml import html

from clashbook.website.trim.trim import Vocabulary, trimmed

PAGE = html.document_fromstring(
    '<main id="main"><p class="words big">a</p><svg><path d="M 0 0"></path></svg>'
    '<table class="data"><tr><th scope="row">b</th></tr></table></main>'
)
SCRIPTS = ['box.classList.add("shown"); box.style.setProperty("--left", "1px")']


def of(css):
    return trimmed([css], Vocabulary.of([PAGE], SCRIPTS)).strip()


@pytest.mark.parametrize(
    "rule",
    [
        *("p{margin:0}", ".words{margin:0}", "#main{margin:0}", "*{margin:0}", ":root{margin:0}"),
        *("main > p.words.big{margin:0}", "p::before{margin:0}", "a:hover,p:hover{margin:0}"),
        *("p:not(.gone){margin:0}", "p:is(.gone,.words){margin:0}", "html[data-theme=dark] p{a:b}"),
        *("P{margin:0}", "svg path{margin:0}", "th[scope=row]{margin:0}", ".shown{margin:0}"),
        "p:nth-child(2n + 1){margin:0}",
        "@media (width >= 60rem){p{margin:0}}",
        "@media print{@supports (display: grid){p{margin:0}}}",
        "@page{margin:2cm}",
        'p{content:"a  b"}',
        "p{margin:0!important}",
        "p{background:url(data:image/png;base64,AA==)}",
    ],
)
def test_a_rule_that_may_match_stays_as_it_is(rule):
    expected = rule.replace("a:hover,p:hover", "p:hover")
    assert of(rule) == expected


@pytest.mark.parametrize(
    "rule",
    [
        *("nav{margin:0}", ".word{margin:0}", "#other{margin:0}", "p .gone{margin:0}"),
        *(
            ".words.gone{margin:0}",
            "main>nav>p{margin:0}",
            "nav:hover{margin:0}",
            "nav *{margin:0}",
        ),
        *("@media print{nav{margin:0}}", "p{}", "/* A comment. */", ".gone::after{margin:0}"),
        '@font-face{font-family: "Unused"; src: url(a.woff2)}',
        "@keyframes turn{to{rotate:1turn}}",
    ],
)
def test_a_rule_that_matches_nothing_goes(rule):
    assert of(rule) == ""


def test_of_a_list_the_selectors_that_may_match_stay():
    assert of("nav, p, .gone, th { margin: 0 }") == "p,th{margin:0}"


def test_a_custom_property_stays_while_something_asks_for_it():
    css = ":root { --a: var(--b, 1px); --b: 2px; --c: 3px; --left: 4px } p { margin: var(--a) }"
    assert of(css) == ":root{--a:var(--b, 1px);--b:2px;--left:4px}\np{margin:var(--a)}"


def test_properties_that_only_ask_for_one_another_go():
    assert of(":root { --a: var(--b); --b: var(--a) }") == ""


def test_a_property_that_only_a_lost_rule_asks_for_goes():
    assert of(":root { --a: 1px } nav { margin: var(--a) }") == ""


def test_a_typeface_and_an_animation_stay_while_something_asks_for_them():
    css = (
        '@font-face{font-family: "Sans"; src: url(a.woff2)}\n'
        "@keyframes turn{to{rotate:1turn}}\n"
        'p{animation:turn 1s;font-family:"Sans",serif}'
    )
    assert of(css) == css


def test_a_licence_stays_and_other_comments_go():
    assert of("/*! By its authors */ /* why */ p { margin: 0 /* why */ }") == (
        "/*! By its authors */\np{margin:0}"
    )


def test_the_order_of_rules_stays():
    css = "p{margin:0}\n@media print{p{margin:1px}}\np{margin:2px}"
    assert of(css) == css
