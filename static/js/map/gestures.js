/* A map in a page must not catch somebody who scrolls past it. */

/** One finger and the plain wheel belong to the page; two fingers, Ctrl with the wheel, or a map in full view or in use move the map. */
export function letPageScroll(map, host) {
  const container = map.getContainer();
  const touch = matchMedia("(pointer: coarse)");
  const inUse = () => host.hasAttribute("data-full") || container.contains(document.activeElement);
  host.addEventListener("wheel", (event) => { if (!event.ctrlKey && !inUse()) event.stopPropagation(); }, { capture: true });
  const adapt = () => (touch.matches && !host.hasAttribute("data-full") ? map.dragging.disable() : map.dragging.enable());
  touch.addEventListener("change", adapt);
  new MutationObserver(adapt).observe(host, { attributes: true, attributeFilter: ["data-full"] });
  adapt();
}
