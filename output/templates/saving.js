// The shapes of outcomes, and what is saved: SVG drawn from the data, PNG painted from that SVG, CSV of the rows shown.

const FONT = '"Noto Sans TC","Noto Sans CJK TC","PingFang TC","Microsoft JhengHei",sans-serif';
const escaped = (text) => visible(text).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const outcomeColour = (outcome) => (OUTCOMES[outcome] || OUTCOMES.reported)[dark() ? "dark" : "light"];

function save(name, type, content) {
  const link = make("a", { download: name, href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function saveCsv(name, rows) {
  const cell = (value) => {
    const text = String(value);
    const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? "'" + text : text;
    return `"${safe.replace(/"/g, '""')}"`;
  };
  save(name, "text/csv", "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n");
}

const LARGEST = 8000; // pixels a side that browsers still paint

function savePng(name, { svg, width, height }) {
  const image = new Image();
  image.onload = () => {
    const scale = Math.min(2, LARGEST / width, LARGEST / height);
    const canvas = make("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    const brush = canvas.getContext("2d");
    brush.scale(scale, scale);
    brush.drawImage(image, 0, 0, width, height);
    canvas.toBlob((blob) => save(name, "image/png", blob), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
}

function svgFile(width, height, title, body) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family='${FONT}'>` +
    `<title>${escaped(title)}</title><rect width="100%" height="100%" fill="${colour("--paper")}"/>${body}</svg>`;
}

function listenToSaving(name, rows) {
  byId("save-svg").addEventListener("click", () => save(`${name}.svg`, "image/svg+xml", pictureFile().svg));
  byId("save-png").addEventListener("click", () => savePng(`${name}.png`, pictureFile()));
  byId("save-csv").addEventListener("click", () => saveCsv(`${name}.csv`, rows()));
}

// One form of a size around a place; `open` ones are outlines.
function form(kind, x, y, size, look) {
  const points = (spots) => spots.map(([a, b]) => `${(x + a * size).toFixed(1)},${(y + b * size).toFixed(1)}`).join(" ");
  const polygon = (spots) => `<polygon points="${points(spots)}" ${look}/>`;
  const around = (corners, turn, radius) => [...Array(corners).keys()].map((i) => {
    const angle = turn + (2 * Math.PI * i) / corners, r = radius(i);
    return [r * Math.sin(angle), -r * Math.cos(angle)];
  });
  switch (kind) {
    case "triangle": return polygon([[0, -1], [0.95, 0.8], [-0.95, 0.8]]);
    case "triangleDown": return polygon([[0, 1], [0.95, -0.8], [-0.95, -0.8]]);
    case "diamond": return polygon([[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]]);
    case "square": return polygon([[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]]);
    case "hexagon": return polygon(around(6, Math.PI / 6, () => 1));
    case "star": return polygon(around(10, 0, (i) => (i % 2 ? 0.5 : 1.2)));
    default: return `<circle cx="${x}" cy="${y}" r="${(size * 0.95).toFixed(1)}" ${look}/>`;
  }
}

function shape(outcome, x, y, size) {
  const [kind, open] = (OUTCOMES[outcome] || OUTCOMES.reported).shape.split("-");
  const ink = outcomeColour(outcome);
  return form(kind, x, y, size, `fill="${open ? colour("--paper") : ink}" stroke="${ink}" stroke-width="2" stroke-linejoin="round"`);
}

function drawn(body, size = 20) {
  const holder = make("span", { "aria-hidden": "true" });
  holder.innerHTML = `<svg width="${size}" height="20" viewBox="0 0 ${size} 20">${body}</svg>`;
  return holder;
}

const picture = (outcome) => drawn(shape(outcome, 10, 10, 7));
