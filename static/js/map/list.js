/* List and map speak through one event, offer:mark {key, on, source, lat, lon}: whoever points at a listing here sees it there. */

let listening = false;

/** Once a page: cards are `[data-offer-key]`, with `data-lat` and `data-lon` so that their cluster can be found. */
export function connectList() {
  if (listening) return;
  listening = true;
  let current;
  const point = (event) => {
    const card = event.target.closest?.("[data-offer-key]") ?? undefined;
    if (card === current) return;
    current = card;
    const { offerKey: key, lat, lon } = card?.dataset ?? {};
    const detail = { key, on: Boolean(card), source: "list", lat: parseFloat(lat), lon: parseFloat(lon) };
    document.dispatchEvent(new CustomEvent("offer:mark", { detail }));
  };
  document.addEventListener("pointerover", point);
  document.addEventListener("focusin", point);
  document.addEventListener("offer:mark", ({ detail }) => {
    if (detail.source !== "map") return;
    for (const card of document.querySelectorAll("[data-offer-key]")) {
      card.classList.toggle("is-marked", detail.on && card.dataset.offerKey === detail.key);
    }
  });
}
