// For: #search-results
// The page of search: finds the sentences and rows that have all words of the address's "q", whatever
// their accents and case, and an actor by each of its names; shows them by page, in the menu's order.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const results = document.getElementById("search-results");
  const status = document.querySelector(".search-summary");
  const field = document.querySelector(".bd-search-container input[name=q]");
  const asked = (new URLSearchParams(location.search).get("q") ?? "").trim();
  const FEW = 5, LONGEST = 320, BEFORE = 120;

  const NUMBER = /^\p{N}/u;
  const plain = (word) => word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replaceAll("ə", "a").replaceAll("ı", "i").replaceAll(",", "");
  const wordsOf = (text) => [...text.matchAll(/\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{M}]+/gu)].map(
    ({0: raw, index}) => ({raw, word: plain(raw), start: index, end: index + raw.length}));
  // A name of capitals, "US", is found as it is written: it is no beginning of other words.
  const nameOf = (text) => ({
    text, words: wordsOf(text).map(({word}) => word), capitals: /^\p{Lu}{2,}$/u.test(text) && text,
  });

  // Whether words have a name, or what was typed, from one place on. What is typed may be the
  // beginning of a word; of a number it may not.
  const begins = (words, at, {words: wanted, capitals}, isWhole) => wanted.every((word, nth) => {
    const found = words[at + nth];
    if (!found || capitals) { return Boolean(found) && found.raw === capitals; }
    const isLast = nth === wanted.length - 1;
    return isWhole || !isLast || NUMBER.test(word) ? found.word === word : found.word.startsWith(word);
  });

  // What is asked for, word by word, but an actor's name as one, and the longest name that fits: each
  // with the actor's other names.
  const termsOf = (text, actors) => {
    const words = wordsOf(text), terms = [];
    for (let at = 0; at < words.length;) {
      let term = {typed: {words: [words[at].word]}, others: []}, longest = 0;
      for (const names of actors) {
        for (const typed of names) {
          const isThere = typed.words.every((word, nth) => words[at + nth]?.word === word);
          if (isThere && typed.words.length > longest) {
            longest = typed.words.length;
            term = {typed, others: names.filter((name) => name !== typed)};
          }
        }
      }
      terms.push(term);
      at += term.typed.words.length;
    }
    return terms;
  };

  // Where a text has all terms: the places of their words, and how well it fits; null where it has
  // not. The words as they were typed, in a row, fit best; then headings, then sentences, then rows.
  const match = (terms, whole, [kind, anchor, text]) => {
    const words = wordsOf(text), marks = [];
    for (const {typed, others} of terms) {
      const before = marks.length;
      for (const at of words.keys()) {
        const found = begins(words, at, typed, false) ? typed
          : others.find((name) => begins(words, at, name, true));
        if (found) { marks.push([words[at].start, words[at + found.words.length - 1].end]); }
      }
      if (marks.length === before) { return null; }
    }
    const isPhrase = [...words.keys()].some((at) => begins(words, at, whole, false));
    return {anchor, text, kind, marks: marks.sort(([a], [b]) => a - b), rank: (isPhrase ? 0 : 3) + kind};
  };

  const make = (name, content, values = {}) => {
    const element = Object.assign(document.createElement(name), values);
    element.append(...content);
    return element;
  };
  // A long row is shown from shortly before the first word that was found.
  const marked = (text, marks) => {
    let from = 0, to = text.length;
    if (to > LONGEST) {
      from = marks[0][0] < BEFORE * 2 ? 0 : text.indexOf(" ", marks[0][0] - BEFORE) + 1;
      if (to - from > LONGEST) { to = Math.max(text.lastIndexOf(" ", from + LONGEST), marks[0][1]); }
    }
    const parts = [from ? "… " : ""];
    let at = from;
    for (const [start, end] of marks) {
      if (start >= at && end <= to) {
        parts.push(text.slice(at, start), make("mark", [text.slice(start, end)]));
        at = end;
      }
    }
    return [...parts, text.slice(at, to), to < text.length ? " …" : ""];
  };
  const counted = (count, one) => `${count} ${one}${count === 1 ? "" : "s"}`;

  const show = ({names, pages}) => {
    const actors = names.map((group) => group.map(nameOf));
    const wanted = asked.replace(/['’]s\b/g, "");
    const terms = termsOf(wanted, actors);
    const whole = terms.length === 1 ? terms[0].typed : nameOf(wanted);
    let total = 0;
    const groups = pages.flatMap(([page, title, entries]) => {
      let table = "";
      const found = entries.flatMap((entry) => {
        if (entry[0] === 0) { table = entry[2]; }
        const hit = terms.length ? match(terms, whole, entry) : null;
        return hit ? [{...hit, table: entry[0] === 2 ? table : ""}] : [];
      }).sort((a, b) => a.rank - b.rank);
      if (!found.length) { return []; }
      total += found.length;
      const items = found.map(({anchor, text, marks, table: within}) => make("li", [make("a", [
        ...(within ? [make("span", [within], {className: "second"}), " "] : []), ...marked(text, marks),
      ], {href: `${page}#${anchor}`})]));
      const head = make("h2", [title, " ", make("span", [String(found.length)], {className: "second"})]);
      const more = items.splice(found.length > FEW + 1 ? FEW : found.length);
      const rest = more.length ? [make("details", [
        make("summary", [`${more.length} more on this page`]), make("ul", more),
      ])] : [];
      return [make("section", [head, make("ul", items), ...rest])];
    });
    const others = terms.flatMap((term) => term.others.map(({text}) => text));
    const also = others.length ? ` Also searched for: ${others.join(", ")}.` : "";
    status.textContent = total
      ? `${counted(total, "place")} on ${counted(groups.length, "page")} for “${asked}”.${also}`
      : `No sentence of the book has all of this: “${asked}”. Try fewer words.${also}`;
    results.replaceChildren(...groups);
  };

  if (!asked) { return; }
  field.value = asked;
  document.title = `${asked} – ${document.title}`;
  const script = make("script", [], {src: results.dataset.index});
  script.addEventListener("load", () => { show(window.searchIndex); });
  script.addEventListener("error", () => {
    status.textContent = "The search could not be loaded. Load the page again, or use the menu.";
  });
  document.head.append(script);
});
