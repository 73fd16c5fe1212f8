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
    const own = opener.dataset.card ?? inner?.dataset.card;
    const isNumber = own !== undefined || inner || opener.matches(".figure-mark, .mark-words a");
    if (!isNumber || !/\/claims(\.html)?$/.test(site.pathname)) { return null; }
    const key = own ?? decodeURIComponent(site.hash.slice(1));
    return key ? {opener, key, site} : null;
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

  const who = (list, {how, value, who: speaker, what, where, href}, site) => {
    const item = made("li", how ? `${how} ` : "", {parent: list});
    if (value) { made("strong", value, {parent: item}); item.append(", "); }
    link(item, speaker, href, site);
    if (what) { made("span", what, {parent: item, class: "second"}); }
    if (where) { made("span", where, {parent: item, class: "second"}); }
  };

  const fill = (dialog, card, site) => {
    dialog.replaceChildren();
    const head = made("div", "", {parent: dialog, class: "card-head"});
    made("h2", card.what, {parent: head, id: "number-card-name"});
    made("button", "Close", {parent: head, type: "button", class: "card-close"});
    made("p", card.text, {parent: dialog, class: "card-value"});
    for (const {words, rules} of card.sum) {
      const line = made("p", words, {parent: dialog, class: "card-sum"});
      for (const number of rules) { rule(line, number, site); }
    }
    if (card.who.length) {
      made("h3", "Who says so", {parent: dialog});
      const list = made("ul", "", {parent: dialog});
      for (const entry of card.who) { who(list, entry, site); }
    }
    if (card.origins) { made("p", card.origins, {parent: dialog, class: "second"}); }
    toCopy(dialog, card.what, card.copy, "Copy number and citation", false);
    const more = made("p", "", {parent: dialog});
    link(more, card.more, card.row, site);
    if (card.out.length) {
      const fold = made("details", "", {parent: dialog});
      made("summary", card.outs, {parent: fold});
      const list = made("ul", "", {parent: fold});
      for (const {words, why, rule: number, href} of card.out) {
        const item = made("li", "", {parent: list});
        link(item, words, href, site);
        item.append(`: ${why}`);
        rule(item, number, site);
      }
    }
    const fold = made("details", "", {parent: dialog, class: "card-cite"});
    made("summary", "Cite in other forms", {parent: fold});
    for (const [label, text] of card.cite) { toCopy(fold, label, text, "Copy", true); }
    if (card.state) {
      toCopy(fold, "Link to this state", card.state, "Copy", true);
      toCopy(fold, "Link to the newest state", card.newest, "Copy", true);
    } else {
      const seen = new URL(card.row, site);
      made("p", "This book has no published address yet, so these texts name none.", {parent: fold});
      if (seen.protocol !== "file:") { toCopy(fold, "Link as on your screen", seen.href, "Copy", true); }
    }
  };

  // Below what opened it, or above where more room is; a style sheet makes it a sheet on a phone.
  // What unfolds in it later grows on the side where it is.
  let isUnder = true;
  const place = (dialog, opener, isNew) => {
    const at = opener.getBoundingClientRect(), gap = 8;
    const under = innerHeight - at.bottom - 2 * gap, over = at.top - 2 * gap;
    if (isNew) { isUnder = dialog.scrollHeight + 2 <= under || under >= over; }
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

  const open = async ({opener, key, site}) => {
    let card;
    try {
      card = await loaded(key, site);
    } catch {
      location.assign(site);
      return;
    }
    if (!dialog) { create(); }
    fill(dialog, card, site);
    shown = opener;
    dialog.showModal();
    dialog.style.maxHeight = "";
    dialog.scrollTop = 0;
    place(dialog, opener, true);
    // A sheet leaves in sight what it is about.
    const sheet = dialog.getBoundingClientRect();
    const hidden = opener.getBoundingClientRect().bottom + 8 - sheet.top;
    if (sheet.left === 0 && hidden > 0) { scrollBy(0, hidden); }
  };

  document.addEventListener("click", (event) => {
    const {button, metaKey, ctrlKey, shiftKey, altKey} = event;
    if (button || metaKey || ctrlKey || shiftKey || altKey) { return; }
    const found = sought(event.target);
    if (!found) { return; }
    event.preventDefault();
    event.stopPropagation();
    open(found);
  }, true);
})();
