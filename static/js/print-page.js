// <print-page></print-page>: a button that opens the browser's own way to print.

import { element } from "./element.js";

customElements.define(
  "print-page",
  class extends HTMLElement {
    connectedCallback() {
      if (this.firstChild) return;
      const onclick = () => window.print();
      this.append(element("button", { type: "button", class: "button", onclick }, "Print"));
    }
  },
);
