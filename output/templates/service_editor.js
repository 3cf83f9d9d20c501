// The editor: a text field over the same text in colours, and completion of the vocabulary's terms. All words are set as text.
"use strict";
window.makeEditor = (field, colours, offers, known, changed) => {
  const TOKENS = /(?<comment>#[^\n]*)|(?<string>"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?<iri><[^<>"{}|^`\s]*>)|(?<variable>[?$][\w\u0080-\uffff]+)|(?<term>[A-Za-z][\w.-]*:[\w-]*)|(?<word>\b(?:BASE|PREFIX|SELECT|DISTINCT|REDUCED|CONSTRUCT|DESCRIBE|ASK|FROM|NAMED|WHERE|ORDER|BY|ASC|DESC|LIMIT|OFFSET|GROUP|HAVING|VALUES|UNDEF|UNION|OPTIONAL|MINUS|GRAPH|FILTER|EXISTS|NOT|IN|AS|BIND|COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT|SEPARATOR|STR|LANG|LANGMATCHES|DATATYPE|BOUND|IRI|COALESCE|IF|REGEX|REPLACE|CONTAINS|STRSTARTS|STRENDS|STRBEFORE|STRAFTER|STRLEN|SUBSTR|CONCAT|UCASE|LCASE|YEAR|MONTH|DAY|isIRI|isLITERAL|isBLANK|a|true|false)\b)/gi;
  const MOST_COLOURED = 50_000; // characters; longer ones stay plain, so that typing stays quick

  const paint = () => {
    const text = field.value, parts = [];
    let from = 0;
    for (const found of text.length > MOST_COLOURED ? [] : text.matchAll(TOKENS)) {
      const kind = Object.keys(found.groups).find((name) => found.groups[name] !== undefined);
      const part = document.createElement("span");
      part.className = `is-${kind}`;
      part.textContent = found[0];
      parts.push(text.slice(from, found.index), part);
      from = found.index + found[0].length;
    }
    colours.replaceChildren(...parts, text.slice(from), "\n");
    follow();
  };
  const follow = () => {
    colours.scrollTop = field.scrollTop;
    colours.scrollLeft = field.scrollLeft;
  };
  const set = (text) => {
    field.value = text;
    field.scrollTop = 0;
    paint();
    changed();
  };

  // ---- completion: what stands before the cursor, by its name or by what a person calls it

  let choices = [];
  let chosen = 0;
  const before = () => /[\p{L}\p{N}_-]*:?[\p{L}\p{N}_-]*$/u.exec(field.value.slice(0, field.selectionStart))[0];
  const fits = ([name, label], word) => {
    const plain = name.toLowerCase();
    return plain.startsWith(word) || (!word.includes(":") && (plain.split(":")[1].startsWith(word) || label.toLowerCase().startsWith(word)));
  };
  const offer = () => {
    const word = before().toLowerCase();
    const short = word.length < (/[^\x00-\x7f]/.test(word) ? 1 : 2);
    choices = short || "?$".includes(field.value[field.selectionStart - word.length - 1] || " ") ? [] : known.terms.filter((term) => fits(term, word)).slice(0, 8);
    if (choices.length === 1 && choices[0][0].toLowerCase() === word) choices = [];
    chosen = 0;
    draw();
  };
  const draw = () => {
    offers.hidden = !choices.length;
    offers.replaceChildren(...choices.map(([name, label, definition], place) => {
      const made = document.createElement("li");
      const code = document.createElement("code");
      const words = document.createElement("span");
      code.textContent = name;
      words.textContent = label;
      made.title = definition;
      made.append(code, words);
      made.id = `offer-${place}`;
      made.setAttribute("role", "option");
      made.setAttribute("aria-selected", String(place === chosen));
      made.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(name);
      });
      return made;
    }));
    if (choices.length) {
      field.setAttribute("aria-activedescendant", `offer-${chosen}`);
      place();
    } else field.removeAttribute("aria-activedescendant");
  };
  // Below the line with the cursor: each line of the field is as high as the others.
  const place = () => {
    const style = getComputedStyle(field);
    const lines = field.value.slice(0, field.selectionStart).split("\n");
    const top = parseFloat(style.paddingTop) + lines.length * parseFloat(style.lineHeight) - field.scrollTop;
    offers.style.top = `${Math.max(0, Math.min(top, field.clientHeight))}px`;
  };
  const take = (name) => {
    const end = field.selectionStart;
    field.setRangeText(name, end - before().length, end, "end");
    choices = [];
    draw();
    addPrefix(name.split(":")[0]);
    paint();
    changed();
  };
  const addPrefix = (prefix) => {
    if (new RegExp(`PREFIX\\s+${prefix}:`, "i").test(field.value)) return;
    const line = `PREFIX ${prefix}: <${known.prefixes[prefix]}>\n`;
    const at = field.selectionStart + line.length;
    field.value = line + field.value;
    field.setSelectionRange(at, at);
  };

  field.addEventListener("scroll", follow);
  field.addEventListener("input", () => {
    paint();
    offer();
    changed();
  });
  field.addEventListener("blur", () => {
    choices = [];
    draw();
  });
  field.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const takes = ["Tab", "Enter"].includes(event.key) && !event.ctrlKey && !event.metaKey;
    if (!choices.length || !(step || takes || event.key === "Escape")) return;
    event.preventDefault();
    if (takes) return take(choices[chosen][0]);
    if (step) chosen = (chosen + step + choices.length) % choices.length;
    else choices = [];
    draw();
  });
  return {
    set,
    addPrefixes: () => {
      for (const prefix of Object.keys(known.prefixes).reverse()) addPrefix(prefix);
      set(field.value);
    },
  };
};
