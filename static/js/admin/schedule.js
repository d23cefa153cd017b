/* Under each rule of a schedule: the sentence that it means, "Jeden Mittwoch von 9:30 bis 11:00 Uhr". */

const { Controller } = window.StimulusModule;

const NUMBERS = ["", "", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"];

const clock = (time) => time.replace(/^0/, "").slice(0, 5).replace(/:$/, "");

const longDay = (iso) =>
  new Intl.DateTimeFormat("de-DE", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(iso));

const times = (start, end) => {
  if (!start) return "";
  return end ? ` von ${clock(start)} bis ${clock(end)} Uhr` : ` um ${clock(start)} Uhr`;
};

/** "" while the rule does not yet say when. */
export const sentence = ({ frequency, weekday, interval, week, date, start, end }) => {
  if (frequency === "once") return date ? `Einmal am ${longDay(date)}${times(start, end)}` : "";
  if (!weekday) return "";
  if (frequency === "monthly") return week ? `An jedem ${week} ${weekday} im Monat${times(start, end)}` : "";
  const every = Number(interval) || 1;
  const rhythm = every === 1 ? `Jeden ${weekday}` : `Alle ${NUMBERS[every] ?? every} Wochen am ${weekday}`;
  return rhythm + times(start, end);
};

class ScheduleSentence extends Controller {
  connect() {
    this.row = this.element.closest("[data-inline-panel-child]");
    this.output = document.createElement("p");
    this.output.className = "form-sentence";
    this.output.setAttribute("role", "status");
    this.element.closest(".w-panel__content").append(this.output);
    this.update = this.update.bind(this);
    this.row.addEventListener("input", this.update);
    this.row.addEventListener("change", this.update);
    this.update();
  }

  disconnect() {
    this.output.remove();
    this.row.removeEventListener("input", this.update);
    this.row.removeEventListener("change", this.update);
  }

  field(name) {
    return this.row.querySelector(`[name$="-${name}"]`);
  }

  chosen(name) {
    const select = this.field(name);
    return select?.value ? select.selectedOptions[0].textContent.trim() : "";
  }

  update() {
    const text = sentence({
      frequency: this.element.value,
      weekday: this.chosen("weekday"),
      interval: this.field("interval").value,
      week: this.chosen("week_of_month"),
      date: this.field("date").value,
      start: this.field("start_time").value,
      end: this.field("end_time").value,
    });
    this.output.textContent = text || "Noch nicht vollständig: Wählen Sie Tag und Uhrzeit.";
    this.output.classList.toggle("form-sentence--open", !text);
  }
}

window.wagtail.app.register("schedule-sentence", ScheduleSentence);
