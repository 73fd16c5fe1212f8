// Sets the colours that the reader has chosen, or the system's, before the page is drawn.
"use strict";
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  // Where a browser keeps the page from its storage, the system decides.
  try { chosen = localStorage.getItem("mode"); } catch (refused) { chosen = null; }
  if (chosen !== "light" && chosen !== "dark") { chosen = null; }
  const set = () => { root.dataset.theme = chosen || (dark.matches ? "dark" : "light"); };
  root.dataset.mode = chosen || "auto";
  if (!chosen) { dark.addEventListener("change", () => { if (root.dataset.mode === "auto") { set(); } }); }
  set();
})();
