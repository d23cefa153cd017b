// The search page: suggestions, order, own position, and the map on demand. Everything else is links, a form and htmx.
import { connect } from "./combobox.js";

connect();

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
  const button = event.target.closest("[data-locate], [data-map-toggle]");
  if (button?.matches("[data-locate]")) locate(button);
  if (button?.matches("[data-map-toggle]")) toggleMap(button);
});

// On a phone the list comes first and the map is one tap away. The button is there only where a script can answer it.
for (const button of document.querySelectorAll("[data-map-toggle], [data-locate]")) button.hidden = false;

function toggleMap(button) {
  const open = button.closest("[data-map-panel]").classList.toggle("is-open");
  button.setAttribute("aria-expanded", String(open));
  const label = button.querySelector("[data-map-toggle-label]");
  label.textContent = open ? label.dataset.open : label.dataset.closed;
  if (open) button.closest("[data-map-panel]").scrollIntoView({ block: "start" });
}

// Asks the browser only now, rounds to about 100 m, and sends nothing but the search.
function locate(button) {
  if (!navigator.geolocation) return tell(button, button.dataset.failed);
  tell(button, button.dataset.waiting);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      const address = new URL(location.href);
      address.searchParams.delete("ort");
      address.searchParams.delete("seite");
      address.searchParams.set("lat", coords.latitude.toFixed(3));
      address.searchParams.set("lon", coords.longitude.toFixed(3));
      location.assign(address);
    },
    () => tell(button, button.dataset.failed),
    { maximumAge: 300000, timeout: 10000 },
  );
}

function tell(button, text) {
  const status = document.getElementById(button.getAttribute("aria-describedby"));
  if (status) status.textContent = text;
}
