// For: .check-brief
// The page that checks a brief: reads what is pasted, chosen or dropped, has each number judged (`judge.js`), and
// shows the verdicts. No text leaves this browser; only the table of what was published is loaded.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".check-brief"), count = document.querySelector(".check-count");
  const list = document.querySelector(".check-found"), words = form.dataset;
  const below = location.pathname.match(/\/editions\/\d{4}-\d\d-\d\d\/(v[\d.]+\/)?[^/]*$/);
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

  // A text in pieces, as `clashbook check-brief` makes them.

  const LONG = 120, flat = (text) => text.split(/\s+/).filter(Boolean).join(" ");
  const bare = (text) => flat(text
    .replace(/!\[([^\]]*)\]\([^)]*\)|\[\^[^\]]+\]:?/g, (_, words) => words ?? "").replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replace(/\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=[\w.,;:!?%)])[*_](?!\w)/g, "").replace(/<[^>]+>/g, ""));

  function ofText(text) {
    const lines = text.replaceAll("\r\n", "\n").replace(/^(```|~~~)[^]*?^\1[^\n]*$/gm, "").split("\n");
    const isUnbroken = lines.some((line) => line.length > LONG), found = [];
    let held = [];
    for (const line of [...lines, ""]) {
      const heading = line.match(/^#{1,6}\s+(.*?)\s*#*$/), item = line.match(/^\s*(?:[-*+•]|\d{1,3}[.)])\s+(.*)/);
      if (held.length && (!line.trim() || heading || item || isUnbroken)) { found.push(piece(held)); held = []; }
      if (heading) { found.push({ kind: "heading", text: bare(heading[1]) }); }
      else if (item) { held = [`- ${item[1]}`]; }
      else if (line.trim()) { held.push(line.trim()); }
    }
    return found;
  }

  function piece(lines) {
    const text = lines.join(" ");
    if (text.startsWith("- ")) { return { kind: "item", text: bare(text.slice(2)) }; }
    const isHeading = lines.length === 1 && bare(text).length < LONG && !/[.!?:;,]['")\]”’]*$/.test(bare(text));
    return { kind: isHeading ? "heading" : "paragraph", text: bare(text) };
  }

  const PIECES = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, tr, blockquote, caption, figcaption, div, section, article, body";

  function ofHtml(text) {
    const page = new DOMParser().parseFromString(text, "text/html"), title = page.querySelector("head > title");
    const found = title ? [{ kind: "heading", text: flat(title.textContent) }] : [];
    for (const element of page.querySelectorAll("script, style, template, noscript, svg, nav, button")) { element.remove(); }
    for (const element of [page.body, ...page.body.querySelectorAll(PIECES)]) {
      if (element.parentElement.closest("tr")) { continue; }
      const own = () => Array.from(element.childNodes, (node) => node.nodeType === Node.TEXT_NODE ? node.data : "").join(" ");
      const words = element.matches("tr") ? Array.from(element.children, (cell) => flat(cell.textContent)).join("; ")
        : element.querySelector(PIECES) ? own() : element.textContent;
      const isItem = element.matches("tr, dd") || element.closest("li");
      const kind = /^H\d$/.test(element.tagName) ? "heading" : isItem ? "item" : "paragraph";
      found.push({ kind, text: flat(words) });
    }
    return found;
  }

  // A Word document is an archive of files: the one with the text is found by its name and unpacked.
  async function ofWord(content) {
    const view = new DataView(content), bytes = new Uint8Array(content);
    let end = content.byteLength - 22;
    while (view.getUint32(end, true) !== 0x06054b50) { end -= 1; }
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left; left -= 1) {
      const [size, name, more, note] = [[20, 4], [28, 2], [30, 2], [32, 2]].map(([place, width]) =>
        width === 4 ? view.getUint32(at + place, true) : view.getUint16(at + place, true));
      if (new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)) === "word/document.xml") {
        const local = view.getUint32(at + 42, true);
        const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
        const packed = new Blob([bytes.subarray(start, start + size)]);
        const isStored = view.getUint16(at + 10, true) === 0;
        const stream = isStored ? packed.stream() : packed.stream().pipeThrough(new DecompressionStream("deflate-raw"));
        return ofWordXml(await new Response(stream).text());
      }
      at += 46 + name + more + note;
    }
    throw new Error("no document");
  }

  function ofWordXml(text) {
    const page = new DOMParser().parseFromString(text, "application/xml"), found = [];
    const all = (element, name) => [...element.getElementsByTagName(`w:${name}`)];
    const written = (element) => flat([...element.querySelectorAll("*")].map(({ nodeName, textContent }) =>
      nodeName === "w:t" ? textContent : ["w:tab", "w:br", "w:cr"].includes(nodeName) ? " " : "").join(""));
    const isIn = (element, name) => {
      for (let one = element.parentElement; one; one = one.parentElement) { if (one.nodeName === name) { return true; } }
      return false;
    };
    for (const element of page.querySelectorAll("*")) {
      if (element.nodeName === "w:tr") {
        found.push({ kind: "item", text: all(element, "tc").map(written).join("; ") });
      } else if (element.nodeName === "w:p" && !isIn(element, "w:tr")) {
        const style = all(element, "pStyle")[0]?.getAttribute("w:val") ?? "";
        const kind = /^(Heading|Title)/.test(style) ? "heading" : style.startsWith("List") ? "item" : "paragraph";
        found.push({ kind, text: written(element) });
      }
    }
    return found;
  }

  async function ofFile(file) {
    const ending = file.name.toLowerCase().match(/\.\w+$/)?.[0];
    if (ending === ".docx") { return ofWord(await file.arrayBuffer()); }
    const text = new TextDecoder("utf-8", { fatal: true });
    if (ending === ".html" || ending === ".htm") { return ofHtml(text.decode(await file.arrayBuffer())); }
    if (ending === ".md" || ending === ".txt") { return ofText(text.decode(await file.arrayBuffer())); }
    throw new Error("unread");
  }

  // What is shown.

  const put = (parent, tag, text = "", name = "") => {
    const element = parent.appendChild(document.createElement(tag));
    element.textContent = text;
    element.className = name;
    return element;
  };

  function show(found, table, name) {
    const numbers = found.flatMap((one) => one.numbers), wrong = numbers.filter(({ isGood }) => !isGood).length;
    list.replaceChildren();
    for (const sentence of found) { put(list, "li").append(...shown(sentence, table)); }
    const many = `${numbers.length} ${numbers.length === 1 ? "number" : "numbers"}`;
    const mend = wrong ? `${wrong} to change` : "nothing to change";
    count.textContent = `${name ? `${name}: ` : ""}${numbers.length ? `${many}, ${mend}.` : words.none}`;
  }

  function shown({ text, numbers }, table) {
    const box = document.createDocumentFragment(), quoted = put(box, "p");
    let at = 0;
    for (const { start, end } of numbers) {
      quoted.append(text.slice(at, start));
      put(quoted, "mark", text.slice(start, end));
      at = end;
    }
    quoted.append(text.slice(at));
    for (const number of numbers) {
      const line = put(box, "p", "", number.isGood ? "verdict good" : "verdict");
      put(line, "strong", `${text.slice(number.start, number.end)}: ${table.verdicts[number.kind].name}.`);
      line.append(` ${number.words}`);
      const written = text.slice(number.start, number.end);
      if (number.instead) { box.append(toWrite(number, written)); }
      else if (number.path) { line.append(" ", link(number.path, written)); }
    }
    return [box];
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
    let known;
    try { known = await ready(); } catch { judging = null; count.textContent = words.failed; return; }
    try { show(known.judge(await make()), known.table, name); } catch { count.textContent = `${name}: ${words.unread}`; }
  }

  const chosen = form.querySelector("input[type=file]"), pasted = form.querySelector("textarea");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (pasted.value.trim()) { check(() => ofText(pasted.value)); } else { pasted.focus(); }
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
