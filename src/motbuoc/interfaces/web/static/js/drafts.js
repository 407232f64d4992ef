// What is typed into a form marked data-draft stays on this device until the server has it: a line that breaks, a
// closed page, a session that ended lose nothing. It is kept for its person and form alone, for some days, and goes
// with a sign-out or when somebody else signs in. Files are not kept: the browser does not give them back.

const DAYS = 7;
const PREFIX = "draft:";
const now = Date.now();
const owner = document.documentElement.dataset.viewer;

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
const typed = (form) =>
  [...form.elements].filter((field) => field.name && /^(textarea|text|number|date|search)$/.test(field.type));

function enhance(form) {
  const key = `${PREFIX}${owner}:${location.pathname}:${form.dataset.draft}`;
  const version = form.elements.version?.value ?? "";
  const kept = read(key);
  const note = form.querySelector("[data-draft-note]");
  if (kept?.sent && (kept.version !== version || version === "") && !form.querySelector(".is-invalid, .notice-bad")) {
    localStorage.removeItem(key); // it arrived: the page now rests on a later version
  } else if (kept) {
    let restored = false;
    for (const field of typed(form)) {
      const words = kept.values[field.name];
      if (words && !field.value) [field.value, restored] = [words, true];
    }
    if (note) note.hidden = !restored;
  }
  const keep = (sent) => {
    const values = Object.fromEntries(typed(form).map((field) => [field.name, field.value]));
    if (!Object.values(values).some((words) => words.trim())) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ at: Date.now(), version, values, sent }));
  };
  form.addEventListener("input", () => keep(false));
  form.addEventListener("submit", () => keep(true));
}

// Of another person, or too old; without a viewer (a session that ended) all may still come back to it.
each((key) => {
  const kept = read(key);
  const isOthers = owner && !key.startsWith(`${PREFIX}${owner}:`);
  if (isOthers || !kept || now - kept.at > DAYS * 86_400_000) localStorage.removeItem(key);
});
if (owner) document.querySelectorAll("form[data-draft]").forEach(enhance);
document.querySelectorAll(".menu-box > form.post-button").forEach((form) => {
  form.addEventListener("submit", () => each((key) => localStorage.removeItem(key)));
});
