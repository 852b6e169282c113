// Starts the behaviours that this page uses; each lives in a file of its own.

import "./submit-once.js";

const behaviours = {
  "autosave-form": () => import("./autosave-form.js"),
  "command-palette": () => import("./command-palette.js"),
  "error-summary": () => import("./error-summary.js"),
  "flash-message": () => import("./flash-message.js"),
  "matrix-filter": () => import("./matrix-filter.js"),
  "person-picker": () => import("./person-picker.js"),
  "word-count": () => import("./word-count.js"),
};

for (const [name, load] of Object.entries(behaviours)) {
  if (document.querySelector(name)) load();
}
