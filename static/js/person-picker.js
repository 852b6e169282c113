// Finds a person by a few letters: <person-picker src="/api/v1/people/"><select>…</select></person-picker>.
// The select stays the field that is sent; without scripts it is also the field that is seen.
// Around a line of text (and a hidden field for the id) it only helps to type; the text is sent.

import { call } from "./api.js";
import { element } from "./element.js";

const PAUSE = 150;

customElements.define(
  "person-picker",
  class extends HTMLElement {
    connectedCallback() {
      this.select = this.querySelector("select");
      const line = this.querySelector("input[type=text]");
      if (this.input || !(this.select || line)) return;
      if (this.select) this.cover();
      else this.help(line);
      this.append(this.list);
    }

    // A line of text: what is chosen goes into it, and its id beside it.
    help(line) {
      this.chosenId = this.querySelector("input[type=hidden]");
      this.input = line;
      this.combine(line.id);
      line.removeAttribute("list");
      line.addEventListener("input", () => {
        this.chosenId.value = "";
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.find(), PAUSE);
      });
      line.addEventListener("keydown", (event) => this.key(event));
      line.addEventListener("blur", () => setTimeout(() => this.show([]), 150));
    }

    combine(id) {
      this.list = element("ul", { class: "found", role: "listbox", id: `${id}-list`, "aria-label": "People" });
      const states = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list` };
      for (const [name, value] of Object.entries(states)) this.input.setAttribute(name, value);
    }

    // A select: it is hidden behind a line in which one types.
    cover() {
      const id = `${this.select.id}-find`;
      this.input = element("input", {
        id,
        type: "text",
        "aria-describedby": this.select.getAttribute("aria-describedby"),
        "aria-invalid": this.select.getAttribute("aria-invalid"),
        placeholder: "Type a name",
        oninput: () => {
          clearTimeout(this.timer);
          this.timer = setTimeout(() => this.find(), PAUSE);
        },
        onkeydown: (event) => this.key(event),
        onblur: () => setTimeout(() => this.close(), 150),
      });
      this.combine(id);
      if (this.select.value) this.input.value = this.select.selectedOptions[0].text;
      document.querySelector(`label[for="${CSS.escape(this.select.id)}"]`)?.setAttribute("for", id);
      this.select.hidden = true;
      this.append(this.input);
    }

    async find() {
      const words = this.input.value.trim();
      if (words.length < 2) return this.show([]);
      const people = this.getAttribute("src") ? await this.ask(words) : this.own(words);
      if (this.input.value.trim() === words) this.show(people);
    }

    // Those among the options of the select.
    own(words) {
      if (!this.select) return [];
      const options = [...this.select.options].filter((option) => option.value);
      return options
        .filter((option) => option.text.toLowerCase().includes(words.toLowerCase()))
        .slice(0, 20)
        .map((option) => ({ id: option.value, name: option.text }));
    }

    async ask(words) {
      try {
        const response = await call(`${this.getAttribute("src")}?q=${encodeURIComponent(words)}`);
        return response.ok ? (await response.json()).results : this.own(words);
      } catch {
        return this.own(words);
      }
    }

    show(people) {
      this.people = people;
      this.at = -1;
      this.list.replaceChildren(
        ...people.map((person, index) =>
          element(
            "li",
            { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false", onmousedown: () => this.choose(index) },
            person.name,
            person.title ? element("small", {}, person.title) : null,
          ),
        ),
      );
      this.input.setAttribute("aria-expanded", String(people.length > 0));
      this.input.removeAttribute("aria-activedescendant");
    }

    key(event) {
      const count = this.people?.length ?? 0;
      if (event.key === "Escape") this.close();
      else if (event.key === "ArrowDown" && count) this.mark((this.at + 1) % count);
      else if (event.key === "ArrowUp" && count) this.mark((this.at - 1 + count) % count);
      else if (event.key === "Enter" && count) this.choose(Math.max(this.at, 0));
      else return;
      event.preventDefault();
    }

    mark(index) {
      this.list.children[this.at]?.setAttribute("aria-selected", "false");
      this.at = index;
      const option = this.list.children[index];
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", option.id);
    }

    choose(index) {
      const person = this.people[index];
      const id = String(person.id);
      if (!this.select) {
        this.chosenId.value = id;
        this.input.value = person.name;
        return this.show([]);
      }
      if (![...this.select.options].some((option) => option.value === id)) {
        this.select.append(element("option", { value: id }, person.name));
      }
      this.select.value = id;
      this.select.dispatchEvent(new Event("change", { bubbles: true }));
      this.input.value = person.name;
      this.show([]);
    }

    // A name that was not chosen is not sent: the field says again who is.
    close() {
      this.show([]);
      if (!this.select) return;
      const chosen = this.select.value ? this.select.selectedOptions[0].text : "";
      if (!this.input.value.trim()) this.select.value = "";
      else if (this.input.value !== chosen) this.input.value = chosen;
    }
  },
);
