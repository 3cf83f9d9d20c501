// What all pages of the service share: the theme, tables that can be sorted, and the passage that an address names.
"use strict";
(() => {
  const root = document.documentElement;
  const theme = document.getElementById("theme");
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try {
      localStorage.setItem("crosscity-theme", root.dataset.theme);
    } catch {
      // then only this page has it
    }
  });

  // The other language keeps what else the address says.
  const language = document.getElementById("language");
  const wanted = new URLSearchParams(location.search);
  wanted.set("lang", language.hreflang);
  language.addEventListener("click", () => { language.href = `?${wanted}${location.hash}`; });

  // A menu closes when the reader goes elsewhere.
  const menu = document.querySelector("details.menu");
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") menu.open = false; });

  for (const link of document.querySelectorAll("nav a")) if (link.pathname === location.pathname && !link.hash) link.setAttribute("aria-current", "page");

  const compare = new Intl.Collator(root.lang, { numeric: true }).compare;
  const sortBy = (table, place) => {
    const heads = [...table.tHead.rows[0].cells];
    const down = heads[place].getAttribute("aria-sort") === "ascending";
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    heads[place].setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows];
    rows.sort((a, b) => compare(a.cells[place].textContent, b.cells[place].textContent) * (down ? -1 : 1));
    table.tBodies[0].append(...rows);
  };
  window.makeSortable = (table) => {
    [...table.tHead.rows[0].cells].forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sortBy(table, place));
      head.replaceChildren(button);
    });
  };
  document.querySelectorAll("table.sortable, article table").forEach(window.makeSortable);

  // A document's page: #char=12,34 marks those characters (code points) of the text.
  const whole = document.getElementById("text");
  const words = whole && Array.from(whole.textContent);
  const markPassage = () => {
    const found = /^#char=(\d+),(\d+)$/.exec(decodeURIComponent(location.hash));
    if (!words || !found) return;
    const [start, end] = [Number(found[1]), Number(found[2])];
    const mark = document.createElement("mark");
    mark.textContent = words.slice(start, end).join("");
    whole.replaceChildren(words.slice(0, start).join(""), mark, words.slice(end).join(""));
    mark.scrollIntoView({ block: "center" });
  };
  markPassage();
  addEventListener("hashchange", markPassage);
})();
