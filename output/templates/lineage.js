// How each case fared: a lane a case, a column a meeting, drawn as SVG.

const PAGE = "lineage";
const ROW = 46, NAMES = 300, HEAD = 52, SIZE = 9, TICKS_END = 23, TAIL = 26;
let column_width = 88;
const EVENTS = new Map(DATA.lanes.flatMap((lane) => lane.marks.map((mark) => [mark.event, { lane, mark }])));
const OPEN = ["proposed", "accepted", "tracked"];

const MOST_MEETINGS = 80; // above, the page opens with a column a year

// The columns shown and the meetings (by number) that each stands for: one, or all of a year.
function shownColumns() {
  const single = DATA.columns.map((column, place) => ({ ...column, places: [place] })).filter(inView);
  if (state.by !== "year") return single;
  const years = new Map();
  for (const { date, places } of single) {
    const year = date.slice(0, 4) || "–";
    if (!years.has(year)) years.set(year, { name: year, date: "", group: "", host: "", places: [] });
    years.get(year).places.push(...places);
  }
  return [...years.values()].map((year) => ({ ...year, below: word("meetings-in", year.places.length) }));
}

const shownMarks = (lane) => lane.marks.filter((mark) => inView(DATA.columns[mark.column]) && outcomeShown(mark.outcome));

const ORDERS = {
  first: (lane) => [lane.marks[0].column],
  length: (lane) => [lane.marks[0].column - lane.marks[lane.marks.length - 1].column, -lane.marks.length],
  outcome: (lane) => [Object.keys(OUTCOMES).indexOf(lane.outcome), lane.marks[0].column],
  side: (lane) => [lane.cities.join(), lane.marks[0].column],
};
const KEPT = {
  all: () => true,
  open: (lane) => OPEN.includes(lane.outcome),
  vanished: (lane) => lane.left_out > 0,
  silent: (lane) => lane.marks.some((mark) => mark.promises.some((promise) => promise.state === "unreported")),
};

ALLOWED.order = Object.keys(ORDERS);
ALLOWED.only = Object.keys(KEPT);
ALLOWED.by = ["meeting", "year"];

function shownLanes() {
  const key = ORDERS[state.order], kept = KEPT[state.only];
  const compare = (a, b) => { for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1; return 0; };
  const words = (mark) => [mark.evidence.quote, ...mark.promises.map((promise) => promise.quote)];
  return DATA.lanes
    .filter((lane) => shownMarks(lane).length && kept(lane))
    .filter((lane) => !state.city || lane.cities.includes(state.city))
    .filter((lane) => !state.agency || lane.agencies.some((agency) => agency === state.agency || agency.startsWith(state.agency + "/")))
    .filter((lane) => fits(lane.title, ...lane.aliases, ...lane.agencies, ...lane.agencies.map(agencyName), ...lane.marks.flatMap(words)))
    .map((lane, place) => ({ lane, place, key: key(lane) }))
    .sort((a, b) => compare(a.key, b.key) || a.place - b.place)
    .map(({ lane }) => lane);
}

let lanes = [], columns = [];

function update() {
  updateShared();
  fillAgencies();
  for (const id of ["only", "order", "by", "city", "agency"]) byId(id).value = state[id];
  drawOutcomes(countOutcomes(DATA.lanes.flatMap((lane) => lane.marks.map((mark) => mark.outcome))));
  [lanes, columns] = [shownLanes(), shownColumns()];
  byId("shown").textContent = word("shown-lanes", lanes.length, lanes.reduce((sum, lane) => sum + shownMarks(lane).length, 0));
  notify(DATA.lanes.length === 0 ? "empty" : lanes.length === 0 ? "nothing-found" : "");
  drawBoard();
  drawTwin();
  drawLegend();
  tellFinding();
  if (state.pick) showPick(false);
}

function fillAgencies() {
  const kept = state.agency;
  fillChoices("agency", [...new Set(DATA.lanes.flatMap((lane) => lane.agencies))].sort(), agencyName);
  byId("agency").firstChild.textContent = word("all");
  state.agency = kept;
}

function drawBoard() {
  const narrow = innerWidth <= 820;
  const namesWidth = narrow ? 136 : NAMES;
  column_width = Math.max(68, Math.min(104, Math.floor((byId("board").clientWidth - namesWidth - 2) / Math.max(1, columns.length))));
  const width = columns.length * column_width, height = lanes.length * ROW;
  const heads = columns.map((column) => make("div", { title: [column.group, column.host, column.date].filter(Boolean).join(" · ") },
    make("b", {}, ...highlighted(column.name)), column.below || column.date));
  heads.forEach((head) => { head.style.width = column_width + "px"; });
  const names = lanes.map((lane) => {
    const button = make("button", { type: "button", title: visible(shortened(lane.title, 300)), onclick: () => choose(lane.marks[lane.marks.length - 1].event) },
      make("span", {}, ...highlighted(shortened(lane.title, 120))), make("small", {}, lane.left_out ? word("vanished") : outcomeWord(lane.outcome)));
    button.style.height = ROW + "px";
    return button;
  });
  const grid = make("div", { class: "lanes" }, make("div", { class: "corner" }), make("div", { class: "heads" }, ...heads), make("div", { class: "names" }, ...names));
  grid.style.gridTemplateColumns = `${namesWidth}px ${width}px`;
  const holder = make("div", {});
  holder.innerHTML = `<svg width="${width}" height="${height}" role="group" aria-label="${escaped(word("board-keys"))}">${board()}</svg>`;
  grid.append(holder);
  const { scrollLeft, scrollTop } = byId("board");
  byId("board").replaceChildren(grid);
  byId("board").scrollTo(scrollLeft, scrollTop);
  const first = document.querySelector(".mark.chosen") || document.querySelector(".mark");
  if (first) first.setAttribute("tabindex", "0");
}

// ---- marks: a click or Enter opens one; one mark takes the Tab key, arrows go on from there

byId("board").addEventListener("click", (event) => {
  const mark = event.target.closest(".mark");
  if (mark) choose(mark.dataset.event);
});
byId("board").addEventListener("keydown", (event) => {
  const mark = event.target.closest(".mark");
  if (!mark) return;
  if (event.key === "Enter" || event.key === " ") { event.preventDefault(); choose(mark.dataset.event); return; }
  const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  if (!step) return;
  event.preventDefault();
  const [row, x] = [Number(mark.dataset.row), Number(mark.dataset.x)];
  const marks = [...document.querySelectorAll(".mark")];
  const far = (other) => Math.abs(other.dataset.row - row) * 10000 + Math.abs(other.dataset.x - x);
  const ahead = (other) => (step[0] ? (other.dataset.row - row) * step[0] > 0 : Number(other.dataset.row) === row && (other.dataset.x - x) * step[1] > 0);
  const next = marks.filter(ahead).sort((a, b) => far(a) - far(b))[0];
  if (next) { mark.setAttribute("tabindex", "-1"); next.setAttribute("tabindex", "0"); next.focus(); }
});

// What a mark says when the mouse rests on it is made when it comes there: thousands of them would be slow to draw.
byId("board").addEventListener("mouseover", (event) => {
  const mark = event.target.closest(".mark");
  if (!mark || mark.querySelector("title")) return;
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = mark.getAttribute("aria-label");
  mark.prepend(title);
});

// ---- the lanes

// Where each mark shown stands; several of one meeting stand side by side. Where a column is a year, its last mark stands for all of them.
function marksAt() {
  const at = new Map(columns.flatMap((column, place) => column.places.map((meeting) => [meeting, place])));
  const spots = new Map();
  lanes.forEach((lane, row) => {
    const held = lane.marks.filter((mark) => at.has(mark.column)), y = row * ROW + ROW / 2 - 2;
    for (const mark of held) {
      const beside = held.filter((other) => at.get(other.column) === at.get(mark.column)), middle = (at.get(mark.column) + 0.5) * column_width;
      if (state.by === "year") { spots.set(mark.event, { x: middle, y, row, count: beside.length, under: mark !== beside[beside.length - 1] }); continue; }
      const x = middle + (beside.indexOf(mark) - (beside.length - 1) / 2) * Math.min(26, (column_width - 20) / beside.length);
      spots.set(mark.event, { x, y, row, count: 1, under: false });
    }
  });
  return spots;
}

const onTop = (lane, spots) => lane.marks.filter((mark) => spots.has(mark.event) && !spots.get(mark.event).under);

function board() {
  const spots = marksAt(), width = columns.length * column_width, height = lanes.length * ROW;
  const parts = [`<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0,0 L8,4 L0,8 z" fill="${colour("--bridge")}"/></marker></defs>`];
  lanes.forEach((_, row) => { if (row % 2 === 0) parts.push(`<rect x="0" y="${row * ROW}" width="${width}" height="${ROW}" fill="${colour("--shade")}"/>`); });
  columns.forEach((column, place) => {
    const x = place * column_width, newYear = place && column.date.slice(0, 4) !== columns[place - 1].date.slice(0, 4);
    parts.push(`<line x1="${x + column_width / 2}" x2="${x + column_width / 2}" y1="0" y2="${height}" stroke="${colour("--line")}" stroke-width="0.6"/>`);
    if (newYear) parts.push(`<line x1="${x}" x2="${x}" y1="0" y2="${height}" stroke="${colour("--line")}" stroke-width="2.5"/>`);
  });
  for (const lane of lanes) parts.push(...segments(lane, spots), tail(lane, spots, width));
  for (const relation of DATA.relations) parts.push(arrow(relation, spots));
  for (const lane of lanes) for (const mark of onTop(lane, spots)) parts.push(markShape(lane, mark, spots.get(mark.event)));
  return parts.join("");
}

const GAP = 'stroke-dasharray="3 6"';

function segments(lane, spots) {
  const shown = onTop(lane, spots);
  return shown.slice(1).map((mark, i) => {
    const before = shown[i], here = spots.get(before.event), there = spots.get(mark.event);
    const between = lane.marks.slice(lane.marks.indexOf(before) + 1, lane.marks.indexOf(mark) + 1);
    return `<line x1="${here.x}" y1="${here.y}" x2="${there.x}" y2="${there.y}" stroke="${outcomeColour(before.outcome)}" stroke-width="4" stroke-opacity="0.75" ${between.some((each) => each.missed) ? GAP : ""}/>`;
  });
}

// An open case that later meetings leave out ends in dots and a question mark.
function tail(lane, spots, width) {
  const spot = spots.get(lane.marks[lane.marks.length - 1].event);
  if (!lane.left_out || !spot) return "";
  const end = Math.min(width - 12, spot.x + column_width * 0.75), ink = colour("--bridge");
  return `<line x1="${spot.x}" y1="${spot.y}" x2="${end - 8}" y2="${spot.y}" stroke="${ink}" stroke-width="2.5" stroke-dasharray="1 6" stroke-linecap="round"/>` +
    `<text x="${end}" y="${spot.y + 6}" text-anchor="middle" font-size="17" font-weight="700" fill="${ink}" class="lost">?</text>`;
}

function arrow(relation, spots) {
  const from = spots.get(relation.from_event), to = spots.get(relation.to_event);
  if (!from || !to) return "";
  const down = to.y > from.y, x1 = from.x, y1 = from.y + (down ? TICKS_END : -SIZE), x2 = to.x, y2 = to.y + (down ? -SIZE - 3 : TICKS_END);
  return `<path class="relation" d="M${x1},${y1} Q${(x1 + x2) / 2 + 26},${(y1 + y2) / 2} ${x2},${y2}" fill="none" stroke="${colour("--bridge")}" stroke-width="1.6" stroke-dasharray="4 3" marker-end="url(#head)"><title>${escaped(word("relation-" + relation.kind))}</title></path>`;
}

const TICKS = { reported: "done", partly: "partly", superseded: "superseded", unreported: "silent" };
const tickOf = (promise) => TICKS[promise.state] || "open";

// A promise below its mark: a dot where it was reported, half a dot where a part was, an arrow on where it was asked anew, a cross where it
// fell silent, a ring where it is open.
function tick(kind, x, y) {
  const ink = colour("--soft");
  if (kind === "silent") return `<path d="M${x - 2.5},${y - 2.5} l5,5 m0,-5 l-5,5" stroke="${colour("--bridge")}" stroke-width="1.8"/>`;
  if (kind === "superseded") return `<path d="M${x - 3},${y} h6 m-2.5,-2.5 l2.5,2.5 l-2.5,2.5" fill="none" stroke="${ink}" stroke-width="1.4"/>`;
  const half = kind === "partly" ? `<path d="M${x},${y - 2.6} a2.6,2.6 0 0 0 0,5.2 z" fill="${ink}"/>` : "";
  return `<circle cx="${x}" cy="${y}" r="2.6" fill="${kind === "done" ? ink : colour("--paper")}" stroke="${ink}" stroke-width="1.2"/>${half}`;
}

function markShape(lane, mark, { x, y, row, count }) {
  const up = mark.passed.some(([, purpose]) => purpose !== "origin"), down = mark.passed.some(([, purpose]) => purpose === "origin");
  const silent = mark.promises.filter((promise) => promise.state === "unreported").length;
  const name = `${DATA.columns[mark.column].name} ${shortened(lane.title, 80)}: ${outcomeWord(mark.outcome)}` + (silent ? ` · ${stateWord("unreported")} (${silent})` : "");
  const chosen = state.pick === mark.event ? " chosen" : "", dim = outcomeShown(mark.outcome) ? "" : " dim";
  const ink = colour("--soft"), ticks = mark.promises.slice(0, 5);
  return `<g class="mark${chosen}${dim}" tabindex="-1" role="button" data-event="${escaped(mark.event)}" data-row="${row}" data-x="${x}" aria-label="${escaped(name)}">` +
    `<rect class="ring" x="${x - 17}" y="${y - 18}" width="34" height="40" rx="6" fill="none" pointer-events="all"/>${shape(mark.outcome, x, y, SIZE)}` +
    (count > 1 ? `<text x="${x + 13}" y="${y + 5}" font-size="12" stroke="${colour("--paper")}" stroke-width="4" paint-order="stroke">×${count}</text>` : "") +
    (mark.routine && mark.outcome !== "routine" ? `<circle cx="${x}" cy="${y}" r="3" fill="${colour("--paper")}"/>` : "") +
    (up ? `<path d="M${x + 11},${y - 8} l4.5,-8 l4.5,8 z" fill="${ink}"/>` : "") + (down ? `<path d="M${x - 20},${y - 16} l4.5,8 l4.5,-8 z" fill="${ink}"/>` : "") +
    ticks.map((promise, i) => tick(tickOf(promise), x + (i - (ticks.length - 1) / 2) * 8, y + 17)).join("") + "</g>";
}
