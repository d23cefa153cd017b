// The search page: suggestions, order, own position, and the map on demand. Everything else is links, a form and htmx.
import { connect } from "./combobox.js";
import { connectLocate } from "./locate.js";

// Buttons that only a script can answer are hidden in the page as it comes, also in each new answer to the search.
function reveal() {
  connect();
  connectLocate();
  for (const button of document.querySelectorAll("[data-map-toggle]")) button.hidden = false;
}

reveal();
document.addEventListener("htmx:after:swap", reveal);

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-sort]")) event.target.form.requestSubmit();
});

// One filter open at a time, closed by Escape or by a tap beside it.
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && event.target.closest("[data-filter][open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
document.addEventListener("pointerdown", (event) => {
  for (const filter of document.querySelectorAll("[data-filter][open]")) {
    if (!filter.contains(event.target)) filter.open = false;
  }
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-map-toggle]");
  if (button) toggleMap(button);
});

// On a phone the list comes first and the map is one tap away.
function toggleMap(button) {
  const panel = button.closest("[data-map-panel]");
  const open = panel.toggleAttribute("data-map-open");
  button.setAttribute("aria-expanded", String(open));
  if (open) panel.scrollIntoView({ block: "start" });
}
