// For: .check-brief
// The sentences of a brief, and the numbers in them with what the words around them say: read by the patterns of the
// table of quotes. A text comes in blocks, each with its kind: heading, paragraph or item. A page of the book runs it
// in a browser, and the command line in V8 (`judging.py`).
"use strict";

self.clashbookFeatures = (patterns) => {
  const FEATURES = ["indicator", "party", "population", "episode"];
  const MARKS = ["own_speech", "compared", "course", "withdrawn", "press", "next_day", "attributed", "first",
    "denied", "title"];
  // Python names a group otherwise; a pattern is made once.
  const made = new Map();
  const pattern = (text, flags = "i") => {
    const key = flags + text;
    if (!made.has(key)) { made.set(key, new RegExp(text.replaceAll("(?P<", "(?<"), flags)); }
    return made.get(key);
  };
  const has = (name, text) => pattern(patterns[name]).test(text);
  const all = (text, words, flags = "gi") => [...text.matchAll(pattern(words, flags))];
  const blank = (found) => " ".repeat(found.length);
  const overlaps = (one, others) => others.some((other) => one.start < other.end && other.start < one.end);
  const inOrder = (one, other) => one.start - other.start || one.end - other.end;
  const alike = { "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " ", "\t": " ", "\n": " ", "\r": " ",
    "’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "−": "-", "–": "-", "—": "-",
    "‐": "-", "‑": "-" };
  const plain = (text) => Array.from(text, (sign) => alike[sign] ?? sign).join("");

  function sentences(text) {
    const read = plain(text), found = [];
    let start = 0;
    for (const end of all(read, patterns.sentence_end, "g")) {
      if (pattern(patterns.abbreviation, "").test(read.slice(start, end.index + 1))) { continue; }
      found.push(text.slice(start, end.index + end[0].length).trim());
      start = end.index + end[0].length;
    }
    return text.slice(start).trim() ? [...found, text.slice(start).trim()] : found;
  }

  function read(blocks) {
    const found = [];
    let heading = {}, known = {}, headed = "", before = "", sentence = null;
    for (const { kind, text } of blocks.filter((block) => block.text.trim())) {
      if (kind === "paragraph") {
        for (const name of ["party", "day", "speaker"]) { known[name] = heading[name] ?? ""; }
      }
      for (const one of sentences(text)) {
        sentence = readSentence(one, known, `${headed} ${before}`, kind === "item");
        if (sentence.mentions.length) { found.push(sentence); }
        known = { ...known, ...last(sentence) };
        before = sentence.plain;
      }
      if (kind === "heading") {
        heading = { episode: known.episode ?? "", ...last(sentence) };
        known = { ...heading };
        headed = plain(text);
        before = "";
      }
    }
    return found;
  }

  function readSentence(text, known, context, isItem) {
    const words = plain(text), marks = {};
    let dates = readDates(words, known);
    for (const name of MARKS) { marks[name] = has(name, words); }
    const months = dates.filter(({ key }) => key).map(({ key }) => key.slice(0, 7));
    // The report's own name is no speech of a side.
    const sides = new Set(speaking(words.replace(pattern(patterns.title, "gi"), blank)));
    if (known.speaker && (marks.own_speech || isItem)) { sides.add(known.speaker); }
    let blanked = words;
    for (const { start, end } of dates) { blanked = blanked.slice(0, start) + " ".repeat(end - start) + blanked.slice(end); }
    const mentions = readMentions(blanked);
    const found = Object.fromEntries(FEATURES.map((name) => [name, readGroup(name, words)]));
    dates = dates.filter((one) => one.key.length === 10 || !overlaps(one, found.episode));
    const days = dates.map(({ key }) => key).filter(Boolean);
    let told = days;
    if (!told.length && marks.next_day && known.last_day) { told = [dayAfter(known.last_day)]; }
    else if (!told.length && known.day) { told = [known.day]; }
    mentions.forEach((mention, place) => {
      const floor = place ? mentions[place - 1].end : 0, roof = mentions[place + 1]?.start ?? words.length;
      const ends = words.slice(mention.end, roof).search(pattern(patterns.break));
      const near = ends < 0 ? roof : mention.end + ends;
      for (const name of FEATURES) {
        let key = nearest(name, found[name], words, mention, floor, near);
        if (!key && name !== "population" && known[name]) {
          key = known[name];
          mention.inherited.add(name);
        }
        if (key) { mention.features[name] = key; }
      }
      if (mention.features.population && !mention.features.indicator) {
        mention.features.indicator = patterns.default_indicator;
      }
      mention.before = { ...known };
      mention.phrase = words.slice(mention.end, near);
      const own = dates.filter(({ key, start }) => key && floor <= start && start < roof);
      mention.days = own.length ? own.map(({ key }) => key) : told;
      mention.knownBy = (own.length ? own : dates.filter(({ key }) => key))
        .filter(({ start }) => has("known_by", words.slice(0, start))).map(({ key }) => key);
    });
    if (has("in_turn", words)) { inTurn(words, mentions); }
    return { text, plain: words, context, marks, months, sides, days, mentions };
  }

  // "Armenia and Azerbaijan lost 5 and 12 soldiers, respectively": each number goes with what is named in its place.
  function inTurn(words, mentions) {
    for (const name of ["party", "episode"]) {
      const apart = patterns[name].filter(([key]) => !["both", "unspecified"].includes(key));
      const named = firstOf(apart, words).map(({ key }) => key);
      if (named.length === mentions.length && new Set(named).size > 1) {
        mentions.forEach(({ features, inherited }, place) => {
          features[name] = named[place];
          inherited.delete(name);
        });
      }
    }
  }

  const speaking = (words) =>
    patterns.speech.filter(([, one]) => pattern(one).test(words)).map(([side]) => side);

  function readMentions(text) {
    for (const one of patterns.no_count) { text = text.replace(pattern(one, "gi"), blank); }
    const found = all(text, patterns.number).map((one) => {
      const [value, unit] = valueOf(one[0]);
      return { start: one.index, end: one.index + one[0].length, value, unit, isLoose: false };
    });
    const longest = Object.keys(patterns.number_words).sort((one, other) => other.length - one.length);
    for (const one of all(text, `\\b(?:${longest.join("|")})\\b(?!-)`)) {
      const value = patterns.number_words[one[0].toLowerCase()], end = one.index + one[0].length;
      const isCounted = pattern(`^${patterns.counted}`).test(text.slice(end));
      found.push({ start: one.index, end, value, unit: "", isLoose: value < 10 && !isCounted });
    }
    const mentions = [];
    for (const { start, end, value, unit, isLoose } of found.sort(inOrder)) {
      const before = mentions.at(-1), says = [said(text, start, end, value)];
      const gap = before ? text.slice(before.end, start) : "";
      const lead = text.slice(before && before.start > 9 ? before.start - 9 : 0, start);
      if (before && joins(gap, lead)) {
        const [, low, high] = before.says.pop();
        before.says.push(["between", low || high, value]);
        before.end = end;
        before.unit = unit || before.unit;
      } else if (before && has("or", gap)) {
        before.says.push(...says);
        before.end = end;
        before.unit = unit || before.unit;
      } else {
        mentions.push({ start, end, says, unit, isLoose, features: {}, days: [], inherited: new Set(), before: {} });
      }
    }
    return mentions;
  }

  function joins(gap, lead) {
    if (has("and", gap)) { return has("between", lead); }
    return has("range", gap) && !has("from", lead.slice(0, lead.length - gap.length));
  }

  function said(text, start, end, value) {
    const first = (words, part) => Object.entries(words).find(([, one]) => pattern(one).test(part))?.[0];
    const word = first(patterns.before, text.slice(0, start)) ?? first(patterns.after, text.slice(end)) ?? "exact";
    if (word === "at_least" || word === "more_than") { return [word, value, null]; }
    return word === "up_to" || word === "fewer_than" ? [word, null, value] : [word, value, value];
  }

  function valueOf(written) {
    const digits = written.replace(/[^\d.]/g, "").replace(/\.+$/, "");
    const tail = written.toLowerCase().replace(/^.*\d/, "").trim();
    const scale = { bn: 1e9, billion: 1e9, m: 1e6, million: 1e6 }[tail] ?? 1;
    const isMoney = written.includes("$") || written.toUpperCase().includes("USD");
    const isShare = ["%", "percent", "per cent"].includes(tail);
    return [Number((Number(digits) * scale).toPrecision(10)), isShare ? "%" : isMoney ? "$" : ""];
  }

  const readGroup = (name, text) => firstOf(patterns[name], text);

  // What of pairs of a key and a pattern a text has, in its order; of two that overlap the one listed first.
  function firstOf(pairs, text) {
    const taken = [];
    for (const [key, one] of pairs) {
      for (const found of all(text, one)) {
        const place = { start: found.index, end: found.index + found[0].length, key };
        if (!overlaps(place, taken)) { taken.push(place); }
      }
    }
    return taken.sort(inOrder);
  }

  function last({ plain: words, days, marks, mentions, months }) {
    const named = {};
    for (const name of FEATURES) {
      const found = readGroup(name, words);
      if (found.length) { named[name] = found.at(-1).key; }
    }
    if (months.length) { named.year = months.at(-1).slice(0, 4); }
    const whole = days.filter((day) => day.length === 10), speakers = new Set(speaking(words));
    if (whole.length) { named.day = named.last_day = whole.at(-1); }
    else if (marks.next_day && mentions.length) { named.last_day = mentions.at(-1).days[0] ?? ""; }
    if (speakers.size === 1) { [named.speaker] = speakers; }
    if (named.party) { named.last_party = named.party; }
    return named;
  }

  function nearest(name, found, text, mention, floor, near) {
    const after = found.filter(({ start }) => start >= mention.end)[0];
    const before = found.filter(({ end }) => end <= mention.start).at(-1);
    const isBefore = before && before.start >= floor;
    const isJoined = (start, end) => !has("apart", text.slice(start, end));
    if (name === "indicator" && isBefore) {
      const isNext = after && has("next", text.slice(mention.end, after.start));
      if (has("adjacent", text.slice(before.end, mention.start)) && !isNext) { return before.key; }
    }
    const around = found.find(({ start, end }) => start < near && end > mention.start);
    if (around) { return around.key; }
    if (isBefore) { return before.key; }
    if (after && isJoined(mention.end, after.start)) { return after.key; }
    if (before && (name !== "population" || isJoined(before.end, mention.start))) { return before.key; }
    return after && (name === "indicator" || name === "episode") ? after.key : "";
  }

  function readDates(text, known) {
    const clash = readGroup("episode", text)[0]?.key ?? "", found = [];
    const year = text.match(/\b(?:19|20)\d\d\b/)?.[0] || patterns.years[clash] || known.year
      || patterns.years[known.episode ?? ""] || "";
    for (const one of patterns.dates) {
      for (const each of all(text, one, "g")) {
        const parts = each.groups, own = parts.year || year;
        const month = /\d/.test(parts.month) ? Number(parts.month) : patterns.months[parts.month.slice(0, 3)];
        const two = (number) => String(Number(number)).padStart(2, "0");
        const key = own ? `${own}-${two(month)}${parts.day ? `-${two(parts.day)}` : ""}` : "";
        found.push({ start: each.index, end: each.index + each[0].length, key });
      }
      text = text.replace(pattern(one, "g"), blank);
    }
    return found;
  }

  // The numbers of a sentence by itself.
  const numbers = (text) => readSentence(text, {}, "", false).mentions.map(({ start, end, says, features }) =>
    ({ written: text.slice(start, end), says, episode: features.episode ?? "" }));

  const dayAfter = (day) => new Date(Date.parse(`${day}T00:00Z`) + 864e5).toISOString().slice(0, 10);

  return { FEATURES, pattern, plain, read, sentences, numbers };
};
