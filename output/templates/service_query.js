// The query page: a query goes to /sparql, its rows come back as a table. Everything that is shown is set as text, never as markup.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const known = JSON.parse(by("known").textContent);
  const MOST_ROWS = 1000;
  const [query, status, result] = ["query", "status", "result"].map(by);
  const say = (key, ...values) => values.reduce((words, value) => words.replace("{}", value), known.words[key]);
  let running = null;

  const show = (words, bad) => {
    status.textContent = words;
    status.classList.toggle("bad", Boolean(bad));
  };
  const element = (name, words) => {
    const made = document.createElement(name);
    if (words !== undefined) made.textContent = words;
    return made;
  };
  const short = (iri) => {
    if (iri.startsWith(known.base)) return iri.slice(known.base.length);
    for (const [prefix, start] of Object.entries(known.prefixes)) if (iri.startsWith(start)) return `${prefix}:${iri.slice(start.length)}`;
    return iri;
  };
  // An IRI's own percent signs stay as they are.
  const page = (iri) => "/id/" + encodeURI(iri.slice(known.base.length)).replace(/%25/g, "%").replace(/#/g, "%23").replace(/\?/g, "%3F");
  const cell = (term) => {
    const made = element("td");
    if (!term) return made;
    made.className = term.value.length < 13 ? "short" : term.value.length > 24 ? "long" : "";
    if (term.type !== "uri" || !/^https?:/.test(term.value)) {
      made.textContent = term.value;
      if (/#(integer|decimal|double|float)$/.test(term.datatype || "")) made.className = "number";
      return made;
    }
    const link = element("a", short(term.value));
    link.href = term.value.startsWith(known.base) ? page(term.value) : term.value;
    if (!term.value.startsWith(known.base)) link.rel = "noreferrer";
    link.title = term.value;
    made.append(link);
    return made;
  };
  const table = (columns, rows) => {
    const made = element("table");
    const head = made.createTHead().insertRow();
    for (const column of columns) {
      const title = element("th", column);
      title.scope = "col";
      head.append(title);
    }
    const body = made.createTBody();
    for (const row of rows) body.insertRow().append(...columns.map((column) => cell(row[column])));
    window.makeSortable(made);
    return made;
  };

  const told = (words, seconds) => `${words} · ${seconds} s`;
  const run = async () => {
    running?.abort();
    const here = new AbortController();
    running = here;
    by("stop").disabled = false;
    by("downloads").hidden = true;
    result.replaceChildren();
    result.setAttribute("aria-busy", "true");
    show(say("running"));
    const began = performance.now();
    try {
      const answer = await fetch("/sparql", {
        method: "POST",
        headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9" },
        body: query.value,
        signal: here.signal,
      });
      const words = await answer.text();
      const seconds = ((performance.now() - began) / 1000).toFixed(2);
      if (!answer.ok) return show(words.trim(), true);
      if (!(answer.headers.get("Content-Type") || "").includes("json")) {
        result.append(element("pre", words));
        return show(told(say("triples"), seconds));
      }
      const found = JSON.parse(words);
      if (found.boolean !== undefined) return show(told(say(found.boolean ? "yes" : "no"), seconds));
      const rows = found.results.bindings;
      if (rows.length) result.append(table(found.head.vars, rows.slice(0, MOST_ROWS)));
      const count = !rows.length ? say("no-rows") : rows.length > MOST_ROWS ? say("first-rows", MOST_ROWS, rows.length) : say("rows", rows.length);
      show(told(count, seconds));
      for (const form of ["csv", "tsv", "json"]) by(form).href = `/sparql?format=${form}&query=${encodeURIComponent(query.value)}`;
      by("downloads").hidden = false;
    } catch (error) {
      show(error.name === "AbortError" ? say("stopped") : say("failed"), error.name !== "AbortError");
    } finally {
      if (running === here) {
        by("stop").disabled = true;
        result.removeAttribute("aria-busy");
      }
    }
  };

  const address = () => `${location.origin}/query#query=${encodeURIComponent(query.value)}`;
  const editor = window.makeEditor(query, by("colours"), by("offers"), known, () => { if (location.hash) history.replaceState(null, "", location.pathname + location.search); });
  const choose = (one) => {
    editor.set(one.sparql);
    for (const button of by("examples").querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.value === one.name));
  };

  // ---- the examples: questions first, then the tables that they are made of

  const list = (wanted) => {
    const fold = (words) => words.normalize("NFKC").replace(/台/g, "臺").toLowerCase();
    let family = "";
    by("examples").replaceChildren(...known.queries.filter((one) => fold(`${one.name} ${one.question}`).includes(fold(wanted))).flatMap((one) => {
      const made = element("li"), button = element("button", one.question);
      button.type = "button";
      button.value = one.name;
      button.title = one.name;
      button.addEventListener("click", () => choose(one));
      made.append(button);
      if (family === one.family) return [made];
      family = one.family;
      const heading = element("li", family);
      heading.className = "family";
      return [heading, made];
    }));
  };
  by("find").addEventListener("input", () => list(by("find").value));
  list("");

  query.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run();
  });
  by("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  by("stop").addEventListener("click", () => running?.abort());
  by("prefixes").addEventListener("click", () => {
    editor.addPrefixes();
    query.focus();
  });
  by("link").addEventListener("click", async () => {
    history.replaceState(null, "", address());
    try {
      await navigator.clipboard.writeText(address());
      show(say("copied"));
    } catch {
      show(address()); // a browser may forbid it: then the reader copies it
    }
  });

  const open = () => {
    const linked = /^#(query|name)=(.*)$/.exec(location.hash);
    const words = linked && decodeURIComponent(linked[2]);
    if (linked && linked[1] === "query") return editor.set(words);
    choose(known.queries.find((one) => one.name === (linked ? words : "meetings")) || known.queries[0]);
  };
  open();
  addEventListener("hashchange", open);
  document.documentElement.dataset.ready = "yes";
})();
