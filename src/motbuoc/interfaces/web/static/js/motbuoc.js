// What makes the components quicker. Every one of them works without it.

// Words without marks, in lower case: "Đảng bộ" is found by "dang bo".
export const fold = (words) =>
  words.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

// A menu closes when one clicks elsewhere or presses Escape.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details[data-menu][open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});

// A unit picker filters its list and says what is chosen.
function enhancePicker(picker) {
  const search = picker.querySelector("[data-picker-search]");
  const nothing = picker.querySelector("[data-picker-nothing]");
  const chosen = picker.querySelector("[data-picker-chosen]");
  const rows = [...picker.querySelectorAll(".picker-list > li")];
  const words = rows.map((row) => fold(row.textContent));
  const tell = () => {
    const names = rows.filter((row) => row.querySelector("input").checked).map((row) => row.textContent.trim());
    const count = names.length > 2 ? `${names.length} ${chosen.dataset.many}` : names.join(", ");
    chosen.textContent = count || chosen.dataset.none;
  };
  const filter = () => {
    const wanted = fold(search.value).split(/\s+/).filter(Boolean);
    let found = 0;
    rows.forEach((row, index) => {
      row.hidden = !wanted.every((part) => words[index].includes(part));
      found += row.hidden ? 0 : 1;
    });
    nothing.hidden = found > 0;
  };
  search.hidden = rows.length < 8;
  search.addEventListener("input", filter);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // looks for a name, does not send the form
  });
  picker.addEventListener("change", tell);
  tell();
}

// A dialog that unfolds in place becomes a window of its own.
function enhanceDialog(details) {
  const summary = details.querySelector("summary");
  const box = details.querySelector(".dialog-box");
  const opener = document.createElement("button");
  opener.type = "button";
  opener.className = summary.className;
  opener.replaceChildren(...summary.childNodes);
  const shown = document.createElement("dialog");
  shown.className = "dialog-window";
  shown.id = details.id;
  shown.setAttribute("aria-label", box.dataset.title);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "btn btn-quiet dialog-close";
  close.textContent = box.dataset.close;
  close.addEventListener("click", () => shown.close());
  box.append(close);
  shown.append(box);
  opener.addEventListener("click", () => shown.showModal());
  shown.addEventListener("click", (event) => event.target === shown && shown.close());
  const wasOpen = details.open;
  details.replaceWith(opener, shown);
  if (wasOpen || shown.querySelector(".is-invalid, .notice-bad")) shown.showModal();
}

// A dropped file lands in the picker.
function enhanceFilePicker(picker) {
  const mark = (on) => picker.classList.toggle("is-over", on);
  picker.addEventListener("dragenter", () => mark(true));
  picker.addEventListener("dragleave", () => mark(false));
  picker.addEventListener("drop", () => mark(false));
}

function enhance(root) {
  const all = (selector) => [...(root.matches?.(selector) ? [root] : []), ...root.querySelectorAll(selector)];
  for (const [selector, work] of [
    ["[data-picker]", enhancePicker],
    ["details[data-dialog]", enhanceDialog],
    ["[data-file-picker]", enhanceFilePicker],
  ]) {
    for (const element of all(selector)) {
      if (element.dataset.enhanced) continue;
      element.dataset.enhanced = "yes";
      work(element);
    }
  }
}
enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));

// A request that failed is told in words, where the eye and the screen reader are.
const trouble = document.getElementById("trouble");
const tell = (hidden) => {
  trouble.hidden = hidden;
  if (!hidden) trouble.scrollIntoView({ block: "nearest" });
};
for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) {
  document.addEventListener(name, () => tell(false));
}
document.addEventListener("htmx:afterSwap", () => tell(true));
