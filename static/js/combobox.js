// Suggestions below a search field: the list of the ARIA combobox pattern, fed by /api/v1/suggest.
// The field works without it; nothing is sent before somebody types.

const WAIT = 120;

export class Combobox {
  #input;
  #list;
  #types;
  #timer;
  #asked;
  #options = [];
  #active = -1;

  constructor(input) {
    this.#input = input;
    this.#types = input.dataset.suggest === "places" ? ["place"] : ["topic", "offer"];
    this.#list = document.createElement("ul");
    this.#list.id = `${input.id}-vorschlaege`;
    this.#list.className = "combobox__list";
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", "Vorschläge");
    this.#list.hidden = true;
    input.after(this.#list);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.#list.id,
    })) input.setAttribute(name, value);
    input.addEventListener("input", () => this.#later());
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.#close());
    // Pressing must not take the focus from the field, or blur closes the list before the click arrives.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.#choose(Number(option.dataset.index));
    });
  }

  #later() {
    clearTimeout(this.#timer);
    const text = this.#input.value.trim();
    if (text.length < 2) return this.#close();
    this.#timer = setTimeout(() => this.#ask(text), WAIT);
  }

  async #ask(text) {
    this.#asked?.abort();
    this.#asked = new AbortController();
    try {
      const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(text)}`, { signal: this.#asked.signal });
      if (!answer.ok) return this.#close();
      const found = (await answer.json()).filter((each) => this.#types.includes(each.type));
      this.#show(found.slice(0, 7));
    } catch (error) {
      if (error.name !== "AbortError") this.#close();
    }
  }

  #show(options) {
    this.#options = options;
    this.#active = -1;
    this.#list.replaceChildren(...options.map((option, index) => this.#item(option, index)));
    const open = options.length > 0 && document.activeElement === this.#input;
    this.#list.hidden = !open;
    this.#input.setAttribute("aria-expanded", String(open));
    this.#input.removeAttribute("aria-activedescendant");
  }

  #item(option, index) {
    const item = document.createElement("li");
    item.id = `${this.#list.id}-${index}`;
    item.className = "combobox__option";
    item.dataset.index = index;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const label = document.createElement("span");
    label.textContent = option.label;
    const detail = document.createElement("span");
    detail.className = "combobox__detail";
    detail.textContent = option.detail;
    item.append(label, detail);
    return item;
  }

  #key(event) {
    if (event.key === "Escape" && !this.#list.hidden) {
      event.preventDefault();
      return this.#close();
    }
    if (this.#list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const count = this.#options.length;
      this.#mark((this.#active + step + count + (this.#active < 0 && step < 0 ? 1 : 0)) % count);
    } else if (event.key === "Enter" && this.#active >= 0) {
      event.preventDefault();
      this.#choose(this.#active);
    }
  }

  #mark(index) {
    this.#active = index;
    [...this.#list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    const item = this.#list.children[index];
    item.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", item.id);
  }

  #choose(index) {
    const option = this.#options[index];
    this.#close();
    if (option.type === "offer") {
      location.assign(option.url);
      return;
    }
    this.#input.value = option.value;
    const { form } = this.#input;
    // On the front door nobody has said where yet; beside results the place is known or left out on purpose.
    const place = form.elements.ort;
    if (option.type === "topic" && !place.value && !form.hasAttribute("hx-get")) place.focus();
    else form.requestSubmit();
  }

  #close() {
    clearTimeout(this.#timer);
    this.#list.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}

export function connect(root = document) {
  for (const input of root.querySelectorAll("[data-suggest]:not([role=combobox])")) new Combobox(input);
}
