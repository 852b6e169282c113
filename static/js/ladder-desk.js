// The desk of a draft: keeps the counts true while cells are saved, and moves parts by keyboard.
// <ladder-desk positions="…/positions/" readiness="…/readiness/">…</ladder-desk>; Alt and an arrow
// key on a level or competency move it; without scripts the lists have buttons for that.

import { call, reason } from "./api.js";
import { AutosaveForm } from "./autosave-form.js";
import { element } from "./element.js";

const WAYS = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };
const NAME = /^e(\d+)-(?:s(\d+)-)?(\w+)$/;
const LABELS = { inherits: "As the level below", not_applicable: "Not expected" };

customElements.define(
  "ladder-desk",
  class extends HTMLElement {
    connectedCallback() {
      this.told = element("p", { class: "sr", role: "status" });
      this.append(this.told);
      this.addEventListener("cell-saved", (event) => this.follow(event.detail));
      this.addEventListener("keydown", (event) => this.press(event));
    }

    press(event) {
      const part = event.target.closest("[data-part]")?.dataset.part;
      const way = event.altKey && !event.ctrlKey && !event.metaKey && WAYS[event.key];
      if (!part || !way) return;
      event.preventDefault(); // else the browser would go back
      this.move(part, way);
    }

    async move(part, steps) {
      if (this.moving) return;
      this.moving = true;
      const at = part.indexOf(":");
      const body = { section: part.slice(0, at), key: part.slice(at + 1), steps };
      const name = this.link(part).textContent;
      try {
        const response = await call(this.getAttribute("positions"), { method: "POST", body });
        if (!response.ok) return this.tell(`Not moved: ${await reason(response)}`);
        const { moved } = await response.json();
        if (moved) await this.refresh();
        this.link(part)?.focus();
        this.tell(moved ? `${name} moved ${steps < 0 ? "up" : "down"}.` : `${name} is already at the end of its group.`);
      } catch {
        this.tell("Not moved: no connection.");
      } finally {
        this.moving = false;
      }
    }

    link(part) {
      return this.querySelector(`[data-part="${CSS.escape(part)}"]`);
    }

    // The page as it is now, in place; what is scrolled stays where it was.
    async refresh() {
      const form = this.querySelector("cell-form");
      if (form && !(await form.settled())) return;
      const response = await fetch(location.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const { scrollLeft = 0, scrollTop = 0 } = this.querySelector(".matrix-area") ?? {};
      const scroll = [window.scrollX, window.scrollY];
      this.replaceChildren(...page.querySelector("ladder-desk").childNodes, this.told);
      const area = this.querySelector(".matrix-area");
      if (area) Object.assign(area, { scrollLeft, scrollTop });
      window.scrollTo(...scroll);
    }

    // A cell was saved: its words in the matrix, and what is left before review.
    async follow({ entries, place }) {
      const cell = this.querySelector("td[aria-current]");
      const [entry] = entries;
      const text = entry && (entry.summary || entry.statements?.[0]?.text || LABELS[entry.state]);
      if (cell) {
        cell.querySelector("a").replaceChildren(text || "Empty");
        cell.classList.toggle("is-gap", !entry);
      }
      const response = await call(this.getAttribute("readiness"));
      if (response.ok) this.count(await response.json(), place);
    }

    count(ready, place) {
      this.querySelector("[data-stated]").textContent = ready.stated;
      this.querySelector("progress").value = ready.stated;
      this.querySelector("[data-left]").textContent = left(ready);
      const hints = ready.hints.filter((one) => `${one.key}:${one.level}` === place);
      this.querySelector("[data-hints]")?.replaceChildren(...hints.map((one) => element("li", {}, one.text)));
    }

    tell(text) {
      this.told.textContent = text;
    }
  },
);

function left({ ready, gaps, blocks, hints }) {
  const some = (rows, one, many) => (rows.length ? [`${rows.length} ${rows.length === 1 ? one : many}`] : []);
  const open = [...some(gaps, "empty cell", "empty cells"), ...some(blocks, "thing to mend", "things to mend")];
  const first = ready ? "Nothing keeps this draft from review." : `Before review: ${open.join(", ")}.`;
  return [first, ...some(hints, "hint", "hints").map((words) => `${words} to look at.`)].join(" ");
}

// Saves an opened cell as it is typed: <cell-form src="…/cells/?…" version="MARK"><form>… The whole
// cell goes out as JSON. Where somebody else saved first, both texts stand side by side.
class CellForm extends AutosaveForm {
  connectedCallback() {
    super.connectedCallback();
    if (this.hasAttribute("typed")) this.saved = {}; // what was refused before is not saved yet
    this.form.addEventListener("submit", (event) => this.press(event));
  }

  // “Save” stays here; “and open the next” goes on as the plain form once all is saved.
  async press(event) {
    if (this.going) return;
    event.preventDefault();
    this.leaving = false;
    const { submitter } = event;
    if (!(await this.settled())) return;
    if (!this.status.textContent) this.say("All of this is saved.");
    if (!submitter?.value) return;
    this.going = true;
    this.form.requestSubmit(submitter);
  }

  disconnectedCallback() {
    this.leaving = true;
    clearTimeout(this.timer);
  }

  // What can be typed, by the names of the fields; ids are no text.
  values() {
    const typed = [...this.form.elements].filter((one) => NAME.test(one.name) && one.type !== "hidden");
    const said = typed.filter((one) => one.type !== "radio" || one.checked);
    return Object.fromEntries(said.map((one) => [one.name, one.value]));
  }

  // The same in the shape of the API: entries with their statements; what is empty is left out.
  entries() {
    const entries = [];
    const silent = new Set(); // just said to be the same as below, or nothing: without a text
    for (const one of this.form.elements) {
      const found = one.name?.match(NAME);
      if (!found || (one.type === "radio" && !one.checked)) continue;
      const [, at, place, field] = found;
      const entry = (entries[at] ??= { statements: [] });
      const into = place === undefined ? entry : (entry.statements[place] ??= {});
      if (field === "state" && LABELS[one.value] && !one.defaultChecked) silent.add(entry);
      const value = field === "examples" ? one.value.split("\n").map((line) => line.trim()).filter(Boolean) : one.value;
      if (value.length) into[field] = value;
    }
    for (const entry of entries) {
      entry.statements = entry.statements.filter((row) => row.text?.trim());
      if (silent.has(entry)) Object.assign(entry, { statements: [] }, { summary: undefined, proficiency: undefined });
    }
    const says = ({ id, statements, ...rest }) => statements.length || Object.keys(rest).length;
    this.sent = entries.flatMap((entry, at) => (says(entry) ? [at] : []));
    return this.sent.map((at) => entries[at]);
  }

  save(options) {
    if (!this.loose()) return super.save(options);
    this.say("Not saved: write the statement that the rest belongs to.");
  }

  // A counter or an example whose statement is not written.
  loose() {
    return [...this.querySelectorAll("[data-statement]")].some((one) => {
      const [text, ...rest] = one.querySelectorAll("textarea");
      return !text.value.trim() && rest.some((field) => field.value.trim());
    });
  }

  request() {
    return { method: "PUT", body: { entries: this.entries() } };
  }

  // What was saved has ids, which the next call names.
  take(mark, now) {
    this.version = mark;
    this.form.elements.namedItem("seen").value = mark;
    if (!now) return;
    now.entries.forEach((entry, place) => {
      const field = this.form.elements.namedItem(`e${this.sent[place]}-id`);
      if (field) field.value = entry.id ?? "";
    });
    for (const note of this.querySelectorAll("[data-shared]")) note.remove();
    const detail = { entries: now.entries, place: this.getAttribute("place") };
    this.dispatchEvent(new CustomEvent("cell-saved", { bubbles: true, detail }));
  }

  compare(current) {
    this.open = true;
    this.say("Not saved: somebody else changed this cell. Choose above which text stays.");
    const mine = this.entries();
    this.take(current.mark);
    const keep = () => {
      this.open = false;
      current.entries.forEach((entry, place) => {
        const field = this.form.elements.namedItem(`e${place}-id`);
        if (field) field.value = entry.id ?? "";
      });
      this.save();
    };
    const take = () => {
      this.open = false;
      this.saved = this.values();
      this.closest("matrix-filter").load(location.href, false);
    };
    this.choose([[words(mine), words(current.entries)]], keep, take);
  }

  // True once nothing that was typed is left unsaved.
  async settled() {
    clearTimeout(this.timer);
    while (this.busy) await new Promise((done) => setTimeout(done, 50));
    await this.save();
    clearTimeout(this.timer);
    return !this.open && !this.refused && !this.loose() && !Object.keys(this.changed()).length;
  }
}

// What a cell says, as plain text to be set beside another.
function words(entries) {
  const states = { inherits: "As the level below.", not_applicable: "Not expected." };
  return entries
    .flatMap((entry) => [
      states[entry.state],
      entry.summary,
      ...(entry.statements ?? []).flatMap((said) => [`– ${said.text}`, said.counter && `   not: ${said.counter}`, ...(said.examples ?? []).map((one) => `   ${one}`)]),
    ])
    .filter(Boolean)
    .join("\n");
}

customElements.define("cell-form", CellForm);
