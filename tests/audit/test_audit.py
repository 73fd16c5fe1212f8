"""The table of the audit, from a report as Lighthouse writes it."""

import audit

REPORT = {
    "categories": {
        "performance": {"score": 0.96, "auditRefs": [{"id": "first-paint", "weight": 10}]},
        "accessibility": {
            "score": 0.9,
            "auditRefs": [{"id": "label", "weight": 7}, {"id": "manual-check", "weight": 0}],
        },
        "best-practices": {"score": 1, "auditRefs": [{"id": "is-on-https", "weight": 5}]},
        "seo": {"score": None, "auditRefs": [{"id": "label", "weight": 1}]},
    },
    "audits": {
        "first-paint": {"score": 0.4, "scoreDisplayMode": "numeric"},
        "label": {"score": 0, "scoreDisplayMode": "binary"},
        "manual-check": {"score": None, "scoreDisplayMode": "manual"},
        "is-on-https": {"score": 1, "scoreDisplayMode": "binary"},
        "network-requests": {"details": {"items": [{"transferSize": 1500}, {"transferSize": 800}]}},
        "cumulative-layout-shift": {"numericValue": 0.0194},
        "largest-contentful-paint": {"numericValue": 2345.6},
    },
}


def test_a_line_has_scores_weight_requests_shift_paint_and_what_was_failed():
    made = audit.row("index.html", REPORT)
    assert made == ["index.html", "96", "90", "100", "-", "2", "2", "0.019", "2.3 s", "label"]
    assert len(made) == len(audit.HEAD)


def test_a_page_without_fault_says_so():
    fine = REPORT | {"audits": REPORT["audits"] | {"label": {"score": 1}}}
    assert audit.row("index.html", fine)[-1] == "-"


def test_every_page_of_the_contents_is_looked_at_and_one_exhibit(tmp_path):
    (tmp_path / "exhibits").mkdir()
    names = ["index", "claims", "casualties", "search", "404", "exhibits/a", "exhibits/b", "other"]
    for name in names:
        (tmp_path / f"{name}.html").touch()
    found = audit.pages(tmp_path)
    assert found[0] == "index.html"
    assert found[-3:] == ["exhibits/a.html", "search.html", "404.html"]
    assert sorted(found[1:-3]) == ["casualties.html", "claims.html"]
