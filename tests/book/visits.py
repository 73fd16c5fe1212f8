"""One visit to each page of the site at each width: what was seen and heard there.

All that is asked of every page is looked at in the same visit, light and dark.
"""

from pathlib import Path

import axe_playwright_python

WIDTHS = (1280, 390)
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe*.js"))
# The contrast of a text is that of its colours, its size and its weight: of those that are alike in
# these one is measured, since axe takes minutes for all texts of a long table.
SAMPLE = """() => {
  const seen = new Set(), sample = [], grounds = new Map();
  const plain = ['1', 'none', 'rgba(0, 0, 0, 0)'];
  const ground = (each) => {
    if (!each) { return ''; }
    if (!grounds.has(each)) {
      const {opacity, backgroundColor, backgroundImage, filter} = getComputedStyle(each);
      const own = [opacity, backgroundColor, backgroundImage, filter];
      const looks = own.filter(value => !plain.includes(value)).join();
      grounds.set(each, `${looks} ${ground(each.parentElement)}`.trim());
    }
    return grounds.get(each);
  };
  for (const each of document.body.querySelectorAll('*')) {
    const holdsText = [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (!holdsText || !each.checkVisibility()) { continue; }
    const own = getComputedStyle(each);
    const key = [own.color, own.fill, own.fontSize, own.fontWeight, ground(each)].join();
    if (!seen.has(key)) { seen.add(key); sample.push(each); }
  }
  return sample;
}"""
FOUND = """async ([sample, rules]) => {
  // To preload, axe asks for style sheets at addresses where none is.
  const how = {preload: false, resultTypes: ['violations']};
  const results = [await axe.run({include: sample}, {...how, runOnly: ['color-contrast']})];
  if (rules) { results.push(await axe.run(document, {...how, rules})); }
  return results.flatMap(result => result.violations).flatMap(({id, nodes}) =>
    nodes.map(({html, failureSummary}) => `${id}: ${html.slice(0, 200)}: ${failureSummary}`));
}"""
# Beyond axe's own choice, what Lighthouse asks as well.
RULES = {
    "color-contrast": {"enabled": False},
    "label-content-name-mismatch": {"enabled": True},
}
# A page waits a second for its typeface and then does without, and on a busy machine that second
# may run out. Where two looks at a page are compared, nothing that is waited for is given up.
PATIENT = """{
  const later = window.setTimeout;
  window.setTimeout = (act, wait, ...rest) => wait < 1000 ? later(act, wait, ...rest) : 0;
}"""
HAS_TYPEFACE = "() => document.documentElement.dataset.typeface === undefined"
OVERFLOW = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""
# What moves by itself or slides where the reader asked for stillness, pseudo-elements included.
MOVING = """() => [...document.querySelectorAll('*')].flatMap(each => [null, '::before', '::after']
  .filter(part => {
    const style = getComputedStyle(each, part);
    const lasts = list => list.split(', ').some(time => parseFloat(time) > 0);
    return (style.animationName !== 'none' && lasts(style.animationDuration))
      || (style.transitionProperty !== 'none' && lasts(style.transitionDuration));
  }).map(part => `${each.tagName}.${each.getAttribute('class')}${part || ''}`)).slice(0, 5)"""


def names(site):
    """All pages, those of exhibits too, but for those that only lead on."""
    found = sorted([*site.glob("*.html"), *site.glob("exhibits/*.html")])
    return [
        path.relative_to(site).as_posix()
        for path in found
        if 'http-equiv="refresh"' not in path.read_text(encoding="utf-8")
    ]


def findings(browser, site, address):
    """What is wrong, by kind and then by page and width."""
    found, heard, asked = {}, [], []
    for width in WIDTHS:
        # Without motion, or axe measures colours that are on their way to others.
        screen = {"width": width, "height": 900}
        page = browser.new_page(viewport=screen, reduced_motion="reduce")
        page.on("console", lambda m: heard.append(_said(m)) if m.type == "error" else None)
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.on("response", lambda r: heard.append(f"{r.status} {r.url}") if not r.ok else None)
        page.on("request", lambda request: asked.append(request.url))
        for name in names(site):
            heard.clear()
            asked.clear()
            page.emulate_media(color_scheme="light")
            page.goto(f"{address}/{name}")
            for kind, what in _seen(page, width).items():
                found.setdefault(kind, {})[f"{name} at {width}"] = what
            found.setdefault("complaints", {})[f"{name} at {width}"] = list(heard)
            abroad = [url for url in asked if not url.startswith((address, "data:"))]
            found.setdefault("other hosts", {})[f"{name} at {width}"] = abroad
        page.close()
    return {
        kind: {place: what for place, what in places.items() if what}
        for kind, places in found.items()
    }


def _seen(page, width):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    seen = {f"sideways at {width}": page.evaluate(OVERFLOW)}
    sample = page.evaluate_handle(SAMPLE)
    seen["axe, light"] = page.evaluate(FOUND, [sample, RULES])
    page.emulate_media(color_scheme="dark")
    seen["axe, dark"] = page.evaluate(FOUND, [page.evaluate_handle(SAMPLE), None])
    seen["moving"] = page.evaluate(MOVING)
    # A page at 200 % is one of half the width.
    narrower = width // 2 if width > 800 else 320
    page.set_viewport_size({"width": narrower, "height": 900})
    seen[f"sideways at {narrower}"] = page.evaluate(OVERFLOW)
    page.set_viewport_size({"width": width, "height": 900})
    # Larger text alone, as browsers offer it.
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    seen[f"sideways at {width}, text at 200 %"] = page.evaluate(OVERFLOW)
    return seen


def _said(message):
    return f"{message.text} ({message.location['url']})"
