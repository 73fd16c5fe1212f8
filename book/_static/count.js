// For: .count-way
// Counts as a reader chooses: each answer was worked out by the build, and is looked up here.
"use strict";

(() => {
  const known = new Map(), waiting = new Map(), states = new Map();
  // What the file of a clash calls: a page that was opened as a file can load nothing but scripts.
  self.clashbookCount = (episode, answers) => { known.set(episode, answers); };
  const SVG = "http://www.w3.org/2000/svg";

  const loaded = (episode) => {
    if (!waiting.has(episode)) {
      waiting.set(episode, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = `count/${encodeURIComponent(episode)}.js`;
        script.onload = () => resolve(known.get(episode));
        script.onerror = reject;
        document.head.append(script);
      }));
    }
    return waiting.get(episode);
  };

  const made = (name, text, parent, attributes = {}) => {
    const element = name === "svg" || parent?.namespaceURI === SVG
      ? document.createElementNS(SVG, name) : document.createElement(name);
    element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) { element.setAttribute(key, value); }
    parent?.append(element);
    return element;
  };

  const inWords = (day) => new Date(`${day}T00:00Z`).toLocaleDateString("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});

  // The place of each side's answer, then that of both together.
  const found = ({sides, ticks, switches, joint, answers}, left, switched, day) => {
    const cells = sides.map((side) => {
      let setting = 0;
      side.ticks.forEach((tick, bit) => { if (left.has(ticks[tick])) { setting |= 1 << bit; } });
      switches.forEach((name, bit) => { if (switched.has(name)) { setting |= 1 << (side.ticks.length + bit); } });
      return side.rows[side.places[setting]][day];
    });
    const own = sides.slice(0, -1).map((side, at) => side.answers[cells[at]]);
    return [...own, joint[cells.join(".")]].map((place) => {
      const [text, low, high, contested, lines] = answers[place];
      return {text, low, high, contested, lines};
    });
  };

  // A bar from nothing to the least, a frame to the most, and dashes of one length where no limit is.
  const bars = (holder, rows, most, isOwn) => {
    holder.replaceChildren();
    const wide = 320, tall = isOwn ? 34 : 27, scale = (value) => (value / most) * (wide - 40);
    const svg = made("svg", "", null, {viewBox: `0 0 ${wide} ${rows.length * tall}`, role: "img", "aria-label": rows.map(({name, yours}) => `${name}: ${yours.text}`).join("; ")});
    rows.forEach(({name, yours, ours}, at) => {
      made("text", name, svg, {x: 0, y: at * tall + 9});
      for (const [answer, kind, y, height] of [[yours, "yours", 12, 11], ...(isOwn ? [[ours, "ours", 25, 4]] : [])]) {
        const group = made("g", "", svg, {class: `count-bar ${kind}`, transform: `translate(0 ${at * tall + y})`});
        const low = answer.low ?? 0, high = answer.high;
        made("rect", "", group, {class: "least", width: Math.max(scale(low), 1), height});
        if (high !== null && high > low) { made("rect", "", group, {class: "most", x: scale(low), width: scale(high) - scale(low), height}); }
        const end = scale(low) + 2;
        if (answer.contested) {
          for (const step of [0, 5, 10]) { made("line", "", group, {class: "differ", x1: end + step, x2: end + step + 4, y1: height, y2: 0}); }
        } else if (high === null) {
          made("line", "", group, {class: "open", x1: end, x2: end + 22, y1: height / 2, y2: height / 2});
        }
      }
    });
    holder.append(svg);
    const key = "Bar: the least; frame: up to the most; dashes: no upper limit; slanted strokes: sources differ.";
    made("p", isOwn ? `${key} Thick: your count; thin: this report’s.` : key, holder, {class: "second"});
  };

  for (const form of document.querySelectorAll(".count-way")) {
    const {episode, name} = form.dataset, range = form.elements.day;
    const days = range.dataset.days.split(" ");
    const ticks = [...form.querySelectorAll("[name=speaker]")], switches = [...form.querySelectorAll("[name=switch]")];
    const whose = form.querySelector(".count-whose"), short = form.querySelector(".count-brief"), why = form.querySelector(".count-why");
    const lines = [...form.querySelectorAll(".count-sides tbody tr")];

    const show = async () => {
      const left = ticks.filter((tick) => !tick.checked), chosen = switches.filter((one) => one.checked);
      const day = Number(range.value), date = inWords(days[day]);
      form.querySelector(".day").textContent = date;
      range.setAttribute("aria-valuetext", date);
      let answers;
      try { answers = await loaded(episode); } catch { whose.textContent = "The answers could not be loaded."; return; }
      const yours = found(answers, new Set(left.map((tick) => tick.value)), new Set(chosen.map((one) => one.value)), day);
      const ours = found(answers, new Set(), new Set(), day);
      const isOwn = left.length + chosen.length > 0;
      const rows = lines.map((line, at) => ({name: line.dataset.name, party: line.dataset.party, yours: yours[at], ours: ours[at]}));
      rows.forEach((row, at) => {
        lines[at].querySelector(".yours").textContent = row.yours.text;
        lines[at].querySelector(".ours").textContent = row.ours.text;
        lines[at].classList.toggle("changed", row.yours.text !== row.ours.text);
      });
      const said = (inputs) => inputs.map((input) => input.dataset.said);
      const choice = [...(left.length ? [`without ${said(left).join(", ")}`] : []), ...said(chosen)].join("; ");
      form.classList.toggle("own", isOwn);
      // The choice in few words: this line stays in sight.
      const few = (words) => (words.length > 2 ? [...words.slice(0, 2), `${words.length - 2} more`] : words);
      const brief = [...(left.length ? [`without ${few(said(left)).join(", ")}`] : []), ...few(said(chosen))].join("; ");
      whose.textContent = `${isOwn ? `Your count, not this report’s: ${brief}` : "This report’s count"}, as known on ${date}`;
      short.textContent = rows.map((row) => `${row.name} ${row.yours.text}`).join("; ");
      why.replaceChildren();
      const changed = rows.filter((row) => row.yours.text !== row.ours.text);
      if (isOwn && !changed.length) { made("p", "Your choice changes none of the three numbers on this day.", why); }
      if (left.length && rows.some(({yours, ours}) => (yours.low ?? 0) > (ours.low ?? 0))) {
        made("p", "Leaving somebody out can raise a number: a figure that held it down is gone, or an older one is back.", why);
      }
      for (const row of changed.length ? changed : rows) {
        const line = made("p", "", why);
        made("strong", row.name, line);
        line.append(changed.length ? `: ${row.yours.text} instead of ${row.ours.text}.` : `: ${row.yours.text}.`);
        for (const place of row.yours.lines) {
          const [sum, rules] = answers.lines[place];
          line.append(` ${sum}`);
          for (const rule of rules) {
            line.append(" (");
            made("a", `rule\u00a0${rule}`, line, {href: `methods.html#rule-${rule}`});
            line.append(")");
          }
          line.append(".");
        }
        if (isOwn && row.yours.high === null && row.ours.high !== null) { line.append(" No figure that is left gives an upper limit."); }
      }
      bars(form.querySelector(".count-range"), rows, Math.max(...answers.answers.flatMap(([, low, high]) => [low ?? 0, high ?? 0])), isOwn);
      const state = new URLSearchParams();
      if (isOwn || day < days.length - 1) {
        state.set("episode", episode);
        state.set("day", days[day]);
        if (left.length) { state.set("without", left.map((tick) => tick.value).join(",")); }
        if (chosen.length) { state.set("switches", chosen.map((one) => one.value).join(",")); }
      }
      // The choices of all forms, one after the other.
      states.set(episode, String(state).replaceAll("%2C", ","));
      const hash = [...states.values()].filter(Boolean).join("/");
      history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
      const {book} = form.dataset;
      const from = changed.length ? `My own count from the claims in ${book}, not that report’s (${choice})` : `${book}${isOwn ? `, the same ${choice}` : ""}`;
      const counted = rows.map((row) => `${row.name} ${row.yours.text}`).join("; ");
      form.querySelector(".to-copy").textContent = `${from}. Killed in ${name}, as known on ${date}: ${counted}. ${location.protocol === "file:" ? "" : location.href}`.trim();
    };

    form.addEventListener("input", show);
    // Whoever comes near is shown the report's own count drawn.
    const first = () => { if (!form.querySelector("svg")) { show(); } };
    for (const near of ["focusin", "pointerover"]) { form.addEventListener(near, first, {once: true}); }
    form.addEventListener("input", () => { form.querySelector(".count-fault").hidden = true; });
    form.addEventListener("reset", () => setTimeout(show));
    for (const button of form.querySelectorAll("button.all")) {
      const own = [...button.closest("fieldset").querySelectorAll("[name=speaker]")];
      button.addEventListener("click", () => {
        const out = own.some((tick) => tick.checked);
        own.forEach((tick) => { tick.checked = !out; });
        show();
      });
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of form.querySelectorAll(".count-day button")) {
      button.addEventListener("click", () => { range.value = Number(range.value) + Number(button.value); show(); });
    }
    // The address may ask for a count, by a link from elsewhere on the page too.
    const asked = () => {
      const parts = location.hash.slice(1).split("/").map((part) => new URLSearchParams(part));
      const state = parts.find((part) => part.get("episode") === episode);
      if (!state) { return; }
      const listed = (key) => (state.get(key) ?? "").split(",").filter(Boolean);
      const without = listed("without"), on = listed("switches");
      const known = [...ticks, ...switches].map((input) => input.value);
      const unknown = [...without, ...on].filter((name) => !known.includes(name));
      const fault = unknown.length || !days.some((each) => each <= (state.get("day") ?? days.at(-1)));
      form.querySelector(".count-fault").hidden = !fault;
      if (fault) { form.closest("section").scrollIntoView(); return; }
      ticks.forEach((tick) => { tick.checked = !without.includes(tick.value); });
      switches.forEach((one) => { one.checked = on.includes(one.value); });
      // A day between two on which something was said is like the first of them.
      const day = state.get("day") ?? days.at(-1);
      range.value = Math.max(days.findLastIndex((each) => each <= day), 0);
      form.classList.add("ready");
      show();
      form.closest("section").scrollIntoView();
    };
    form.classList.add("ready");
    asked();
    addEventListener("hashchange", asked);
  }
})();
