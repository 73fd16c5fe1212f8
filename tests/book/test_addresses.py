"""Every address that readers can cite stays, or leads on."""

import threading

import addresses

from clashbook import config
from clashbook.website import redirects, serve, trim

OF_EXHIBIT = (".csv", ".csv-metadata.json", ".json", ".pdf", ".png", ".svg")
OF_EXHIBIT += ("-slide.png", "-small.png", "-column.png")


def test_every_listed_address_is_in_the_site_or_leads_on(site):
    there, settings = addresses.of(site), config.read(addresses.ROOT)
    # The page of an exhibit that was cut says so; none of its other files is answered by another's.
    files = {f"{redirects.FOLDER}/{key}{end}" for key in settings.cut for end in OF_EXHIBIT}
    kept = there | settings.redirects.keys() | files
    gone = [each for each in addresses.listed() if each not in kept]
    way_out = (
        'write "OLD: NEW" under clashbook.redirects in _config.yml; the list keeps the old one'
    )
    assert gone == [], f"{len(gone)} addresses are gone; {way_out}"


def test_every_address_of_the_site_is_listed(site):
    new = sorted(addresses.of(site) - set(addresses.listed()))
    assert new == [], f"{len(new)} addresses are not in tests/addresses.txt; {addresses.COMMAND}"


def test_the_list_is_sorted_and_names_each_address_once():
    listed = addresses.listed()
    assert listed == sorted(set(listed))


def test_the_list_only_grows(site, tmp_path, monkeypatch):
    monkeypatch.setattr(addresses, "LISTED", tmp_path / "addresses.txt")
    addresses.LISTED.write_text("exhibits/of-old.html\n")
    addresses.add(site)
    assert {"exhibits/of-old.html", "claims.html", "numbers.json"} <= set(addresses.listed())
    assert any(each.startswith("claims.html#number-") for each in addresses.listed())


def test_an_old_address_leads_on_in_a_browser_with_its_anchor(browser, tmp_path):
    page = (
        '<!doctype html><html lang="en"><head></head><body><p id="first">Words.</p></body></html>'
    )
    (tmp_path / "claims.html").write_text(page)
    leads = {"old/all.html": "claims.html", "claims.html#of-old": "claims.html#first"}
    redirects.write(tmp_path, leads, "", "Book")
    trim.finish(tmp_path, "", "2022-09-21")
    with serve.server(tmp_path, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        address = f"http://{serve.HOST}:{server.server_port}"
        tab = browser.new_page()
        for old in ("old/all.html#first", "claims.html#of-old", "old/all.html#of-old"):
            tab.goto("about:blank")
            tab.goto(f"{address}/{old}")
            tab.wait_for_url(f"{address}/claims.html#first")
        tab.close()
        server.shutdown()
        thread.join()
