// Copy buttons, and the page of one exhibit in dark mode. Everything works without this file.
"use strict";

function copied(button) {
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy"; }, 2000);
}

function copy(button) {
  const text = button.closest(".copy-block").querySelector("pre");
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

document.addEventListener("DOMContentLoaded", () => {
  for (const button of document.querySelectorAll("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }

  if (document.body.classList.contains("alone")) {
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const set = () => { document.documentElement.dataset.theme = dark.matches ? "dark" : "light"; };
    dark.addEventListener("change", set);
    set();
  }
});
