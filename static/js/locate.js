// "Meinen Standort verwenden": asks the browser only when the button is pressed, rounds to about 100 m, sends nothing but the search.

export function connectLocate(root = document) {
  for (const button of root.querySelectorAll("[data-locate][hidden]")) button.hidden = !navigator.geolocation;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-locate]");
  if (!button) return;
  const form = button.closest("form");
  const status = form.querySelector("[data-locate-status]");
  status.textContent = button.dataset.waiting;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      status.textContent = "";
      form.elements.ort.value = "";
      put(form, "lat", coords.latitude.toFixed(3));
      put(form, "lon", coords.longitude.toFixed(3));
      form.requestSubmit();
    },
    () => (status.textContent = button.dataset.failed),
    { maximumAge: 300000, timeout: 10000 },
  );
});

function put(form, name, value) {
  const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  field.value = value;
}

// A place that somebody types replaces the own position.
document.addEventListener("input", (event) => {
  if (event.target.name !== "ort") return;
  for (const name of ["lat", "lon"]) event.target.form.elements[name]?.remove();
});
