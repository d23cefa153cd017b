/* Markers are real buttons, so that keyboards and screen readers know them. */

const SVG = "http://www.w3.org/2000/svg";

/** A button with a symbol of the markers' sprite; `symbol` empty for none. */
export function markerButton(label, symbol) {
  const button = document.createElement("button");
  button.type = "button";
  button.setAttribute("aria-label", label);
  if (symbol) button.append(drawing(symbol));
  return button;
}

export function drawing(symbol) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", symbol);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** An element as Leaflet's icon, `size` px square; its point is its foot, or its middle. */
export function elementIcon(L, element, { size, className, atMiddle = false }) {
  const icon = L.divIcon({ iconSize: [size, size], iconAnchor: [size / 2, atMiddle ? size / 2 : size - 2], className });
  icon.createIcon = () => {
    icon._setIconStyles(element, "icon");
    return element;
  };
  return icon;
}
