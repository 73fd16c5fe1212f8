// For: .moved
// Leads from an address that was given up to the one that took its place, its anchor kept.
"use strict";
for (const link of document.querySelectorAll("a.moved")) {
  const anchor = decodeURIComponent(location.hash.slice(1));
  if (link.dataset.anchor === undefined) {
    location.replace(link.hash ? link.href : link.href + location.hash);
  } else if (link.dataset.anchor === anchor) {
    location.replace(link.href);
  }
}
