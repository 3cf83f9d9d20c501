"use strict";
// What both pages share: words, filters kept in the address, search, the drawer of evidence, language and theme.

const byId = (id) => document.getElementById(id);
const island = (id) => JSON.parse(byId(id).textContent);
const WORDS = island("words");
const DATA = island("data");
const MEETINGS = DATA.meetings || DATA.columns;

const OUTCOMES = Object.fromEntries(DATA.looks.outcomes.map((look) => [look.name, look]));

// What the reader has chosen; each page adds its own. What differs from `defaults` stands in the address.
const defaults = { lang: document.documentElement.lang, theme: "", q: "", from: "", to: "", group: "", without: "", pick: "" };
const state = { ...defaults };
const ALLOWED = { lang: ["zh-Hant-TW", "en"], theme: ["", "light", "dark"] }; // what else an address says is a filter's value: it finds something or nothing

function word(key, ...values) {
  const text = (WORDS[key] || {})[state.lang] || key;
  return text.replace(/\{(\d)\}/g, (_, place) => values[Number(place)]);
}

// Characters that turn, hide or break text are shown by their numbers, so that a name looks like what it is.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const visible = (text) => String(text).replace(HIDDEN, (sign) => `⟨U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`);
const shortened = (text, most) => (text.length > most ? [...text].slice(0, most - 1).join("") + "…" : text);

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== false) element.setAttribute(key, value);
  }
  element.append(...children.map((child) => (typeof child === "string" ? visible(child) : child)));
  return element;
}

// ---- the address holds the view

function readAddress() {
  const { lang, theme } = state;
  Object.assign(state, defaults, { lang, theme });
  for (const [key, value] of new URLSearchParams(location.hash.slice(1))) if (Object.hasOwn(defaults, key)) state[key] = value;
  for (const [key, allowed] of Object.entries(ALLOWED)) if (!allowed.includes(state[key])) state[key] = defaults[key];
}

function writeAddress() {
  const kept = Object.entries(state).filter(([key, value]) => value !== defaults[key]);
  history.replaceState(null, "", kept.length ? "#" + new URLSearchParams(kept) : location.pathname + location.search);
}

const list = (text) => text.split(",").filter(Boolean);
const switched = (text, item, on) => list(text).filter((each) => each !== item).concat(on ? [item] : []).sort().join(",");

// ---- search

const folded = (text) => text.normalize("NFKC").replace(/台/g, "臺").replace(/\s+/g, "").toLowerCase();
const fits = (...texts) => !state.q || texts.some((text) => folded(text).includes(folded(state.q)));

// The text in pieces, those that were searched for marked; what folding changes (台, full width, spaces) is found too.
function highlighted(text) {
  const wanted = folded(state.q), letters = [...text], parts = [];
  if (!wanted) return [text];
  let from = 0;
  for (let start = 0; start < letters.length; start++) {
    let end = start, seen = "";
    while (end < letters.length && seen.length < wanted.length) seen += folded(letters[end++]);
    if (seen !== wanted || !folded(letters[start])) continue;
    parts.push(letters.slice(from, start).join(""), make("mark", {}, letters.slice(start, end).join("")));
    from = end;
    start = end - 1;
  }
  return [...parts, letters.slice(from).join("")].filter((part) => part !== "");
}

// ---- the drawer

let opener = null;

function openDrawer(children, focus) {
  if (byId("drawer").hidden) opener = document.activeElement;
  byId("drawer-body").replaceChildren(...children);
  byId("drawer").hidden = false;
  if (!focus) return;
  byId("drawer").scrollTop = 0;
  byId("drawer").focus({ preventScroll: true });
  if (innerWidth <= 820) document.querySelector(".picture").scrollIntoView({ block: "start" });
}

function closeDrawer() {
  byId("drawer").hidden = true;
  state.pick = "";
  update();
  if (opener && opener.isConnected) opener.focus({ preventScroll: true });
}

function sentence(evidence) {
  const where = evidence.source ? `${evidence.source} · ${word("characters", evidence.start, evidence.end)}` : "";
  return [make("blockquote", {}, make("span", { class: "around" }, evidence.before), ...highlighted(evidence.quote),
    make("span", { class: "around" }, evidence.after)), make("p", { class: "where" }, where)];
}

const outcomeWord = (outcome) => word("outcome-" + outcome);
const dueWord = (due) => (WORDS["due-" + due] ? word("due-" + due) : levelWord(due));
const levelWord = (level) => (WORDS["at-" + level] ? word("at-" + level) : level);
const stateWord = (name) => word("state-" + (name || "undated"));
const meetingWords = (meeting) => (meeting ? `${meeting.name}${meeting.date && meeting.date !== meeting.name ? ` (${meeting.date})` : ""}` : "");

function agencyName(path) {
  if (state.lang === "en" && DATA.english[path]) return DATA.english[path];
  const parts = path.split("/");
  return parts.length > 1 && parts[0].endsWith("政府") ? [parts[0].slice(0, -2) + parts[1], ...parts.slice(2)].join(" ") : parts.join(" ");
}

// ---- filters that both pages have

const inYears = (date) => !date || ((!state.from || date.slice(0, 4) >= state.from) && (!state.to || date.slice(0, 4) <= state.to));
const inView = (meeting) => inYears(meeting.date) && (!state.group || meeting.group === state.group);
const outcomeShown = (outcome) => !list(state.without).includes(outcome);

function fillFilters() {
  const dates = MEETINGS.map((meeting) => meeting.date).filter(Boolean).sort();
  const years = [...new Set(dates.map((date) => date.slice(0, 4)))];
  for (const id of ["from", "to"]) byId(id).replaceChildren(...years.map((year) => make("option", { value: year }, year)));
  Object.assign(defaults, { from: years[0] || "", to: years[years.length - 1] || "" });
  const groups = [...new Set(MEETINGS.map((meeting) => meeting.group).filter(Boolean))].sort();
  fillChoices("group", groups, (group) => group);
  byId("groups").hidden = groups.length < 2;
}

const fillChoices = (id, values, name) =>
  byId(id).replaceChildren(make("option", { value: "" }), ...values.map((value) => make("option", { value }, shortened(name(value), 30))));

function drawOutcomes(counts) {
  const labels = Object.keys(OUTCOMES).filter((outcome) => counts.has(outcome)).map((outcome) => {
    const box = make("input", { type: "checkbox", value: outcome, name: "outcome" });
    box.checked = outcomeShown(outcome);
    box.addEventListener("change", () => {
      state.without = switched(state.without, outcome, !box.checked);
      update();
      document.querySelector(`#outcomes input[value="${outcome}"]`).focus();
    });
    return make("label", {}, box, picture(outcome), make("span", {}, `${outcomeWord(outcome)} (${counts.get(outcome)})`));
  });
  byId("outcomes").replaceChildren(byId("outcomes").querySelector("legend"), ...labels);
}

function countOutcomes(outcomes) {
  const counts = new Map();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) || 0) + 1);
  return counts;
}

// ---- language, theme, buttons

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const dark = () => document.documentElement.dataset.theme === "dark";

function translate() {
  document.documentElement.lang = state.lang;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = word(element.dataset.t);
  for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
  for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = word(element.dataset.placeholder);
  for (const option of document.querySelectorAll('select option[value=""]')) option.textContent = word("all");
  document.title = word(PAGE + "-title") + " · crosscity";
}

const listenTo = (id, happening, change) => byId(id).addEventListener(happening, (event) => { change(event.target); update(); });

function listen() {
  if (innerWidth <= 820) byId("panel").open = false;
  listenTo("search", "input", (field) => { state.q = field.value; });
  for (const id of ["from", "to", "group"]) listenTo(id, "change", (field) => { state[id] = field.value; });
  listenTo("language", "click", () => { state.lang = state.lang === "en" ? "zh-Hant-TW" : "en"; });
  listenTo("theme", "click", () => { state.theme = dark() ? "light" : "dark"; });
  byId("close").addEventListener("click", closeDrawer);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !byId("drawer").hidden) closeDrawer(); });
  document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
  document.querySelector(".twin").addEventListener("toggle", drawTwin);
  byId("print").addEventListener("click", () => window.print());
  byId("copy-link").addEventListener("click", async (event) => {
    writeAddress();
    try { await navigator.clipboard.writeText(location.href); } catch { window.prompt("", location.href); return; }
    event.target.textContent = word("copied");
  });
  window.addEventListener("hashchange", () => { readAddress(); update(); });
  window.addEventListener("beforeprint", () => { document.documentElement.dataset.printing = "yes"; update(); printed(); });
  window.addEventListener("afterprint", () => { delete document.documentElement.dataset.printing; byId("printed").replaceChildren(); update(); });
}

// On paper: always light, the table open, and the picture as SVG.
function printed() {
  document.querySelector(".twin").open = true;
  drawTwin();
  const file = pictureFile();
  byId("printed").innerHTML = file.svg.replace("<svg ", '<svg role="img" ');
}

function updateShared() {
  const printing = document.documentElement.dataset.printing;
  const wanted = state.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.documentElement.dataset.theme = printing ? "light" : wanted;
  translate();
  for (const [id, key] of [["search", "q"], ["from", "from"], ["to", "to"], ["group", "group"]]) if (byId(id).value !== state[key]) byId(id).value = state[key];
  const dates = MEETINGS.map((meeting) => meeting.date).filter(Boolean).sort();
  byId("coverage").textContent = dates.length ? word("coverage", MEETINGS.length, dates[0], dates[dates.length - 1]) : "";
  writeAddress();
}

function notify(key) {
  byId("notice").hidden = !key;
  byId("notice").textContent = key && word(key);
}

function start(own) {
  Object.assign(defaults, own);
  fillFilters();
  readAddress();
  listen();
  update();
  document.documentElement.dataset.ready = "yes";
  performance.mark("ready");
}
