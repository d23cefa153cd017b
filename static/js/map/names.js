/* Names on the map: towns before villages, none over another, rivers along their course. */

import { riverWidth } from "./rivers.js";

let courses = 0;
// Names this many px outside of the window are set too, so that they are there when somebody drags the map.
const MARGIN = 80;
// What a marker covers above or below a place, px.
const PIN = 24;
const SVG = "http://www.w3.org/2000/svg";

// How a name is set: its class, size in px, the zooms that show it, and the radius of its dot (0: an area's name).
const STYLES = {
  kreis: () => ({ size: 15, from: 8, to: 11.5, dot: 0, rank: 6, spread: 1.18 }),
  verbandsgemeinde: () => ({ size: 15, from: 9.5, to: 10.6, dot: 0, rank: 3, spread: 1.1 }),
  stadt: (people) => ({ size: people > 8000 ? 19 : 16, from: people > 4000 ? 8 : 9.5, dot: 3.5, rank: people > 4000 ? 0 : 1 }),
  town: (people) => ({ size: people > 90000 ? 18 : 15, from: people > 90000 ? 8 : people > 25000 ? 9.5 : 10.5, dot: 3, rank: 2 }),
  ortsgemeinde: (people) => ({ size: people > 1500 ? 15 : 14, from: people > 1500 ? 10.5 : people > 900 ? 11 : people > 400 ? 11.5 : 12, dot: 2.2, rank: 4 }),
  station: () => ({ size: 14, from: 14, dot: 0, rank: 7, mark: 12 }),
};

export class Names {
  constructor(map, labels, rivers) {
    this.map = map;
    this.rivers = rivers;
    this.obstacles = [];
    this.labels = labels
      .map(({ geometry, properties }) => ({
        ...properties,
        ...STYLES[properties.kind]?.(properties.weight),
        at: [geometry.coordinates[1], geometry.coordinates[0]],
      }))
      .filter((label) => label.size)
      .sort((a, b) => a.rank - b.rank || b.weight - a.weight);
    const pane = map.createPane("names");
    pane.style.zIndex = 450;
    this.svg = element("svg", { class: "map-names", width: 1, height: 1, "aria-hidden": "true" });
    pane.append(this.svg);
    this.pen = document.createElement("canvas").getContext("2d");
    map.on("zoomstart", () => this.svg.classList.add("is-moving"));
    map.on("moveend resize", () => this.layout());
    document.fonts?.ready.then(() => this.layout());
    this.layout();
  }

  /** Boxes (in layer points: left, top, right, bottom) that names keep free: the markers. */
  avoid(obstacles) {
    this.obstacles = obstacles;
    this.layout();
  }

  layout() {
    const zoom = this.map.getZoom();
    this.family = getComputedStyle(this.map.getContainer()).fontFamily;
    this.view = this.map.getPixelBounds();
    this.origin = this.map.getPixelOrigin();
    this.taken = [...this.obstacles];
    this.svg.replaceChildren();
    this.svg.classList.remove("is-moving");
    const seen = this.labels.filter((label) => zoom >= (label.mark ?? label.from) && zoom <= (label.to ?? 99) && this.isInView(label));
    // Dots are taken first: no name runs over another town's dot.
    for (const label of seen) if (label.dot || label.mark) this.dot(label);
    const named = seen.filter((label) => zoom >= label.from);
    for (const label of named) if (label.rank < 2) this.name(label);
    for (const river of this.rivers) this.riverName(river);
    for (const label of named) if (label.rank >= 2) this.name(label);
  }

  isInView(label) {
    const { x, y } = this.map.project(label.at);
    const { min, max } = this.view;
    return x > min.x - MARGIN && x < max.x + MARGIN && y > min.y - MARGIN && y < max.y + MARGIN;
  }

  dot(label) {
    const { x, y } = this.map.latLngToLayerPoint(label.at);
    const r = label.dot || 3;
    const shape = label.mark ? { x: x - 3, y: y - 3, width: 6, height: 6 } : { cx: x, cy: y, r };
    this.svg.append(element(label.mark ? "rect" : "circle", { class: `map-dot map-dot--${label.kind}`, ...shape }));
    label.box = [x - r, y - r, x + r, y + r];
    this.taken.push(label.box);
  }

  name(label) {
    const { x, y } = this.map.latLngToLayerPoint(label.at);
    const width = this.width(label);
    const half = width / 2;
    const gap = (label.dot || 3) + 3;
    const high = label.size;
    const area = !label.dot && !label.mark;
    const places = area
      ? [[x, y], [x, y + high * 1.3], [x, y - high * 1.3]]
      : [
          [x, y + gap + high / 2], [x, y - gap - high / 2], [x + gap + half, y], [x - gap - half, y],
          // Beyond a marker that stands on the place.
          [x, y + gap + high / 2 + PIN], [x, y - gap - high / 2 - PIN],
        ];
    for (const [cx, cy] of places) {
      const box = [cx - half - 2, cy - high * 0.55, cx + half + 2, cy + high * 0.6];
      if (this.taken.some((other) => other !== label.box && overlap(box, other))) continue;
      this.taken.push(box);
      const text = element("text", { class: `map-name map-name--${label.kind}`, x: cx, y: cy, "font-size": label.size });
      text.textContent = label.name;
      this.svg.append(text);
      return;
    }
  }

  width({ name, kind, size, spread = 1 }) {
    this.pen.font = `${kind === "stadt" ? 600 : 400} ${size}px ${this.family}`;
    const letters = kind === "kreis" || kind === "verbandsgemeinde" ? name.toUpperCase() : name;
    return this.pen.measureText(letters).width * spread;
  }

  /** A river's name beside its straightest stretch in view. */
  riverName(river) {
    const name = river.properties.name;
    const room = this.width({ name, kind: "river", size: 16, spread: 1.5 }) + 20;
    const points = river.geometry.coordinates.map(([lon, lat]) => this.map.latLngToLayerPoint([lat, lon]));
    const stretch = straightest(points, room, this.map.getPixelBounds(), this.origin, this.taken);
    if (!stretch) return;
    const [from, , to] = stretch[0].x <= stretch[2].x ? stretch : [...stretch].reverse();
    const bend = { x: 2 * stretch[1].x - (from.x + to.x) / 2, y: 2 * stretch[1].y - (from.y + to.y) / 2 };
    const id = `map-course-${(courses += 1)}`;
    const wide = riverWidth(this.map, river);
    this.svg.append(element("path", { id, class: "map-course", d: `M${from.x} ${from.y}Q${bend.x} ${bend.y} ${to.x} ${to.y}` }));
    const text = element("text", { class: "map-name map-name--river", "font-size": 16, dy: wide > 22 ? 0 : -wide / 2 - 9 });
    const along = element("textPath", { href: `#${id}`, startOffset: "50%" });
    along.textContent = name;
    text.append(along);
    this.svg.append(text);
    this.taken.push(...boxesAlong(...stretch));
  }
}

/** Start, middle and end of the piece of a line, `room` px long and in view, that bends least. */
function straightest(points, room, view, origin, taken) {
  const left = view.min.x - origin.x + 30, right = view.max.x - origin.x - 30;
  const top = view.min.y - origin.y + 30, bottom = view.max.y - origin.y - 30;
  const inView = ({ x, y }) => x > left && x < right && y > top && y < bottom;
  let best, bestScore = 0.75;
  for (let start = 0; start < points.length; start += 1) {
    const end = points.findIndex((point, i) => i > start && Math.hypot(point.x - points[start].x, point.y - points[start].y) >= room);
    if (end < 0) break;
    const piece = points.slice(start, end + 1);
    if (!piece.every(inView)) continue;
    const chord = Math.hypot(piece.at(-1).x - piece[0].x, piece.at(-1).y - piece[0].y);
    const lengths = piece.map((point, i) => (i ? Math.hypot(point.x - piece[i - 1].x, point.y - piece[i - 1].y) : 0));
    const total = lengths.reduce((a, b) => a + b, 0);
    let walked = 0;
    const middle = piece[lengths.findIndex((length) => (walked += length) >= total / 2)];
    const level = Math.abs(piece.at(-1).x - piece[0].x) / chord;
    const score = chord / total + 0.1 * level;
    if (score <= bestScore || boxesAlong(piece[0], middle, piece.at(-1)).some((box) => taken.some((other) => overlap(box, other)))) continue;
    [best, bestScore] = [[piece[0], middle, piece.at(-1)], score];
  }
  return best;
}

/** What a name along three points covers, as small boxes: one box around a slanting name would cover much that is free. */
function boxesAlong(from, middle, to) {
  const between = (a, b) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const all = [from, between(from, middle), middle, between(middle, to), to];
  return all.map(({ x, y }) => [x - 14, y - 22, x + 14, y + 10]);
}

function overlap(a, b) {
  return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
}

function element(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}
