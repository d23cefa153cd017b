/* How wide a river is drawn. */

/** A river's width in pixels: as wide as it is, and never too thin to see. */
export function riverWidth(map, river) {
  const metresPerPixel = (40075016 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
  const width = river.properties.width;
  return Math.max(width / metresPerPixel, width > 150 ? 3.5 : 2);
}
