// Lets a message be put away once it is read.

customElements.define(
  "flash-message",
  class extends HTMLElement {
    connectedCallback() {
      if (this.querySelector("button")) return;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button text small";
      button.textContent = "Dismiss";
      button.addEventListener("click", () => this.remove());
      this.append(button);
    }
  },
);
