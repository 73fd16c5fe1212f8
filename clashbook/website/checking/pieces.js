// For: .check-brief
// A text in pieces: its headings, paragraphs, entries of lists, and tables as entries. Each has its text and its kind,
// which is heading, paragraph or item. A page of the book runs it in a browser, and the command line in V8.
"use strict";

self.clashbookPieces = (() => {
  const RULE = /^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;
  const LONG = 120, flat = (text) => text.split(/\s+/).filter(Boolean).join(" ");
  const bare = (text) => flat(text
    .replace(/!\[([^\]]*)\]\([^)]*\)|\[\^[^\]]+\]:?/g, (_, words) => words ?? "").replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replace(/\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=[\w.,;:!?%)])[*_](?!\w)/g, "").replace(/<[^>]+>/g, ""));

  function ofText(text) {
    const lines = text.replaceAll("\r\n", "\n").replace(/^(```|~~~)[^]*?^\1[^\n]*$/gm, "").split("\n");
    const isUnbroken = lines.some((line) => line.length > LONG), found = [];
    let held = [], done = 0;
    lines.push("");
    for (const [place, line] of lines.entries()) {
      if (place < done) { continue; }
      const heading = line.match(/^#{1,6}\s+(.*?)\s*#*$/), item = line.match(/^\s*(?:[-*+•]|\d{1,3}[.)])\s+(.*)/);
      const rows = heading || item ? [] : rowsAt(lines, place);
      if (held.length && (!line.trim() || heading || item || rows.length || isUnbroken)) { found.push(piece(held)); held = []; }
      if (heading) { found.push({ kind: "heading", text: bare(heading[1]) }); }
      else if (item) { held = [`- ${item[1]}`]; }
      else if (rows.length) {
        const cells = rows.map((row) => row.map((words) => cell(bare(words)))), isRuled = line.includes("|");
        // The line below the head holds no text.
        if (isRuled) { cells.splice(1, 1); }
        found.push(...entries(cells, Number(isRuled)));
        done = place + rows.length;
      } else if (line.trim()) { held.push(line.trim()); }
    }
    return found;
  }

  // The rows of a table that begins at a line: Markdown's, or one that was pasted, with tabs.
  function rowsAt(lines, start) {
    const below = lines[start + 1] ?? "", rows = [];
    const isRuled = lines[start].includes("|") && below.includes("|") && RULE.test(below);
    const cut = isRuled ? ruled : (line) => line.trim().includes("\t") ? line.split("\t") : [];
    while (start + rows.length < lines.length) {
      const row = cut(lines[start + rows.length]);
      if (!row.length || (!isRuled && rows.length && row.length !== rows[0].length)) { break; }
      rows.push(row);
    }
    return rows.length > 1 ? rows : [];
  }

  function ruled(line) {
    const inside = line.includes("|") ? line.trim().replace(/^\||(?<!\\)\|$/g, "") : "";
    return inside ? inside.split(/(?<!\\)\|/).map((one) => one.replaceAll("\\|", "|")) : [];
  }

  function piece(lines) {
    const text = lines.join(" ");
    if (text.startsWith("- ")) { return { kind: "item", text: bare(text.slice(2)) }; }
    const isHeading = lines.length === 1 && bare(text).length < LONG && !/[.!?:;,]['")\]”’]*$/.test(bare(text));
    return { kind: isHeading ? "heading" : "paragraph", text: bare(text) };
  }

  // A table as entries of a list: each number after its column's head and its row's labels. `headed` is how many rows
  // are marked as heads; where none is, the texts say it.

  const MOST = 100, NOTE = 80, SOURCE = /^(?:sources?|according to|speakers?|said by|reported by)\b/i;
  const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";
  const DAY = new RegExp(`\\b\\d{1,2}(?:-\\d{1,2})? ${MONTH}\\b|\\b${MONTH}\\.? \\d{1,2}\\b(?!,\\d)`
    + "|\\b\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b|\\b(?:19|20)\\d\\d(?:[-/]\\d{1,4}){0,2}\\b|[\\[(]\\d{1,2}[\\])]", "g");
  const FIGURE = new RegExp("(?<!\\w)\\d|^(?:(?:at least|about|up to|more than|over|some|nearly) )?(?:one|two|three|four"
    + "|five|six|seven|eight|nine|ten|eleven|twelve|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)\\b", "i");
  const cell = (text, wide = 1, tall = 1, goes_on = false) => ({ text, wide, tall, goes_on });
  const isFigure = (text) => FIGURE.test(text.replace(/[−–—‐‑]/g, "-").replace(DAY, "").trim());
  const joined = (texts) => [...new Set(texts.map((text) => text.replace(/[ .:;,]+$/, "")).filter(Boolean))].join(", ");

  function entries(rows, headed) {
    const isFilled = (row) => row.some(({ text }) => text), whole = gridOf(rows), grid = whole.filter(isFilled);
    const marked = whole.slice(0, headed).filter(isFilled).length, width = Math.max(0, ...grid.map((row) => row.length));
    const first = Math.max(Math.min(marked, grid.length - 1), 0) || headsOf(grid), body = grid.slice(first);
    const columns = Array.from({ length: width }, (_, at) => at);
    const head = columns.map((at) => joined(grid.slice(0, first).map((row) => row[at]?.text ?? "")));
    const figured = columns.filter((at) => {
      const found = body.map((row) => row[at]?.text).filter(Boolean);
      return found.length && 2 * found.filter(isFigure).length >= found.length;
    });
    return body.flatMap((row) => ofRow(row, head, figured)).map((text) => ({ kind: "item", text }));
  }

  // The cells by their columns; one that covers several stands in each of them.
  function gridOf(rows) {
    const grid = [];
    for (const row of rows) {
      const above = grid.at(-1) ?? [], slots = [];
      // The cells of the row above that cover this one too.
      const fill = () => {
        for (let over = above[slots.length]; over?.more > 0; over = above[slots.length]) {
          slots.push({ text: over.text, isOwn: false, more: over.more - 1 });
        }
      };
      for (const { text, wide, tall, goes_on } of row) {
        fill();
        const said = goes_on ? above[slots.length]?.text ?? "" : text;
        for (let place = 0; place < Math.min(wide, MOST); place += 1) {
          slots.push({ text: said, isOwn: !place && !goes_on, more: Math.min(tall, MOST) - 1 });
        }
      }
      fill();
      grid.push(slots);
    }
    return grid;
  }

  // The first row is a head, if it has no numbers, and those below one that has wide cells.
  function headsOf(grid) {
    let number = 0;
    while (number < grid.length - 1 && !grid[number].some(({ text }) => isFigure(text))) {
      number += 1;
      if (grid[number - 1].every(({ isOwn }) => isOwn)) { break; }
    }
    return number;
  }

  function ofRow(row, head, figured) {
    const places = [...row.keys()], own = row.filter(({ isOwn, text }) => isOwn && text);
    // A number in a column of labels belongs to its label.
    const figures = places.filter((at) => row[at].isOwn && isFigure(row[at].text) && (figured.includes(at) || at > 0));
    if (!figures.length) { return [own.map(({ text }) => text).join("; ")]; }
    const labels = places.filter((at) => !figured.includes(at) && !figures.includes(at));
    const before = labels.filter((at) => at < figures[0]);
    const said = (at) => row[at].text && SOURCE.test(head[at]) ? `according to ${row[at].text}` : row[at].text;
    return figures.map((at, place) => {
      const roof = figures[place + 1] ?? row.length, between = labels.filter((one) => at < one && one < roof);
      const after = between.length ? between : labels.filter((one) => one > figures.at(-1));
      const named = joined([head[at], ...(before.length ? before : labels).map(said)]);
      const text = named ? `${named}: ${row[at].text}` : row[at].text;
      const notes = before.length ? after.map(said).filter((one) => one && one.length <= NOTE) : [];
      return notes.length && !/[.!?]['")\]”’]*$/.test(text) ? `${text} (${[...new Set(notes)].join("; ")})` : text;
    });
  }

  // Words of English that other languages have not: few of them in a long text, and it is in another.
  const ENGLISH = new Set(("the of and to that for were with from by least killed wounded missing died soldiers civilians "
    + "people said according growth july year").split(" "));

  function isEnglish(found) {
    const text = found.map((one) => one.text).join(" "), latin = text.match(/[A-Za-z\u00aa-\u024f\u0259\u1e00-\u1eff]+/g) ?? [];
    const words = latin.map((word) => word.toLowerCase()), letters = text.match(/\p{L}/gu)?.length ?? 0;
    const known = words.filter((word) => ENGLISH.has(word)).length;
    // The cells of a table repeat few words, and have no sentences.
    return 2 * latin.join("").length >= letters && (new Set(words).size <= 30 || 25 * known >= words.length);
  }

  return { cell, entries, flat, isEnglish, ofText };
})();
