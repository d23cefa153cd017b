/* Inside <family-map>: Leaflet with our base map, the markers, and what belongs around them. */

import { drawBase } from "./base.js";
import { letPageScroll } from "./gestures.js";
import { loadLeaflet } from "./leaflet.js";
import { connectList } from "./list.js";
import { drawing, elementIcon } from "./marker.js";
import { Points, symbol } from "./points.js";

/** Opens the map in its element. Resolves with {map, update(attribute), remove()}. */
export async function openMap(host) {
  const data = host.dataset;
  const L = await loadLeaflet({ script: data.leafletScript, style: data.leafletStyle });
  const texts = JSON.parse(data.texts);
  const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const canvas = document.createElement("div");
  canvas.className = "map__canvas";
  canvas.setAttribute("role", "region");
  canvas.setAttribute("aria-label", texts.label);
  host.prepend(canvas);
  host.classList.add("is-open");

  // Our own base map shows nothing new from nearer than 15.
  const map = L.map(canvas, {
    attributionControl: false, zoomControl: false, minZoom: 8, maxZoom: data.tiles ? 17 : 15, zoomSnap: 0.5, wheelPxPerZoomLevel: 90,
    zoomAnimation: animate, fadeAnimation: animate, markerZoomAnimation: animate, inertia: animate,
  });
  L.control.zoom({ position: "topright", zoomInText: "+", zoomOutText: "−", zoomInTitle: texts.nearer, zoomOutTitle: texts.farther }).addTo(map);
  const placed = firstView(L, map, data);
  letPageScroll(map, host);
  const tiles = data.tiles && L.tileLayer(data.tiles, { maxZoom: 17 }).addTo(map);
  host.classList.toggle("has-tiles", Boolean(tiles));

  const base = await drawBase(L, map, { base: data.base, near: data.near, fit: !placed });
  sources(host, [...(tiles ? [data.tilesAttribution] : []), ...base.attribution]);
  fullView(host, map, texts);

  if (data.marker) offerMarker(L, map, data.marker, texts.label, data.sprite, base.names);
  const points = new Points(L, map, {
    sprite: data.sprite, texts, animate,
    onDraw: (boxes) => base.names.avoid(boxes),
    onError: (failed) => host.classList.toggle("has-error", failed),
  });
  let circle = drawCircle(L, map, data.circle);
  points.url = data.points;
  if (data.points) connectList();

  // A hidden map has no size: it measures itself again when it gets one.
  const sizes = new ResizeObserver(() => map.invalidateSize({ animate: false }));
  sizes.observe(canvas);
  return {
    map,
    update(attribute) {
      if (attribute === "data-points") points.url = data.points;
      if (attribute !== "data-circle") return;
      circle?.remove();
      circle = drawCircle(L, map, data.circle);
      map.fitBounds(circle?.getBounds() ?? base.bounds, { animate: false, maxZoom: 13 });
    },
    remove() {
      sizes.disconnect();
      points.remove();
      map.remove();
      canvas.remove();
    },
  };
}

/** Whether the page says where to look. */
function firstView(L, map, { marker, circle, bounds, center, zoom }) {
  const [lat, lon, km] = numbers(circle);
  if (marker) map.setView(numbers(marker).slice(0, 2), Number(zoom) || 12);
  else if (circle) map.fitBounds(L.latLng(lat, lon).toBounds(km * 2000), { maxZoom: 13 });
  else if (bounds) {
    const [west, south, east, north] = numbers(bounds);
    map.fitBounds([[south, west], [north, east]]);
  } else if (center) map.setView(numbers(center), Number(zoom) || 10);
  return Boolean(marker || circle || bounds || center);
}

function drawCircle(L, map, value) {
  const [lat, lon, km] = numbers(value);
  return km ? L.circle([lat, lon], { radius: km * 1000, interactive: false, className: "map-circle" }).addTo(map) : undefined;
}

/** The one place of an offer's page: nothing to press, its name is the map's. */
function offerMarker(L, map, value, label, sprite, names) {
  const [lat, lon, kind] = value.split(",");
  const element = document.createElement("span");
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", label);
  element.append(drawing(`${sprite}#marker-${symbol(kind)}`));
  map.createPane("offer").style.zIndex = 600;
  const icon = elementIcon(L, element, { size: 48, className: `map-marker map-marker--${kind}` });
  const marker = L.marker([lat, lon], { icon, pane: "offer", keyboard: false, interactive: false }).addTo(map);
  const avoid = () => {
    const { x, y } = map.latLngToLayerPoint(marker.getLatLng());
    names.avoid([[x - 20, y - 46, x + 20, y]]);
  };
  map.on("zoomend", avoid);
  avoid();
}

function fullView(host, map, texts) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "map__full";
  const name = () => (button.textContent = host.hasAttribute("data-full") ? texts.leaveFull : texts.full);
  const toggle = (on) => {
    host.toggleAttribute("data-full", on);
    document.documentElement.classList.toggle("has-full-map", on);
    name();
    map.invalidateSize({ animate: false });
    button.focus({ preventScroll: true });
  };
  button.addEventListener("click", () => toggle(!host.hasAttribute("data-full")));
  host.addEventListener("keydown", (event) => event.key === "Escape" && host.hasAttribute("data-full") && toggle(false));
  name();
  host.append(button);
}

function sources(host, attribution) {
  const line = host.querySelector(".map__sources") ?? host.appendChild(document.createElement("p"));
  line.className = "map__sources";
  line.textContent = attribution.join(" · ");
}

function numbers(text) {
  return text ? text.split(",").map(Number) : [];
}
