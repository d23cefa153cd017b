/* <family-map>: a map that loads nothing until somebody sees it. What it takes is written in templates/components/map.html. */

class FamilyMap extends HTMLElement {
  static observedAttributes = ["data-points", "data-circle"];

  connectedCallback() {
    if (this.view) return;
    // Hidden elements do not intersect: on a phone this waits for the button that shows the map.
    this.observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.show(), { rootMargin: "100px" });
    this.observer.observe(this);
    this.leave = new AbortController();
    document.addEventListener("htmx:after:swap", () => this.follow(), { signal: this.leave.signal });
  }

  disconnectedCallback() {
    this.observer.disconnect();
    this.leave.abort();
    this.view?.remove();
    this.view = undefined;
  }

  attributeChangedCallback(name, before, after) {
    if (this.view && before !== after) this.view.update(name);
  }

  /** The page's results may say anew what to show: `[data-map-points]` and `data-map-circle` beside it. */
  follow() {
    const source = document.querySelector("[data-map-points]");
    if (!source) return;
    this.dataset.circle = source.dataset.mapCircle ?? "";
    this.dataset.points = source.dataset.mapPoints;
  }

  async show() {
    this.observer.disconnect();
    try {
      const { openMap } = await import("./view.js");
      if (this.isConnected) this.view = await openMap(this);
    } catch (error) {
      // What stood here before, a link or a sentence, stays.
      this.classList.remove("is-open");
      this.querySelector(".map__canvas")?.remove();
      console.warn(error);
    }
  }
}

customElements.define("family-map", FamilyMap);
