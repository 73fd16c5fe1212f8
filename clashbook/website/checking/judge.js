// For: .check-brief
// What becomes of each number of a text, by the table of quotes that the build made.
"use strict";

self.clashbookJudge = (table) => {
  const { patterns } = table, { FEATURES, pattern, plain, read } = self.clashbookFeatures(patterns);
  const GOOD = ["current", "right_for_day"], UNKNOWN = "not_recognised";
  const inWords = (day) => day.length < 7 ? day : new Date(`${day.padEnd(10, "-01")}T00:00Z`).toLocaleDateString("en-GB", {
    ...(day.length === 10 ? { day: "numeric" } : {}), month: "long", year: "numeric", timeZone: "UTC" });

  // What becomes of a number.

  const quotes = table.quotes, speakers = table.speakers.map((one) => pattern(one)), common = new Set(table.common);
  // A name with its capitals; "reports" and "site" are words.
  const proper = table.speakers.map((one) => pattern(one, ""));
  // What is counted of all people, too.
  const ofAll = new Set(quotes.filter(({ population }) => population === "all").map(({ indicator }) => indicator ?? ""));
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

  const yearsIn = (text) => text.match(/\b(?:19|20)\d\d\b/g) ?? [];
  const valuesOf = ({ says }) => new Set(says.flatMap(([, ...ends]) => ends).filter((end) => end !== null));
  const isWithinSet = (some, all) => [...some].every((one) => all.has(one));

  function fits({ features }, quote) {
    if (!features.indicator) { return false; }
    const isWhole = features.population === "all" && !ofAll.has(quote.indicator);
    return FEATURES.every((name) => !features[name] || !quote[name] || features[name] === quote[name]
      || (name === "population" && (quote.kind === "elsewhere" || isWhole)));
  }

  // Whether nothing in a sentence says that it is about another time than a quote.
  function isThen({ plain: words, context, months }, { features, days }, quote) {
    const period = quote.period ?? "", clash = features.episode ?? "", { years } = patterns, own = quote.episode ?? "";
    const told = new Set(yearsIn(words));
    if (period) {
      const wanted = [period, ...((quote.words ?? []).includes("january") ? [`${period.slice(0, 4)}-01`] : [])];
      if (period.length === 7 && months.length && !wanted.some((one) => months.includes(one))) { return false; }
      return Boolean(quote.words) || [...told, ...yearsIn(context), years[clash] ?? ""].includes(period.slice(0, 4));
    }
    if (quote.on && !days.includes(quote.on)) { return false; }
    if (clash || !own || !(own in years)) { return true; }
    const known = [quote.since ?? "", quote.day ?? "", quote.last ?? ""];
    const isYear = !told.size || [years[own], ...known.map((day) => day.slice(0, 4))].some((one) => told.has(one));
    return isYear && (!months.length || months.some((month) => month.slice(0, 4) === years[own])
      || [own, ...known.map((day) => day.slice(0, 7))].some((one) => months.includes(one)));
  }

  // Whether what follows a number says that it counts rows of the data: "80 claims of".
  const namesRows = ({ phrase }, { rows, words }) =>
    phrase.toLowerCase().split(/\s+/).some((word) => word === rows || word === words[0]);

  function fitsWords(sentence, mention, quote) {
    const { features, inherited } = mention;
    const isOther = (name) =>
      features[name] && quote[name] && features[name] !== quote[name] && !inherited.has(name);
    if (["party", "population", "episode"].some(isOther)) { return false; }
    const isTold = features.population || (features.indicator && !inherited.has("indicator"));
    if (quote.rows !== undefined && isTold && !namesRows(mention, quote)) { return false; }
    const text = `${sentence.context} ${sentence.plain}`.replace(pattern(patterns.title, "gi"), " ");
    const near = new Set(text.toLowerCase().match(/[a-z]{4,}|may|(?:19|20)\d\d/g) ?? []);
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
        if ((quote.unit ?? "") !== mention.unit || !isThen(sentence, mention, quote)) { continue; }
        if (quote.words ? fitsWords(sentence, mention, quote) : fits(mention, quote)) { found.add(quote); }
      }
    }
    const inOrderOf = [...found].sort((one, other) => agreeing(mention.features, other) - agreeing(mention.features, one));
    const isOfAll = inOrderOf.some(({ kind, population }) => kind === "toll" && population === "all");
    if (!isOfAll || mention.features.population) { return inOrderOf; }
    // Eighty of a side are all its people, and not the soldiers alone.
    return inOrderOf.filter((quote) => (quote.population ?? "all") === "all" || isSpoken(sentence, mention, quote));
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
    const said = words[how] ?? words.said, text = our ? said : said.replace(" Our number is {now}.", "");
    const filled = text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
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

  // What is ours now, if the text says that we say so, or who it is that we have it from.
  function current({ marks, sides, plain: words }, mention, quote) {
    if (!marks.title) {
      const clause = words.slice(words.lastIndexOf(";", mention.start - 1) + 1).split(";")[0];
      const who = proper.flatMap((one, place) => one.test(clause) ? [place] : []);
      let isGiven = who.some((place) => (quote.given ?? []).includes(place)), isOther = who.length > 0 && quote.given;
      if (quote.kind === "toll") {
        isGiven ||= [...sides].some((side) => (quote.sides ?? []).includes(side));
        isOther = sides.size > 0 || who.length > 0 || marks.press;
      }
      if (isOther && !isGiven) { return verdict("speaker_missing", quote, "other"); }
    }
    return marks.attributed ? verdict("current", quote) : verdict("speaker_missing", quote, "ours");
  }

  // What is ours now, where the text says that it was known on a day on which it was not.
  function early({ knownBy }, quote) {
    const days = knownBy.filter((day) => day.length === 10), isKnown = (one) => days.some((day) => isWithin(day, one));
    if (!days.length || isKnown(quote)) { return null; }
    const then = quotes.find((one) => one.id === quote.id && one.kind === "toll" && isKnown(one));
    return verdict("moved", quote, "early", { then: then?.text || table.verdicts.nothing });
  }

  // Whether our number of what a claim counts has gone on without it, or beyond it.
  function isPart(quote) {
    const our = now.get(quote.toll ?? "");
    return Boolean(our) && !isWithinSet(valuesOf(quote), valuesOf(our));
  }

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
    const { marks } = sentence, nearby = mention.unit ? null : ours(mention.features);
    const unknown = () => nearby ? verdict(UNKNOWN, nearby, "near") : verdict(UNKNOWN);
    if (marks.denied) { return unknown(); }
    const near = alikeTo(sentence, mention);
    const same = near.filter((quote) => asSet(quote.says) === asSet(mention.says));
    const spoken = same.filter((quote) => isSpoken(sentence, mention, quote));
    let tolls = same.filter(({ kind }) => kind === "toll");
    const dated = same.find(({ on }) => on);
    if (dated) { return verdict("right_for_day", dated); }
    const claims = spoken.filter(({ kind }) => kind === "claim");
    for (const quote of tolls.filter((one) => now.get(one.id) === one)) {
      const made = early(mention, quote) ?? current(sentence, mention, quote);
      // Who is named may have said the same of itself.
      if (made.kind !== "speaker_missing" || !claims.length) { return made; }
    }
    const onDay = spoken.find((quote) => isOn(quote, mention.days));
    if (onDay) { return verdict("right_for_day", onDay, "quoted"); }
    for (const quote of claims) {
      const printed = quote.made === "left_out" && !quote.shown && quotes.find(({ claim }) => claim === quote.id);
      if (printed) { return verdict("another_count", printed); }
      if (["counted", "left_out"].includes(quote.made)) {
        return verdict(quote.made === "counted" && isPart(quote) ? "moved" : "current", quote, "quoted");
      }
      if (quote.made === "error" && marks.withdrawn) { return verdict("right_for_day", quote, "quoted"); }
    }
    const reworded = near.find((quote) => named.has(quote.id) && quote.kind === "claim" && !same.includes(quote)
      && quote.made !== "error" && isSpoken(sentence, mention, quote));
    if (reworded) { return verdict("bound_lost", reworded); }
    if (!tolls.length) { tolls = near.filter((quote) => quote.kind === "toll" && isWeaker(mention, quote)); }
    const then = tolls.find((quote) => marks.course || mention.days.some((day) => isWithin(day, quote)));
    if (then) { return verdict("right_for_day", then); }
    if (tolls.length) {
      const our = now.get(tolls.at(-1).id);
      return verdict(our && isWithinSet(valuesOf(mention), valuesOf(our)) ? "bound_lost" : "moved", tolls.at(-1));
    }
    const replaced = claims.find((quote) => quote.made === "replaced");
    if (replaced) { return verdict(marks.course ? "right_for_day" : "moved", replaced, "quoted"); }
    const number = same.find((quote) => quote.kind === "number" && (!named.has(quote.id) || spoken.includes(quote)));
    if (number) {
      const isOld = !isNewest(number) || (number.revised && !marks.first);
      if (isOld) { return verdict("moved", number); }
      return spoken.includes(number) ? verdict("current", number) : current(sentence, mention, number);
    }
    const isTheirs = same.some(({ role }) => role === "opposing_side");
    const unsaid = same.find(({ kind, role, made: what }) =>
      kind === "claim" && what === "counted" && (role === "own_side" || !isTheirs));
    if (unsaid) { return verdict("speaker_missing", unsaid); }
    const claim = same.find(({ kind }) => kind === "claim");
    return elsewhere(same) ?? (claim && verdict("speaker_missing", claim))
      ?? boundLost(near.filter((quote) => !same.includes(quote))) ?? elsewhere(near)
      ?? unknown();
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
    const told = new Set([...[...sentence.months, ...yearsIn(sentence.plain)].filter((one) => days.includes(one)),
      ...sentence.days]);
    const areNow = ofSides.every(({ kind }) => kind === "current" || kind === "speaker_missing");
    const isForced = sentence.days.length === 1 && days.includes(sentence.days[0]);
    if (sentence.marks.course || distinct(({ party }) => party).length < 2 || distinct(kindOf).length > 1
      || days.length < 2 || told.size >= 2
      || (areNow && !(sentence.marks.compared || isForced || "period" in ofSides[0].quote))) { return found; }
    const words = days.map(inWords), listed = `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
    return found.map((one) => ofSides.includes(one) ? verdict("two_days", one.quote, "said", { days: listed }) : one);
  }

  // What is no number and each number, in turn.
  const cut = (text, mentions) => {
    const places = [0, ...mentions.flatMap(({ start, end }) => [start, end])];
    return places.map((place, index) => text.slice(place, places[index + 1]));
  };

  return (blocks) => {
    const isOurs = blocks.some(({ text }) => pattern(patterns.title).test(plain(text)));
    return read(blocks).flatMap((sentence) => {
      sentence.marks.attributed ||= isOurs || sentence.sides.size > 0;
      const found = together(sentence, sentence.mentions.map((mention) => judgeNumber(sentence, mention)));
      // A small number in words that is none of ours counts something else.
      const isKept = ({ isLoose }, place) => !isLoose || found[place].kind !== UNKNOWN;
      const verdicts = found.filter((_, place) => isKept(sentence.mentions[place], place)).map(({ quote, ...one }) =>
        ({ ...one, id: quote?.id ?? "", is_good: GOOD.includes(one.kind) }));
      const pieces = cut(sentence.text, sentence.mentions.filter(isKept));
      return verdicts.length ? [{ pieces, verdicts }] : [];
    });
  };
};
