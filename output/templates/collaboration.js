// Which agencies work together: pyvis's nodes and edges on vis-network's canvas, one set a fold level, filtered here.

const PAGE = "collaboration";
Object.assign(state, { level: "section", sides: "left,right,other", least: "1", bridges: "" });
let shownNodes, shownEdges, canvas;

const caseTitle = (iri) => DATA.cases[iri].title;
const eventsInYears = (iri) => DATA.cases[iri].events.filter((event) => inYears(event.date));
const liveCases = (cases) => cases.filter((iri) => eventsInYears(iri).length > 0);
const sideOf = (path) => DATA.levels[state.level].sides[path];
const sideColour = (side) => colour("--" + side);

function wantedTies() {
  const level = DATA.levels[state.level];
  return level.ties
    .map((tie) => ({ ...tie, id: `${tie.a}|${tie.b}`, live: liveCases(tie.cases) }))
    .filter((tie) => tie.live.length >= Number(state.least) && sideShown(tie.a) && sideShown(tie.b));
}

const sideShown = (path) => state.sides.split(",").includes(sideOf(path));
const nodeFits = (path) => fits(path, ...DATA.levels[state.level].cases[path].map(caseTitle),
  ...DATA.levels[state.level].cases[path].flatMap((iri) => DATA.cases[iri].events.map((event) => event.evidence.quote)));

function wantedNodes(ties) {
  const level = DATA.levels[state.level];
  const tied = new Set(ties.flatMap((tie) => [tie.a, tie.b]));
  const direct = Object.keys(level.sides).filter((path) => sideShown(path) &&
    (tied.has(path) || (Number(state.least) <= 1 && liveCases(level.cases[path]).length > 0)));
  const above = new Set(direct.flatMap((path) => path.split("/").map((_, i, parts) => parts.slice(0, i + 1).join("/"))));
  return Object.keys(level.sides).filter((path) => direct.includes(path) || (above.has(path) && sideShown(path)));
}

function update() {
  updateShared();
  for (const input of document.querySelectorAll("[name=level]")) input.checked = input.value === state.level;
  for (const input of document.querySelectorAll("[name=side]")) input.checked = state.sides.split(",").includes(input.value);
  const level = DATA.levels[state.level];
  const most = Math.max(1, ...level.ties.map((tie) => tie.cases.length));
  byId("least").max = most;
  if (Number(state.least) > most) state.least = String(most);
  byId("least").value = state.least;
  byId("least-shown").textContent = state.least;
  byId("bridges").checked = state.bridges === "1";
  const ties = wantedTies();
  const nodes = wantedNodes(ties);
  drawNetwork(level, nodes, ties);
  byId("shown").textContent = word("shown-network", nodes.length, ties.length);
  const total = Object.keys(level.sides).length;
  const notice = total === 0 ? "empty" : total === 1 ? "alone" : nodes.length === 0 ? "nothing-found" : "";
  byId("notice").hidden = !notice;
  byId("notice").textContent = notice && word(notice);
  byId("legend").replaceChildren(...["left", "right", "other"].map((side) => make("li", {}, sidePicture(side), word("side-" + side))),
    make("li", {}, word("weight-note")));
  drawTwin(ties, nodes);
  if (state.pick) showPick(false);
}

function sidePicture(side) {
  const ink = sideColour(side);
  const forms = { left: `<circle cx="10" cy="10" r="7"`, right: `<polygon points="10,2 18,10 10,18 2,10"`, other: `<polygon points="10,3 18,17 2,17"` };
  const holder = make("span", { "aria-hidden": "true" });
  holder.innerHTML = `<svg width="20" height="20">${forms[side]} fill="${ink}"/></svg>`;
  return holder;
}

function drawNetwork(level, nodes, ties) {
  const kept = new Set(nodes), live = new Map(ties.map((tie) => [tie.id, tie]));
  const bridges = new Set(state.bridges === "1" ? level.bridges : []);
  const ink = colour("--ink"), paper = colour("--paper");
  const tall = stretch(level.nodes);
  const drawnNodes = level.nodes.filter((node) => kept.has(node.id)).map((node) => {
    const dim = !nodeFits(node.id), side = colour("--" + level.sides[node.id]);
    return { ...node, y: node.y * tall, color: { background: side, border: side, highlight: { background: side, border: ink }, hover: { background: side, border: ink } },
      opacity: dim ? 0.2 : 1, font: { color: dim ? colour("--tie") : ink, size: node.id.split("/").length > 2 ? 15 : 17, strokeWidth: 4, strokeColor: paper, face: "Noto Sans TC, Noto Sans CJK TC, PingFang TC, Microsoft JhengHei, sans-serif" } };
  });
  const drawnEdges = level.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to) && (edge.dashes || live.has(edge.id))).map((edge) => {
    const tie = live.get(edge.id);
    const share = tie ? tie.live.length / tie.cases.length : 1;
    return { ...edge, arrows: "", width: edge.width * Math.sqrt(share), selectionWidth: edge.dashes ? 0 : 2,
      color: { color: bridges.has(edge.id) ? colour("--bridge") : colour("--tie"), opacity: edge.dashes ? 0.7 : 0.55, highlight: colour("--accent"), hover: colour("--accent") } };
  });
  if (!canvas) {
    shownNodes = new vis.DataSet(drawnNodes);
    shownEdges = new vis.DataSet(drawnEdges);
    canvas = new vis.Network(byId("network"), { nodes: shownNodes, edges: shownEdges }, DATA.options);
    canvas.on("click", (hit) => {
      const edge = hit.edges.find((id) => id.includes("|"));
      if (hit.nodes.length) choose(hit.nodes[0]);
      else if (edge) choose(edge);
    });
    new ResizeObserver(fit).observe(byId("network"));
  } else {
    shownNodes.clear(); shownEdges.clear();
    shownNodes.add(drawnNodes); shownEdges.add(drawnEdges);
  }
  fit();
}

// A tall, narrow screen gets the rows farther apart, so that labels don't meet.
function stretch(nodes) {
  const span = (key) => Math.max(1, ...nodes.map((node) => node[key])) - Math.min(0, ...nodes.map((node) => node[key]));
  const box = byId("network");
  return Math.min(3.4, Math.max(1, (box.clientHeight / Math.max(1, box.clientWidth)) * (span("x") + 200) / (span("y") + 200)));
}

// The whole picture, with labels that stay readable where it is small.
function fit() {
  canvas.fit({ animation: false });
  const least = 12 / canvas.getScale();
  shownNodes.update(shownNodes.get().map((node) => ({ id: node.id, font: { ...node.font, size: Math.max(node.id.split("/").length > 2 ? 15 : 17, least) } })));
}

// ---- what stands behind a node or a tie

function choose(id) {
  state.pick = id;
  writeAddress();
  showPick(true);
}

function showPick(focus) {
  const level = DATA.levels[state.level];
  const tie = level.ties.find((each) => `${each.a}|${each.b}` === state.pick);
  if (tie) {
    const names = [tie.a, tie.b];
    openDrawer([make("h2", {}, `${agencyName(tie.a)} – ${agencyName(tie.b)}`),
      make("p", {}, `${word("cases")}: ${liveCases(tie.cases).length} · ${word("weight")}: ${tie.weight.toFixed(2)}`), ...casePanels(tie.cases, names)], focus);
  } else if (state.pick in level.sides) {
    openDrawer([make("h2", {}, agencyName(state.pick)), make("p", { class: "where" }, state.pick),
      ...casePanels(level.cases[state.pick], [state.pick])], focus);
  }
}

function casePanels(cases, paths) {
  return liveCases(cases).flatMap((iri) => {
    const about = eventsInYears(iri).filter((event) => paths.some((path) => event.agencies.some((agency) => agency === path || agency.startsWith(path + "/"))));
    return [make("h3", {}, ...highlighted(caseTitle(iri))), make("p", { class: "where" }, `${word("last-outcome")}: ${outcomeWord(DATA.cases[iri].outcome)}`),
      ...about.flatMap((event) => [make("p", {}, `${meetingName(event.meeting)} · ${outcomeWord(event.outcome)}`), ...sentence(event.evidence)])];
  });
}

const meetingName = (iri) => (DATA.meetings[iri] ? `${DATA.meetings[iri].name} (${DATA.meetings[iri].date})` : "");

function drawTwin(ties, nodes) {
  const head = ["agency", "other-agency", "cases", "weight"].map((key) => make("th", { scope: "col" }, word(key)));
  const rows = ties.map((tie) => make("tr", {},
    make("td", {}, make("button", { type: "button", onclick: () => choose(tie.a) }, agencyName(tie.a))),
    make("td", {}, make("button", { type: "button", onclick: () => choose(tie.id) }, agencyName(tie.b))),
    make("td", {}, tie.live.map(caseTitle).join("、")), make("td", {}, tie.weight.toFixed(2))));
  const tied = new Set(ties.flatMap((tie) => [tie.a, tie.b]));
  const rest = nodes.filter((path) => !tied.has(path)).map((path) => make("tr", {},
    make("td", {}, make("button", { type: "button", onclick: () => choose(path) }, agencyName(path))), make("td", {}, "–"),
    make("td", {}, liveCases(DATA.levels[state.level].cases[path]).map(caseTitle).join("、")), make("td", {}, "0")));
  byId("twin").replaceChildren(make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows, ...rest)));
}

function pictureFile() {
  const places = new Map(shownNodes.get().map((node) => [node.id, node]));
  const xs = [...places.values()].map((node) => node.x), ys = [...places.values()].map((node) => node.y);
  const left = Math.min(...xs, 0) - 130, top = Math.min(...ys, 0) - 70;
  const width = Math.max(...xs, 0) - left + 130, height = Math.max(...ys, 0) - top + 90;
  const lines = shownEdges.get().map((edge) => {
    const a = places.get(edge.from), b = places.get(edge.to);
    return `<line x1="${a.x - left}" y1="${a.y - top}" x2="${b.x - left}" y2="${b.y - top}" stroke="${edge.color.color}" stroke-opacity="${edge.color.opacity}" stroke-width="${edge.width}"${edge.dashes ? ' stroke-dasharray="2 5"' : ""}/>`;
  });
  const forms = [...places.values()].map((node) => {
    const x = node.x - left, y = node.y - top, r = node.size, ink = node.color.background;
    const form = { dot: `<circle cx="${x}" cy="${y}" r="${r}" fill="${ink}"/>`, square: `<rect x="${x - r}" y="${y - r}" width="${2 * r}" height="${2 * r}" fill="${ink}"/>`,
      diamond: `<polygon points="${x},${y - r} ${x + r},${y} ${x},${y + r} ${x - r},${y}" fill="${ink}"/>`, triangle: `<polygon points="${x},${y - r} ${x + r},${y + r} ${x - r},${y + r}" fill="${ink}"/>` };
    return `${form[node.shape]}<text x="${x}" y="${y + r + 18}" text-anchor="middle" font-size="17" fill="${colour("--ink")}">${escaped(node.label)}</text>`;
  });
  return { svg: svgFile(width, height, lines.join("") + forms.join("")), width, height };
}

readAddress();
defaults = { ...state, lang: state.lang, q: "", pick: "", theme: "", level: "section", sides: "left,right,other", least: "1", bridges: "" };
fillYears(Object.values(DATA.meetings).map((meeting) => meeting.date));
listen();
for (const input of document.querySelectorAll("[name=level]")) input.addEventListener("change", () => { state.level = input.value; state.pick = ""; byId("drawer").hidden = true; update(); });
for (const input of document.querySelectorAll("[name=side]")) input.addEventListener("change", () => {
  state.sides = [...document.querySelectorAll("[name=side]:checked")].map((each) => each.value).join(",") || "none"; update(); });
byId("least").addEventListener("input", (event) => { state.least = event.target.value; update(); });
byId("bridges").addEventListener("change", (event) => { state.bridges = event.target.checked ? "1" : ""; update(); });
byId("fit").addEventListener("click", fit);
byId("save-svg").addEventListener("click", () => save("collaboration.svg", "image/svg+xml", pictureFile().svg));
byId("save-png").addEventListener("click", () => { const file = pictureFile(); savePng("collaboration.png", file.svg, file.width, file.height); });
byId("save-csv").addEventListener("click", () => saveCsv("collaboration.csv", [["agency_a", "agency_b", "cases", "weight", "case_titles"],
  ...wantedTies().map((tie) => [tie.a, tie.b, tie.live.length, tie.weight, tie.live.map(caseTitle).join("|")])]));
update();
document.documentElement.dataset.ready = "yes";
