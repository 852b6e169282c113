// Opens the organisation in place: <organisation-tree><ul class="tree">…</ul></organisation-tree>.
// A name leads to a page with those below; from that page comes the list that is put under the name.

import { element } from "./element.js";

customElements.define(
  "organisation-tree",
  class extends HTMLElement {
    connectedCallback() {
      if (this.ready) return;
      this.ready = true;
      this.prepare(this.list);
      this.addEventListener("click", (event) => this.follow(event));
      this.addEventListener("keydown", (event) => this.key(event));
      window.addEventListener("pagehide", () => this.remember());
      this.reopen();
    }

    get list() {
      return this.querySelector("ul");
    }

    // A button before the name of everybody who leads somebody.
    prepare(list) {
      for (const item of list.querySelectorAll(":scope > .leads")) {
        const name = item.querySelector("a");
        const button = element("button", {
          type: "button",
          class: "twist",
          "aria-expanded": "false",
          "aria-label": `Reports to ${name.textContent}`,
          onclick: () => this.turn(item),
        });
        item.firstElementChild.prepend(button);
      }
    }

    // Shows or hides who is below; fetched when it is first asked for. Where that fails, the page
    // itself is shown, unless nobody asked just now.
    async turn(item, asked = true) {
      const button = item.querySelector(".twist");
      const opens = button.getAttribute("aria-expanded") === "false";
      if (button.getAttribute("aria-busy")) return;
      if (opens && !item.querySelector("ul")) {
        const name = item.querySelector("a");
        button.setAttribute("aria-busy", "true");
        const fresh = await this.load(name.href);
        button.removeAttribute("aria-busy");
        if (!fresh) return asked && location.assign(name.href);
        this.prepare(fresh.list);
        item.append(fresh.list);
        if (fresh.next) {
          const more = fresh.next;
          more.append(element("span", { class: "sr" }, ` of those who report to ${name.textContent}`));
          item.append(element("p", {}, more));
        }
      }
      button.setAttribute("aria-expanded", String(opens));
      for (const part of [...item.children].slice(1)) part.hidden = !opens;
    }

    // "Show more" puts the next page at the end of the same list.
    async follow(event) {
      const link = event.target.closest("a[rel=next]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      const fresh = await this.load(link.href);
      if (!fresh) return location.assign(link.href);
      this.prepare(fresh.list);
      const first = fresh.list.querySelector("button, a");
      link.parentElement.parentElement.querySelector("ul").append(...fresh.list.children);
      if (fresh.next) link.href = fresh.next.href;
      else link.remove();
      first.focus();
    }

    // The list of another page of the tree, and its link to more; null where it cannot be had.
    async load(url) {
      try {
        const response = await fetch(url, { credentials: "same-origin" });
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const tree = response.ok && page.querySelector("organisation-tree");
        return tree && { list: tree.querySelector("ul"), next: tree.querySelector("a[rel=next]") };
      } catch {
        return null;
      }
    }

    // Right opens and goes in, left closes and goes out.
    key(event) {
      const button = event.target.closest(".twist");
      const way = { ArrowRight: "true", ArrowLeft: "false" }[event.key];
      if (!button || !way) return;
      event.preventDefault();
      const item = button.closest("li");
      if (button.getAttribute("aria-expanded") !== way) this.turn(item);
      else if (way === "true") item.querySelector("ul button, ul a")?.focus();
      else item.parentElement.closest("li")?.querySelector(".twist").focus();
    }

    // What is open and how far the page is scrolled stay with the entry of the history.
    remember() {
      const open = [...this.querySelectorAll(".twist[aria-expanded=true] + * a")];
      history.replaceState({ open: open.map((name) => name.href), top: scrollY }, "");
    }

    async reopen() {
      const { open = [], top } = history.state ?? {};
      for (const url of open) {
        const name = [...this.querySelectorAll(".leads > .place a")].find((one) => one.href === url);
        if (name) await this.turn(name.closest("li"), false);
      }
      if (open.length) scrollTo(0, top);
    }
  },
);
