// Keeps the number beside Inbox true: <inbox-count src="/api/v1/notifications/?unread=true">…</inbox-count>.

import { call } from "./api.js";
import { element } from "./element.js";

const REST = 60_000;

customElements.define(
  "inbox-count",
  class extends HTMLElement {
    // Asked when somebody comes back to this page; at most once a minute.
    async refresh() {
      if (Date.now() - (this.asked ?? 0) < REST) return;
      this.asked = Date.now();
      const response = await call(this.getAttribute("src"));
      if (!response.ok) return;
      const { results, next } = await response.json();
      const words = element("span", { class: "sr" }, " waiting for you");
      const count = element("span", { class: "count" }, `${results.length}${next ? "+" : ""}`, words);
      this.replaceChildren(...(results.length ? [count] : []));
    }
  },
);
