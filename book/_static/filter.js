// For: .table-filter
// Search, filters and sorting of a long table: the form above it is put to work. Without this file
// the form stays unseen, and the table is whole and plain.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  // Accents and case aside, so that a name is found as it is typed.
  const narrow = matchMedia("(max-width: 47.9rem)");
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  for (const form of document.querySelectorAll("form.table-filter")) {
    const table = form.nextElementSibling.querySelector("table");
    const body = table.tBodies[0], lines = [...body.rows];
    const heads = lines.filter((row) => row.classList.contains("group"));
    const rows = lines.filter((row) => !heads.includes(row));
    // Headings of groups of rows; on a narrow screen their rows are folded until one is asked for.
    const groups = heads.map((head, at) => {
      const end = at + 1 < heads.length ? lines.indexOf(heads[at + 1]) : lines.length;
      return {head, rows: lines.slice(lines.indexOf(head) + 1, end), folded: narrow.matches};
    });
    const columns = [...table.querySelectorAll("th[data-sort]")];
    const texts = rows.map((row) => plain(`${row.textContent} ${row.id}`));
    const places = rows.map((row) => (row.dataset.order || "").split(" "));
    const search = form.elements.search, sort = form.elements.sort;
    const menus = [...form.querySelectorAll("select")];
    const filters = menus.filter((each) => each !== sort);
    const said = form.querySelector("[role=status]"), all = said.textContent;
    const hint = form.querySelector(".hint"), further = hint.querySelector("a[data-asks]");
    // Of a number that no row is of, the two that are nearest to it, if any is near.
    const nearest = hint.querySelector(".nearest"), lead = nearest?.textContent;
    const tell = (number) => {
      const off = (row) => Math.abs(row.dataset[form.dataset.number] - number);
      const near = rows.filter((row) => off(row) <= number / 10).sort((a, b) => off(a) - off(b));
      const words = [...new Set(near.map((row) => row.dataset[form.dataset.number]))].slice(0, 2);
      nearest.textContent = `${lead}${words.join(", ")}. `;
      return words.length;
    };
    // The row that the address leads to is shown whatever the filters say.
    let linked = null, sorted = "";

    const order = () => {
      if (!sort || sort.value === sorted) { return; }
      sorted = sort.value;
      const falling = sorted.startsWith("-"), key = sorted.replace(/^-/, "");
      const column = columns.findIndex((head) => head.dataset.sort === key);
      columns.forEach((head) => { head.removeAttribute("aria-sort"); });
      const sequence = [...rows.keys()];
      if (column < 0) { body.append(...lines); }
      if (column >= 0) {
        columns[column].setAttribute("aria-sort", falling ? "descending" : "ascending");
        const turn = falling ? -1 : 1;
        sequence.sort((a, b) => turn * (places[a][column] - places[b][column]));
        body.append(...sequence.map((at) => rows[at]));
      }
    };
    const fold = () => {
      const asked = sorted || search.value.trim();
      for (const {head, rows: own, folded} of groups) {
        head.hidden = Boolean(sorted) || own.every((row) => row.hidden);
        head.querySelector("button").setAttribute("aria-expanded", String(!folded || Boolean(asked)));
        for (const row of own) {
          const shut = folded && !asked && row !== linked;
          row.classList.toggle("folded", shut);
          row.classList.toggle("open", !shut);
        }
      }
    };
    // Of some filters the first option, with no value, stands for those values that the table opens on.
    const passes = (row, {name, value, dataset}) => {
      const first = dataset.first && !value ? JSON.parse(dataset.first) : [];
      return first.length ? first.includes(row.dataset[name])
        : !value || value === "all" || row.dataset[name] === value;
    };
    // Where rows are of a number, one that is asked for is met by that number alone.
    const asked = (text) => text.replace(/[,\s](?=\d{3}\b)/g, "").match(/\d+/)?.[0];
    const show = () => {
      const words = plain(search.value).split(/\s+/);
      const number = form.dataset.number && asked(search.value);
      let count = 0, others = 0, more = "";
      rows.forEach((row, at) => {
        const has = number ? row.dataset[form.dataset.number] === number
          : words.every((word) => texts[at].includes(word));
        const fits = has && filters.every((filter) => passes(row, filter));
        if (fits) { count += 1; } else if (row === linked) { more = ", and the one linked to"; }
        if (has && !fits) { others += 1; }
        row.hidden = !fits && row !== linked;
      });
      // What the filters keep out is named where nothing else is left.
      if (!count && others) { more += `; ${others} without filters`; }
      said.textContent = count === rows.length ? all : `${count} of ${all}${more}`;
      hint.hidden = count > 0;
      if (nearest && number) { nearest.hidden = !tell(Number(number)); }
      const whole = number || search.value.trim();
      further.search = whole ? `?${further.dataset.asks}=${encodeURIComponent(whole)}` : "";
      order();
      fold();
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
      for (const control of [search, ...menus]) {
        control.value = asked.get(control.name) || "";
        if (control.selectedIndex === -1) { control.value = ""; }
      }
      linked = rows.find((row) => location.hash === `#${row.id}`);
      // Whoever comes to a claim from elsewhere sees our note on it too.
      if (linked) { linked.querySelector("details")?.setAttribute("open", ""); }
      show();
      if (linked && location.search) { linked.scrollIntoView(); }
    };

    for (const select of menus) {
      for (const [value, words] of JSON.parse(select.dataset.options)) {
        select.add(new Option(words, value));
      }
    }
    for (const head of columns) {
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
    for (const group of groups) {
      const cell = group.head.cells[0], button = document.createElement("button");
      button.type = "button";
      button.append(...cell.childNodes);
      cell.append(button);
      button.addEventListener("click", () => {
        group.folded = !group.folded;
        fold();
      });
    }
    const menu = form.querySelector("[aria-expanded]");
    menu?.addEventListener("click", () => {
      menu.setAttribute("aria-expanded", String(menu.getAttribute("aria-expanded") === "false"));
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
