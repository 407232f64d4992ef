// Finds the number that lets a form in without its rest (listening/guard.py): SHA-256 of key, ticket and number must begin
// with so many zeros. Tried a little at a time from the first letter typed on; who is faster waits for it when sending.
// Written out because browsers offer SHA-256 only on HTTPS. Without this script the form is let in after its rest.

const primes = [];
for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
const part = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const K = primes.map((prime) => part(Math.cbrt(prime)));
const START = primes.slice(0, 8).map((prime) => part(Math.sqrt(prime)));
const turn = (x, by) => (x >>> by) | (x << (32 - by));
const w = new Int32Array(64);

// The first 32 bits of the digest of a text in plain letters.
function digest(text) {
  const length = ((text.length + 8) >> 6) + 1;
  const words = new Int32Array(length * 16);
  for (let i = 0; i < text.length; i += 1) words[i >> 2] |= text.charCodeAt(i) << (24 - (i % 4) * 8);
  words[text.length >> 2] |= 0x80 << (24 - (text.length % 4) * 8);
  words[length * 16 - 1] = text.length * 8;
  const h = START.slice();
  for (let block = 0; block < words.length; block += 16) {
    for (let i = 0; i < 64; i += 1) {
      if (i < 16) w[i] = words[block + i];
      else {
        const s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
    }
    let [a, b, c, d, e, f, g, z] = h;
    for (let i = 0; i < 64; i += 1) {
      const t1 = (z + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const t2 = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [z, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
    }
    [a, b, c, d, e, f, g, z].forEach((value, i) => { h[i] = (h[i] + value) | 0; });
  }
  return h[0] >>> 0;
}

for (const ticket of document.querySelectorAll("input[name=ticket][data-bits]")) {
  const form = ticket.form;
  const stamp = form.elements.stamp;
  const begin = `${ticket.dataset.key}.${ticket.value}:`;
  const bits = Number(ticket.dataset.bits);
  let tried = 0;
  let waiting = null;
  let started = false;
  const found = () => stamp.value !== "";
  const work = () => {
    for (const end = Date.now() + 12; Date.now() < end && !found(); tried += 1) {
      if (digest(begin + tried) >>> (32 - bits) === 0) stamp.value = String(tried);
    }
    if (!found()) setTimeout(work, 4);
    else if (waiting) form.requestSubmit(waiting.button ?? undefined);
  };
  const start = () => { if (!started) { started = true; stamp.value = ""; work(); } };
  form.addEventListener("input", start, { once: true });
  form.addEventListener("submit", (event) => {
    if (found() || !form.requestSubmit) return;
    event.preventDefault();
    waiting = { button: event.submitter };
    start();
  });
}
