// Which agencies work together: pyvis's nodes and edges on vis-network's canvas, one set a fold level, filtered here.

const PAGE = "collaboration";
const OTHER = -1;
const FORMS = DATA.looks.forms;
let shownNodes, shownEdges, canvas, view;

// A fold level with its names, written out when it is first asked for: numbers in the data are places in the list of bodies.
const written = new Map();

function level() {
  if (!written.has(state.level)) {
    const { nodes, sides, cases, ties, above } = DATA.levels[state.level], name = (at) => nodes[at].id;
    const named = (values) => Object.fromEntries(nodes.map((node, at) => [node.id, values[at]]));
    written.set(state.level, {
      nodes, sides: named(sides), cases: named(cases),
      ties: ties.map(([a, b, cases, shares, smooth]) => ({ id: [name(a), name(b)].sort().join("|"), a: name(a), b: name(b), cases, shares, smooth })),
      above: above.map(([below, above]) => ({ id: `${name(below)}>${name(above)}`, from: name(below), to: name(above) })),
    });
  }
  return written.get(state.level);
}

ALLOWED.level = Object.keys(DATA.levels);
const sideForm = (side) => (side === OTHER ? DATA.looks.other : FORMS[side % FORMS.length]);
const sideColour = (side) => colour(side === OTHER ? "--other" : `--side-${side % FORMS.length}`);
const sideWord = (side) => {
  if (side === OTHER) return word("side-other");
  return DATA.cities.length === 2 ? word(side ? "side-right" : "side-left", cityWord(DATA.cities[side])) : cityWord(DATA.cities[side]);
};
const cityWord = (city) => (state.lang === "en" && DATA.english[city + "政府"] ? DATA.english[city + "政府"].replace(/ Government$/, "") : city);
const sideShown = (path) => !list(state.hide).includes(String(level().sides[path]));
const eventsInView = (number) => DATA.cases[number].events.filter((event) => inView(MEETINGS[event.meeting]) && outcomeShown(event.outcome));
const caseTitle = (number) => DATA.cases[number].title;

// What the filters leave: bodies, ties with the weight that the cases left give them, and which of them the search finds.
function look() {
  const live = new Set(DATA.cases.map((_, number) => number).filter((number) => eventsInView(number).length));
  const fitting = new Set([...live].filter((number) => fits(caseTitle(number), ...eventsInView(number).map((event) => event.evidence.quote))));
  const ties = [];
  for (const tie of level().ties) {
    if (!sideShown(tie.a) || !sideShown(tie.b)) continue;
    const places = tie.cases.map((_, i) => i).filter((i) => live.has(tie.cases[i]));
    if (!places.length || places.length < Number(state.least)) continue;
    const cases = places.map((i) => tie.cases[i]);
    ties.push({ ...tie, live: cases, weight: places.reduce((sum, i) => sum + tie.shares[i], 0), fits: cases.some((number) => fitting.has(number)) });
  }
  const kept = new Set(ties.flatMap((tie) => [tie.a, tie.b]));
  const cases = new Map(Object.entries(level().cases).map(([path, numbers]) => [path, numbers.filter((number) => live.has(number))]));
  if (Number(state.least) <= 1) for (const [path, numbers] of cases) if (numbers.length && sideShown(path)) kept.add(path);
  for (const path of [...kept]) {
    const parts = path.split("/");
    for (let i = 1; i < parts.length; i++) { const above = parts.slice(0, i).join("/"); if (above in level().sides) kept.add(above); }
  }
  const nodes = Object.keys(level().sides).filter((path) => kept.has(path));
  const found = new Set(nodes.filter((path) => fits(path, agencyName(path)) || cases.get(path).some((number) => fitting.has(number))));
  const byCases = [...nodes].sort((a, b) => cases.get(b).length - cases.get(a).length);
  return { nodes, ties, cases, found, byCases, tieById: new Map(ties.map((tie) => [tie.id, tie])) };
}

function update() {
  updateShared();
  for (const input of document.querySelectorAll("[name=level]")) input.checked = input.value === state.level;
  drawSides();
  drawOutcomes(countOutcomes(DATA.cases.flatMap((each) => each.events.map((event) => event.outcome))));
  const most = level().ties.reduce((least, tie) => Math.max(least, tie.cases.length), 1);
  byId("least").max = most;
  byId("least").value = Math.min(Number(state.least), most);
  byId("least-shown").textContent = state.least;
  byId("bridges").checked = state.bridges === "1";
  byId("clusters").checked = state.clusters === "1";
  view = look();
  byId("shown").textContent = word("shown-network", view.nodes.length, view.ties.length) + (state.q ? ` ${word("found", view.found.size)}` : "") +
    (state.level === DATA.first && DATA.first !== "section" ? word("folded", DATA.levels.section.nodes.length, word("level-" + DATA.first)) : "");
  const total = Object.keys(level().sides).length;
  notify(total === 0 ? "empty" : total === 1 ? "alone" : view.nodes.length === 0 ? "nothing-found" : view.ties.length === 0 ? "no-ties" : "");
  tellFinding();
  drawNetwork(); // once the words above it stand: they take room from it
  drawTwin();
  if (state.pick) showPick(false);
}

function drawSides() {
  const sides = [...new Set(Object.values(level().sides))].sort((a, b) => (a < 0) - (b < 0) || a - b);
  const counts = countOutcomes(Object.values(level().sides));
  const labels = sides.map((side) => {
    const box = make("input", { type: "checkbox", name: "side", value: side });
    box.checked = !list(state.hide).includes(String(side));
    box.addEventListener("change", () => {
      state.hide = switched(state.hide, String(side), !box.checked);
      update();
      document.querySelector(`[name=side][value="${side}"]`).focus();
    });
    const ink = sideColour(side);
    return make("label", {}, box, drawn(form(sideForm(side), 10, 10, 7, `fill="${ink}"`)), make("span", {}, `${sideWord(side)} (${counts.get(side)})`));
  });
  byId("sides").replaceChildren(byId("sides").querySelector("legend"), ...labels);
}

// ---- the picture

const MANY = 150, VERY_MANY = 300; // bodies: above the first, plainer lines; above the second, only the labels that find room

function drawNetwork() {
  const many = view.nodes.length > MANY, veryMany = view.nodes.length > VERY_MANY;
  const kept = new Set(view.nodes);
  const bridges = state.bridges === "1" ? bridgesOf(view.ties) : new Set(), clusters = state.clusters === "1" ? clustersOf(view.ties) : new Map();
  const [ink, soft, paper, accent, grey, red] = ["--ink", "--soft", "--paper", "--accent", "--tie", "--bridge"].map(colour);
  const fills = new Map([...new Set(Object.values(level().sides))].map((side) => [side, sideColour(side)]));
  frame = framed(level().nodes);
  const nodes = level().nodes.filter((node) => kept.has(node.id)).map((node) => {
    const fill = fills.get(level().sides[node.id]), cluster = clusters.get(node.id);
    const found = view.found.has(node.id);
    const cityItself = !node.id.includes("/") && level().sides[node.id] !== OTHER;
    return { ...node, x: node.x * frame.wide, y: node.y * frame.tall, size: sizeOf(node.id) * frame.size,
      label: veryMany ? undefined : pictureName(node, cluster), title: `${agencyName(node.id)}: ${word("cases-of", view.cases.get(node.id).length)}`,
      borderWidth: cityItself ? 4 : veryMany ? 0 : 1, borderWidthSelected: 5, opacity: found ? 1 : 0.22,
      color: { background: fill, border: cityItself ? ink : fill, highlight: { background: fill, border: accent }, hover: { background: fill, border: ink } },
      font: veryMany ? undefined : { size: frame.font, color: found ? ink : soft, strokeWidth: many ? 0 : 4, strokeColor: paper, face: FONT } };
  });
  const plain = edgeColours(many ? blended(grey, paper, 0.6) : grey, many ? 1 : 0.6); // what most edges look like is said once
  const edges = view.ties.map((tie) => {
    const look = { id: tie.id, from: tie.a, to: tie.b, width: DATA.scale.edge[0] + DATA.scale.edge[1] * Math.sqrt(tie.weight) };
    const bridge = bridges.has(tie.id), strength = tie.fits ? 0.6 : 0.12, own = bridge ? red : grey;
    if (!many && tie.smooth) look.smooth = tie.smooth;
    if (bridge) look.dashes = [12, 5];
    if (!veryMany) look.title = `${pair(tie).map(agencyName).join(" – ")}: ${word("cases-of", tie.live.length)}`;
    if (bridge || !tie.fits) look.color = edgeColours(many ? blended(own, paper, strength) : own, many ? 1 : strength);
    return look;
  });
  if (!veryMany) {
    for (const edge of level().above) if (kept.has(edge.from) && kept.has(edge.to)) edges.push({ ...edge, width: 1, selectionWidth: 0, dashes: !many && [2, 5] });
  }
  const interaction = { ...DATA.options.interaction, hideEdgesOnDrag: veryMany, hideEdgesOnZoom: veryMany, hover: !veryMany };
  const options = { interaction, edges: { ...DATA.options.edges, color: plain } };
  if (!canvas) {
    canvas = new vis.Network(byId("network"), { nodes: [], edges: [] }, { ...DATA.options, ...options });
    canvas.on("click", (hit) => {
      const edge = hit.edges.find((id) => view.tieById.has(id));
      if (hit.nodes.length) choose(hit.nodes[0]);
      else if (edge) choose(edge);
    });
    canvas.on("afterDrawing", drawRoomyLabels);
    new ResizeObserver(refit).observe(byId("network"));
  } else canvas.setOptions(options);
  canvas.renderer.allowRedraw = false; // else each step below draws all of it
  canvas.setData({ nodes: (shownNodes = new vis.DataSet(nodes)), edges: (shownEdges = new vis.DataSet(edges)) });
  if (veryMany) fit();
  canvas.renderer.allowRedraw = true;
  if (veryMany) canvas.redraw(); else fit();
}

const edgeColours = (color, opacity) => ({ color, opacity, inherit: false, highlight: colour("--accent"), hover: colour("--accent") });

// A colour as it looks when it lets the paper through: drawn much faster than one that does.
function blended(ink, paper, share) {
  const parts = (text) => (text.length === 4 ? text.replace(/[0-9a-f]/gi, (digit) => digit + digit) : text).match(/[0-9a-f]{2}/gi).map((part) => parseInt(part, 16));
  const under = parts(paper);
  return "#" + parts(ink).map((part, i) => Math.round(part * share + under[i] * (1 - share)).toString(16).padStart(2, "0")).join("");
}

// Among very many bodies: the names of those with most cases, always of one size, where they find room.
function drawRoomyLabels(brush) {
  if (view.nodes.length <= VERY_MANY) return;
  const scale = canvas.getScale(), taken = new Set(), { clientWidth, clientHeight } = byId("network");
  brush.font = `${13 / scale}px ${FONT}`;
  brush.textAlign = "left";
  brush.textBaseline = "middle";
  brush.fillStyle = colour("--ink");
  brush.strokeStyle = colour("--paper");
  brush.lineWidth = 3 / scale;
  let room = 80;
  for (const path of view.byCases) {
    const at = canvas.getPosition(path), spot = canvas.canvasToDOM(at);
    if (spot.x < 0 || spot.y < 0 || spot.x > clientWidth || spot.y > clientHeight) continue;
    const cell = `${Math.floor(spot.x / 130)} ${Math.floor(spot.y / 22)}`;
    if (taken.has(cell)) continue;
    taken.add(cell);
    const name = pictureName(DRAWN.get(state.level).get(path), 0).split("\n")[0], x = at.x + sizeOf(path) + 3 / scale;
    brush.strokeText(name, x, at.y);
    brush.fillText(name, x, at.y);
    if (!--room) return;
  }
}

const DRAWN = new Map(Object.entries(DATA.levels).map(([name, each]) => [name, new Map(each.nodes.map((node) => [node.id, node]))]));
const pictureName = (node, cluster) => {
  const name = state.lang === "en" && DATA.english[node.id] ? DATA.english[node.id].split(",")[0] : node.label;
  return wrapped((cluster ? `(${cluster}) ` : "") + shortened(visible(name), 60), state.lang === "en" ? frame.letters + 8 : frame.letters);
};

// A long name on several lines: broken at spaces, or after so many letters where there are none.
function wrapped(name, most) {
  const lines = [""];
  for (const piece of name.match(/[\u0000-\u007f]+?(?:\s|$|(?=[^\u0000-\u007f]))|[^]/gu) || []) {
    if (lines[lines.length - 1] && (lines[lines.length - 1] + piece).trim().length > most) lines.push("");
    lines[lines.length - 1] += piece;
  }
  return lines.map((line) => line.trim()).join("\n");
}

// How the places are stretched or squeezed to the room there is, so that labels stay readable and don't meet.
let frame = { wide: 1, tall: 1, size: 1, font: 17, letters: 14, narrow: false };

function framed(nodes) {
  const span = (key) => nodes.reduce((most, node) => Math.max(most, node[key]), 1) - nodes.reduce((least, node) => Math.min(least, node[key]), 0);
  const { clientWidth, clientHeight } = byId("network");
  if (clientWidth < 700) {
    return { wide: Math.min(1, Math.max(0.15, (clientWidth - 110) / span("x"))), tall: Math.min(1.1, Math.max(0.92, (clientHeight - 90) / span("y"))), size: 0.62, font: 13, letters: 9, narrow: true };
  }
  const tall = (clientHeight / clientWidth) * (span("x") + 200) / (span("y") + 200);
  return { wide: 1, tall: Math.min(3.4, Math.max(1, tall)), size: 1, font: 17, letters: 14, narrow: false };
}

const sizeOf = (path) => DATA.scale.node[0] + DATA.scale.node[1] * Math.sqrt(view.cases.get(path).length);

// The whole picture, with labels that stay readable where it is small; where they would meet, the part around what is chosen.
function fit() {
  framedAt = [byId("network").clientWidth, byId("network").clientHeight].join();
  canvas.fit({ animation: false });
  if (view.nodes.length <= VERY_MANY) fitLetters();
  if (state.pick) mark(state.pick);
}

function fitLetters() {
  const letters = (size) => {
    const changed = shownNodes.get().filter((node) => node.font.size !== size);
    canvas.renderer.allowRedraw = false;
    if (changed.length) shownNodes.update(changed.map((node) => ({ id: node.id, font: { ...node.font, size } })));
    canvas.renderer.allowRedraw = true;
    canvas.redraw(); // measures the labels, so that they fit too
    canvas.fit({ animation: false });
  };
  letters(frame.font);
  const scale = canvas.getScale();
  if (frame.narrow && scale < 0.85) {
    const at = shownNodes.get(state.pick) || shownNodes.get(cursor) || { y: byId("network").clientHeight / 2 - 40 };
    canvas.moveTo({ scale: 0.9, position: { x: 0, y: at.y }, animation: false });
  } else if (12 / scale > frame.font) letters(Math.min(60, 12 / scale));
}

// A turned or resized screen gets a new frame.
let framedAt = "";

function refit() {
  if (framedAt === [byId("network").clientWidth, byId("network").clientHeight].join()) return;
  const { wide, tall } = framed(level().nodes);
  if (wide !== frame.wide || tall !== frame.tall) drawNetwork(); else fit();
}

function mark(pick) {
  if (shownNodes.get(pick)) canvas.selectNodes([pick], false);
  else if (shownEdges.get(pick)) canvas.setSelection({ nodes: [], edges: [pick] });
}

// ---- the keyboard: arrows go to the next body in that direction, Enter opens it

let cursor = "";

function moveCursor(event) {
  const toward = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key];
  if (event.key === "Enter" && cursor) { event.preventDefault(); choose(cursor); return; }
  if (!toward || !view.nodes.length) return;
  event.preventDefault();
  const nodes = shownNodes.get(), here = nodes.find((node) => node.id === cursor);
  const cost = (node) => {
    const ahead = (node.x - here.x) * toward[0] + (node.y - here.y) * toward[1];
    const aside = Math.abs((node.x - here.x) * toward[1]) + Math.abs((node.y - here.y) * toward[0]);
    return ahead > 0 ? ahead + 2 * aside : Infinity;
  };
  const next = here ? nodes.reduce((best, node) => (cost(node) < cost(best) ? node : best), here) : nodes[0];
  cursor = next.id;
  mark(cursor);
  const ties = view.ties.filter((tie) => tie.a === cursor || tie.b === cursor);
  byId("spoken").textContent = `${agencyName(cursor)}, ${word("cases-of", view.cases.get(cursor).length)}, ${word("ties-of", ties.length)}`;
}
