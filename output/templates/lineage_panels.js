// What stands behind a mark, the same as a table, and the same as an SVG file.

function choose(event) {
  state.pick = event;
  writeAddress();
  for (const mark of document.querySelectorAll(".mark")) mark.classList.toggle("chosen", mark.dataset.event === event);
  showPick(true);
}

function showPick(focus) {
  const found = EVENTS.get(state.pick);
  if (!found) { closeDrawer(); return; }
  const { lane } = found;
  const related = relationsOf(lane).map(({ kind, other }) => make("li", {}, `${word("relation-" + kind)}: `,
    make("button", { type: "button", onclick: () => choose(other.mark.event) }, shortened(other.lane.title, 80))));
  openDrawer([make("h2", {}, ...highlighted(lane.title)),
    ...(lane.aliases.length ? [make("p", { class: "where" }, `${word("also-called")}: ${lane.aliases.join("、")}`)] : []),
    make("p", { class: "where" }, ...highlighted(lane.agencies.map(agencyName).join("、"))),
    ...(lane.left_out ? [make("p", { class: "silent" }, word("left-out", lane.left_out))] : []),
    ...(related.length ? [make("h3", {}, word("relations")), make("ul", {}, ...related)] : []),
    ...lane.marks.map(treatment)], focus);
  const current = byId("drawer").querySelector("[aria-current]");
  if (!focus) return;
  const mark = document.querySelector(".mark.chosen");
  if (mark) mark.scrollIntoView({ block: "nearest", inline: "center" });
  if (current) byId("drawer").scrollTop = current.offsetTop - byId("drawer").offsetTop - 8;
}

function relationsOf(lane) {
  const own = new Set(lane.marks.map((mark) => mark.event));
  return DATA.relations.flatMap((relation) => {
    if (own.has(relation.from_event) === own.has(relation.to_event)) return [];
    const other = EVENTS.get(own.has(relation.from_event) ? relation.to_event : relation.from_event);
    return other ? [{ kind: relation.kind, other }] : [];
  });
}

const passedWords = ([level, purpose]) => `${purpose === "origin" ? word("came-down") : word("passed")}: ${levelWord(level)} (${word("purpose-" + purpose)})`;

function treatment(mark) {
  return make("section", mark.event === state.pick ? { "aria-current": "true" } : {},
    ...(mark.missed ? [make("p", { class: "where" }, `⋯ ${word("missed", mark.missed)}`)] : []),
    make("h3", {}, picture(mark.outcome), ` ${meetingWords(DATA.columns[mark.column])} · ${outcomeWord(mark.outcome)}${mark.routine ? " · " + word("routine") : ""}`),
    ...mark.passed.map((passed) => make("p", {}, passedWords(passed))), ...sentence(mark.evidence), ...promises(mark));
}

function promises(mark) {
  if (!mark.promises.length) return [];
  return [make("p", {}, make("b", {}, word("asked"))), make("ul", { class: "asked" }, ...mark.promises.map((promise) => make("li", {},
    drawn(tick(tickOf(promise), 6, 9), 12), ...highlighted(promise.quote), make("p", { class: "where" },
      `${promise.actors.map(agencyName).join("、") || word("nobody-named")}${promise.due ? ` · ${word("due")} ${dueWord(promise.due)}` : ""} · ${stateWord(promise.state)}`),
    ...(promise.report_quote ? [make("p", { class: "where" }, `${word("report")} ${promise.report_date}: `, ...highlighted(promise.report_quote))] : []))))];
}

// The answer to the page's question under the filters chosen: how many cases ended how.
function tellFinding() {
  const lost = lanes.filter((lane) => lane.left_out).length, open = lanes.filter((lane) => OPEN.includes(lane.outcome)).length;
  const counts = countOutcomes(lanes.map((lane) => lane.outcome)), asked = lanes.flatMap((lane) => shownMarks(lane).flatMap((mark) => mark.promises));
  const silent = new Set(asked.filter((promise) => promise.state === "unreported").map((promise) => promise.directive)).size;
  byId("finding").textContent = lanes.length ? word("finding-lanes", lanes.length, counts.get("delisted") || 0, counts.get("delist-requested") || 0, open, lost, silent) : "";
}

function drawLegend() {
  const ink = colour("--soft"), red = colour("--bridge");
  const line = (look) => `<path d="M2,10 H38" ${look}/>`;
  byId("legend").replaceChildren(...[
    ["legend-up", `<path d="M10,14 l5,-9 l5,9 z" fill="${ink}"/>`], ["legend-down", `<path d="M10,6 l5,9 l5,-9 z" fill="${ink}"/>`],
    ["legend-routine", shape("delist-requested", 15, 10, 7) + `<circle cx="15" cy="10" r="2.6" fill="${colour("--paper")}"/>`],
    ["legend-gap", line(`stroke="${outcomeColour("tracked")}" stroke-width="4" ${GAP}`)], ["legend-lost", line(`stroke="${red}" stroke-width="2.5" stroke-dasharray="1 6" stroke-linecap="round"`)],
    ["legend-relation", line(`stroke="${red}" stroke-width="1.6" stroke-dasharray="4 3"`)],
    ...["done", "partly", "superseded", "silent", "open"].map((kind) => ["tick-" + kind, tick(kind, 15, 10)]),
  ].map(([key, body]) => make("li", {}, drawn(body, 40), word(key))));
}

// The rows of the table and of the CSV file: one a mark shown.
function rows() {
  return lanes.flatMap((lane) => shownMarks(lane).map((mark) => ({
    lane, mark, column: DATA.columns[mark.column], passed: mark.passed.map(passedWords).join("; "),
    asked: mark.promises.map((promise) => `${promise.quote} (${stateWord(promise.state)})`).join("; "),
    related: relationsOf(lane).map(({ kind, other }) => `${word("relation-" + kind)}: ${other.lane.title}`).join("; "),
  })));
}

function drawTwin() {
  if (!document.querySelector(".twin").open) { byId("twin").replaceChildren(); return; }
  const head = ["case", "meeting", "outcome", "quote", "asked", "passed", "relations", "source"].map((key) => make("th", { scope: "col" }, word(key)));
  const body = rows().map(({ lane, mark, column, passed, asked, related }) => make("tr", { "data-event": mark.event },
    make("th", { scope: "row", class: "long" }, ...highlighted(lane.title), lane.left_out ? ` (${word("left-out", lane.left_out)})` : ""),
    make("td", { class: "short" }, meetingWords(column)), make("td", { class: "short" }, make("button", { type: "button", onclick: () => choose(mark.event) }, outcomeWord(mark.outcome))),
    make("td", { class: "long" }, ...highlighted(mark.evidence.quote)), make("td", { class: "long" }, ...highlighted(asked)), make("td", {}, passed), make("td", {}, related),
    make("td", {}, mark.evidence.source, make("br"), `${mark.evidence.start}–${mark.evidence.end}`)));
  byId("twin").replaceChildren(make("table", {}, make("caption", {}, word("lineage-title")), make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body)));
}

function pictureFile() {
  const names = NAMES + TAIL, width = names + columns.length * column_width, height = HEAD + lanes.length * ROW + 10;
  const text = (x, y, size, ink, words, more = "") => `<text x="${x}" y="${y}" font-size="${size}" fill="${colour(ink)}" ${more}>${escaped(words)}</text>`;
  const heads = columns.map((column, place) => {
    const x = names + place * column_width + column_width / 2;
    return text(x, 20, 13, "--ink", column.name, 'text-anchor="middle" font-weight="700"') + text(x, 38, 11, "--soft", column.below || column.date, 'text-anchor="middle"');
  });
  const titles = lanes.map((lane, row) => text(8, HEAD + row * ROW + 20, 13, "--ink", shortened(lane.title, 24)) +
    text(8, HEAD + row * ROW + 37, 11, "--soft", lane.left_out ? word("left-out", lane.left_out) : outcomeWord(lane.outcome)));
  return { svg: svgFile(width, height, word("lineage-title"), heads.join("") + titles.join("") + `<g transform="translate(${names},${HEAD})">${board()}</g>`), width, height };
}

fillChoices("city", [...new Set(DATA.lanes.flatMap((lane) => lane.cities))].sort(), (city) => city);
for (const id of ["only", "order", "by", "city", "agency"]) listenTo(id, "change", (field) => { state[id] = field.value; });
byId("fit").addEventListener("click", () => byId("board").scrollTo(0, 0));
listenToSaving(PAGE, () => [["case", "meeting", "date", "outcome", "routine", "quote", "asked", "passed", "related", "source", "start", "end"],
  ...rows().map(({ lane, mark, column, passed, asked, related }) => [lane.title, column.name, column.date, mark.outcome, mark.routine, mark.evidence.quote,
    asked, passed, related, mark.evidence.source, mark.evidence.start, mark.evidence.end])]);
start({ only: "all", order: "first", by: MEETINGS.length > MOST_MEETINGS ? "year" : "meeting", city: "", agency: "" });
window.addEventListener("resize", () => drawBoard());
