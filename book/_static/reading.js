// For: .check-brief
// What a person saved, HTML or a Word document, in pieces (`pieces.js`): the same as `reading.py` makes of it.
"use strict";

self.clashbookReading = (() => {
  const { cell, entries, flat, ofText } = self.clashbookPieces;

  const PIECES = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, td, th, blockquote, caption, figcaption, div, section, article, body";

  function ofHtml(text) {
    const page = new DOMParser().parseFromString(text, "text/html"), title = page.querySelector("head > title");
    const found = title ? [{ kind: "heading", text: inHtml(title) }] : [];
    for (const element of page.querySelectorAll("script, style, template, noscript, svg, nav, button")) { element.remove(); }
    const tables = new Set([...page.querySelectorAll("table")].filter((one) => isTable(one, "table", "tr", "td, th")));
    for (const element of [page.body, ...page.body.querySelectorAll(`table, ${PIECES}`)]) {
      if (tables.has(element)) {
        for (const one of element.querySelectorAll("caption")) { found.push({ kind: "paragraph", text: inHtml(one) }); }
        found.push(...ofHtmlTable(element));
      } else if (!element.matches("table") && !tables.has(element.closest("table"))) {
        const isItem = element.matches("dd") || element.closest("li");
        const kind = /^H\d$/.test(element.tagName) ? "heading" : isItem ? "item" : "paragraph";
        found.push({ kind, text: inHtml(element, true) });
      }
    }
    return found;
  }

  // The text of an element; its own is without that of the pieces in it.
  function inHtml(element, isOwn = false) {
    const said = (one) => Array.from(one.childNodes, (node) => {
      if (node.nodeType !== Node.ELEMENT_NODE) { return node.nodeType === Node.TEXT_NODE ? node.data : ""; }
      const isApart = node.matches(`br, ${PIECES}`), inside = isOwn && isApart ? "" : said(node);
      return isApart ? ` ${inside} ` : inside;
    }).join("");
    return flat(said(element));
  }

  // No frame around other tables or around a text.
  const isTable = (table, name, row, cells) => !table.querySelector(name)
    && [...table.querySelectorAll(row)].some((one) => one.querySelectorAll(cells).length > 1);

  function ofHtmlTable(table) {
    const rows = [...table.querySelectorAll("tr")].map((row) => ({ row,
      cells: [...row.children].filter((one) => one.matches("td, th")) }));
    const body = rows.findIndex(({ row, cells }) => !row.closest("thead") && cells.some((one) => one.matches("td")));
    const span = (one, name) => Number(one.getAttribute(name)?.trim().match(/^[1-9]\d{0,3}$/)?.[0] ?? 1);
    return entries(rows.map(({ cells }) => cells.map((one) =>
      cell(inHtml(one), span(one, "colspan"), span(one, "rowspan")))), body < 0 ? rows.length : body);
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
    const tables = new Set([...page.querySelectorAll("tbl")].filter((one) => isTable(one, "tbl", "tr", "tc")));
    for (const element of page.querySelectorAll("p, tbl")) {
      if (tables.has(element)) {
        found.push(...ofWordTable(element));
      } else if (element.matches("p") && !tables.has(element.closest("tbl"))) {
        const mark = element.querySelector("pStyle"), style = mark ? setting(mark, "val") : "";
        const kind = /^(Heading|Title)/.test(style) ? "heading" : style.startsWith("List") ? "item" : "paragraph";
        found.push({ kind, text: written(element) });
      }
    }
    return found;
  }

  function ofWordTable(table) {
    const rows = [...table.querySelectorAll("tr")], body = rows.findIndex((row) => !row.querySelector("tblHeader"));
    return entries(rows.map((row) => [...row.querySelectorAll("tc")].map((one) => {
      const span = one.querySelector("gridSpan"), wide = span ? setting(span, "val") : "";
      const merged = one.querySelector("vMerge"), goes_on = merged !== null && setting(merged, "val") !== "restart";
      const text = flat([...one.querySelectorAll("p")].map(written).join(" "));
      return cell(text, /^[1-9]\d{0,3}$/.test(wide) ? Number(wide) : 1, 1, goes_on);
    })), body < 0 ? rows.length : body);
  }

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

  return { ofFile };
})();
