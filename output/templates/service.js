// The query page: a query goes to /sparql, its rows come back as a table. Everything that is shown is set as text, never as markup.
"use strict";
(() => {
  const by = (id) => document.getElementById(id);

  // A document's page: #char=12,34 marks those characters (code points) of the text.
  const markPassage = () => {
    const text = by("text");
    const found = /^#char=(\d+),(\d+)$/.exec(decodeURIComponent(location.hash));
    if (!text || !found) return;
    const signs = Array.from(text.textContent);
    const [start, end] = [Number(found[1]), Number(found[2])];
    const mark = document.createElement("mark");
    mark.textContent = signs.slice(start, end).join("");
    text.replaceChildren(signs.slice(0, start).join(""), mark, signs.slice(end).join(""));
    mark.scrollIntoView({ block: "center" });
  };
  markPassage();
  addEventListener("hashchange", markPassage);
  if (!by("known")) return;

  const known = JSON.parse(by("known").textContent);
  const MOST_ROWS = 1000;
  const [query, status, result, offers] = ["query", "status", "result", "offers"].map(by);
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
    for (const [prefix, start] of Object.entries(known.prefixes)) if (iri.startsWith(start)) return `${prefix}:${iri.slice(start.length)}`;
    return iri;
  };
  const cell = (term) => {
    const made = element("td");
    if (!term) return made;
    if (term.type !== "uri" || !/^https?:/.test(term.value)) {
      made.textContent = term.value;
      return made;
    }
    const link = element("a", short(term.value));
    const own = term.value.startsWith(known.base);
    // an IRI's own percent signs stay as they are
    link.href = own ? "/id/" + encodeURI(term.value.slice(known.base.length)).replace(/%25/g, "%").replace(/#/g, "%23") : term.value;
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
    return made;
  };

  const run = async () => {
    running?.abort();
    const here = new AbortController();
    running = here;
    by("stop").disabled = false;
    by("csv").hidden = true;
    result.replaceChildren();
    show(say("running"));
    try {
      const answer = await fetch("/sparql", {
        method: "POST",
        headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9" },
        body: query.value,
        signal: here.signal,
      });
      const words = await answer.text();
      if (!answer.ok) return show(words.trim(), true);
      if (!(answer.headers.get("Content-Type") || "").includes("json")) {
        result.append(element("pre", words));
        return show("");
      }
      const told = JSON.parse(words);
      if (told.boolean !== undefined) return show(say(told.boolean ? "yes" : "no"));
      const rows = told.results.bindings;
      result.append(table(told.head.vars, rows.slice(0, MOST_ROWS)));
      show(!rows.length ? say("no-rows") : rows.length > MOST_ROWS ? say("first-rows", MOST_ROWS, rows.length) : say("rows", rows.length));
      by("csv").href = `/sparql?format=csv&query=${encodeURIComponent(query.value)}`;
      by("csv").hidden = false;
    } catch (error) {
      show(error.name === "AbortError" ? say("stopped") : say("failed"), error.name !== "AbortError");
    } finally {
      if (running === here) by("stop").disabled = true;
    }
  };

  // Completion of our own terms: what stands before the cursor, with its prefix.
  let choices = [];
  let chosen = 0;
  const before = () => /[\w-]*:?[\w-]*$/.exec(query.value.slice(0, query.selectionStart))[0];
  const offer = () => {
    const word = before().toLowerCase();
    choices = word.length < 2 ? [] : known.terms.filter((term) => {
      const plain = term.toLowerCase();
      return plain.startsWith(word) || (!word.includes(":") && plain.split(":")[1].startsWith(word));
    }).slice(0, 8);
    if (choices.length === 1 && choices[0].toLowerCase() === word) choices = [];
    chosen = 0;
    draw();
  };
  const draw = () => {
    offers.hidden = !choices.length;
    offers.replaceChildren(...choices.map((term, place) => {
      const made = element("li", term);
      made.setAttribute("role", "option");
      made.setAttribute("aria-selected", String(place === chosen));
      made.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(term);
      });
      return made;
    }));
  };
  const take = (term) => {
    const end = query.selectionStart;
    query.setRangeText(term, end - before().length, end, "end");
    choices = [];
    draw();
    addPrefix(term.split(":")[0]);
    remember();
  };
  const addPrefix = (prefix) => {
    if (new RegExp(`PREFIX\\s+${prefix}:`, "i").test(query.value)) return;
    const line = `PREFIX ${prefix}: <${known.prefixes[prefix]}>\n`;
    const at = query.selectionStart + line.length;
    query.value = line + query.value;
    query.setSelectionRange(at, at);
  };
  const remember = () => {
    by("link").href = `#query=${encodeURIComponent(query.value)}`;
  };

  query.addEventListener("input", () => {
    offer();
    remember();
  });
  query.addEventListener("blur", () => {
    choices = [];
    draw();
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    } else if (choices.length && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : choices.length - 1)) % choices.length;
      draw();
    } else if (choices.length && ["Tab", "Enter"].includes(event.key)) {
      event.preventDefault();
      take(choices[chosen]);
    } else if (choices.length && event.key === "Escape") {
      choices = [];
      draw();
    }
  });
  by("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    run();
  });
  by("stop").addEventListener("click", () => running?.abort());
  by("prefixes").addEventListener("click", () => {
    for (const prefix of Object.keys(known.prefixes).reverse()) addPrefix(prefix);
    remember();
    query.focus();
  });
  by("example").append(...known.queries.map((one) => {
    const made = element("option", `${one.name}: ${one.question}`);
    made.value = one.name;
    return made;
  }));
  by("example").addEventListener("change", () => {
    const found = known.queries.find((one) => one.name === by("example").value);
    if (!found) return;
    query.value = found.sparql;
    remember();
  });
  by("link").addEventListener("click", remember);
  const linked = /^#query=(.*)$/.exec(location.hash);
  query.value = linked ? decodeURIComponent(linked[1]) : known.queries.find((one) => one.name === "meetings").sparql;
  remember();
  document.documentElement.dataset.ready = "yes";
})();
