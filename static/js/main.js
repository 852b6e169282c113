// Starts the behaviours that this page uses; each lives in a file of its own and comes when needed.

import "./submit-once.js";

const behaviours = {
  "autosave-form": () => import("./autosave-form.js"),
  "copy-link": () => import("./copy-link.js"),
  "error-summary": () => import("./error-summary.js"),
  "import-progress": () => import("./import-progress.js"),
  "ladder-desk": () => import("./ladder-desk.js"),
  "flash-message": () => import("./flash-message.js"),
  "matrix-filter": () => import("./matrix-filter.js"),
  "organisation-tree": () => import("./organisation-tree.js"),
  "person-picker": () => import("./person-picker.js"),
  "print-page": () => import("./print-page.js"),
  "word-count": () => import("./word-count.js"),
};

for (const [name, load] of Object.entries(behaviours)) {
  if (document.querySelector(name)) load();
}

// The palette is loaded when it is first asked for: Ctrl-K, ⌘K, or a click on Search.
const palette = document.querySelector("command-palette");

async function show(event) {
  event.preventDefault();
  await import("./command-palette.js");
  palette.show();
}

palette?.addEventListener("click", (event) => {
  if (!(event.ctrlKey || event.metaKey || event.shiftKey)) show(event);
});
document.addEventListener("keydown", (event) => {
  if (palette && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") show(event);
});

// Coming back to a page that was left open asks again how much waits in the inbox.
document.addEventListener("visibilitychange", async () => {
  const count = document.querySelector("inbox-count");
  if (document.visibilityState !== "visible" || !count) return;
  await import("./inbox-count.js");
  count.refresh();
});
