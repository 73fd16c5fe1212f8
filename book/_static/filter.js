// For: .table-filter
// Search, filters and sorting of a long table: the form above it is put to work. Without this file
// the form stays unseen, and the table is whole and plain.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  // Accents and case aside, so that a name is found as it is typed.
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  for (const form of document.querySelectorAll("form.table-filter")) {
    const table = form.nextElementSibling.querySelector("table");
    const body = table.tBodies[0], rows = [...body.rows];
    const heads = [...table.querySelectorAll("th[data-sort]")];
    const texts = rows.map((row) => plain(`${row.textContent} ${row.id}`));
    const places = rows.map((row) => row.dataset.order.split(" "));
    const search = form.elements.search, sort = form.elements.sort;
    const filters = [...form.querySelectorAll("select")].filter((each) => each !== sort);
    const said = form.querySelector("[role=status]"), all = said.textContent;
    const hint = form.querySelector(".hint"), whole = hint.querySelector("a[href^=search]");
    // The row that the address leads to is shown whatever the filters say.
    let linked = null, sorted = "";

    const order = () => {
      if (sort.value === sorted) { return; }
      sorted = sort.value;
      const falling = sorted.startsWith("-"), key = sorted.replace(/^-/, "");
      const column = heads.findIndex((head) => head.dataset.sort === key);
      heads.forEach((head) => { head.removeAttribute("aria-sort"); });
      const sequence = [...rows.keys()];
      if (column >= 0) {
        heads[column].setAttribute("aria-sort", falling ? "descending" : "ascending");
        const turn = falling ? -1 : 1;
        sequence.sort((a, b) => turn * (places[a][column] - places[b][column]));
      }
      body.append(...sequence.map((at) => rows[at]));
    };
    // Of some filters the first option, with no value, stands for those values that the table opens on.
    const passes = (row, {name, value, dataset}) => {
      const first = dataset.first && !value ? JSON.parse(dataset.first) : [];
      return first.length ? first.includes(row.dataset[name])
        : !value || value === "all" || row.dataset[name] === value;
    };
    const show = () => {
      const words = plain(search.value).split(/\s+/);
      let count = 0, others = 0, more = "";
      rows.forEach((row, at) => {
        const has = words.every((word) => texts[at].includes(word));
        const fits = has && filters.every((filter) => passes(row, filter));
        if (fits) { count += 1; } else if (row === linked) { more = ", and the one linked to"; }
        if (has && !fits) { others += 1; }
        row.hidden = !fits && row !== linked;
      });
      // What the filters keep out is named where nothing else is left.
      if (!count && others) { more += `; ${others} without filters`; }
      said.textContent = count === rows.length ? all : `${count} of ${all}${more}`;
      hint.hidden = count > 0;
      whole.search = search.value.trim() ? `?q=${encodeURIComponent(search.value.trim())}` : "";
      order();
    };
    // The address holds what is asked, so that a view can be kept and passed on.
    const changed = () => {
      linked = null;
      show();
      const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      try {
        history.replaceState(null, "", `${location.pathname}?${asked}`.replace(/\?$/, ""));
      } catch {
        // A browser may refuse this to a page that was opened as a file.
      }
    };
    const arrive = () => {
      const asked = new URLSearchParams(location.search);
      for (const control of [search, sort, ...filters]) {
        control.value = asked.get(control.name) || "";
        if (control.selectedIndex === -1) { control.value = ""; }
      }
      linked = rows.find((row) => location.hash === `#${row.id}`);
      show();
      if (linked && location.search) { linked.scrollIntoView(); }
    };

    for (const select of [sort, ...filters]) {
      for (const [value, words] of JSON.parse(select.dataset.options)) {
        select.add(new Option(words, value));
      }
    }
    for (const head of heads) {
      const key = head.dataset.sort, button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      // Rising, falling, and back to the order in which the page lists its rows.
      const turns = [key, `-${key}`, ""];
      button.addEventListener("click", () => {
        sort.value = turns[(turns.indexOf(sort.value) + 1) % turns.length];
        changed();
      });
    }
    const fold = form.querySelector("[aria-expanded]");
    fold.addEventListener("click", () => {
      fold.setAttribute("aria-expanded", String(fold.getAttribute("aria-expanded") === "false"));
    });
    form.addEventListener("input", changed);
    form.addEventListener("reset", () => {
      setTimeout(() => {
        // All is what some filters open on only a part of.
        for (const select of filters) { if (select.dataset.first) { select.value = "all"; } }
        changed();
      });
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); });
    addEventListener("popstate", arrive);
    form.classList.add("ready");
    arrive();
  }
});
