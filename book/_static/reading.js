// For: .check-brief
// A text in pieces, as `clashbook check-brief` makes them, step by step the same as `reading.py`: each has its text and
// its kind, which is heading, paragraph or item.
"use strict";

self.clashbookReading = (() => {
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

  // A Word document is an archive of files: those with text are found by their names and unpacked. Notes stand in files
  // of their own.

  const MAIN = /^word\/document\d*\.xml$/, NOTES = ["word/footnotes.xml", "word/endnotes.xml"];

  async function ofWord(content) {
    const files = unpacked(content), main = [...files.keys()].find((name) => MAIN.test(name));
    if (!main) { throw new Error("no document"); }
    const texts = await Promise.all([main, ...NOTES].filter((name) => files.has(name)).map((name) => files.get(name)()));
    return texts.flatMap(ofWordXml);
  }

  function unpacked(content) {
    const view = new DataView(content), bytes = new Uint8Array(content), found = new Map();
    let end = content.byteLength - 22;
    while (view.getUint32(end, true) !== 0x06054b50) { end -= 1; }
    let at = view.getUint32(end + 16, true);
    for (let left = view.getUint16(end + 10, true); left; left -= 1) {
      const [size, name, more, note, local] = [[20, 4], [28, 2], [30, 2], [32, 2], [42, 4]].map(([place, width]) =>
        width === 4 ? view.getUint32(at + place, true) : view.getUint16(at + place, true));
      const isStored = view.getUint16(at + 10, true) === 0;
      found.set(new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + name)), () => {
        const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
        const packed = new Blob([bytes.subarray(start, start + size)]).stream();
        return new Response(isStored ? packed : packed.pipeThrough(new DecompressionStream("deflate-raw"))).text();
      });
      at += 46 + name + more + note;
    }
    return found;
  }

  const setting = (element, name) => [...element.attributes].find(({ localName }) => localName === name)?.value ?? "";

  function ofWordXml(text) {
    const page = new DOMParser().parseFromString(text, "application/xml"), found = [];
    if (page.querySelector("parsererror")) { throw new Error("damaged"); }
    // What was deleted or moved away, copies for old programs, and the lines above notes.
    for (const element of page.querySelectorAll("del, moveFrom, Fallback")) { element.remove(); }
    for (const note of page.querySelectorAll("footnote, endnote")) {
      if (!["", "normal"].includes(setting(note, "type"))) { note.remove(); }
    }
    for (const element of page.querySelectorAll("p, tr")) {
      if (element.matches("tr")) {
        found.push({ kind: "item", text: [...element.querySelectorAll("tc")].map(inCell).join("; ") });
      } else if (!element.closest("tr")) {
        const mark = element.querySelector("pStyle"), style = mark ? setting(mark, "val") : "";
        const kind = /^(Heading|Title)/.test(style) ? "heading" : style.startsWith("List") ? "item" : "paragraph";
        found.push({ kind, text: written(element) });
      }
    }
    return found;
  }

  const inCell = (cell) => flat([...cell.querySelectorAll("p")].map(written).join(" "));

  // A paragraph's own text: that of a box in it is a paragraph of its own.
  const written = (paragraph) => flat([...paragraph.querySelectorAll("t, tab, br, cr, noBreakHyphen")].map((one) => {
    if (one.closest("p") !== paragraph) { return ""; }
    return one.matches("t") ? one.textContent : one.matches("noBreakHyphen") ? "-" : " ";
  }).join(""));

  async function ofFile(file) {
    const ending = file.name.toLowerCase().match(/\.\w+$/)?.[0];
    if (ending === ".docx") { return ofWord(await file.arrayBuffer()); }
    const text = new TextDecoder("utf-8", { fatal: true });
    if (ending === ".html" || ending === ".htm") { return ofHtml(text.decode(await file.arrayBuffer())); }
    if (ending === ".md" || ending === ".txt") { return ofText(text.decode(await file.arrayBuffer())); }
    throw new Error("unread");
  }

  // Words of English that other languages have not: few of them in a long text, and it is in another.
  const ENGLISH = new Set(("the of and to that for were with from by least killed wounded missing died soldiers civilians "
    + "people said according").split(" "));

  function isEnglish(found) {
    const text = found.map((one) => one.text).join(" "), words = text.match(/[A-Za-z\u00aa-\u024f\u0259\u1e00-\u1eff]+/g) ?? [];
    const latin = words.join("").length, letters = text.match(/\p{L}/gu)?.length ?? 0;
    const known = words.filter((word) => ENGLISH.has(word.toLowerCase())).length;
    return 2 * latin >= letters && (words.length <= 40 || 25 * known >= words.length);
  }

  return { ofText, ofFile, isEnglish };
})();
