// Counts the words of the text it stands under: <word-count for="ID" of="250">86 words</word-count>.

customElements.define(
  "word-count",
  class extends HTMLElement {
    connectedCallback() {
      this.text = document.getElementById(this.getAttribute("for"));
      this.text?.addEventListener("input", () => this.count());
      this.count();
    }

    count() {
      if (!this.text) return;
      const words = this.text.value.trim().split(/\s+/).filter(Boolean).length;
      const aim = this.getAttribute("of");
      this.textContent = `${words} ${words === 1 ? "word" : "words"}${aim ? ` of about ${aim}` : ""}`;
    }
  },
);
