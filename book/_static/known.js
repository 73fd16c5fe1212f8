// For: .known-by-day
// Steps through the days of a clash. Without this file all days stand in a list.
"use strict";

for (const fold of document.querySelectorAll(".known-by-day")) {
  const days = [...fold.querySelectorAll("li")], list = fold.querySelector("ol");
  const bar = document.createElement("div"), range = document.createElement("input");
  bar.className = "count-day";
  Object.assign(range, {type: "range", min: 0, max: days.length - 1, value: 0});
  range.setAttribute("aria-label", "Day");
  const steps = [];
  const show = () => {
    steps.forEach(({button, by}) => { button.disabled = !days[Number(range.value) + by]; });
    days.forEach((day, at) => { day.classList.toggle("away", at !== Number(range.value)); });
    range.setAttribute("aria-valuetext", days[range.value].querySelector("strong").textContent);
  };
  const step = (by, sign, words) => {
    const button = document.createElement("button");
    Object.assign(button, {type: "button", textContent: sign});
    button.setAttribute("aria-label", words);
    button.addEventListener("click", () => { range.value = Number(range.value) + by; show(); });
    steps.push({button, by});
    return button;
  };
  range.addEventListener("input", show);
  bar.append(step(-1, "←", "Earlier"), range, step(1, "→", "Later"));
  list.before(bar);
  list.setAttribute("aria-live", "polite");
  list.classList.add("stepped");
  show();
  // Which days have an edition of their own, the host of a published book knows.
  const {root, published} = self.clashbookPublished ?? {};
  fold.addEventListener("toggle", async () => {
    if (!published || !fold.open || fold.dataset.asked) { return; }
    fold.dataset.asked = "yes";
    const states = await published().catch(() => []);
    for (const day of days.filter((each) => states.some(({as_of}) => as_of === each.dataset.day))) {
      const link = document.createElement("a");
      Object.assign(link, {href: `${root}editions/${day.dataset.day}/index.html`, textContent: "The book as known on this day"});
      day.append(link);
    }
  });
}
