// Light or dark as the reader chose, before anything is drawn; else as the system is.
"use strict";
(() => {
  let kept = "";
  try {
    kept = localStorage.getItem("crosscity-theme") || "";
  } catch {
    // a browser may forbid to keep anything
  }
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
})();
