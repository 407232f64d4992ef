// What is typed into a form marked data-draft stays on this device until the server has it: a line that breaks, a
// closed page, a session that ended lose nothing. It is kept for its person and form alone, for some days, and goes
// with a sign-out or when somebody else signs in. Files are not kept: the browser does not give them back.
// Each draft has a random name, sent with its form; the server says in data-arrived which have reached it (drafts.py).
// Whether the page looks different now is no proof: somebody else may have changed it.

const DAYS = 7;
const PREFIX = "draft:";
const now = Date.now();
const owner = document.documentElement.dataset.viewer;
const here = `${PREFIX}${owner}:${location.pathname}:`;
const left = document.querySelector("[data-arrived]");
const arrived = (left?.dataset.arrived ?? "").split(" ");

function each(work) {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) work(key);
}
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}
function randomName() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
const KINDS = /^(textarea|text|number|date|search)$/;
// Not what the server filled in and nobody changed.
const typed = (form) =>
  [...form.elements].filter(
    (field) => field.name && KINDS.test(field.type) && field.value !== field.dataset.prefilled,
  );

function enhance(form) {
  const key = here + form.dataset.draft;
  const kept = read(key);
  const name = kept?.name ?? randomName();
  const note = form.querySelector("[data-draft-note]");
  const hidden = Object.assign(document.createElement("input"), { type: "hidden", name: "draft", value: name });
  form.append(hidden);
  if (kept) {
    let restored = false;
    for (const field of typed(form)) {
      const words = kept.values[field.name];
      if (words && !field.value) [field.value, restored] = [words, true];
    }
    if (note) note.hidden = !restored;
  }
  const keep = () => {
    const values = Object.fromEntries(typed(form).map((field) => [field.name, field.value]));
    if (!Object.values(values).some((words) => words.trim())) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ at: Date.now(), name, values }));
  };
  form.addEventListener("input", keep);
  form.addEventListener("submit", keep);
  return key;
}

// What was typed into a form of this page that is there no more: shown to be copied, never put into another form.
function showLeft(forms) {
  const words = [];
  const keys = [];
  each((key) => {
    if (!key.startsWith(here) || forms.includes(key)) return;
    keys.push(key);
    words.push(...Object.values(read(key).values).filter((part) => part.trim()));
  });
  if (!left || !words.length) return;
  left.querySelector("textarea").value = words.join("\n\n");
  left.hidden = false;
  left.querySelector("button").addEventListener("click", () => {
    keys.forEach((key) => localStorage.removeItem(key));
    left.hidden = true;
  });
}

// A grid (grid.js) keeps what it has not sent under a key of its own; it goes with the person likewise.
for (const key of Object.keys(localStorage)) {
  if (key.startsWith("grid:") && owner && !key.startsWith(`grid:${owner}:`)) localStorage.removeItem(key);
}
function forget() {
  for (const key of Object.keys(localStorage)) if (/^(draft|grid):/.test(key)) localStorage.removeItem(key);
}
// Of another person, too old, or arrived; without a viewer (a session that ended) all may still come back to it.
each((key) => {
  const kept = read(key);
  const isOthers = owner && !key.startsWith(`${PREFIX}${owner}:`);
  const isOver = !kept?.values || now - kept.at > DAYS * 86_400_000 || arrived.includes(kept.name);
  if (isOthers || isOver) localStorage.removeItem(key);
});
if (owner) showLeft([...document.querySelectorAll("form[data-draft]")].map(enhance));
document.querySelectorAll(".menu-box > form.post-button").forEach((form) => {
  form.addEventListener("submit", forget);
});
