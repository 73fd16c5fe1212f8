// For: .check-brief
// What becomes of each number of a text, by the table of quotes that the build made: the same steps, and the
// same words, as `clashbook check-brief`. A text comes in pieces, each with its kind: heading, paragraph or item.
"use strict";

self.clashbookJudge = (table) => {
  const patterns = table.patterns, FEATURES = ["indicator", "party", "population", "episode"];
  const MARKS = ["own_speech", "compared", "course", "withdrawn", "press", "next_day", "attributed", "first"];
  const GOOD = ["current", "right_for_day"], UNKNOWN = "not_recognised";
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

  // Sentences, and the numbers in them with what the words around them say.

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
    const sides = new Set(speaking(words));
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
      const own = dates.filter(({ key, start }) => key && floor <= start && start < roof).map(({ key }) => key);
      mention.days = own.length ? own : told;
    });
    return { text, plain: words, context, marks, months, sides, days, mentions };
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

  function readGroup(name, text) {
    const taken = [];
    for (const [key, one] of patterns[name]) {
      for (const found of all(text, one)) {
        const place = { start: found.index, end: found.index + found[0].length, key };
        if (!overlaps(place, taken)) { taken.push(place); }
      }
    }
    return taken.sort(inOrder);
  }

  function last({ plain: words, days, marks, mentions }) {
    const named = {};
    for (const name of FEATURES) {
      const found = readGroup(name, words);
      if (found.length) { named[name] = found.at(-1).key; }
    }
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
    const clash = readGroup("episode", text)[0]?.key ?? known.episode ?? "", found = [];
    const year = text.match(/\b(?:19|20)\d\d\b/)?.[0] ?? patterns.years[clash] ?? "";
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

  const dayAfter = (day) => new Date(Date.parse(`${day}T00:00Z`) + 864e5).toISOString().slice(0, 10);
  const inWords = (day) => day.length < 7 ? day : new Date(`${day.padEnd(10, "-01")}T00:00Z`).toLocaleDateString("en-GB", {
    ...(day.length === 10 ? { day: "numeric" } : {}), month: "long", year: "numeric", timeZone: "UTC" });

  // What becomes of a number.

  const quotes = table.quotes, speakers = table.speakers.map((one) => pattern(one)), common = new Set(table.common);
  const isNewest = (quote) => (quote.in ?? [0]).includes(0);
  const named = new Map(), byValue = new Map(), now = new Map();
  for (const quote of quotes) {
    if (quote.speaker !== undefined) { named.set(quote.id, speakers[quote.speaker]); }
    else if (quote.named) { named.set(quote.id, pattern(quote.named)); }
    for (const value of new Set(quote.says.flatMap(([, ...ends]) => ends))) {
      if (value !== null) { byValue.set(value, [...(byValue.get(value) ?? []), quote]); }
    }
    if (isNewest(quote) && !quote.until && ["toll", "number"].includes(quote.kind)) { now.set(quote.id, quote); }
  }
  const asSet = (says) => [...new Set(says.map((one) => JSON.stringify(one)))].sort().join();
  const filledIn = (features) => ({ population: "all", party: "both",
    ...Object.fromEntries(Object.entries(features).filter(([, value]) => value)) });
  const agreeing = (features, quote) => {
    const wanted = filledIn(features);
    return FEATURES.filter((name) => (quote[name] ?? "") === (wanted[name] ?? "")).length;
  };
  const dayOf = (quote) => quote.day || quote.since || quote.period || "";

  function fits({ features }, quote) {
    if (!features.indicator) { return false; }
    return FEATURES.every((name) => !features[name] || !quote[name] || features[name] === quote[name]
      || (name === "population" && quote.kind === "elsewhere"));
  }

  function fitsWords(sentence, { features, inherited, days }, quote) {
    const isOther = (name) =>
      features[name] && quote[name] && features[name] !== quote[name] && !inherited.has(name);
    if (["party", "population", "episode"].some(isOther)) { return false; }
    const period = quote.period ?? "";
    const months = [period, ...(quote.words.includes("january") ? [`${period.slice(0, 4)}-01`] : [])];
    if (period.length === 7 && sentence.months.length && !months.some((one) => sentence.months.includes(one))) { return false; }
    if (quote.on && !days.includes(quote.on)) { return false; }
    const near = new Set(`${sentence.context} ${sentence.plain}`.toLowerCase().match(/[a-z]{4,}|may|(?:19|20)\d\d/g) ?? []);
    const isYear = (word) => /^\d+$/.test(word);
    const telling = new Set(quote.words.filter((word) => !isYear(word) && !common.has(word)));
    const few = near.has(quote.rows ?? "") || quote.unit || telling.size < 2;
    return quote.words.every((word) => !isYear(word) || near.has(word))
      && [...telling].filter((word) => near.has(word)).length >= (few ? 1 : 2);
  }

  function isSpoken({ marks, sides, plain: words, context }, { features, before }, quote) {
    if (quote.kind !== "claim" && quote.kind !== "number") { return false; }
    if (quote.side) { return sides.has(quote.side) || (marks.own_speech && [features.party, before.last_party].includes(quote.side)); }
    if (marks.press && quote.role === "press") { return true; }
    return named.has(quote.id) && named.get(quote.id).test(marks.own_speech ? `${context} ${words}` : words);
  }

  function alikeTo(sentence, mention) {
    const found = new Set();
    const values = new Set(mention.says.flatMap(([, ...ends]) => ends).filter((end) => end !== null));
    for (const value of [...values].sort((one, other) => one - other)) {
      for (const quote of byValue.get(value) ?? []) {
        const isOf = quote.words ? fitsWords(sentence, mention, quote) : fits(mention, quote);
        if ((quote.unit ?? "") === mention.unit && isOf) { found.add(quote); }
      }
    }
    return [...found].sort((one, other) => agreeing(mention.features, other) - agreeing(mention.features, one));
  }

  function ours(features) {
    const wanted = filledIn(features);
    return [...now.values()].find((quote) => quote.kind === "toll"
      && FEATURES.every((name) => (quote[name] ?? "") === (wanted[name] ?? "")));
  }

  function verdict(kind, quote = null, how = "said", more = {}) {
    const words = table.verdicts[kind];
    if (!quote) { return { kind, words: words.said, instead: "", citation: "", path: "", quote: null }; }
    const our = now.get(quote.toll || quote.revised || quote.id) ?? ours(quote);
    const who = quote.who ?? "", [state] = table.states;
    const values = { text: quote.text, now: our?.text ?? table.verdicts.nothing, day: quote.reported || inWords(dayOf(quote)),
      who: who.includes(" of ") ? `the ${who}` : who, why: quote.why ?? "", ...more };
    const filled = (words[how] ?? words.said).replace(/\{(\w+)\}/g, (_, name) => values[name]);
    const keeps = quote.kind === "claim" && ["speaker_missing", "other_side", "two_days"].includes(kind);
    const told = keeps || (!our && quote.sentence) ? quote : our;
    const toWrite = told?.sentence && !GOOD.includes(kind);
    return { kind, quote, words: filled.slice(0, 1).toUpperCase() + filled.slice(1),
      instead: toWrite ? told.sentence.replaceAll("{known}", state.known) : "",
      citation: toWrite ? state.cite.replaceAll("{title}", told.title.replace(/\.+$/, "")) : "",
      path: told?.path ? (state.base || state.path) + told.path : "" };
  }

  const isOn = (quote, days) => [quote.day, quote.last].filter(Boolean).some((own) =>
    days.some((day) => own === day || (day.length === 7 && own.startsWith(day))));
  const isWithin = (day, quote) =>
    day.length === 10 && (quote.since ?? "") <= day && day < (quote.until || "9999");
  const isWeaker = ({ says }, quote) => "until" in quote && JSON.stringify(says) === JSON.stringify(
    quote.says.filter(([word]) => word === "exact").map(([, end]) => ["at_least", end, null]));

  const current = (sentence, quote) =>
    sentence.marks.attributed ? verdict("current", quote) : verdict("speaker_missing", quote, "ours");

  function elsewhere(found) {
    const other = found.find((quote) =>
      (quote.role === "opposing_side" || quote.made === "other_side") && quote.made !== "error");
    if (other) {
      const key = other.kind === "claim" ? other.id : other.claim;
      return verdict("other_side", quotes.find((one) => one.id === key && one.sentence) ?? other);
    }
    const another = found.find(({ kind }) => kind === "elsewhere")
      ?? found.find(({ kind, made: what }) => kind === "claim" && what === "error");
    return another && verdict("another_count", another);
  }

  function boundLost(found) {
    const rank = (quote) => (now.get(quote.id) === quote ? 0 : 2) + (quote.kind === "toll" ? 0 : 1);
    const [first] = found.filter((quote) => (["toll", "claim"].includes(quote.kind) || quote.unit)
      && ["counted", "replaced"].includes(quote.made ?? "counted") && quote.role !== "opposing_side")
      .sort((one, other) => rank(one) - rank(other));
    return first && verdict("bound_lost", first);
  }

  function judgeOnce(sentence, mention) {
    const { marks } = sentence, near = alikeTo(sentence, mention);
    const same = near.filter((quote) => asSet(quote.says) === asSet(mention.says));
    const spoken = same.filter((quote) => isSpoken(sentence, mention, quote));
    let tolls = same.filter(({ kind }) => kind === "toll");
    const dated = same.find(({ on }) => on);
    if (dated) { return verdict("right_for_day", dated); }
    const newest = tolls.find((quote) => now.get(quote.id) === quote);
    if (newest) { return current(sentence, newest); }
    const onDay = spoken.find((quote) => isOn(quote, mention.days));
    if (onDay) { return verdict("right_for_day", onDay, "quoted"); }
    const claims = spoken.filter(({ kind }) => kind === "claim");
    for (const quote of claims) {
      const printed = quote.made === "left_out" && !quote.shown && quotes.find(({ claim }) => claim === quote.id);
      if (printed) { return verdict("another_count", printed); }
      if (["counted", "left_out"].includes(quote.made)) { return verdict("current", quote, "quoted"); }
      if (quote.made === "error" && marks.withdrawn) { return verdict("right_for_day", quote, "quoted"); }
    }
    const reworded = near.find((quote) => named.has(quote.id) && quote.kind === "claim" && !same.includes(quote)
      && quote.made !== "error" && isSpoken(sentence, mention, quote));
    if (reworded) { return verdict("bound_lost", reworded); }
    if (!tolls.length) { tolls = near.filter((quote) => quote.kind === "toll" && isWeaker(mention, quote)); }
    const then = tolls.find((quote) => marks.course || mention.days.some((day) => isWithin(day, quote)));
    if (then) { return verdict("right_for_day", then); }
    if (tolls.length) { return verdict("moved", tolls.at(-1)); }
    const replaced = claims.find((quote) => quote.made === "replaced");
    if (replaced) { return verdict(marks.course ? "right_for_day" : "moved", replaced, "quoted"); }
    const number = same.find((quote) => quote.kind === "number" && (!named.has(quote.id) || spoken.includes(quote)));
    if (number) {
      const isOld = !isNewest(number) || (number.revised && !marks.first);
      return isOld ? verdict("moved", number) : current(sentence, number);
    }
    const isTheirs = same.some(({ role }) => role === "opposing_side");
    const unsaid = same.find(({ kind, role, made: what }) =>
      kind === "claim" && what === "counted" && (role === "own_side" || !isTheirs));
    if (unsaid) { return verdict("speaker_missing", unsaid); }
    const claim = same.find(({ kind }) => kind === "claim"), nearby = ours(mention.features);
    return elsewhere(same) ?? (claim && verdict("speaker_missing", claim))
      ?? boundLost(near.filter((quote) => !same.includes(quote))) ?? elsewhere(near)
      ?? (nearby ? verdict(UNKNOWN, nearby, "near") : verdict(UNKNOWN));
  }

  function* readings({ sides }, { features, before, inherited }) {
    const party = features.party ?? "";
    if (sides.has(party)) {
      yield { ...features, party: before.last_party ?? "" };
      yield { ...features, party: "" };
    } else if (inherited.has("party")) { yield { ...features, party: "" }; }
    if (!features.population && before.population) { yield { ...features, population: before.population }; }
  }

  function parts({ says }) {
    if (says.length > 1) { return says; }
    const [[word, ...ends]] = says;
    return word === "between" ? ends.filter((end) => end !== null).map((end) => ["exact", end, end]) : [];
  }

  function judgeNumber(sentence, mention) {
    const made = [mention.features, ...readings(sentence, mention)].map((features) =>
      judgeOnce(sentence, { ...mention, features }));
    const isGood = ({ kind }) => GOOD.includes(kind), good = made.find(isGood);
    if (good) { return good; }
    const split = parts(mention).map((one) => judgeOnce(sentence, { ...mention, says: [one] }));
    if (split.length && split.every(isGood)) { return split[0]; }
    return made.find(({ kind }) => kind !== UNKNOWN) ?? made[0];
  }

  // Numbers of both sides, of different days, that a sentence sets side by side as one.
  function together(sentence, found) {
    const ofSides = found.filter(({ kind, quote }) => quote && !["other_side", "another_count", UNKNOWN].includes(kind)
      && !["both", "unspecified"].includes(quote.party ?? "both") && dayOf(quote) && !quote.on);
    const kindOf = (quote) => quote.kind === "number" ? `|${quote.unit ?? ""}` : `${quote.indicator}|${quote.episode}`;
    const distinct = (make) => [...new Set(ofSides.map(({ quote }) => make(quote)))].sort();
    const days = distinct(dayOf);
    const told = new Set([...sentence.months.filter((month) => days.includes(month)), ...sentence.days]);
    const areNow = ofSides.every(({ kind }) => kind === "current" || kind === "speaker_missing");
    const isForced = sentence.days.length === 1 && days.includes(sentence.days[0]);
    if (sentence.marks.course || distinct(({ party }) => party).length < 2 || distinct(kindOf).length > 1
      || days.length < 2 || told.size >= 2
      || (areNow && !(sentence.marks.compared || isForced || "period" in ofSides[0].quote))) { return found; }
    const words = days.map(inWords), listed = `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
    return found.map((one) => ofSides.includes(one) ? verdict("two_days", one.quote, "said", { days: listed }) : one);
  }

  return (blocks) => {
    const isOurs = blocks.some(({ text }) => pattern(patterns.title).test(plain(text)));
    return read(blocks).flatMap((sentence) => {
      sentence.marks.attributed ||= isOurs || sentence.sides.size > 0;
      const found = together(sentence, sentence.mentions.map((mention) => judgeNumber(sentence, mention)));
      const numbers = sentence.mentions.map(({ start, end, isLoose }, place) =>
        ({ start, end, isLoose, isGood: GOOD.includes(found[place].kind), ...found[place] }))
        .filter(({ isLoose, kind }) => !(isLoose && kind === UNKNOWN));
      return numbers.length ? [{ text: sentence.text, numbers }] : [];
    });
  };
};
