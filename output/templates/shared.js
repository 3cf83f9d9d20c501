"use strict";
// What both pages share: words, filters kept in the address, search, the drawer of evidence, saving, themes.

const island = (id) => JSON.parse(document.getElementById(id).textContent);
const byId = (id) => document.getElementById(id);
const WORDS = island("words");
const DATA = island("data");

const OUTCOMES = {
  "proposed": { shape: "triangle-open", light: "#2563c9", dark: "#7fb0ff" },
  "accepted": { shape: "triangle", light: "#2563c9", dark: "#7fb0ff" },
  "tracked": { shape: "circle", light: "#b45f06", dark: "#ffb259" },
  "routine": { shape: "star", light: "#1a7a45", dark: "#6fd69b" },
  "delist-requested": { shape: "diamond", light: "#7b3fb5", dark: "#c9a4ff" },
  "delisted": { shape: "square", light: "#55606c", dark: "#aab6c2" },
  "reported": { shape: "circle-open", light: "#55606c", dark: "#aab6c2" },
};

const state = { lang: document.documentElement.lang, theme: "", q: "", from: "", to: "", pick: "" };

function word(key, ...values) {
  const text = (WORDS[key] || {})[state.lang] || key;
  return text.replace(/\{(\d)\}/g, (_, place) => values[Number(place)]);
}

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== false) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

// ---- the address holds the view

function readAddress() {
  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) if (key in state) state[key] = value;
}

function writeAddress() {
  const kept = Object.entries(state).filter(([key, value]) => value !== "" && value !== defaults[key]);
  history.replaceState(null, "", kept.length ? "#" + new URLSearchParams(kept) : location.pathname + location.search);
}

let defaults = {};

// ---- search

const folded = (text) => text.normalize("NFKC").replace(/台/g, "臺").replace(/\s+/g, "").toLowerCase();
const fits = (...texts) => !state.q || texts.some((text) => folded(text).includes(folded(state.q)));

function highlighted(text) {
  const wanted = state.q.trim();
  const place = wanted ? text.toLowerCase().indexOf(wanted.toLowerCase()) : -1;
  if (place < 0) return [text];
  return [text.slice(0, place), make("mark", {}, text.slice(place, place + wanted.length)), ...highlighted(text.slice(place + wanted.length))];
}

// ---- the drawer

function openDrawer(children, focus) {
  byId("drawer-body").replaceChildren(...children);
  byId("drawer").hidden = false;
  if (focus) byId("drawer").focus({ preventScroll: false });
}

function closeDrawer() {
  byId("drawer").hidden = true;
  state.pick = "";
  update();
}

function sentence(evidence) {
  const where = evidence.source ? `${evidence.source} · ${word("characters", evidence.start, evidence.end)}` : "";
  return [make("blockquote", {}, ...highlighted(evidence.quote)), make("p", { class: "where" }, where)];
}

const outcomeWord = (outcome) => word("outcome-" + outcome);
const dueWord = (due) => (WORDS["due-" + due] ? word("due-" + due) : due);
const agencyName = (path) => path.replace(/政府\/(?=[^/]+$)/, "").split("/").join(" ");

// ---- saving

function save(name, type, content) {
  const link = make("a", { download: name, href: URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function saveCsv(name, rows) {
  const cell = (value) => {
    const text = String(value);
    const safe = /^[=+\-@\t]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? "'" + text : text;
    return `"${safe.replace(/"/g, '""')}"`;
  };
  save(name, "text/csv", "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n");
}

function savePng(name, svg, width, height) {
  const image = new Image();
  image.onload = () => {
    const canvas = make("canvas", { width: width * 2, height: height * 2 });
    const brush = canvas.getContext("2d");
    brush.scale(2, 2);
    brush.drawImage(image, 0, 0, width, height);
    canvas.toBlob((blob) => save(name, "image/png", blob), "image/png");
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svg);
}

const escaped = (text) => String(text).replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
const FONT = '"Noto Sans TC","Noto Sans CJK TC","PingFang TC","Microsoft JhengHei",sans-serif';

function svgFile(width, height, body) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family='${FONT}'>` +
    `<rect width="100%" height="100%" fill="${colour("--paper")}"/>${body}</svg>`;
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const dark = () => document.documentElement.dataset.theme === "dark";
const outcomeColour = (outcome) => (OUTCOMES[outcome] || OUTCOMES.reported)[dark() ? "dark" : "light"];

function shape(outcome, x, y, size) {
  const ink = outcomeColour(outcome);
  const look = `fill="${ink}" stroke="${ink}" stroke-width="2" stroke-linejoin="round"`;
  const open = `fill="${colour("--paper")}" stroke="${ink}" stroke-width="2.5" stroke-linejoin="round"`;
  const points = (list) => list.map(([a, b]) => `${(x + a * size).toFixed(1)},${(y + b * size).toFixed(1)}`).join(" ");
  switch ((OUTCOMES[outcome] || OUTCOMES.reported).shape) {
    case "triangle": return `<polygon points="${points([[0, -1], [0.95, 0.8], [-0.95, 0.8]])}" ${look}/>`;
    case "triangle-open": return `<polygon points="${points([[0, -1], [0.95, 0.8], [-0.95, 0.8]])}" ${open}/>`;
    case "diamond": return `<polygon points="${points([[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]])}" ${look}/>`;
    case "square": return `<rect x="${x - size * 0.85}" y="${y - size * 0.85}" width="${size * 1.7}" height="${size * 1.7}" ${look}/>`;
    case "star": return `<polygon points="${points([...Array(10).keys()].map((i) => {
      const r = i % 2 ? 0.5 : 1.2, turn = (Math.PI * i) / 5;
      return [r * Math.sin(turn), -r * Math.cos(turn)];
    }))}" ${look}/>`;
    case "circle-open": return `<circle cx="${x}" cy="${y}" r="${size * 0.9}" ${open}/>`;
    default: return `<circle cx="${x}" cy="${y}" r="${size * 0.95}" ${look}/>`;
  }
}

function picture(outcome) {
  const holder = make("span", { "aria-hidden": "true" });
  holder.innerHTML = `<svg width="20" height="20" viewBox="0 0 20 20">${shape(outcome, 10, 10, 7)}</svg>`;
  return holder;
}

// ---- language, theme, years, buttons

function translate() {
  document.documentElement.lang = state.lang;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = word(element.dataset.t);
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = word(element.dataset.placeholder);
  document.title = word(PAGE + "-title") + " · crosscity";
}

function fillYears(dates) {
  const years = [...new Set(dates.filter(Boolean).map((date) => date.slice(0, 4)))].sort();
  for (const id of ["from", "to"]) byId(id).replaceChildren(...years.map((year) => make("option", { value: year }, year)));
  defaults = { ...defaults, from: years[0] || "", to: years[years.length - 1] || "" };
  state.from = state.from || defaults.from;
  state.to = state.to || defaults.to;
  const held = dates.filter(Boolean).sort();
  coverage = held.length ? [dates.length, held[0], held[held.length - 1]] : null;
}

let coverage = null;
const inYears = (date) => !date || ((!state.from || date.slice(0, 4) >= state.from) && (!state.to || date.slice(0, 4) <= state.to));

function listen() {
  if (innerWidth <= 820) byId("panel").open = false;
  byId("search").addEventListener("input", (event) => { state.q = event.target.value; update(); });
  for (const id of ["from", "to"]) byId(id).addEventListener("change", (event) => { state[id] = event.target.value; update(); });
  byId("close").addEventListener("click", closeDrawer);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !byId("drawer").hidden) closeDrawer(); });
  document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  byId("language").addEventListener("click", () => { state.lang = state.lang === "en" ? "zh-Hant-TW" : "en"; update(); });
  byId("theme").addEventListener("click", () => { state.theme = dark() ? "light" : "dark"; update(); });
  byId("print").addEventListener("click", () => { document.querySelector(".twin").open = true; window.print(); });
  byId("copy-link").addEventListener("click", async (event) => {
    writeAddress();
    try { await navigator.clipboard.writeText(location.href); } catch { window.prompt("", location.href); return; }
    event.target.textContent = word("copied");
  });
  window.addEventListener("hashchange", () => { readAddress(); update(); });
}

function updateShared() {
  const wanted = state.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.documentElement.dataset.theme = wanted;
  translate();
  byId("search").value = state.q;
  byId("from").value = state.from;
  byId("to").value = state.to;
  byId("coverage").textContent = coverage ? word("coverage", ...coverage) : "";
  writeAddress();
}
