// Saves what is typed: <autosave-form src="/api/v1/cases/12/" version="3"><form>…</form></autosave-form>.
// Changed fields go out as JSON with If-Match. A text that somebody else changed is never lost:
// both stand side by side until the writer chooses. Without scripts the form has its own button.

import { call, reason } from "./api.js";
import { element } from "./element.js";

const PAUSE = 1500;
const RETRY = 8000;

export class AutosaveForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.status = this.querySelector("[data-saved]");
    this.version = this.getAttribute("version");
    this.saved = this.values();
    this.form.addEventListener("input", () => this.soon(PAUSE));
    this.form.addEventListener("change", () => this.soon(0));
    this.form.addEventListener("submit", () => {
      this.leaving = true;
      clearTimeout(this.timer);
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.save({ keepalive: true });
    });
  }

  // The fields that the API knows: those with data-save, by that name.
  values() {
    const fields = [...this.form.querySelectorAll("[data-save]")];
    return Object.fromEntries(fields.map((field) => [field.dataset.save, field.value]));
  }

  changed() {
    const now = this.values();
    return Object.fromEntries(Object.entries(now).filter(([key, value]) => value !== this.saved[key]));
  }

  soon(delay) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), delay);
  }

  // How the API is asked to keep what changed.
  request(body) {
    return { method: "PATCH", body };
  }

  async save(options = {}) {
    const body = this.changed();
    if (this.leaving || this.busy || this.open || !Object.keys(body).length) return;
    this.busy = true;
    this.refused = false;
    this.say("Saving …");
    try {
      const response = await call(this.getAttribute("src"), {
        ...this.request(body),
        headers: { "If-Match": `"${this.version}"` },
        ...options,
      });
      await this.answer(response, body);
    } catch {
      this.say("Not saved: no connection. Your text is still here; trying again.");
      this.soon(RETRY);
    } finally {
      this.busy = false;
    }
    if (Object.keys(this.changed()).length) this.soon(PAUSE);
  }

  async answer(response, body) {
    if (response.ok) {
      const now = await response.json();
      Object.assign(this.saved, body);
      this.take(response.headers.get("ETag")?.match(/"(.*)"/)?.[1] ?? now.version, now);
      this.say(`Saved ${new Date().toTimeString().slice(0, 5)}`);
    } else if (response.status === 412) {
      const problem = await response.json();
      this.compare(problem.current ?? {}, body);
    } else {
      this.refused = true;
      this.say(`Not saved: ${await reason(response)}`);
      Object.assign(this.saved, body);
    }
  }

  take(version) {
    this.version = String(version);
    const field = this.form.elements.namedItem("version");
    if (field) field.value = this.version;
  }

  say(text) {
    if (this.status) this.status.textContent = text;
  }

  // Somebody else saved first: show both texts and let the writer choose.
  compare(current, body) {
    const clashes = Object.keys(body).filter((key) => typeof current[key] === "string" && current[key] !== this.saved[key]);
    if (current.version !== undefined) this.take(current.version);
    if (!clashes.length) return;
    this.open = true;
    this.say("Not saved: somebody else changed this text. Choose above which one stays.");
    const done = (mine) => () => {
      for (const key of clashes) {
        this.saved[key] = current[key];
        if (!mine) this.field(key).value = current[key];
      }
      this.open = false;
      this.field(clashes[0]).focus();
      this.save();
      if (!mine) this.say("Their text was taken over.");
    };
    this.choose(clashes.map((key) => [body[key], current[key]]), done(true), done(false));
  }

  // Pairs of texts, mine and theirs, and what happens when one side is chosen.
  choose(pairs, keep, take) {
    const panel = element("section", { class: "conflict", "aria-labelledby": "conflict-title" });
    const then = (act) => () => {
      panel.remove();
      act();
    };
    panel.append(
      element("h2", { id: "conflict-title" }, "Somebody else changed this text while you wrote"),
      ...pairs.map(([mine, theirs]) =>
        element(
          "div",
          { class: "halves" },
          element("div", {}, element("h3", {}, "Yours"), element("p", { class: "text" }, mine)),
          element("div", {}, element("h3", {}, "Theirs, saved"), element("p", { class: "text" }, theirs)),
        ),
      ),
      element(
        "p",
        { class: "actions" },
        element("button", { type: "button", class: "button", onclick: then(keep) }, "Keep mine"),
        element("button", { type: "button", class: "button quiet", onclick: then(take) }, "Take theirs"),
      ),
    );
    this.form.before(panel);
  }

  field(key) {
    return this.form.querySelector(`[data-save="${CSS.escape(key)}"]`);
  }
}

customElements.define("autosave-form", class extends AutosaveForm {});
