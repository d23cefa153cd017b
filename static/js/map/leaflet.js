/* Leaflet is a classic script that sets window.L. It comes when the first map shows, once a page. */

let loading;

/** Resolves with Leaflet. `urls` holds the addresses of its script and style sheet, which are hashed in production. */
export function loadLeaflet({ script, style }) {
  loading ??= Promise.all([
    append("link", { rel: "stylesheet", href: style }),
    window.L ? undefined : append("script", { src: script }),
  ]).then(() => window.L);
  return loading;
}

function append(name, attributes) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(name), attributes);
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => {
      loading = undefined;
      element.remove();
      reject(new Error(`${attributes.src ?? attributes.href} did not load`));
    });
    document.head.prepend(element);
  });
}
