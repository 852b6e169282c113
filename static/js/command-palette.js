// Search and go on Ctrl-K or ⌘K: <command-palette src="/api/v1/search/"><a href="/search/">…</a></command-palette>.
// Finds pages of the left column at once and everything else through the API; the link is the way without scripts.

import { call } from "./api.js";
import { element } from "./element.js";

const PAUSE = 150;

customElements.define(
  "command-palette",
  class extends HTMLElement {
    show() {
      this.dialog ??= this.build();
      if (this.dialog.open) return;
      this.input.value = "";
      this.list([]);
      this.dialog.showModal();
      this.search();
    }

    build() {
      this.input = element("input", {
        type: "search",
        "aria-label": "Search people, ladders, levels and cases",
        placeholder: "Search people, ladders, levels and cases",
        autocomplete: "off",
        oninput: () => {
          clearTimeout(this.timer);
          this.timer = setTimeout(() => (this.searching = this.search()), PAUSE);
        },
      });
      this.results = element("div", { class: "results" });
      this.status = element("p", { class: "note", role: "status" });
      const dialog = element(
        "dialog",
        { class: "palette", "aria-label": "Search and go" },
        element("div", { class: "ask" }, this.input),
        this.results,
        this.status,
      );
      dialog.addEventListener("keydown", (event) => this.move(event));
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog) dialog.close();
      });
      document.body.append(dialog);
      return dialog;
    }

    // Pages of the left column whose name holds the words.
    pages(words) {
      return [...document.querySelectorAll(".nav li:not(.more) a")]
        .map((link) => ({ kind: "Go to", label: link.firstChild.textContent.trim(), url: link.href }))
        .filter((page) => page.label.toLowerCase().includes(words.toLowerCase()));
    }

    async search() {
      const words = this.input.value.trim();
      const pages = this.pages(words);
      this.asked = words;
      if (words.length < 2) {
        this.list(pages);
        this.status.textContent = "Type two letters or more to search.";
        return;
      }
      try {
        const response = await call(`${this.getAttribute("src")}?q=${encodeURIComponent(words)}`);
        const { results: found, inside } = response.ok ? await response.json() : { results: [], inside: [] };
        if (this.asked !== words) return;
        this.list([...pages, ...found, ...inside]);
        const count = pages.length + found.length;
        this.status.textContent = count ? `${count} found` : `Nothing found for “${words}” that you may see.`;
      } catch {
        this.status.textContent = "No connection. What you see is from this page.";
      }
    }

    list(entries) {
      this.results.replaceChildren(
        ...entries.map((entry) =>
          element(
            "a",
            { href: entry.url },
            element("span", { class: "kind" }, entry.kind),
            element("span", {}, entry.label),
            entry.detail ? element("span", { class: "detail" }, entry.detail) : null,
          ),
        ),
      );
    }

    // Enter right after the last letter waits for what these letters find.
    async goToFirst() {
      clearTimeout(this.timer);
      if (this.asked !== this.input.value.trim()) this.searching = this.search();
      await this.searching;
      this.results.querySelector("a")?.click();
    }

    move(event) {
      const links = [...this.results.querySelectorAll("a")];
      const at = links.indexOf(document.activeElement);
      if (event.key === "ArrowDown") (links[at + 1] ?? links[0])?.focus();
      else if (event.key === "ArrowUp") (at > 0 ? links[at - 1] : this.input).focus();
      else if (event.key === "Enter" && document.activeElement === this.input) this.goToFirst();
      else if (event.key === "Escape") this.dialog.close(); // a search field would only be emptied
      else return;
      event.preventDefault();
    }
  },
);
