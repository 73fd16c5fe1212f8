// Copy buttons, and what a figure's marks say. Everything works without this file.
"use strict";

const labels = new WeakMap();

function copied(button) {
  if (!labels.has(button)) { labels.set(button, button.textContent); }
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = labels.get(button); }, 2000);
}

function copy(button) {
  const text = button.closest(".copy-block").querySelector(".to-copy");
  // A page opened as a file has no clipboard of its own: select, and copy as a reader would.
  const bySelection = () => {
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    if (document.execCommand("copy")) { copied(button); }
  };
  if (navigator.clipboard && isSecureContext) {
    navigator.clipboard.writeText(text.textContent).then(() => copied(button), bySelection);
  } else {
    bySelection();
  }
}

// What the marks of one picture say, in a box beside the mark that is pointed at or focused. It is
// the mark's own title, which browsers show to a pointer only, late, and in their own looks.
function tellMarks(picture) {
  const said = new Map();
  for (const mark of picture.querySelectorAll(".figure-mark")) {
    const title = mark.querySelector("title");
    said.set(mark, title.textContent);
    title.remove();
    if (mark.matches("a")) { mark.setAttribute("aria-label", said.get(mark)); }
  }
  if (!said.size) { return; }

  const box = document.createElement("div");
  const words = box.appendChild(document.createElement("p"));
  const more = box.appendChild(document.createElement("a"));
  box.className = "mark-words";
  box.hidden = true;
  more.textContent = "Where this is from";
  picture.append(box);
  let shown = null, byTouch = false, leaving = 0;

  const hide = () => {
    clearTimeout(leaving);
    if (shown) { shown.classList.remove("shown"); }
    shown = null;
    box.hidden = true;
  };
  const show = (mark) => {
    hide();
    shown = mark;
    mark.classList.add("shown");
    words.textContent = said.get(mark);
    // A mark too small to be a link has its link in the box, and a finger covers any mark.
    const address = mark.dataset.href || (byTouch && mark.getAttribute("href"));
    more.hidden = !address;
    if (address) { more.href = address; }
    if (mark.dataset.card === undefined) { delete more.dataset.card; }
    else { more.dataset.card = mark.dataset.card; }
    box.setAttribute("aria-hidden", String(!address));
    box.hidden = false;
    place(box, mark, picture);
  };
  const markOf = (event) => event.target.closest(".figure-mark");

  picture.addEventListener("pointerdown", (event) => { byTouch = event.pointerType === "touch"; });
  picture.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") { return; }
    byTouch = false;
    clearTimeout(leaving);
    const mark = markOf(event);
    if (mark && mark !== shown) { show(mark); }
  });
  picture.addEventListener("pointerout", (event) => {
    // Not at once: the box can be read with the pointer on it.
    if (event.pointerType !== "touch") { leaving = setTimeout(hide, 150); }
  });
  picture.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark && mark.matches(":focus-visible")) { byTouch = false; show(mark); }
  });
  // A tap on the box's link takes the focus off the mark: the box stays, or the link would be gone.
  picture.addEventListener("focusout", (event) => { if (markOf(event) && !byTouch) { hide(); } });
  picture.addEventListener("click", (event) => {
    const mark = markOf(event);
    if (!byTouch || !mark || mark === shown) { return; }
    // The first tap shows what a mark says, the second follows it, as the box's own link does.
    event.preventDefault();
    show(mark);
  });
  document.addEventListener("pointerdown", (event) => {
    if (!picture.contains(event.target)) { hide(); }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { hide(); } });
}

// Above a mark, or below it where that leaves the figure or the window; never over it.
function place(box, mark, picture) {
  const at = mark.getBoundingClientRect(), room = picture.getBoundingClientRect();
  const gap = 6, figure = picture.closest("figure").getBoundingClientRect();
  const left = at.left + at.width / 2 - room.left - box.offsetWidth / 2;
  box.style.left = `${Math.max(0, Math.min(left, room.width - box.offsetWidth))}px`;
  const above = at.top - gap - box.offsetHeight;
  const top = above >= Math.max(figure.top, 0) ? above : at.bottom + gap;
  box.style.top = `${top - room.top}px`;
}

// A picture's marks are made to tell when it is first pointed at or focused, not while its page is
// loading: there are thousands. In the capture phase, so that this first event is answered too.
const told = new WeakSet();
for (const kind of ["pointerover", "pointerdown", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const picture = event.target.closest(".exhibit .picture");
    if (!picture || told.has(picture)) { return; }
    told.add(picture);
    tellMarks(picture);
  }, true);
}

// The theme takes the focus off a control that is pressed, so that what it opens has none to give back.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("button");
  const closed = [...document.querySelectorAll("dialog:not([open])")];
  setTimeout(() => {
    const opened = closed.find((dialog) => dialog.open);
    // Where a link of the dialog has led is not scrolled away again.
    opened?.addEventListener("close", () => opener?.focus({ preventScroll: true }), { once: true });
  });
}, true);

// Whether what a button opens is open: a sidebar on a wide screen, a dialog in its place on a phone.
function sayOpen(button, sidebar, dialog) {
  const say = () => {
    const isOpen = dialog.open || sidebar.checkVisibility({ visibilityProperty: true });
    button.setAttribute("aria-expanded", String(isOpen));
  };
  const seen = new MutationObserver(say);
  seen.observe(dialog, { attributeFilter: ["open"] });
  seen.observe(sidebar, { attributeFilter: ["class"] });
  // Nothing is visible before its typeface is decided on.
  seen.observe(document.documentElement, { attributeFilter: ["data-typeface"] });
  sidebar.addEventListener("transitionend", say);
  addEventListener("resize", say);
  say();
}

document.addEventListener("DOMContentLoaded", () => {
  for (const name of ["primary", "secondary"]) {
    const button = document.querySelector(`button.${name}-toggle`);
    const sidebar = document.getElementById(`pst-${name}-sidebar`);
    const dialog = document.getElementById(`pst-${name}-sidebar-modal`);
    if (button && sidebar && dialog) { sayOpen(button, sidebar, dialog); }
    // Over the page that a link leads to, the menu would hide what was asked for.
    dialog?.addEventListener("click", (event) => { if (event.target.closest("a")) { dialog.close(); } });
  }
  // Where the book has no address of its own, the one that the reader sees will do.
  if (location.protocol !== "file:") {
    for (const line of document.querySelectorAll(".unpublished .seen")) {
      const link = line.querySelector("a");
      link.textContent = link.href;
      line.hidden = false;
    }
  }
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
});
