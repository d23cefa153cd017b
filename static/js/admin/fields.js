/* Small helpers of the editing forms. The forms work without them: all fields show, nothing is filled in. */

const { Controller } = window.StimulusModule;

/** The row of an inline panel, or the whole form. */
const scopeOf = (element) => element.closest("[data-inline-panel-child]") ?? element.closest("form") ?? document;

/** All inputs of a field: `schedules-0-weekday` and `weekday` are both "weekday". Rows of inline panels are not fields of the page. */
const inputsOf = (scope, name) =>
  [...scope.querySelectorAll(`[name="${name}"], [name$="-${name}"]`)].filter(
    (input) => scope.hasAttribute?.("data-inline-panel-child") || input.name === name,
  );

const valueOf = (inputs) => (inputs[0]?.type === "radio" ? inputs.find((input) => input.checked)?.value : inputs[0]?.value);

/** Shows only the fields that the value of another field needs. Rules: {"venue": {"eigener": ["street", "town"]}}. */
class ShownFields extends Controller {
  static values = { rules: Object };

  connect() {
    this.area = scopeOf(this.element);
    this.update = this.update.bind(this);
    this.area.addEventListener("change", this.update);
    this.update();
  }

  disconnect() {
    this.area.removeEventListener("change", this.update);
  }

  update() {
    const hidden = new Set();
    for (const [field, byValue] of Object.entries(this.rulesValue)) {
      const shown = hidden.has(field) ? [] : (byValue[valueOf(inputsOf(this.area, field))] ?? []);
      for (const name of new Set(Object.values(byValue).flat())) {
        const show = shown.includes(name);
        if (!show) hidden.add(name);
        for (const input of inputsOf(this.area, name)) this.toggle(input, show);
      }
    }
  }

  /** A field with an error always shows: a remedy that nobody sees helps nobody. */
  toggle(input, show) {
    const wrapper = input.closest(".w-panel__wrapper");
    if (wrapper) wrapper.hidden = !show && !wrapper.querySelector(".w-field--error");
  }
}

/** Says how many characters are left. */
class TextCount extends Controller {
  connect() {
    this.limit = this.element.maxLength;
    this.output = document.createElement("p");
    this.output.className = "form-count";
    this.element.after(this.output);
    this.element.addEventListener("input", () => this.update());
    this.update();
  }

  update() {
    const left = this.limit - this.element.value.length;
    this.output.textContent = left === 1 ? "Noch 1 Zeichen" : `Noch ${left} Zeichen`;
    this.output.classList.toggle("form-count--near", left < 40);
  }

  disconnect() {
    this.output.remove();
  }
}

const AGES = [
  ["Jedes Alter", "", ""],
  ["0 bis 12 Monate", 0, 12],
  ["1 bis 3 Jahre", 12, 36],
  ["3 bis 6 Jahre", 36, 72],
  ["Schulkinder", 72, 144],
];

/** Ages as families read them: "0 bis 12 Monate", "1 bis 3 Jahre", "ab 3 Jahren". Both are months, or "". */
const ageRange = (low, high) => {
  const inYears = [low, high].every((months) => months === "" || months % 12 === 0) && Number(high || low) >= 24;
  const [from, to] = [low, high].map((months) => (months === "" ? "" : inYears ? months / 12 : Number(months)));
  if (from === "" && to === "") return "für jedes Alter";
  if (to === "") return from ? `ab ${from} ${inYears ? "Jahren" : "Monaten"}` : "von Geburt an";
  const unit = inYears ? "Jahre" : "Monate";
  return from === "" ? `bis ${to} ${unit}` : `${from} bis ${to} ${unit}`;
};

/** Buttons for the usual ages, and what the months mean in years. */
class AgeChoices extends Controller {
  connect() {
    const form = this.element.form;
    this.fields = [this.element, form.elements.namedItem("max_age_months")];
    this.box = document.createElement("div");
    this.box.className = "form-ages";
    this.box.setAttribute("role", "group");
    this.box.setAttribute("aria-label", "Übliches Alter wählen");
    this.buttons = AGES.map(([label, ...ages]) => this.button(label, ages));
    this.words = document.createElement("p");
    this.words.className = "form-sentence";
    this.box.append(...this.buttons, this.words);
    this.element.closest(".w-field-row")?.before(this.box);
    for (const field of this.fields) field.addEventListener("input", () => this.update());
    this.update();
  }

  button(label, ages) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-small button-secondary";
    button.textContent = label;
    button.addEventListener("click", () => {
      this.fields.forEach((field, index) => {
        field.value = ages[index];
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
      this.update();
    });
    button.dataset.ages = ages.join("-");
    return button;
  }

  update() {
    const [low, high] = this.fields.map((field) => field.value);
    for (const button of this.buttons) button.setAttribute("aria-pressed", String(button.dataset.ages === `${low}-${high}`));
    this.words.textContent = `Das heißt: ${ageRange(low, high)}.`;
  }

  disconnect() {
    this.box.remove();
  }
}

/** Ticks whom an offer of this kind is usually for, until the editor ticks something else. */
class UsualAudience extends Controller {
  static values = { byKind: Object };

  connect() {
    const form = this.element.closest("form");
    const boxes = [...form.querySelectorAll('[name="audience"]')];
    const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value).sort().join();
    const usual = () => [...(this.byKindValue[valueOf(inputsOf(form, "kind"))] ?? [])].sort().join();
    let untouched = chosen() === usual();
    for (const box of boxes) box.addEventListener("change", () => (untouched = chosen() === usual()));
    this.element.addEventListener("change", (event) => {
      if (event.target.name !== "kind" || !untouched) return;
      for (const box of boxes) box.checked = (this.byKindValue[event.target.value] ?? []).includes(box.value);
    });
  }
}

window.wagtail.app.register("shown-fields", ShownFields);
window.wagtail.app.register("text-count", TextCount);
window.wagtail.app.register("age-choices", AgeChoices);
window.wagtail.app.register("usual-audience", UsualAudience);
