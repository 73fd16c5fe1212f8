// The other states of this page: that a newer one exists, and the same page as known on other days.
// Asks this page's own host alone. Without this file the foot leads to the list of all editions.
"use strict";

(() => {
  const foot = document.querySelector("p.editions");
  if (!foot) { return; }
  const {asOf, version, home} = foot.dataset;
  const isFigure = document.body.classList.contains("one"), isFramed = self !== top;
  const below = location.pathname.match(/^(.*\/)editions\/\d{4}-\d\d-\d\d\/(?:v[\d.]+\/)?((?:exhibits\/)?[^/]*)$/);
  const isRoot = home && location.href.startsWith(home);
  // Where the book is not published, or on another host, there is nothing to ask.
  if (!below && !isRoot) { return; }
  const root = below ? below[1] : new URL(home).pathname;
  // Some hosts show pages at addresses without the end of the file's name.
  const name = below ? below[2] : location.pathname.slice(root.length);
  const page = name && !name.endsWith("/") ? name.replace(/(\.html)?$/, ".html") : "index.html";

  let asked = null;
  const published = () => (asked ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${root}editions/editions.js`;
    script.addEventListener("load", () => resolve(globalThis.clashbookEditions));
    script.addEventListener("error", reject);
    document.head.append(script);
  }));
  self.clashbookPublished = {root, published};

  const day = (date) => new Date(`${date}T00:00Z`).toLocaleDateString(
    "en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"}).replaceAll(" ", "\u00a0");
  const made = (tag, text, parent, attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) { element.setAttribute(key, value); }
    parent.append(element);
    return element;
  };
  const isThere = (state) => state.pages.includes(page);
  const link = (parent, words, path) => {
    const own = made("a", words, parent, {href: root + path});
    if (isFramed) { Object.assign(own, {target: "_blank", rel: "noopener"}); }
  };

  // What has moved since, in words; nothing of a page without numbers.
  function moved({numbers, exhibits, rows}) {
    if (isFigure) { return exhibits ? "What it shows has changed since." : "None of its numbers has moved."; }
    const have = (count) => (count === 1 ? "has" : "have");
    const said = [
      numbers && `${numbers} of this page’s numbers ${have(numbers)} moved since.`,
      exhibits && `${exhibits} of its figures and tables ${have(exhibits)} changed since.`,
      rows && `${rows} ${rows === 1 ? "row" : "rows"} of its tables ${have(rows)} come, gone or changed since.`,
    ];
    return said.filter(Boolean).join(" ") || "None of this page’s numbers has moved.";
  }

  // The page of what changed from this state to the newer one, and there of this page.
  function changes(own, newer) {
    // Of a state that could not be read nothing is known, and nothing was compared.
    if (!Object.keys(own.moved).length) { return "editions/changes.html"; }
    const [before, after] = [own, newer].map((state) => `${state.as_of}-v${state.version}`);
    const place = own.moved[page]?.numbers ? `#${page.replace(".html", "")}` : "";
    const name = newer.before === own.path ? `${before}--${after}` : `since-${before}`;
    return `editions/changes/${name}.html${place}`;
  }

  function words(own, newer) {
    const known = `as known on ${day(newer.as_of)}, data version ${newer.version}`;
    const first = own.as_of === newer.as_of
      ? `There is a newer version of this edition: ${known}.`
      : `This edition says what was known on ${day(own.as_of)}, and is kept as it was. The latest edition is ${known}.`;
    return [first, own.moved[page] ? moved(own.moved[page]) : ""].filter(Boolean).join(" ");
  }

  // Closed for this session. A page that was opened as a file may have no memory.
  const memory = (act) => { try { return act(sessionStorage); } catch { return null; } };

  function tell(states) {
    const own = states.find((state) => state.as_of === asOf && state.version === version);
    const newer = own?.newer && states.find(({path}) => path === own.newer);
    const key = newer && `clashbook: ${own.path} ${newer.path}`;
    if (!newer || (!isFigure && memory((kept) => kept.getItem(key)))) { return; }
    const bar = made("aside", "", document.body, {class: "newer", "aria-label": "A newer version"});
    const said = made("p", "", bar, {role: "status"});
    // Only what comes into a status that is there already is read out.
    requestAnimationFrame(() => {
      said.textContent = `${words(own, newer)} `;
      link(said, isThere(newer) ? "This page there" : "Its front page", newer.path + (isThere(newer) ? page : "index.html"));
      said.append(" · ");
      link(said, "What changed", changes(own, newer));
    });
    if (isFigure) { return; }
    made("button", "Close", bar, {type: "button"}).addEventListener("click", () => {
      memory((kept) => kept.setItem(key, "closed"));
      bar.remove();
    });
  }
  if (below) { addEventListener("load", () => { published().then(tell, () => {}); }); }

  // The same page as known on other days, asked for when a reader opens the list.
  const menu = document.createElement("details");
  menu.className = "editions-menu";
  made("summary", "This page as known on another day", menu);
  const list = made("ul", "", menu);
  foot.replaceWith(menu);
  const fill = (states) => {
    const others = states.filter((state) => state.newest && (state.as_of !== asOf || state.version !== version));
    for (const state of others) {
      const item = made("li", "", list);
      link(item, day(state.as_of), `editions/${state.as_of}/${isThere(state) ? page : "index.html"}`);
      const more = [state.as_of === asOf && `data version ${state.version}`, state.latest && "the latest edition", !isThere(state) && "its front page"];
      item.append(more.filter(Boolean).map((each) => `, ${each}`).join(""));
    }
    if (!others.length) { made("li", "There is no other edition yet.", list); }
  };
  menu.addEventListener("toggle", async () => {
    if (list.hasChildNodes()) { return; }
    await published().then(fill, () => made("li", "The list of editions could not be loaded.", list));
    link(made("li", "", list), "All editions and versions", "editions/index.html");
    // At the end of a page it would unfold below the window, or behind the bar.
    menu.scrollIntoView({block: "nearest"});
  });
})();
