// <copy-link><a href>…</a></copy-link>: beside the link a button that copies its whole address.

import { element } from "./element.js";

customElements.define(
  "copy-link",
  class extends HTMLElement {
    connectedCallback() {
      if (this.querySelector("button") || !navigator.clipboard) return;
      const said = element("span", { role: "status", class: "note" });
      const copy = async () => {
        try {
          await navigator.clipboard.writeText(this.querySelector("a").href);
          said.textContent = "Copied.";
        } catch {
          said.textContent = "The browser did not allow it. Copy the link instead.";
        }
      };
      this.append(element("button", { type: "button", class: "link", onclick: copy }, "Copy"), said);
    }
  },
);
