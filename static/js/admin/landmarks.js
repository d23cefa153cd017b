// Wagtail writes the search in the side bar without a name; where the page has a search of its own, a screen reader tells two of the same.
const sidebar = document.querySelector("[data-wagtail-sidebar]");

function named() {
  const search = sidebar.querySelector("form[role=search]");
  const field = search?.querySelector("input");
  const name = field?.getAttribute("aria-label") || field?.placeholder || search?.innerText.trim();
  if (name) search.setAttribute("aria-label", name);
  return Boolean(name);
}

if (sidebar && !named()) {
  const waits = new MutationObserver(() => named() && waits.disconnect());
  waits.observe(sidebar, { childList: true, subtree: true });
}
