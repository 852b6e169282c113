// Opens cells and filters of a matrix without leaving the page, and begins at "you are here".
// Every link inside that leads to this same page is loaded in place; its address is kept.

customElements.define(
  "matrix-filter",
  class extends HTMLElement {
    connectedCallback() {
      this.addEventListener("click", (event) => this.follow(event));
      window.addEventListener("popstate", () => this.load(location.href, false));
      this.toPlace();
    }

    get area() {
      return this.querySelector(".matrix-area");
    }

    // An address that opens a cell leads to it, with or without its fragment.
    toPlace() {
      const open = this.querySelector("#open");
      if (open) {
        const cell = this.querySelector("td[aria-current]") ?? open;
        this.area.scrollLeft = Math.max(0, cell.offsetLeft - this.area.clientWidth / 2);
        open.scrollIntoView({ block: "nearest" });
        open.focus({ preventScroll: true });
        return;
      }
      const here = this.area?.querySelector("thead .is-here");
      if (!here || location.hash) return;
      this.area.scrollLeft = Math.max(0, here.offsetLeft - this.area.clientWidth / 2);
    }

    follow(event) {
      const link = event.target.closest("a[href]");
      const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
      if (!link || !plain || link.origin !== location.origin) return;
      if (link.pathname !== location.pathname || link.search === location.search) return;
      event.preventDefault();
      this.load(link.href, true);
    }

    async load(url, keep) {
      const target = new URL(url);
      const form = this.querySelector("cell-form");
      if (form && !(await form.settled())) return; // something typed is not saved: stay with it
      const before = this.querySelector("td[aria-current] > a")?.getAttribute("href") ?? "";
      try {
        const response = await fetch(target, { credentials: "same-origin" });
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const fresh = page.querySelector("matrix-filter");
        if (!response.ok || !fresh) throw new Error("not a matrix");
        const { scrollLeft = 0, scrollTop = 0 } = this.area ?? {};
        this.replaceChildren(...fresh.childNodes);
        if (this.area) Object.assign(this.area, { scrollLeft, scrollTop });
        if (keep) history.pushState({}, "", target);
        const place = target.hash ? document.getElementById(target.hash.slice(1)) : null;
        const cell = this.querySelector(`td > a[href="${CSS.escape(before)}"]`);
        (place?.querySelector("textarea, a") ?? place ?? cell ?? this.area)?.focus({ preventScroll: true });
      } catch {
        location.assign(target);
      }
    }
  },
);
