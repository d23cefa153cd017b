/* What the search found, as markers. The server clusters; here they are drawn, kept across reloads, and marked. */

import { fetchJson } from "./base.js";
import { Card } from "./card.js";
import { elementIcon, markerButton } from "./marker.js";

// How near (px) a listing's place must be to a cluster to be thought inside of it.
const REACH = 60;
// Markers nearer than this (px) to each other would hide each other.
const APART = 38;
// The radius that means "in this place" to the search.
const HERE_KM = 0.2;
const KINDS = ["gruppe", "beratung", "veranstaltung", "kurs", "treff"];

export class Points {
  /** `options`: url (of the search's GeoJSON), sprite, texts, onDraw(boxes in layer points), onError(failed). */
  constructor(L, map, options) {
    Object.assign(this, { L, map, options, markers: new Map() });
    map.createPane("offers").style.zIndex = 600;
    this.card = new Card(L, map, options.texts);
    map.on("moveend", () => this.load());
    this.end = new AbortController();
    document.addEventListener("offer:mark", ({ detail }) => detail.source === "list" && this.mark(detail), { signal: this.end.signal });
  }

  /** With the map: the page may live on with another one, for which this one must not answer. */
  remove() {
    this.end.abort();
    this.request?.abort();
  }

  set url(url) {
    this.options.url = url;
    this.load();
  }

  async load() {
    if (!this.options.url) return;
    this.request?.abort();
    this.request = new AbortController();
    const { signal } = this.request;
    try {
      const { features } = await fetchJson(this.address(this.map.getBounds(), this.map.getZoom()), { signal });
      this.draw(withoutOverlaps(features, ([lon, lat]) => this.map.latLngToLayerPoint([lat, lon])));
      this.options.onError(false);
    } catch (error) {
      if (!signal.aborted) this.options.onError(true, error);
    }
  }

  address(box, zoom) {
    const url = new URL(this.options.url, location.href);
    const edges = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    url.searchParams.set("bbox", edges.map((value) => value.toFixed(4)).join(","));
    url.searchParams.set("zoom", Math.round(zoom));
    return url;
  }

  /** Markers that stay keep their elements, so that nothing flickers and the focus remains. */
  draw(features) {
    const fresh = new Map(features.map((feature) => [identity(feature), feature]));
    for (const [id, marker] of this.markers) {
      if (fresh.has(id) || marker === this.card.marker) continue;
      marker.remove();
      this.markers.delete(id);
    }
    // North to south, as one reads: the order of the Tab key.
    for (const [id, feature] of [...fresh].sort(([, a], [, b]) => b.geometry.coordinates[1] - a.geometry.coordinates[1])) {
      if (!this.markers.has(id)) this.markers.set(id, this.add(feature));
    }
    this.inOrder();
    this.options.onDraw([...this.markers.values()].map((marker) => this.box(marker)));
  }

  inOrder() {
    const pane = this.map.getPane("offers");
    const sorted = [...this.markers.values()].sort((a, b) => b.getLatLng().lat - a.getLatLng().lat).map((marker) => marker.getElement());
    sorted.forEach((element, index) => {
      // Moving the focused element would take the focus from it.
      if (pane.children[index] !== element && element !== document.activeElement) pane.insertBefore(element, pane.children[index] ?? null);
    });
  }

  add({ geometry: { coordinates: [lon, lat] }, properties }) {
    const clustered = properties.count > 1;
    const button = clustered ? this.cluster(properties.count) : this.single(properties);
    const size = clustered ? clusterSize(properties.count) : 48;
    const className = `map-marker map-marker--${clustered ? "cluster" : properties.kind}`;
    const icon = elementIcon(this.L, button, { size, className, atMiddle: clustered });
    const marker = this.L.marker([lat, lon], { icon, pane: "offers", keyboard: false, riseOnHover: true });
    marker.properties = properties;
    marker.on("click", () => (clustered ? this.enlarge(marker) : this.card.open(marker, properties)));
    marker.addTo(this.map);
    for (const name of ["pointerenter", "focus"]) button.addEventListener(name, () => tell(properties.key, true));
    for (const name of ["pointerleave", "blur"]) button.addEventListener(name, () => tell(properties.key, false));
    return marker;
  }

  cluster(count) {
    const button = markerButton(this.options.texts.cluster.replace("{count}", count), `${this.options.sprite}#marker-cluster`);
    const number = document.createElement("span");
    number.textContent = count > 999 ? `${Math.floor(count / 1000)}k` : count;
    number.className = "map-marker__count";
    button.append(number);
    return button;
  }

  single({ kind, title, town }) {
    return markerButton(town ? `${title}, ${town}` : title, `${this.options.sprite}#marker-${symbol(kind)}`);
  }

  /** Goes as near as needed to see what is inside; where all of it is in one place, a card leads to it in the list. */
  async enlarge(marker) {
    const { map } = this;
    const at = map.latLngToContainerPoint(marker.getLatLng());
    const around = this.L.latLngBounds(...[-1, 1].map((side) => map.containerPointToLatLng([at.x + side * REACH, at.y - side * REACH])));
    const near = map.getMaxZoom();
    const answer = await fetchJson(this.address(around, near)).catch(() => ({ features: [] }));
    const features = withoutOverlaps(answer.features, ([lon, lat]) => map.project([lat, lon], near));
    if (features.length === 1 || map.getZoom() === near) {
      this.card.open(marker, this.place(marker));
      return;
    }
    const inside = this.L.latLngBounds(features.map(({ geometry: { coordinates: [lon, lat] } }) => [lat, lon]));
    const zoom = inside.isValid() ? map.getBoundsZoom(inside, false, [REACH, REACH]) : 0;
    const center = inside.isValid() ? inside.getCenter() : marker.getLatLng();
    map.setView(center, Math.min(Math.max(zoom, map.getZoom() + 1), near), { animate: this.options.animate });
    map.getContainer().focus({ preventScroll: true });
  }

  /** What a card says of many listings in one place. The list lies beside the search's GeoJSON. */
  place(marker) {
    const { lat, lng } = marker.getLatLng();
    const url = new URL(this.options.url, location.href);
    url.searchParams.delete("ort");
    for (const [name, value] of Object.entries({ lat: lat.toFixed(5), lon: lng.toFixed(5), umkreis: HERE_KM })) url.searchParams.set(name, value);
    const title = this.options.texts.here.replace("{count}", marker.properties.count);
    return { title, url: new URL(`./${url.search}`, url).href, next: this.options.texts.toList };
  }

  box(marker) {
    const { x, y } = this.map.latLngToLayerPoint(marker.getLatLng());
    const [width, height] = marker.options.icon.options.iconSize;
    const [left, top] = marker.options.icon.options.iconAnchor;
    return [x - left + 6, y - top + 4, x - left + width - 6, y - top + height - 2];
  }

  /** Marks the marker of a listing, or the cluster near its place. */
  mark({ key, on, lat, lon }) {
    for (const marker of this.markers.values()) marker.getElement().classList.remove("is-marked");
    if (!on) return;
    const marker = [...this.markers.values()].find((each) => each.properties.key === key) ?? this.nearest(lat, lon);
    marker?.getElement().classList.add("is-marked");
  }

  nearest(lat, lon) {
    if (!Number.isFinite(lat) || !Number.isFinite(lon)) return undefined;
    const point = this.map.latLngToLayerPoint([lat, lon]);
    const clusters = [...this.markers.values()].filter((each) => each.properties.count > 1);
    const away = (marker) => point.distanceTo(this.map.latLngToLayerPoint(marker.getLatLng()));
    const [first] = clusters.sort((a, b) => away(a) - away(b));
    return first && away(first) < REACH ? first : undefined;
  }
}

/** Features whose markers would overlap, as one cluster in their middle. `project` gives a position's point in px. */
function withoutOverlaps(features, project) {
  const kept = [];
  for (const feature of [...features].sort((a, b) => b.properties.count - a.properties.count)) {
    const point = project(feature.geometry.coordinates);
    const near = kept.find((each) => each.point.distanceTo(point) < APART);
    if (!near) kept.push({ point, feature });
    else near.feature = together(near.feature, feature);
  }
  return kept.map(({ feature }) => feature);
}

function together(a, b) {
  const [m, n] = [a.properties.count, b.properties.count];
  const coordinates = a.geometry.coordinates.map((value, axis) => (value * m + b.geometry.coordinates[axis] * n) / (m + n));
  return { geometry: { coordinates }, properties: { count: m + n } };
}

/** Listings of a kind that has no sign, sensitive ones among them, get the plain one. */
export function symbol(kind) {
  return KINDS.includes(kind) ? kind : "place";
}

function clusterSize(count) {
  return count > 99 ? 60 : count > 9 ? 52 : 46;
}

function identity({ geometry, properties }) {
  return properties.count > 1 ? `${geometry.coordinates.join()}:${properties.count}` : properties.key;
}

function tell(key, on) {
  if (key) document.dispatchEvent(new CustomEvent("offer:mark", { detail: { key, on, source: "map" } }));
}
