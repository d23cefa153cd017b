/* Beside an offer: how families would find it. Fetched once the form is shown; without this a link leads to the same. */

const fill = async (section) => {
  const response = await fetch(`${section.dataset.findability}?teil=1`, { credentials: "same-origin" });
  if (!response.ok) return;
  section.innerHTML = await response.text();
  // On the form's own page a link to a field needs no new page, which would lose what is being written.
  for (const link of section.querySelectorAll("a[href*='#']")) {
    if (link.pathname === location.pathname) link.setAttribute("href", link.hash);
  }
};

const start = () => {
  for (const section of document.querySelectorAll("[data-findability]")) fill(section).catch(() => {});
};

if (document.readyState === "complete") start();
else window.addEventListener("load", start);
