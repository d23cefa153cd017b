/* Land, borders and water. Only classes are set here: the style sheet gives the colours, so that dark mode needs no script. */

import { Names } from "./names.js";
import { riverWidth } from "./rivers.js";

// From this zoom on, the borders of single municipalities have room.
const NEAR = 11;
const WORLD = [[-80, -180], [-80, 180], [80, 180], [80, -180]];

/** Draws the base map and keeps it drawn. Resolves with {names, bounds, attribution}. */
export async function drawBase(L, map, { base, near, fit }) {
  const collection = await fetchJson(base);
  map.createPane("base").style.zIndex = 250;
  const renderer = L.svg({ pane: "base", padding: 0.6 });
  const of = (layer) => collection.features.filter((feature) => feature.properties.layer === layer);
  const draw = (features, name) =>
    L.geoJSON(features, { renderer, pane: "base", interactive: false, style: { className: `map-${name}` } }).addTo(map);

  const outline = L.geoJSON(of("outline"));
  const rings = outline.getLayers().flatMap((layer) => layer.getLatLngs().map(([outer]) => outer));
  // Without a place to look at, the whole district is the first view.
  if (fit) map.fitBounds(outline.getBounds(), { animate: false });
  const land = draw(of("outline"), "land");
  draw(of("outline"), "border-band");
  // Covers the half of the band that lies outside.
  L.polygon([WORLD, ...rings], { renderer, pane: "base", interactive: false, className: "map-around" }).addTo(map);
  draw(of("neighbour"), "neighbour");
  draw(of("association"), "association");
  // Below the rivers: where a river is the border, the water is drawn.
  draw(of("outline"), "outline");
  const rivers = of("river").flatMap((feature) => [
    { layer: draw(feature, "bank"), feature, more: 2 },
    { layer: draw(feature, "water"), feature, more: 0 },
  ]);


  const names = new Names(map, of("label"), of("river"));
  const widen = () => {
    for (const { layer, feature, more } of rivers) layer.setStyle({ weight: riverWidth(map, feature) + more });
  };
  map.on("zoomend", widen);
  widen();
  showWhenNear(map, near, (features) => {
    draw(features, "municipality").bringToBack();
    land.bringToBack();
  });
  return { names, bounds: outline.getBounds(), attribution: collection.attribution };
}

function showWhenNear(map, url, draw) {
  let asked = false;
  const check = async () => {
    map.getContainer().classList.toggle("is-near", map.getZoom() >= NEAR);
    if (asked || !url || map.getZoom() < NEAR) return;
    asked = true;
    // Without the finer borders the map is still whole; the next zoom asks again.
    draw((await fetchJson(url).catch(() => ((asked = false), { features: [] }))).features);
  };
  map.on("zoomend", check);
  check();
}

export async function fetchJson(url, options) {
  const response = await fetch(url, options);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}
