// What stands behind a body or a tie, the same as a table, and the same as an SVG file.

function choose(id) {
  state.pick = id;
  writeAddress();
  mark(id);
  showPick(true);
}

function showPick(focus) {
  const tie = view.tieById.get(state.pick);
  if (tie) {
    openDrawer([make("h2", {}, pair(tie).map(agencyName).join(" – ")),
      make("p", {}, `${word("cases")}: ${tie.live.length} · ${word("weight")}: ${tie.weight.toFixed(2)}`), ...casePanels(tie.live, [tie.a, tie.b])], focus);
  } else if (view.cases.has(state.pick)) {
    const partners = view.ties.filter((each) => each.a === state.pick || each.b === state.pick).sort((a, b) => b.weight - a.weight);
    const buttons = partners.map((each) => make("li", {}, make("button", { type: "button", onclick: () => choose(each.id) },
      `${agencyName(each.a === state.pick ? each.b : each.a)} (${word("cases-of", each.live.length)})`)));
    openDrawer([make("h2", {}, ...highlighted(agencyName(state.pick))), make("p", { class: "where" }, state.pick),
      ...(buttons.length ? [make("h3", {}, word("other-agency")), make("ul", { class: "partners" }, ...buttons)] : []),
      make("h3", {}, word("evidence")), ...casePanels(view.cases.get(state.pick), [state.pick])], focus);
  } else closeDrawer();
}

// A case's events that name one of the bodies; all of its events where none of them does.
function casePanels(numbers, paths) {
  const names = (event) => event.agencies.some((agency) => paths.some((path) => agency === path || agency.startsWith(path + "/")));
  return numbers.flatMap((number) => {
    const events = eventsInView(number), about = events.filter(names);
    return [make("h4", {}, ...highlighted(caseTitle(number))), make("p", { class: "where" }, `${word("last-outcome")}: ${outcomeWord(DATA.cases[number].outcome)}`),
      ...(about.length ? about : events).flatMap((event) =>
        [make("p", {}, picture(event.outcome), ` ${meetingWords(MEETINGS[event.meeting])} · ${outcomeWord(event.outcome)}`), ...sentence(event.evidence)])];
  });
}

const casesInView = (path) => view.cases.get(path).map(caseTitle);
const meetingsOf = (numbers) => new Set(numbers.flatMap((number) => eventsInView(number).map((event) => event.meeting))).size;

// The two bodies of a tie in the order of their sides, the left one first.
const rank = (path) => (level().sides[path] === OTHER ? DATA.cities.length : level().sides[path]);
const pair = (tie) => [tie.a, tie.b].sort((a, b) => rank(a) - rank(b));
const heaviest = (ties) => [...ties].sort((a, b) => b.weight - a.weight || b.live.length - a.live.length);

// The answer to the page's question under the filters chosen: the heaviest ties across the sides.
function tellFinding() {
  const between = view.ties.filter((tie) => level().sides[tie.a] !== level().sides[tie.b] && [tie.a, tie.b].every((path) =>
    state.level === "government" || path.includes("/") || level().sides[path] === OTHER));
  const first = heaviest(between).slice(0, 3).map((tie) => `${pair(tie).map(agencyName).join("–")} (${word("cases-of", tie.live.length)})`);
  byId("finding").textContent = first.length ? visible(word("finding-network", first.join(word("comma")))) : "";
}

function drawTwin() {
  if (!document.querySelector(".twin").open) { byId("twin").replaceChildren(); return; }
  const head = ["agency", "other-agency", "cases", "meetings", "weight"].map((key) => make("th", { scope: "col" }, word(key)));
  const opens = (id, path) => make("button", { type: "button", onclick: () => choose(id) }, ...highlighted(agencyName(path)));
  const titles = (names) => make("td", { class: "long" }, ...highlighted(names.join("、")));
  const ties = heaviest(view.ties).map((tie) => make("tr", { "data-tie": tie.id }, make("td", {}, opens(pair(tie)[0], pair(tie)[0])), make("td", {}, opens(tie.id, pair(tie)[1])),
    titles(tie.live.map(caseTitle)), make("td", { class: "short" }, String(meetingsOf(tie.live))), make("td", { class: "short" }, tie.weight.toFixed(2))));
  const tied = new Set(view.ties.flatMap((tie) => [tie.a, tie.b]));
  const alone = view.nodes.filter((path) => !tied.has(path)).map((path) => make("tr", { "data-alone": path }, make("td", {}, opens(path, path)),
    make("td", {}, "–"), titles(casesInView(path)), make("td", { class: "short" }, String(meetingsOf(view.cases.get(path)))), make("td", {}, "–")));
  byId("twin").replaceChildren(make("table", {}, make("caption", {}, word("collaboration-title")), make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...ties, ...alone)));
}

function pictureFile() {
  const drawnAt = DRAWN.get(state.level);
  const places = new Map(shownNodes.get().map((node) => [node.id, { ...node, x: drawnAt.get(node.id).x, y: drawnAt.get(node.id).y, size: sizeOf(node.id) }]));
  const all = [...places.values()], least = (key) => all.reduce((low, node) => Math.min(low, node[key]), 0), most = (key) => all.reduce((high, node) => Math.max(high, node[key]), 0);
  const left = least("x") - 130, top = least("y") - 70, width = most("x") - left + 130, height = most("y") - top + 100;
  const plain = edgeColours(colour("--tie"), 0.6);
  const lines = shownEdges.get().map((edge) => {
    const ink = edge.color || plain;
    const a = places.get(edge.from), b = places.get(edge.to), [x1, y1, x2, y2] = [a.x - left, a.y - top, b.x - left, b.y - top];
    const bow = edge.smooth ? (y2 - y1) * edge.smooth.roundness * (edge.smooth.type === "curvedCW" ? 1 : -1) : 0;
    return `<path d="M${x1},${y1} Q${(x1 + x2) / 2 + bow},${(y1 + y2) / 2} ${x2},${y2}" fill="none" stroke="${ink.color}" ` +
      `stroke-opacity="${ink.opacity}" stroke-width="${edge.width.toFixed(2)}"${edge.dashes ? ` stroke-dasharray="${edge.dashes.join(" ")}"` : ""}/>`;
  });
  const bodies = all.map((node) => {
    const x = node.x - left, y = node.y - top, ink = node.color.background;
    const words = (node.label || "").split("\n").map((line, i) => `<tspan x="${x}" y="${y + node.size + 20 + i * 19}">${escaped(line)}</tspan>`).join("");
    return `<g>${form(sideForm(level().sides[node.id]), x, y, node.size, `fill="${ink}" stroke="${node.color.border}" stroke-width="${node.borderWidth}"`)}` +
      `<text text-anchor="middle" font-size="17" fill="${colour("--ink")}" stroke="${colour("--paper")}" stroke-width="4" paint-order="stroke">${words}</text></g>`;
  });
  return { svg: svgFile(width, height, word("collaboration-title"), lines.join("") + bodies.join("")), width, height };
}

listenTo("least", "input", (field) => { state.least = field.value; });
for (const id of ["bridges", "clusters"]) listenTo(id, "change", (field) => { state[id] = field.checked ? "1" : ""; });
for (const input of document.querySelectorAll("[name=level]")) input.addEventListener("change", () => { state.level = input.value; state.pick = ""; cursor = ""; byId("drawer").hidden = true; update(); });
byId("network").addEventListener("keydown", moveCursor);
byId("fit").addEventListener("click", fit);
listenToSaving(PAGE, () => [["agency_a", "agency_b", "cases", "meetings", "weight", "case_titles"],
  ...heaviest(view.ties).map((tie) => [tie.a, tie.b, tie.live.length, meetingsOf(tie.live), tie.weight.toFixed(4), tie.live.map(caseTitle).join("|")])]);
start({ level: DATA.first, hide: "", least: "1", bridges: "", clusters: "" });
