/* <position-picker>: a map for two coordinate inputs. The inputs count; the map only helps to fill them. */

import { drawBase, fetchJson } from "../map/base.js";
import { letPageScroll } from "../map/gestures.js";
import { loadLeaflet } from "../map/leaflet.js";
import { elementIcon, markerButton } from "../map/marker.js";
import { parsePair, plainDegrees } from "./degrees.js";

const STEP_METRES = 25;
const METRES_PER_DEGREE = 111320;
const STEPS = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const CLOSE_ZOOM = 13;

class PositionPicker extends HTMLElement {
  connectedCallback() {
    if (this.texts) return;
    this.texts = JSON.parse(this.dataset.texts);
    [this.latitude, this.longitude] = ["latitude", "longitude"].map((name) => this.querySelector(`input[name$="${name}"]`));
    this.status = this.querySelector(".position__status");
    this.querySelector(".position__tools").hidden = false;
    this.querySelector("[data-position-take]").addEventListener("click", () => this.take());
    this.querySelector("[data-position-remove]").addEventListener("click", () => this.clear());
    for (const input of [this.latitude, this.longitude]) input.addEventListener("change", (event) => this.read(event));
    this.observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.show());
    this.observer.observe(this);
  }

  /** The inputs as [lat, lon], or undefined where they hold no point. */
  get point() {
    const point = [this.latitude, this.longitude].map((input) => plainDegrees(input.value));
    return point.every(Number.isFinite) && Math.abs(point[0]) <= 90 && Math.abs(point[1]) <= 180 ? point : undefined;
  }

  set point(point) {
    [this.latitude, this.longitude].forEach((input, index) => {
      input.value = point ? point[index].toFixed(5) : "";
      // The form notices changes by these events.
      for (const name of ["input", "change"]) input.dispatchEvent(new CustomEvent(name, { bubbles: true, detail: { picker: this } }));
    });
    this.draw();
  }

  read(event) {
    if (event.detail?.picker === this) return;
    const pair = parsePair(event.target.value);
    if (pair) {
      this.point = pair;
      this.map?.setView(pair, Math.max(this.map.getZoom(), CLOSE_ZOOM));
      return;
    }
    const filled = this.latitude.value.trim() && this.longitude.value.trim();
    this.say(filled && !this.point ? this.texts.numbers : "");
    this.draw();
    if (this.point) this.map?.setView(this.point, Math.max(this.map.getZoom(), CLOSE_ZOOM));
  }

  async show() {
    this.observer.disconnect();
    const { dataset } = this;
    const canvas = Object.assign(document.createElement("div"), { className: "map__canvas" });
    canvas.setAttribute("role", "region");
    canvas.setAttribute("aria-label", this.texts.label);
    try {
      const L = await loadLeaflet({ script: dataset.leafletScript, style: dataset.leafletStyle });
      this.status.before(canvas);
      const map = L.map(canvas, { attributionControl: false, zoomControl: false, minZoom: 8, maxZoom: 17, zoomAnimation: false });
      L.control.zoom({ position: "topright", zoomInTitle: this.texts.nearer, zoomOutTitle: this.texts.farther }).addTo(map);
      if (this.point) map.setView(this.point, CLOSE_ZOOM);
      if (dataset.tiles) L.tileLayer(dataset.tiles, { maxZoom: 17 }).addTo(map);
      this.classList.toggle("has-tiles", Boolean(dataset.tiles));
      await drawBase(L, map, { base: dataset.base, near: dataset.near, fit: !this.point });
      letPageScroll(map, this);
      new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(canvas);
      Object.assign(this, { L, map });
      map.on("click", ({ latlng }) => (this.point = [latlng.lat, latlng.lng]));
    } catch (error) {
      // Two inputs are enough.
      canvas.remove();
      console.warn(error);
      return;
    }
    this.say(this.texts.hint);
    this.draw();
    if (!this.point) await this.lookAtTown();
  }

  draw() {
    if (!this.map) return;
    const point = this.point;
    if (!point) {
      this.marker?.remove();
      this.marker = undefined;
    } else if (this.marker) this.marker.setLatLng(point);
    else this.marker = this.addMarker(point);
  }

  addMarker(point) {
    const button = markerButton(this.texts.marker);
    button.innerHTML = '<svg viewBox="0 0 48 48" aria-hidden="true"><path d="M24 46C15 35 8 28 8 18a16 16 0 1 1 32 0c0 10-7 17-16 28z" fill="currentColor" stroke="#fff" stroke-width="2.5"/><circle cx="24" cy="18" r="6" fill="#fff"/></svg>';
    const icon = elementIcon(this.L, button, { size: 48, className: "position__marker" });
    const marker = this.L.marker(point, { icon, draggable: true, keyboard: false, autoPan: true }).addTo(this.map);
    marker.on("dragend", () => {
      const { lat, lng } = marker.getLatLng();
      this.point = [lat, lng];
    });
    button.addEventListener("keydown", (event) => this.step(event));
    return marker;
  }

  step(event) {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const [lat, lon] = this.point;
    const degree = STEP_METRES / METRES_PER_DEGREE;
    this.point = [lat + step[0] * degree, lon + (step[1] * degree) / Math.cos((lat * Math.PI) / 180)];
    this.map.panInside(this.point, { padding: [60, 60], animate: false });
  }

  /** The address or the middle of the town in the form: {found, exact, label, lat, lon}, or undefined where none is filled in. */
  async town() {
    const form = this.closest("form") ?? document;
    const [street, ...words] = ["street", "postal_code", "town"].map((name) => form.querySelector(`[name="${name}"]`)?.value.trim());
    const town = words.filter(Boolean).join(" ");
    const question = new URLSearchParams({ q: town });
    // Only where the installation has a geocoder does anybody ask for the street.
    if (street) question.set("address", `${street}, ${town}`);
    return town ? fetchJson(`${this.dataset.place}?${question}`) : undefined;
  }

  async lookAtTown() {
    const place = await this.town().catch(() => undefined);
    if (place?.found && !this.point) this.map.setView([place.lat, place.lon], 13);
  }

  async take() {
    try {
      const place = await this.town();
      if (!place?.found) return this.say(place ? this.texts.unknown : this.texts.noTown);
      this.point = [place.lat, place.lon];
      this.map?.setView(this.point, CLOSE_ZOOM);
      this.say((place.exact ? this.texts.exact : this.texts.taken).replace("{place}", place.label));
    } catch {
      this.say(this.texts.failed);
    }
  }

  clear() {
    this.point = undefined;
    this.say(this.texts.removed);
  }

  say(text) {
    this.status.textContent = text;
  }
}

customElements.define("position-picker", PositionPicker);
