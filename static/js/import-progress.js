// Shows how far an import is: <import-progress src="/api/v1/people/imports/1/">…</import-progress>.

import { call } from "./api.js";

const REST = 1_500;

customElements.define(
  "import-progress",
  class extends HTMLElement {
    connectedCallback() {
      this.timer = setTimeout(() => this.ask(), REST);
    }

    disconnectedCallback() {
      clearTimeout(this.timer);
    }

    async ask() {
      const response = await call(this.getAttribute("src")).catch(() => null);
      if (response?.ok) {
        const { progress } = await response.json();
        if (!progress) {
          location.reload();
          return;
        }
        const { stage, done, total } = progress;
        const bar = this.querySelector("progress");
        bar.max = total || 1;
        bar.value = done;
        const rows = `: ${done.toLocaleString("en")} of ${total.toLocaleString("en")} rows`;
        const words = `${stage}${total ? rows : ""}`;
        const said = this.querySelector("[aria-live]");
        if (said.textContent !== words) said.textContent = words;
      }
      this.timer = setTimeout(() => this.ask(), REST);
    }
  },
);
