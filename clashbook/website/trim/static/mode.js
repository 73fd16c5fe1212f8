// Sets the colours that the reader has chosen, or the system's, before the page is drawn, and has the
// typeface fetched at once.
"use strict";
(() => {
  const root = document.documentElement, own = document.currentScript;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  // Where a browser keeps the page from its storage, the system decides.
  try { chosen = localStorage.getItem("mode"); } catch (refused) { chosen = null; }
  // In a frame the page that it stands in decides: it is light unless its address asks for another.
  if (self !== top) { chosen = new URLSearchParams(location.search).get("scheme") ?? "light"; }
  if (chosen !== "light" && chosen !== "dark") { chosen = null; }
  const set = () => { root.dataset.theme = chosen || (dark.matches ? "dark" : "light"); };
  root.dataset.mode = chosen || "auto";
  if (!chosen) {
    dark.addEventListener("change", () => { if (root.dataset.mode === "auto") { set(); } });
  }
  set();

  // A page that was opened as a file gets its typeface by the style sheet alone.
  if (location.protocol === "file:") { return; }
  // The text waits for all its weights, for a moment at most, and is then read in what stands in for
  // each: never in two typefaces, and nothing moves when one comes late.
  const fonts = (own.dataset.fonts || "").split(" ").filter(Boolean);
  if (!fonts.length) { return; }
  root.dataset.typeface = "awaited";
  const decide = (isThere) => {
    if (root.dataset.typeface !== "awaited") { return; }
    if (isThere) { delete root.dataset.typeface; } else { root.dataset.typeface = "stand-in"; }
  };
  setTimeout(decide, 1000, false);
  // Once the style sheet is there, which the first frame waits for, it takes them up.
  const framed = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
  const takenUp = () => Promise.all([...document.fonts]
    .filter(({display, style}) => display === "swap" && style === "normal")
    .map((face) => face.load()));
  Promise.all(fonts.map((font) => new Promise((resolve, reject) => {
    const link = document.createElement("link");
    Object.assign(link, {rel: "preload", as: "font", type: "font/woff2", crossOrigin: ""});
    Object.assign(link, {href: new URL(font, own.src), onload: resolve, onerror: reject});
    document.head.append(link);
  }))).then(framed).then(takenUp).then(() => decide(true), () => decide(false));
})();
