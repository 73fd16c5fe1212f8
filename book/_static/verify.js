// For: #verify
// Whether a file is ours, and whether a newer one is: by its digest, which is made here, and the list of
// all that is published. No file leaves this browser. `clashbook verify` says the same in the same words.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("verify");
  const words = JSON.parse(document.getElementById("verdicts").textContent);
  const chosen = form.querySelector("input[type=file]"), typed = form.querySelector("input[name=code]");
  const answer = document.getElementById("verdict");
  const CODE = new RegExp(form.dataset.code, "g"), ADDRESS = /exhibits\/([a-z0-9-]+)\.html/g;
  const below = location.pathname.match(/\/editions\/\d{4}-\d\d-\d\d\/(v[\d.]+\/)?[^/]*$/);
  const root = !below ? "" : below[1] ? "../../../" : "../../";

  const loaded = (address) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", () => resolve(globalThis.clashbookFiles));
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  // Of a book that is not published there is the list of this edition alone.
  let states = null;
  const listed = () => (states ??= loaded(`${root}editions/files.js`).catch(() => loaded("files.js")));

  const files = (all) => all.flatMap((state) => state.files.map((file) => ({ state, file })));
  const day = ({ as_of }) => new Date(`${as_of}T00:00Z`).toLocaleDateString(
    "en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });

  function judged(kind, all, found, code = "") {
    const newest = all[0];
    if (!found) { return { kind, text: words[kind].replaceAll("{code}", code), links: [] }; }
    const { state, file } = found;
    const title = state.titles[file.exhibit];
    const page = file.exhibit ? `exhibits/${file.exhibit}.html` : file.path;
    const path = kind === "current" || kind === "superseded" ? file.path : page;
    const values = {
      code, what: title ? `“${title}” (${path})` : file.path, as_of: day(state), version: state.version,
      newest_as_of: day(newest), newest_version: newest.version,
    };
    const links = [[words.ours, state.path + page]];
    if (state !== newest) {
      const isThere = newest.files.some((each) => each.path === page);
      links.push([words.newest, newest.path + (isThere ? page : "index.html")]);
    }
    return { kind, text: words[kind].replace(/\{(\w+)\}/g, (_, name) => values[name]), links };
  }

  const age = (found, all) => found.state === all[0] ? "current" : "superseded";

  async function judgeFile(content, all) {
    const digest = `sha256-${await sha256(content)}`;
    const same = files(all).find(({ file }) => file.digest === digest);
    if (same) { return judged(age(same, all), all, same); }
    const text = new TextDecoder("latin1").decode(content);
    const codes = new Set(text.match(CODE)), ids = new Set(Array.from(text.matchAll(ADDRESS), ([, id]) => id));
    const of = (name, known) => files(all).find(({ file }) => file.exhibit && known.has(file[name]));
    const like = of("code", codes) ?? of("exhibit", ids);
    return judged(like ? "altered" : "unknown", all, like);
  }

  function judgeCode(text, all) {
    const letters = text.replace(/[^\p{L}\p{N}]/gu, "").toUpperCase();
    const code = `${letters.slice(0, 4)}-${letters.slice(4)}`;
    const found = files(all).find(({ file }) => file.code === code);
    return judged(`code_${found ? age(found, all) : "unknown"}`, all, found, code);
  }

  function show({ kind, text, links }, name) {
    answer.dataset.kind = kind;
    answer.replaceChildren();
    if (name) { put("p", `${name}:`); }
    put("p", text);
    for (const [label, path] of links) {
      const link = put("p", "").appendChild(document.createElement("a"));
      link.href = root + path;
      link.textContent = label;
    }
    if (kind === "unknown") { typed.focus(); }
  }
  const put = (tag, text) => {
    const element = answer.appendChild(document.createElement(tag));
    element.textContent = text;
    return element;
  };
  const fail = () => show({ kind: "failed", text: form.dataset.failed, links: [] });

  async function take(file) {
    try {
      const [content, all] = await Promise.all([file.arrayBuffer(), listed()]);
      show(await judgeFile(new Uint8Array(content), all), file.name);
    } catch { fail(); }
  }

  chosen.addEventListener("change", () => { if (chosen.files.length) { take(chosen.files[0]); } });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!typed.value.trim()) { typed.focus(); return; }
    try { show(judgeCode(typed.value, await listed())); } catch { fail(); }
  });
  // A file may be dropped anywhere on the page; a browser would open it in the page's place.
  for (const kind of ["dragover", "drop"]) {
    addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.toggle("dropping", kind === "dragover");
      if (kind === "drop" && event.dataTransfer.files.length) { take(event.dataTransfer.files[0]); }
    });
  }
  addEventListener("dragleave", () => form.classList.remove("dropping"));
  form.hidden = false;
});

// The digest of bytes, as hexadecimal. Browsers have one of their own, but not on pages that come over
// plain http or, some of them, from a file; for these it is worked out here, by FIPS 180-4.
async function sha256(bytes) {
  if (globalThis.crypto?.subtle) {
    return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  }
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) { if (primes.every((prime) => n % prime)) { primes.push(n); } }
  const part = (root) => Math.floor((root - Math.floor(root)) * 2 ** 32) | 0;
  const rounds = primes.map((prime) => part(Math.cbrt(prime)));
  const sums = primes.slice(0, 8).map((prime) => part(Math.sqrt(prime)));
  const turned = (word, by) => (word >>> by) | (word << (32 - by));
  const padded = new DataView(new ArrayBuffer(((bytes.length + 72) >> 6) << 6));
  new Uint8Array(padded.buffer).set(bytes);
  padded.setUint8(bytes.length, 0x80);
  padded.setBigUint64(padded.byteLength - 8, BigInt(bytes.length) * 8n);
  const w = new Int32Array(64);
  for (let at = 0; at < padded.byteLength; at += 64) {
    for (let i = 0; i < 64; i += 1) {
      if (i < 16) { w[i] = padded.getInt32(at + 4 * i); continue; }
      const a = w[i - 15], b = w[i - 2];
      w[i] = w[i - 16] + (turned(a, 7) ^ turned(a, 18) ^ (a >>> 3)) + w[i - 7]
        + (turned(b, 17) ^ turned(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = sums;
    for (let i = 0; i < 64; i += 1) {
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + rounds[i] + w[i]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => { sums[i] = (sums[i] + word) | 0; });
  }
  const out = new DataView(new ArrayBuffer(32));
  sums.forEach((word, i) => out.setInt32(4 * i, word));
  return hex(new Uint8Array(out.buffer));
}

function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
