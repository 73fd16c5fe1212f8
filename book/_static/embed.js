// For: .one
// The page of one figure or table, where it stands in a frame on another page. Its links lead to a page of
// their own there, since most of ours stand in no frame; and it says how high it is, to a host that listens.
"use strict";

(() => {
  const isFramed = self !== top;
  // Before a link is followed, that of the box beside a mark too, which a script makes.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) { return; }
    if (isFramed && !(link.getAttribute("href") ?? "").startsWith("#")) {
      link.setAttribute("target", "_blank");
      link.setAttribute("rel", "noopener");
    } else {
      link.removeAttribute("target");
    }
  }, true);
  if (!isFramed) { return; }
  const tell = () => parent.postMessage({ clashbook: document.body.offsetHeight }, "*");
  // Of a frame that is not in sight a browser observes nothing, so it tells by itself.
  addEventListener("load", () => { tell(); document.fonts.ready.then(tell); });
  document.addEventListener("DOMContentLoaded", () => new ResizeObserver(tell).observe(document.body));
})();
