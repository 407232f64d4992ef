// What is typed on a public page stays in this tab until it was taken in, and nowhere else: the next person at a shared
// device finds nothing of it. The code behind a printed square code is put into its field. Without this script both
// are done by hand.

const form = document.querySelector("form[data-kept]");
const field = form?.querySelector("textarea");
if (field) {
  const key = form.dataset.kept;
  if (!field.value) field.value = sessionStorage.getItem(key) ?? "";
  field.addEventListener("input", () => sessionStorage.setItem(key, field.value));
}

// How many characters are too many is said while one types; nothing is cut off.
const long = document.querySelector("textarea[data-most]");
if (long) {
  const most = Number(long.dataset.most);
  const told = long.parentElement.querySelector("[data-left]");
  const count = () => { const left = most - long.value.length; if (told) { told.textContent = `${left.toLocaleString(document.documentElement.lang)}`; told.parentElement.hidden = left > most / 5; } };
  long.addEventListener("input", count);
  count();
}

const taken = document.querySelector("[data-taken]");
if (taken) sessionStorage.removeItem(taken.dataset.taken);

// A fragment is never sent to a server, and so never written down there.
const code = document.querySelector("[data-code]");
if (code && location.hash.length > 1) {
  code.value = decodeURIComponent(location.hash.slice(1)).slice(0, 40);
  history.replaceState(null, "", location.pathname);
}
