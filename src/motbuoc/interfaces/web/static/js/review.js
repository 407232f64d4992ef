// The review: words and cards light each other up; selected words become a missed duty. All works without it.

const room = document.querySelector("[data-review]");

function withKey(key) {
  const wanted = CSS.escape(key);
  return room.querySelectorAll(`[data-key~="${wanted}"]`);
}

function light(element, on) {
  const keys = element?.closest("[data-key]")?.dataset.key.split(" ") ?? [];
  const key = keys.at(-1); // the innermost of several
  if (key) for (const part of withKey(key)) part.classList.toggle("is-lit", on);
}

// What is said of words of the text: a card with that name, or links to the words.
function cardOf(key) {
  return document.getElementById(key) ?? room.querySelector(`.findings [data-key="${CSS.escape(key)}"]`);
}

// Bring the other side into view without moving the side the person is on.
function showOther(element) {
  const key = element.closest("[data-key]")?.dataset.key.split(" ").at(-1);
  const isText = element.closest("#text");
  const other = key && (isText ? cardOf(key) : document.getElementById(`words-${key}`));
  if (!other) return;
  other.closest("details")?.setAttribute("open", "");
  other.scrollIntoView({ block: "center", behavior: "smooth" });
  const card = isText ? other : withKey(key)[0];
  card?.classList.add("is-found");
  setTimeout(() => card?.classList.remove("is-found"), 1600);
}

function watch() {
  for (const [type, on] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    room.addEventListener(type, (event) => light(event.target, on));
  }
  room.addEventListener("click", (event) => {
    const hasSelection = String(window.getSelection()).length > 0;
    if (hasSelection || event.target.closest("a, button, input, select, textarea, label, summary, form")) return;
    showOther(event.target);
  });
}

// Words selected in the text go into the form for a missed duty, with where they stand.
function offerSelection() {
  const text = document.getElementById("text");
  const selection = window.getSelection();
  const form = document.querySelector("[data-add]");
  if (!form || !text || selection.isCollapsed || !text.contains(selection.anchorNode)) return;
  const range = selection.getRangeAt(0);
  const words = selection.toString().trim();
  if (words.length < 8) return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  form.elements.words.value = words;
  form.elements.near.value = before.toString().length;
  form.classList.add("is-found");
}

// What is typed in one card is not lost to a press in another without a question.
const isUnsaved = (form) => form.dataset.changed === "yes";
function guard() {
  document.addEventListener("input", (event) => {
    const form = event.target.closest(".is-edited form");
    if (form) form.dataset.changed = "yes";
  });
  document.addEventListener("htmx:confirm", (event) => {
    const findings = document.getElementById("findings");
    if (event.detail.target !== findings) return; // swaps one card only
    const own = event.detail.elt.closest(".is-edited");
    const other = [...(findings?.querySelectorAll(".is-edited form") ?? [])].some(
      (form) => isUnsaved(form) && !own?.contains(form),
    );
    if (other && !window.confirm(findings.dataset.leave)) event.preventDefault();
  });
  // A card that opens for correction takes the keyboard with it, unless the person is in it already.
  document.addEventListener("htmx:afterSettle", (event) => {
    const opened = document.getElementById(event.detail.target.id);
    if (opened?.matches(".is-edited") && !opened.contains(document.activeElement)) {
      opened.querySelector("input:not([type=hidden]), select, textarea")?.focus({ preventScroll: true });
    }
    // The form is taller than the window: what it has to say stands above what was pressed.
    opened?.querySelector(".is-edited [role=status], .is-edited [role=alert]")?.scrollIntoView({ block: "nearest" });
  });
  // Signed out meanwhile, or confirmed by somebody else: go where the answer leads instead of swapping a part.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, target, selectOverride, serverResponse } = event.detail;
    const wanted = (selectOverride ?? `#${target.id}`).slice(1);
    if (xhr.status < 300 && !serverResponse.includes(`id="${wanted}"`)) {
      event.detail.shouldSwap = false;
      window.location.assign(xhr.responseURL);
    }
  });
}

if (room) {
  watch();
  document.addEventListener("mouseup", () => window.setTimeout(offerSelection));
  document.addEventListener("keyup", (event) => event.shiftKey && offerSelection());
}
guard();
