// What is answered on a public page stays in this tab until it was taken in, and nowhere else: the next person at a
// shared device finds nothing of it. The code behind a printed square code is put into its field. Without this script
// both are done by hand.

const form = document.querySelector("form[data-kept]");
const shown = "textarea, select, input[type=radio], input[type=checkbox]";
const read = () => JSON.parse(sessionStorage.getItem(form.dataset.kept) ?? "{}");
if (form) {
  const kept = read();
  for (const field of form.querySelectorAll(shown)) {
    const given = kept[field.name] ?? [];
    if (field.type === "radio" || field.type === "checkbox") {
      const isUntouched = ![...form.elements[field.name].length ? form.elements[field.name] : [field]].some((one) => one.defaultChecked);
      if (isUntouched && given.includes(field.value)) field.checked = true;
    } else if (!field.value && given.length) field.value = given[0];
  }
  form.addEventListener("input", () => {
    const now = read();
    for (const field of form.querySelectorAll(shown)) now[field.name] = new FormData(form).getAll(field.name);
    sessionStorage.setItem(form.dataset.kept, JSON.stringify(now));
  });
}
const taken = document.querySelector("[data-taken]");
if (taken) sessionStorage.removeItem(taken.dataset.taken);

// A fragment is never sent to a server, and so never written down there.
const code = document.querySelector("[data-code]");
if (code && location.hash.length > 1 && !["#main", "#wrong"].includes(location.hash)) {
  code.value = decodeURIComponent(location.hash.slice(1)).slice(0, 40);
  history.replaceState(null, "", location.pathname + location.search);
}
