// A unit's form filled in by keyboard: cells are moved between, a block of a spreadsheet is pasted, totals are added up
// and changed lines are saved while one types. Without it the form is sent with a button; the server is the only judge
// of what is a number, what clashes and what is to be mended, and sends the marked-up lines back (saving.py).

const form = document.querySelector("form[data-grid]");
const PAUSE = 900; // ms without typing before lines are saved
const AGAIN = 15_000; // ms until a line that broke is tried again
const KEEP = 150; // ms without typing before what is not sent is kept on this device
const DAYS = 7; // that lines not sent are kept on this device
const NEVER = new Set(["csrfmiddlewaretoken", "version", "step", "draft"]);

// Numbers as they are written here: 1.234,5. NaN for what the server will ask about.
export function read(text) {
  const plain = text.replace(/[\s\u00a0\u202f]/g, "");
  if (!plain) return null;
  if (/^([1-9]\d{0,2}(\.\d{3})+|\d+)(,\d+)?$/.test(plain)) return Number(plain.replaceAll(".", "").replace(",", "."));
  return /^\d+\.\d+$/.test(plain) ? Number(plain) : NaN;
}
const FORMATS = new Map();
export function say(number, most = 3) {
  if (!FORMATS.has(most)) FORMATS.set(most, new Intl.NumberFormat("vi-VN", { maximumFractionDigits: most }));
  return FORMATS.get(most).format(number);
}
function change(now, last) {
  const more = now - last;
  const sign = more > 0 ? "+" : more < 0 ? "−" : "";
  const words = sign + say(Math.abs(more));
  return more && last ? `${words} (${sign}${say((Math.abs(more) * 100) / last, 0)} %)` : words;
}

// Only where it says something else: each change makes the browser lay out a table of a thousand cells.
function put(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}

// The grid as rows of inputs.
class Row {
  constructor(element) {
    this.element = element;
    this.pk = element.dataset.line;
    this.inputs = [...element.querySelectorAll(".grid-input")];
    this.fixed = element.querySelector("[data-fixed]");
    this.total = element.querySelector("[data-total]");
    this.change = element.querySelector("[data-change]");
    this.last = element.dataset.last === "" ? null : Number(element.dataset.last);
    this.shares = [];
    this.find();
    // As the server sent it: a browser that goes back to a page may have put in again what was typed there.
    this.kept = this.signature(this.entries("defaultChecked", "defaultValue"));
  }
  // Looked up once, and again after the server has put a choice into the line: not at each key.
  find() {
    this.fields = [...this.element.querySelectorAll("[name]")];
  }
  entries(isOn = "checked", value = "value") {
    return this.fields
      .filter((field) => !/^(checkbox|radio)$/.test(field.type) || field[isOn])
      .map((field) => [field.name, field[value]]);
  }
  signature(entries = this.entries()) {
    return JSON.stringify(entries.filter(([name]) => !name.startsWith("seen-")));
  }
  get isChanged() {
    return this.signature() !== this.kept;
  }
  get value() {
    if (this.fixed) return Number(this.fixed.dataset.fixed);
    const amounts = this.inputs.map((input) => read(input.value)).filter((amount) => amount !== null);
    return amounts.length ? amounts.reduce((sum, amount) => sum + amount, 0) : null;
  }
  count() {
    const now = this.value;
    const isNumber = now !== null && !Number.isNaN(now);
    put(this.total, isNumber ? say(now) : "–");
    put(this.change, isNumber && this.last !== null ? change(now, this.last) : "");
    for (const share of this.shares) share.count();
  }
}

class Share {
  constructor(element, byIndicator) {
    this.cell = element.querySelector("[data-share]");
    this.decimals = Number(element.dataset.decimals);
    this.part = byIndicator.get(element.dataset.part);
    this.whole = byIndicator.get(element.dataset.whole);
    for (const row of new Set([this.part, this.whole])) row?.shares.push(this);
  }
  count() {
    const share = (this.part.value * 100) / this.whole.value;
    const isThere = this.part.value !== null && Number.isFinite(share);
    put(this.cell, isThere ? `${say(share, this.decimals)} %` : "–");
  }
}

function start() {
  const rows = [...form.querySelectorAll("tr[data-line]")].map((element) => new Row(element));
  const byIndicator = new Map(rows.map((row) => [row.element.dataset.indicator, row]));
  const byLine = new Map(rows.map((row) => [row.pk, row]));
  const filled = rows.filter((row) => row.inputs.length);
  for (const element of form.querySelectorAll("tr.grid-share")) new Share(element, byIndicator);
  const words = [...form.querySelectorAll("textarea[name], input[name='nothing']")];
  const keptWords = new Map(words.map((field) => [field, field.defaultValue]));
  const status = form.querySelector("[data-grid-status]");
  const key = `grid:${document.documentElement.dataset.viewer}:${location.pathname}`;
  const keeps = form.dataset.grid === "keep";
  const name = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
  let timer = 0;
  let keeping = 0;
  let isSending = false;

  const rowOf = (target) => byLine.get(target.closest("tr[data-line]")?.dataset.line);
  const tell = (text, isTrouble = false) => {
    put(status, text);
    status.classList.toggle("is-trouble", isTrouble);
  };
  const differing = new Set(); // lines that are not as the server has them
  const note = (row) => (row.isChanged ? differing.add(row) : differing.delete(row));
  const changed = () => [...differing];
  const changedWords = () => words.filter((field) => field.value !== keptWords.get(field));
  const seenOf = (field) => form.querySelector(`[name="seen-${field.name}"]`);

  // What is not on the server yet stays on this device, with what was seen in the cells when it was typed.
  function keep() {
    if (!keeps) return;
    const values = [...changed().flatMap((row) => row.entries()), ...changedWords().flatMap(wordEntries)];
    if (values.length) localStorage.setItem(key, JSON.stringify({ at: Date.now(), name, values }));
    else localStorage.removeItem(key);
  }
  const wordEntries = (field) => [
    [`seen-${field.name}`, seenOf(field).value],
    [field.name, field.value],
  ];

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }
  function touched() {
    tell(differing.size || changedWords().length ? form.dataset.unsaved : "");
    clearTimeout(keeping);
    keeping = setTimeout(keep, KEEP); // not at each key: the disk is slow
    soon();
  }

  async function save() {
    clearTimeout(timer);
    const lines = changed();
    const boxes = changedWords();
    if (isSending || !(lines.length || boxes.length)) return;
    isSending = true;
    tell(form.dataset.saving);
    const sent = new URLSearchParams();
    for (const field of ["csrfmiddlewaretoken", "version"]) sent.set(field, form.elements[field].value);
    const signatures = new Map(lines.map((row) => [row, row.signature()]));
    const texts = new Map(boxes.map((field) => [field, field.value]));
    for (const [field, value] of [...lines.flatMap((row) => row.entries()), ...boxes.flatMap(wordEntries)]) {
      sent.set(field, value);
    }
    let answer = null;
    try {
      const response = await fetch(form.action, { method: "POST", body: sent, headers: { "X-Grid": "1" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      answer = page.querySelector("[data-version]");
    } catch {
      // The line is broken: told below.
    }
    isSending = false;
    if (!answer) {
      tell(form.dataset.offline, true);
      timer = setTimeout(save, AGAIN);
      return;
    }
    take(answer, signatures, texts);
    keep();
    if (changed().length || changedWords().length) soon();
  }

  // Put what the server says into the page; what was typed meanwhile stays.
  function take(answer, signatures, texts) {
    if (answer.dataset.version) form.elements.version.value = answer.dataset.version;
    for (const fresh of answer.querySelectorAll("tr[data-line]")) {
      const row = byLine.get(fresh.dataset.line);
      const isSame = row.signature() === signatures.get(row);
      mark(row, fresh, isSame);
      row.find();
      row.kept = isSame ? row.signature() : signatures.get(row);
      note(row);
      row.count();
    }
    for (const fresh of answer.querySelectorAll(".grid-findings")) document.getElementById(fresh.id)?.replaceWith(fresh);
    for (const fresh of answer.querySelectorAll("input[name^='seen-']")) {
      if (!fresh.closest("tr")) form.querySelector(`input[name="${fresh.name}"]`).value = fresh.value;
    }
    form.querySelectorAll("[data-box]").forEach((old) => old.remove());
    for (const [field, text] of texts) {
      const clash = answer.querySelector(`[data-box="${field.name}"]`);
      field.classList.toggle("is-invalid", Boolean(clash));
      keptWords.set(field, text);
      if (clash) field.before(clash);
    }
    form.querySelector("[data-shortfalls]")?.replaceWith(answer.querySelector("[data-shortfalls]"));
    const wrong = form.querySelector(".grid-input.is-invalid, textarea.is-invalid");
    tell(answer.querySelector("[data-status]").textContent, Boolean(wrong));
  }
  function mark(row, fresh, isSame) {
    const seen = `[name="seen-${row.pk}"]`;
    row.element.querySelector(seen).value = fresh.querySelector(seen).value;
    row.element.querySelectorAll(".grid-cell > .field-error, .grid-dispute").forEach((old) => old.remove());
    for (const input of row.inputs) {
      const now = fresh.querySelector(`#${input.id}`);
      if (isSame && input !== document.activeElement) input.value = now.value;
      input.classList.toggle("is-invalid", now.classList.contains("is-invalid"));
      for (const attribute of ["aria-invalid", "aria-describedby"]) {
        if (now.hasAttribute(attribute)) input.setAttribute(attribute, now.getAttribute(attribute));
        else input.removeAttribute(attribute);
      }
      input.parentElement.append(...[...now.parentElement.children].slice(1));
    }
  }

  // Keys: up, down and Enter between lines, left and right at the ends of a cell's text.
  function move(event) {
    const input = event.target.closest(".grid-input");
    if (!input || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rowOf(input);
    const [place, column] = [filled.indexOf(row), row.inputs.indexOf(input)];
    const isWhole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const atStart = input.selectionEnd === 0 || isWhole;
    const atEnd = input.selectionStart === input.value.length || isWhole;
    let to;
    if (event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey)) to = cellAt(place + 1, column);
    else if (event.key === "ArrowUp" || event.key === "Enter") to = cellAt(place - 1, column);
    else if (event.key === "ArrowLeft" && atStart) to = row.inputs[column - 1];
    else if (event.key === "ArrowRight" && atEnd) to = row.inputs[column + 1];
    else return;
    event.preventDefault();
    to?.focus();
  }
  const cellAt = (place, column) => {
    const inputs = filled[place]?.inputs;
    return inputs?.[Math.min(column, inputs.length - 1)];
  };

  function paste(event) {
    const input = event.target.closest(".grid-input");
    const text = event.clipboardData?.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "") ?? "";
    if (!input || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const row = rowOf(input);
    const [place, column] = [filled.indexOf(row), row.inputs.indexOf(input)];
    text.split("\n").forEach((line, down) =>
      line.split("\t").forEach((part, across) => {
        const cell = filled[place + down]?.inputs[column + across];
        if (cell) cell.value = part.trim();
      }),
    );
    filled.slice(place, place + text.split("\n").length).forEach((each) => {
      each.count();
      note(each);
    });
    touched();
  }

  // What was typed here before and did not reach the server.
  function restore() {
    const arrived = (document.querySelector("[data-arrived]")?.dataset.arrived ?? "").split(" ");
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(key));
    } catch {
      // Not of our making.
    }
    localStorage.removeItem(key);
    rows.forEach(note);
    if (changed().length || changedWords().length) touched();
    if (!kept?.values || Date.now() - kept.at > DAYS * 86_400_000 || arrived.includes(kept.name) || "answered" in form.dataset) return;
    for (const [field] of kept.values) {
      const tick = form.elements[field.replace(/^seen-(?=\d)/, "estimate-")];
      if (tick?.type === "checkbox") tick.checked = false;
    }
    for (const [field, value] of kept.values) {
      const place = form.elements[field];
      if (!place || NEVER.has(field)) continue;
      if (/^(checkbox|radio)$/.test(place.type)) place.checked = true;
      else if (field.startsWith("seen-") || value !== place.value) place.value = value;
    }
    for (const row of rows) {
      row.count();
      note(row);
    }
    if (changed().length || changedWords().length) touched();
  }

  say(0); // the first number takes ten times as long as any other: not at the first key
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "draft", value: name }));
  form.addEventListener("input", (event) => {
    const row = rowOf(event.target);
    row?.count();
    if (row) note(row);
    touched();
  });
  form.addEventListener("keydown", move);
  form.addEventListener("paste", paste);
  form.addEventListener("focusin", (event) => event.target.matches(".grid-input") && event.target.select());
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    keep();
    for (const row of rows) if (!row.isChanged) row.fields.forEach((field) => (field.disabled = true));
  });
  addEventListener("pageshow", () => rows.forEach((row) => row.fields.forEach((field) => (field.disabled = false))));
  addEventListener("pagehide", keep);
  addEventListener("online", save);
  addEventListener("visibilitychange", () => document.hidden && save());
  restore();
}

if (form) start();
