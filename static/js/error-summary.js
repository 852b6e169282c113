// Takes the focus when a form comes back refused, and carries it to the field that is chosen.

customElements.define(
  "error-summary",
  class extends HTMLElement {
    connectedCallback() {
      this.focus();
      this.addEventListener("click", (event) => {
        const link = event.target.closest("a[href^='#']");
        const field = link && document.getElementById(link.hash.slice(1));
        if (!field) return;
        event.preventDefault();
        const control = field.matches("input, select, textarea, button")
          ? field
          : (field.closest("fieldset") ?? field).querySelector("input, select, textarea") ?? field;
        control.focus();
        control.scrollIntoView({ block: "center" });
      });
    }
  },
);
