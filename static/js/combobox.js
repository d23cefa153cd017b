// Suggestions below a search field: the list of the ARIA combobox pattern, fed by /api/v1/suggest.
// The field works without it; nothing is sent before somebody types.

const WAIT = 120;

// What a field suggests, in this order, and how many of each.
const KINDS = {
  words: { topic: 2, question: 4, offer: 3 },
  places: { place: 7 },
};

export class Combobox {
  #input;
  #list;
  #status;
  #kinds;
  #timer;
  #asked;
  #options = [];
  #active = -1;

  constructor(input) {
    this.#input = input;
    this.#kinds = KINDS[input.dataset.suggest];
    this.#list = document.createElement("div");
    this.#list.id = `${input.id}-vorschlaege`;
    this.#list.className = "combobox__list";
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", "Vorschläge");
    this.#list.hidden = true;
    this.#status = document.createElement("span");
    this.#status.className = "visually-hidden";
    this.#status.setAttribute("role", "status");
    input.after(this.#list, this.#status);
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
      this.#show(this.#chosen(await answer.json()));
    } catch (error) {
      if (error.name !== "AbortError") this.#close();
    }
  }

  // Few of each kind, and nothing twice: an offer may be called like a topic.
  #chosen(found) {
    const seen = new Set();
    return Object.entries(this.#kinds).flatMap(([kind, most]) =>
      found
        .filter(({ type, label, detail }) => {
          const name = kind === "place" ? `${label} ${detail}` : label.toLowerCase();
          return type === kind && !seen.has(name) && seen.add(name);
        })
        .slice(0, most),
    );
  }

  #show(options) {
    this.#options = options;
    this.#active = -1;
    const items = options.map((option, index) => this.#item(option, index));
    const kinds = Object.keys(this.#kinds);
    this.#list.replaceChildren(
      ...(kinds.length === 1
        ? items
        : kinds.filter((kind) => options.some(({ type }) => type === kind)).map((kind) => this.#group(kind, items))),
    );
    const open = options.length > 0 && document.activeElement === this.#input;
    this.#list.hidden = !open;
    this.#input.setAttribute("aria-expanded", String(open));
    this.#input.removeAttribute("aria-activedescendant");
    this.#status.textContent = open ? `${options.length} ${options.length === 1 ? "Vorschlag" : "Vorschläge"}` : "";
  }

  #group(kind, items) {
    const heading = document.createElement("div");
    heading.id = `${this.#list.id}-${kind}`;
    heading.className = "combobox__heading";
    heading.setAttribute("role", "presentation");
    heading.textContent = this.#options.find(({ type }) => type === kind).group;
    const box = document.createElement("div");
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", heading.id);
    box.append(heading, ...items.filter((_item, index) => this.#options[index].type === kind));
    return box;
  }

  #item(option, index) {
    const item = document.createElement("div");
    item.id = `${this.#list.id}-${index}`;
    item.className = "combobox__option";
    item.dataset.index = index;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const label = document.createElement("span");
    label.textContent = option.label;
    label.lang = option.language;
    label.dir = "auto";
    item.append(label);
    // The heading says already what a topic is.
    if (option.detail && option.type !== "topic") {
      const detail = document.createElement("span");
      detail.className = "combobox__detail";
      detail.textContent = option.detail;
      item.append(detail);
    }
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
    const items = [...this.#list.querySelectorAll("[role=option]")];
    items.forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
    const item = items[index];
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
    if (["topic", "question"].includes(option.type) && !place.value && !form.hasAttribute("hx-get")) place.focus();
    else form.requestSubmit();
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asked?.abort();
    this.#list.hidden = true;
    this.#status.textContent = "";
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-activedescendant");
  }
}

export function connect(root = document) {
  for (const input of root.querySelectorAll("[data-suggest]:not([role=combobox])")) new Combobox(input);
}
