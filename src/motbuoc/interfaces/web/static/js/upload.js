// Says that a file is being read, from the press of the button until the next page comes.
for (const form of document.querySelectorAll("[data-upload]")) {
  const reading = form.querySelector("[data-reading]");
  const tell = (busy) => {
    reading.hidden = !busy;
    form.querySelector("button[type=submit]").disabled = busy;
  };
  form.addEventListener("submit", () => tell(true));
  window.addEventListener("pageshow", () => tell(false)); // back from the next page
}
