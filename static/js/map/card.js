/* The card that a marker opens. The focus goes into it, Esc closes it, and the focus returns to the marker. */

export class Card {
  constructor(L, map, texts) {
    Object.assign(this, { map, texts });
    this.popup = L.popup({ closeButton: false, autoPanPadding: [16, 16], maxWidth: 280, minWidth: 220, offset: [0, -34], className: "map-card" });
    map.on("popupclose", () => (this.marker = undefined));
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.marker) return;
      event.stopPropagation();
      this.close();
    });
  }

  /** `listing`: title, url, next, town, distance; the last three may be missing. */
  open(marker, listing) {
    this.marker = undefined;
    const content = this.content(listing);
    this.popup.setLatLng(marker.getLatLng()).setContent(content).openOn(this.map);
    this.marker = marker;
    content.querySelector("a").focus({ preventScroll: true });
  }

  close() {
    const button = this.marker?.getElement();
    this.map.closePopup(this.popup);
    button?.focus({ preventScroll: true });
  }

  content({ title, url, next, town, distance }) {
    const card = create("div", { className: "map-card__content" });
    const link = create("a", { href: url, textContent: title, className: "map-card__title" });
    const close = create("button", { type: "button", className: "map-card__close", textContent: "×", ariaLabel: this.texts.close });
    close.addEventListener("click", () => this.close());
    const lines = [next, [town, distance].filter(Boolean).join(", ")].filter(Boolean);
    card.append(link, ...lines.map((textContent) => create("p", { textContent })), close);
    return card;
  }
}

function create(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
