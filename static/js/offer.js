// An offer's page: share, print, leave quickly, and the small map. All of it is extra; the page is whole without.

const share = document.querySelector("[data-share]");
if (share) {
  share.hidden = false;
  share.addEventListener("click", async () => {
    const address = location.href.split("#")[0];
    if (navigator.share) {
      try {
        await navigator.share({ title: document.title, url: address });
      } catch {
        // Closing the system's dialog is no fault.
      }
      return;
    }
    await navigator.clipboard.writeText(address);
    share.querySelector("[data-share-label]").textContent = "Adresse kopiert";
  });
}

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}

// Replaces the page in the history, so that "back" does not return to it.
document.querySelector("[data-leave]")?.addEventListener("click", (event) => {
  event.preventDefault();
  location.replace(event.currentTarget.href);
});
