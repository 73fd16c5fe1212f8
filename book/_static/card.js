// The card of a number: what it is of, how it comes about, who says so, and how to cite it. Every
// word of it is made by the build. Without this file a number is a link to its row on Claims.
"use strict";

(() => {
  const told = new Map();
  // What the file of a card calls: a page that was opened as a file can load nothing but scripts.
  self.clashbookCard = (key, card) => { told.set(key, card); };

  const loaded = (key, site) => new Promise((resolve, reject) => {
    if (told.has(key)) { resolve(told.get(key)); return; }
    const script = document.createElement("script");
    script.src = new URL(`cards/${encodeURIComponent(key)}.js`, site);
    script.onload = () => { told.has(key) ? resolve(told.get(key)) : reject(); };
    script.onerror = reject;
    document.head.append(script);
  });

  // The link or mark at a place that has a card, with the card's name and where the site is.
  const sought = (place) => {
    const opener = place?.closest?.("a, .figure-mark");
    const address = opener?.getAttribute("href") ?? opener?.dataset.href;
    if (!address || !opener.closest(".bd-article")) { return null; }
    const site = new URL(address, document.baseURI), inner = opener.querySelector(".number, .claim");
    const key = opener.dataset.card ?? inner?.dataset.card;
    if (key) { return {opener, key, site}; }
    const isNumber = inner || opener.matches(".figure-mark, .mark-words a");
    if (!isNumber || !/\/claims(\.html)?$/.test(site.pathname)) { return null; }
    return {opener, key: decodeURIComponent(site.hash.slice(1)), site};
  };

  // A figure of a series is told by its series, with what differs from period to period.
  const ofPart = (card, part) => ({...card, ...card.at?.[part]});

  // A row of an exhibit that has no card of its own is told as its table has it.
  const ofRow = (opener, nth) => {
    const figure = opener.closest("figure.exhibit");
    const row = figure.querySelectorAll("tbody > tr")[nth];
    const heads = [...figure.querySelector("thead").querySelectorAll("th")].map((head) => head.textContent);
    const own = opener.closest("td, th") ?? row.querySelector("[data-card^=row-]")?.closest("td, th")
      ?? row.querySelector(".numeric") ?? row.cells[0];
    const cells = [...row.cells].map((cell, at) => ({cell, name: heads[at], words: cell.textContent.trim()}));
    const rests = cells.filter(({name}) => name === "Rests on");
    const told = cells.filter(({cell, name}) => cell !== own && name !== "Rests on" && !cell.querySelector(".missing"));
    const name = cells.find(({cell}) => cell === own).name, text = own.textContent.trim();
    const parts = told.map(({name, words}) => `${name}: ${words}`);
    const title = figure.querySelector(".exhibit-title").textContent.trim();
    return {
      what: `${name}, in: ${title}`, text, parts,
      who: rests.flatMap(({cell}) => [...cell.querySelectorAll("a")]).map((link) => ({who: link.textContent, href: link.href})),
      sentence: `${name}: ${text} (${parts.join("; ")}), in “${title}”`,
      cite: [...figure.querySelectorAll(".exhibit-cite .to-copy")]
        .map((block) => [block.getAttribute("aria-label"), block.textContent])
        .filter(([label]) => /^(Reference|Footnote|BibTeX|RIS|CSL)/.test(label)),
      row: `exhibits/${figure.id}.html`, more: "This figure by itself",
      report: figure.querySelector(".report a")?.getAttribute("href"),
    };
  };

  const found = async ({opener, key, site}) => {
    if (key.startsWith("row-")) { return ofRow(opener, Number(key.slice(4))); }
    const [file, part] = key.split("~");
    return ofPart(await loaded(file, site), part);
  };

  const made = (name, text, {parent, ...attributes} = {}) => {
    const element = document.createElement(name);
    element.textContent = text ?? "";
    for (const [attribute, value] of Object.entries(attributes)) { element.setAttribute(attribute, value); }
    parent?.append(element);
    return element;
  };

  const link = (parent, words, address, site) => {
    const url = new URL(address, site);
    // On the page that it leads to, what was searched and filtered there stays.
    if (url.pathname === location.pathname) { url.search = location.search; }
    made("a", words, {parent, href: url.href});
  };

  const rule = (parent, number, site) => {
    parent.append(" (");
    link(parent, `rule\u00a0${number}`, `methods.html#rule-${number}`, site);
    parent.append(")");
  };

  const toCopy = (parent, label, text, words, isShown) => {
    const block = made("div", "", {parent, class: "copy-block"});
    const line = made("p", isShown ? `${label} ` : "", {parent: block, class: "copy-label"});
    made("button", words, {parent: line, type: "button", class: "copy"});
    const attributes = isShown ? {role: "group", "aria-label": label} : {"aria-hidden": "true"};
    made("div", text, {parent: block, class: isShown ? "to-copy" : "to-copy visually-hidden", ...attributes});
  };

  const who = (list, {value, who: speaker, what, where, href}, site) => {
    const item = made("li", "", {parent: list});
    if (value) { made("strong", value, {parent: item}); item.append(", "); }
    link(item, speaker, href, site);
    if (what) { made("span", what, {parent: item, class: "second"}); }
    if (where) { made("span", where, {parent: item, class: "second"}); }
  };

  const listOf = (parent, heading, entries, tell) => {
    if (!entries?.length) { return; }
    if (heading) { made("h3", heading, {parent}); }
    const list = made("ul", "", {parent});
    for (const entry of entries) { tell(list, entry); }
  };

  const fill = (dialog, card, {opener, site}) => {
    dialog.replaceChildren();
    const head = made("div", "", {parent: dialog, class: "card-head"});
    made("h2", card.what, {parent: head, id: "number-card-name"});
    made("button", "Close", {parent: head, type: "button", class: "card-close"});
    const body = made("div", "", {parent: dialog, class: "card-body"});
    made("p", card.text, {parent: body, class: "card-value"});
    for (const {words, rules} of card.sum ?? []) {
      const line = made("p", words, {parent: body, class: "card-sum"});
      for (const number of rules) { rule(line, number, site); }
    }
    for (const words of card.parts ?? []) { made("p", words, {parent: body, class: "card-sum"}); }
    listOf(body, card.parts ? "What it rests on" : "Who says so", card.who, (list, entry) => who(list, entry, site));
    if (card.origins) { made("p", card.origins, {parent: body, class: "second"}); }
    if (card.note) { made("p", card.note, {parent: body, class: "second"}); }
    for (const {how, words, href, more} of card.since ?? []) {
      const line = made("p", `${how}: `, {parent: body});
      link(line, words, href, site);
      if (more) { line.append(` ${more}`); }
    }
    const left = (list, {words, why, rules, href}) => {
      const item = made("li", "", {parent: list});
      link(item, words, href, site);
      if (why) { item.append(`: ${why}`); }
      for (const number of rules) { rule(item, number, site); }
    };
    listOf(body, "Others disagree", card.apart, left);
    if (card.firm) {
      const line = made("p", `${card.firm} `, {parent: body});
      link(line, "How firm it is", "methods.html#how-firm-the-headline-numbers-are", site);
    }
    const more = made("p", "", {parent: body, class: "card-more"});
    link(more, card.more, card.row, site);
    if (card.url) { link(more, "The source itself", card.url, site); }
    if (card.report) { link(more, "Report an error", card.report, site); }
    const figure = opener.closest("figure.exhibit");
    if (figure) { link(more, "This figure’s numbers (CSV)", `exhibits/${figure.id}.csv`, site); }
    if (card.out?.length) {
      const fold = made("details", "", {parent: body});
      made("summary", card.outs, {parent: fold});
      listOf(fold, "", card.out, left);
    }
    cited(made("details", "", {parent: body, class: "card-cite"}), card, site);
    const foot = made("div", "", {parent: dialog, class: "card-foot"});
    const copied = [card.sentence, card.cite[0]?.[1]].filter(Boolean).join("\n");
    toCopy(foot, card.what, copied, "Copy number and citation", false);
  };

  const cited = (fold, card, site) => {
    made("summary", "Cite in other forms", {parent: fold});
    const texts = [["Sentence", card.sentence], ...card.cite];
    for (const [label, text] of texts) { toCopy(fold, label, text, "Copy", true); }
    const seen = new URL(card.row, site);
    if (card.state) {
      toCopy(fold, "Link to this state", card.state, "Copy", true);
      toCopy(fold, "Link to the newest state", card.newest, "Copy", true);
    } else if (card.state === "") {
      made("p", "This book has no published address yet, so these texts name none.", {parent: fold});
      if (seen.protocol !== "file:") { toCopy(fold, "Link as on your screen", seen.href, "Copy", true); }
    }
  };

  // Below what opened it, or above where more room is; a style sheet makes it a sheet on a phone.
  // What unfolds in it later grows on the side where it is.
  let isUnder = true, at = null;
  const place = (dialog, opener, isNew) => {
    const box = opener.getBoundingClientRect(), gap = 8;
    // What opened it may be gone, as the words of a mark are.
    if (isNew || box.width) { at = box; }
    const under = innerHeight - at.bottom - 2 * gap, over = at.top - 2 * gap;
    const body = dialog.querySelector(".card-body");
    const whole = dialog.offsetHeight - body.clientHeight + body.scrollHeight;
    if (isNew) { isUnder = whole <= under || under >= over; }
    dialog.style.maxHeight = `${Math.max(isUnder ? under : over, 160)}px`;
    const within = (wanted, room) => `${Math.max(gap, Math.min(wanted, room - gap))}px`;
    const top = isUnder ? at.bottom + gap : at.top - gap - dialog.offsetHeight;
    dialog.style.left = within(at.left, document.documentElement.clientWidth - dialog.offsetWidth);
    dialog.style.top = within(top, innerHeight - dialog.offsetHeight);
  };

  let dialog = null, shown = null;
  const moved = () => { if (shown) { place(dialog, shown, false); } };

  const create = () => {
    dialog = made("dialog", "", {parent: document.body, class: "number-card", "aria-labelledby": "number-card-name"});
    dialog.addEventListener("close", () => {
      const opener = shown;
      shown = null;
      opener?.focus?.({preventScroll: true});
    });
    dialog.addEventListener("click", (event) => {
      if (event.target.closest(".card-close")) { dialog.close(); return; }
      const button = event.target.closest("button.copy");
      if (button) { copy(button); return; }
      // A link to where the reader is already would else stay beneath its card.
      if (event.target.closest("a")) { dialog.close(); return; }
      const {left, right, top, bottom} = dialog.getBoundingClientRect();
      const {clientX: x, clientY: y} = event;
      if (event.target === dialog && (x < left || x > right || y < top || y > bottom)) {
        dialog.close();
        // Another number is one tap away too.
        const next = sought(document.elementFromPoint(x, y));
        if (next) { open(next); }
      }
    });
    dialog.addEventListener("toggle", moved, true);
    addEventListener("resize", moved);
    addEventListener("scroll", moved, {passive: true});
  };

  const open = async (sight) => {
    const {opener, site} = sight;
    let card;
    try {
      card = await found(sight);
    } catch {
      location.assign(site);
      return;
    }
    if (!dialog) { create(); }
    fill(dialog, card, sight);
    shown = opener;
    dialog.showModal();
    dialog.style.maxHeight = "";
    dialog.querySelector(".card-body").scrollTop = 0;
    place(dialog, opener, true);
    // A sheet leaves in sight what it is about.
    const sheet = dialog.getBoundingClientRect();
    const hidden = opener.getBoundingClientRect().bottom + 8 - sheet.top;
    if (sheet.left === 0 && hidden > 0) { scrollBy(0, hidden); }
  };

  document.addEventListener("click", (event) => {
    const {button, metaKey, ctrlKey, shiftKey, altKey} = event;
    if (button || metaKey || ctrlKey || shiftKey || altKey) { return; }
    const sight = sought(event.target);
    if (!sight) { return; }
    event.preventDefault();
    event.stopPropagation();
    open(sight);
  }, true);
})();
