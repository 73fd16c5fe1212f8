// For: .check-brief
// The page that checks a brief: has what is pasted, chosen or dropped read (`reading.js`) and each number judged
// (`judge.js`), and shows the verdicts. No text leaves this browser; only the table of what was published is loaded.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".check-brief"), count = document.querySelector(".check-count");
  const list = document.querySelector(".check-found"), words = form.dataset;
  const below = location.pathname.match(/\/editions\/\d{4}-\d\d-\d\d\/(v[\d.]+\/)?[^/]*$/);
  const { isEnglish, ofText } = self.clashbookPieces, { ofFile } = self.clashbookReading;
  const root = !below ? "" : below[1] ? "../../../" : "../../";
  let judging = null;

  const loaded = (address) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(globalThis.clashbookQuotes));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  // Of a book that is not published there is the table of this edition alone.
  const ready = () => judging ??= loaded(`${root}editions/quotes.js`).catch(() => loaded("quotes.js"))
    .then((table) => ({ table, judge: self.clashbookJudge(table) }));

  // What is shown.

  const put = (parent, tag, text = "", name = "") => {
    const element = parent.appendChild(document.createElement(tag));
    element.textContent = text;
    element.className = name;
    return element;
  };

  function show(found, table, name) {
    const verdicts = found.flatMap((one) => one.verdicts), wrong = verdicts.filter((one) => !one.is_good).length;
    list.replaceChildren();
    for (const sentence of found) { put(list, "li").append(shown(sentence, table)); }
    const many = `${verdicts.length} ${verdicts.length === 1 ? "number" : "numbers"}`;
    const mend = wrong ? `${wrong} to change` : "nothing to change";
    count.textContent = `${name ? `${name}: ` : ""}${verdicts.length ? `${many}, ${mend}.` : words.none}`;
  }

  // Every second piece of a sentence is a number.
  function shown({ pieces, verdicts }, table) {
    const box = document.createDocumentFragment(), quoted = put(box, "p");
    pieces.forEach((text, place) => place % 2 ? put(quoted, "mark", text) : quoted.append(text));
    verdicts.forEach((verdict, place) => {
      const line = put(box, "p", "", verdict.is_good ? "verdict good" : "verdict"), written = pieces[2 * place + 1];
      put(line, "strong", `${written}: ${table.verdicts[verdict.kind].name}.`);
      line.append(` ${verdict.words}`);
      if (verdict.instead) { box.append(toWrite(verdict, written)); }
      else if (verdict.path) { line.append(" ", link(verdict.path, written)); }
    });
    return box;
  }

  function link(path, written) {
    const made = document.createElement("a");
    made.href = /^https?:/.test(path) ? path : root + path;
    made.textContent = `See ${written} with its claims`;
    return made;
  }

  function toWrite({ instead, citation, path }, written) {
    const block = document.createElement("div"), label = put(block, "p", "Write instead ", "copy-label");
    block.className = "copy-block";
    const button = put(label, "button", "Copy", "copy");
    button.type = "button";
    button.setAttribute("aria-label", `Copy what to write instead of ${written}`);
    button.addEventListener("click", () => copy(button));
    const text = put(block, "div", "", "to-copy");
    put(text, "p", `${instead} `);
    put(text, "p", citation);
    if (path) { put(block, "p").append(link(path, written)); }
    return block;
  }

  async function check(make, name = "") {
    count.textContent = words.loading;
    list.replaceChildren();
    let known, said = "";
    try { known = await ready(); } catch { judging = null; count.textContent = words.failed; return; }
    try {
      const blocks = await make();
      if (!blocks.some(({ text }) => text)) { said = words.empty; }
      else if (!isEnglish(blocks)) { said = words.foreign; }
      else { show(known.judge(blocks), known.table, name); }
    } catch { said = words.unread; }
    if (said) { count.textContent = `${name ? `${name}: ` : ""}${said}`; }
  }

  const chosen = form.querySelector("input[type=file]"), pasted = form.querySelector("textarea");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!pasted.value.trim()) { pasted.focus(); }
    check(() => ofText(pasted.value));
  });
  const take = (file) => check(() => ofFile(file), file.name);
  chosen.addEventListener("change", () => { if (chosen.files.length) { take(chosen.files[0]); } });
  // A file may be dropped anywhere on the page; a browser would open it in the page's place.
  for (const kind of ["dragover", "drop"]) {
    addEventListener(kind, (event) => {
      if (!event.dataTransfer.types.includes("Files")) { return; }
      event.preventDefault();
      form.classList.toggle("dropping", kind === "dragover");
      if (kind === "drop") { take(event.dataTransfer.files[0]); }
    });
  }
  addEventListener("dragleave", () => form.classList.remove("dropping"));
});
