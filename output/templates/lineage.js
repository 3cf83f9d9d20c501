// How each case fared: a lane a case, a column a meeting, drawn as SVG.

const PAGE = "lineage";
Object.assign(state, { outcomes: Object.keys(OUTCOMES).join(","), only: "all", order: "first", city: "", agency: "" });
const ROW = 46, NAMES = 300, HEAD = 52, SIZE = 9;
let COLUMN = 88;
const EVENTS = new Map(DATA.lanes.flatMap((lane) => lane.marks.map((mark) => [mark.event, { lane, mark }])));

const shownColumns = () => DATA.columns.map((column, place) => ({ ...column, place })).filter((column) => inYears(column.date));
const outcomeShown = (mark) => state.outcomes.split(",").includes(mark.outcome);
const stillOpen = (lane) => ["proposed", "accepted", "tracked"].includes(lane.outcome);

function shownLanes() {
  const columns = new Set(shownColumns().map((column) => column.place));
  const orders = {
    first: (lane) => [lane.marks[0].column],
    length: (lane) => [-lane.marks.length, lane.marks[0].column],
    outcome: (lane) => [Object.keys(OUTCOMES).indexOf(lane.outcome), lane.marks[0].column],
    side: (lane) => [lane.cities.join(), lane.marks[0].column],
  };
  const key = orders[state.order] || orders.first;
  const compare = (a, b) => { for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1; return 0; };
  return DATA.lanes
    .filter((lane) => lane.marks.some((mark) => columns.has(mark.column) && outcomeShown(mark)))
    .filter((lane) => state.only === "all" || (state.only === "open" ? stillOpen(lane) : lane.vanished))
    .filter((lane) => !state.city || lane.cities.includes(state.city))
    .filter((lane) => !state.agency || lane.agencies.some((agency) => agency === state.agency || agency.startsWith(state.agency + "/")))
    .filter((lane) => fits(lane.title, ...lane.aliases, ...lane.agencies, ...lane.marks.map((mark) => mark.evidence.quote)))
    .map((lane, place) => ({ lane, place }))
    .sort((a, b) => compare(key(a.lane), key(b.lane)) || a.place - b.place)
    .map(({ lane }) => lane);
}

function update() {
  updateShared();
  for (const id of ["only", "order", "city", "agency"]) byId(id).value = state[id];
  for (const option of document.querySelectorAll('#city option[value=""], #agency option[value=""]')) option.textContent = word("side-all");
  drawOutcomes();
  const lanes = shownLanes(), columns = shownColumns();
  const marks = lanes.reduce((sum, lane) => sum + lane.marks.filter((mark) => inYears(DATA.columns[mark.column].date) && outcomeShown(mark)).length, 0);
  byId("shown").textContent = word("shown-lanes", lanes.length, marks);
  const notice = DATA.lanes.length === 0 ? "empty" : lanes.length === 0 ? "nothing-found" : "";
  byId("notice").hidden = !notice;
  byId("notice").textContent = notice && word(notice);
  drawBoard(lanes, columns);
  drawTwin(lanes);
  byId("legend").replaceChildren(
    make("li", {}, "▲ ", word("passed")), make("li", {}, "▼ ", word("came-down")), make("li", {}, "• ", word("asked")),
    make("li", {}, make("span", { class: "silent" }, "•"), word("silent-tick")));
  if (state.pick) showPick(false);
}

function drawOutcomes() {
  const counts = {};
  for (const lane of DATA.lanes) for (const mark of lane.marks) counts[mark.outcome] = (counts[mark.outcome] || 0) + 1;
  const labels = Object.keys(OUTCOMES).filter((outcome) => counts[outcome]).map((outcome) => {
    const box = make("input", { type: "checkbox", value: outcome, name: "outcome" });
    box.checked = state.outcomes.split(",").includes(outcome);
    box.addEventListener("change", () => {
      const chosen = new Set(state.outcomes.split(","));
      if (box.checked) chosen.add(outcome); else chosen.delete(outcome);
      state.outcomes = Object.keys(OUTCOMES).filter((each) => chosen.has(each)).join(",") || "none";
      update();
      document.querySelector(`#outcomes input[value="${outcome}"]`).focus();
    });
    return make("label", {}, box, picture(outcome), make("span", {}, `${outcomeWord(outcome)} (${counts[outcome]})`));
  });
  byId("outcomes").replaceChildren(byId("outcomes").querySelector("legend"), ...labels);
}

function drawBoard(lanes, columns) {
  const namesWidth = Math.min(NAMES, Math.round(innerWidth * 0.42));
  COLUMN = Math.max(68, Math.min(104, Math.floor((byId("board").clientWidth - namesWidth - 2) / Math.max(1, columns.length))));
  const width = columns.length * COLUMN, height = lanes.length * ROW;
  const heads = columns.map((column) => make("div", {}, make("b", {}, column.name), column.date));
  heads.forEach((head) => { head.style.width = COLUMN + "px"; });
  const names = lanes.map((lane) => {
    const button = make("button", { type: "button", title: lane.title, onclick: () => choose(lane.marks[lane.marks.length - 1].event) },
      make("span", {}, ...highlighted(lane.title)), make("small", {}, lane.vanished ? word("vanished") : outcomeWord(lane.outcome)));
    button.style.height = ROW + "px";
    return button;
  });
  const grid = make("div", { class: "lanes" }, make("div", { class: "corner" }), make("div", { class: "heads" }, ...heads), make("div", { class: "names" }, ...names));
  grid.style.gridTemplateColumns = `${namesWidth}px ${width}px`;
  const holder = make("div", {});
  holder.innerHTML = `<svg width="${width}" height="${height}" role="group">${board(lanes, columns)}</svg>`;
  for (const mark of holder.querySelectorAll(".mark")) {
    mark.addEventListener("click", () => choose(mark.dataset.event));
    mark.addEventListener("keydown", (event) => moveOrOpen(event, mark));
  }
  grid.append(holder);
  byId("board").replaceChildren(grid);
}

function moveOrOpen(event, mark) {
  const marks = [...document.querySelectorAll(".mark")];
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(mark.dataset.event); }
  else if (step) { event.preventDefault(); (marks[marks.indexOf(mark) + step] || mark).focus(); }
}

function board(lanes, columns) {
  const at = new Map(columns.map((column, place) => [column.place, place * COLUMN + COLUMN / 2]));
  const row = new Map(lanes.map((lane, place) => [lane.iri, place * ROW + ROW / 2]));
  const parts = lanes.map((_, place) => (place % 2 ? `<rect x="0" y="${place * ROW}" width="${columns.length * COLUMN}" height="${ROW}" fill="${colour("--shade")}"/>` : ""));
  columns.forEach((column, place) => {
    const x = place * COLUMN, newYear = place && column.date.slice(0, 4) !== columns[place - 1].date.slice(0, 4);
    parts.push(`<line x1="${x + COLUMN / 2}" x2="${x + COLUMN / 2}" y1="0" y2="${lanes.length * ROW}" stroke="${colour("--line")}" stroke-width="0.6"/>`);
    if (newYear) parts.push(`<line x1="${x}" x2="${x}" y1="0" y2="${lanes.length * ROW}" stroke="${colour("--line")}" stroke-width="2.5"/>`);
  });
  for (const lane of lanes) parts.push(...segments(lane, at, row.get(lane.iri)));
  for (const relation of DATA.relations) parts.push(arrow(relation, at, row));
  for (const lane of lanes) for (const mark of lane.marks) if (at.has(mark.column)) parts.push(markShape(lane, mark, at.get(mark.column), row.get(lane.iri)));
  return parts.join("");
}

function segments(lane, at, y) {
  return lane.marks.slice(1).map((mark, i) => {
    const before = lane.marks[i];
    if (!at.has(before.column) || !at.has(mark.column)) return "";
    const gap = mark.column - before.column > 1 ? ' stroke-dasharray="3 6"' : "";
    return `<line x1="${at.get(before.column)}" y1="${y}" x2="${at.get(mark.column)}" y2="${y}" stroke="${outcomeColour(before.outcome)}" stroke-width="4" stroke-opacity="0.7"${gap}/>`;
  });
}

function arrow(relation, at, row) {
  const from = EVENTS.get(relation.from_event), to = EVENTS.get(relation.to_event);
  if (!from || !to || !row.has(from.lane.iri) || !row.has(to.lane.iri) || !at.has(from.mark.column) || !at.has(to.mark.column)) return "";
  const [x1, y1, x2, y2] = [at.get(from.mark.column), row.get(from.lane.iri), at.get(to.mark.column), row.get(to.lane.iri)];
  return `<path d="M${x1},${y1} Q${(x1 + x2) / 2 + 26},${(y1 + y2) / 2} ${x2},${y2 - SIZE}" fill="none" stroke="${colour("--bridge")}" stroke-width="1.5" stroke-dasharray="4 3"><title>${escaped(word("relation-" + relation.kind))}</title></path>`;
}

function markShape(lane, mark, x, y) {
  const up = mark.passed.some(([, purpose]) => purpose !== "origin"), down = mark.passed.some(([, purpose]) => purpose === "origin");
  const silent = mark.promises.some((promise) => promise.state === "unreported");
  const name = `${DATA.columns[mark.column].name} ${lane.title}: ${outcomeWord(mark.outcome)}`;
  const chosen = state.pick === mark.event ? " chosen" : "", dim = outcomeShown(mark) ? "" : " dim";
  const ink = colour("--soft");
  const ticks = mark.promises.slice(0, 4).map((promise, i) => `<circle cx="${x - 6 + i * 5}" cy="${y + 17}" r="1.8" fill="${promise.state === "unreported" ? colour("--bridge") : ink}"/>`).join("");
  return `<g class="mark${chosen}${dim}" tabindex="0" role="button" data-event="${escaped(mark.event)}" aria-label="${escaped(name)}${silent ? " !" : ""}">` +
    `<title>${escaped(name)}</title><rect class="ring" x="${x - 17}" y="${y - 19}" width="34" height="40" rx="6"/>${shape(mark.outcome, x, y, SIZE)}` +
    (mark.routine && mark.outcome !== "routine" ? `<circle cx="${x}" cy="${y}" r="3" fill="${colour("--paper")}"/>` : "") +
    (up ? `<path d="M${x + 13},${y - 8} l4,-7 l4,7 z" fill="${ink}"/>` : "") + (down ? `<path d="M${x - 21},${y - 15} l4,7 l4,-7 z" fill="${ink}"/>` : "") + ticks + `</g>`;
}

// ---- what stands behind a mark

function choose(event) {
  state.pick = event;
  writeAddress();
  for (const mark of document.querySelectorAll(".mark")) mark.classList.toggle("chosen", mark.dataset.event === event);
  showPick(true);
}

function showPick(focus) {
  const found = EVENTS.get(state.pick);
  if (!found) return;
  const { lane } = found;
  const whole = lane.marks.map((mark) => make("section", mark.event === state.pick ? { "aria-current": "true" } : {},
    make("h3", {}, picture(mark.outcome), ` ${DATA.columns[mark.column].name} (${DATA.columns[mark.column].date}) · ${outcomeWord(mark.outcome)}${mark.routine ? " · " + word("routine") : ""}`),
    ...mark.passed.map(([level, purpose]) => make("p", {}, `${purpose === "origin" ? word("came-down") : word("passed")}: ${level} (${word("purpose-" + purpose)})`)),
    ...sentence(mark.evidence), ...promises(mark)));
  openDrawer([make("h2", {}, ...highlighted(lane.title)), ...(lane.aliases.length ? [make("p", { class: "where" }, `${word("also-called")}: ${lane.aliases.join("、")}`)] : []),
    make("p", { class: "where" }, lane.agencies.map(agencyName).join("、")), ...whole], focus);
  const current = byId("drawer").querySelector("[aria-current]");
  if (current && focus) current.scrollIntoView({ block: "start" });
}

function promises(mark) {
  if (!mark.promises.length) return [];
  return [make("p", {}, make("b", {}, word("asked"))), make("ul", {}, ...mark.promises.map((promise) => make("li", {},
    ...highlighted(promise.quote), make("p", { class: "where" },
      `${promise.actors.map(agencyName).join("、") || word("nobody-named")}${promise.due ? ` · ${word("due")} ${dueWord(promise.due)}` : ""} · ${word("state-" + promise.state)}` +
      (promise.report_quote ? ` (${promise.report_date}: ${promise.report_quote})` : "")))))];
}

function drawTwin(lanes) {
  const head = ["case", "meeting", "outcome", "quote", "asked", "source"].map((key) => make("th", { scope: "col" }, word(key)));
  const rows = lanes.flatMap((lane) => lane.marks.filter((mark) => inYears(DATA.columns[mark.column].date) && outcomeShown(mark)).map((mark) => make("tr", {},
    make("th", { scope: "row" }, lane.title), make("td", {}, `${DATA.columns[mark.column].name} (${DATA.columns[mark.column].date})`),
    make("td", {}, make("button", { type: "button", onclick: () => choose(mark.event) }, outcomeWord(mark.outcome))), make("td", {}, mark.evidence.quote),
    make("td", {}, mark.promises.map((promise) => `${promise.quote} (${word("state-" + promise.state)})`).join("; ")),
    make("td", {}, `${mark.evidence.source} ${mark.evidence.start}–${mark.evidence.end}`))));
  byId("twin").replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)));
}

function pictureFile() {
  const lanes = shownLanes(), columns = shownColumns();
  const width = NAMES + 60 + columns.length * COLUMN, height = HEAD + lanes.length * ROW + 10;
  const heads = columns.map((column, place) => { const x = NAMES + 60 + place * COLUMN + COLUMN / 2;
    return `<text x="${x}" y="20" text-anchor="middle" font-size="13" font-weight="700" fill="${colour("--ink")}">${escaped(column.name)}</text><text x="${x}" y="38" text-anchor="middle" font-size="11" fill="${colour("--soft")}">${escaped(column.date)}</text>`; });
  const names = lanes.map((lane, place) => `<text x="8" y="${HEAD + place * ROW + ROW / 2 + 5}" font-size="13" fill="${colour("--ink")}">${escaped(lane.title.length > 26 ? lane.title.slice(0, 25) + "…" : lane.title)}</text>`);
  return { svg: svgFile(width, height, heads.join("") + names.join("") + `<g transform="translate(${NAMES + 60},${HEAD})">${board(lanes, columns)}</g>`), width, height };
}

readAddress();
defaults = { lang: document.documentElement.lang, q: "", pick: "", theme: "", outcomes: Object.keys(OUTCOMES).join(","), only: "all", order: "first", city: "", agency: "" };
fillYears(DATA.columns.map((column) => column.date));
const options = (id, values, name) => byId(id).replaceChildren(make("option", { value: "" }), ...values.map((value) => make("option", { value }, name(value))));
options("city", [...new Set(DATA.lanes.flatMap((lane) => lane.cities))].sort(), (city) => city);
options("agency", [...new Set(DATA.lanes.flatMap((lane) => lane.agencies))].sort(), agencyName);
listen();
for (const id of ["only", "order", "city", "agency"]) byId(id).addEventListener("change", (event) => { state[id] = event.target.value; update(); });
byId("fit").addEventListener("click", () => byId("board").scrollTo(0, 0));
byId("save-svg").addEventListener("click", () => save("lineage.svg", "image/svg+xml", pictureFile().svg));
byId("save-png").addEventListener("click", () => { const file = pictureFile(); savePng("lineage.png", file.svg, file.width, file.height); });
byId("save-csv").addEventListener("click", () => saveCsv("lineage.csv", [["case", "meeting", "date", "outcome", "routine", "quote", "source", "start", "end"],
  ...shownLanes().flatMap((lane) => lane.marks.map((mark) => [lane.title, DATA.columns[mark.column].name, DATA.columns[mark.column].date, mark.outcome, mark.routine, mark.evidence.quote, mark.evidence.source, mark.evidence.start, mark.evidence.end]))]));
update();
document.documentElement.dataset.ready = "yes";
