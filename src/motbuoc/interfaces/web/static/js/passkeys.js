// Passkeys (WebAuthn): asks the device, puts its answer into the form's hidden field, and sends the form.
// `data-passkey` says what is asked for: "create" a new key, or "get" the proof of one. The question comes from the
// JSON that `data-options` names, or, before anybody is known, from the address the form is sent to.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const known = (keys = []) => keys.map((key) => ({ ...key, id: bytes(key.id) }));

async function question(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  return answer.json();
}

function toCreate({ publicKey }) {
  const user = { ...publicKey.user, id: bytes(publicKey.user.id) };
  // A key that can keep the account's name shall: then it can also sign in alone.
  const selection = { ...publicKey.authenticatorSelection, residentKey: "preferred", requireResidentKey: false };
  return {
    ...publicKey,
    user,
    challenge: bytes(publicKey.challenge),
    excludeCredentials: known(publicKey.excludeCredentials),
    authenticatorSelection: selection,
  };
}

const toGet = ({ publicKey }) => ({
  ...publicKey,
  challenge: bytes(publicKey.challenge),
  allowCredentials: known(publicKey.allowCredentials),
});

function written(key) {
  const { response } = key;
  const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];
  const given = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return JSON.stringify({
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    authenticatorAttachment: key.authenticatorAttachment,
    response: { ...Object.fromEntries(given), transports: response.getTransports?.() ?? [] },
    clientExtensionResults: key.getClientExtensionResults(),
  });
}

async function ask(form) {
  const asked = await question(form);
  const key =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: toCreate(asked.creation_options) })
      : await navigator.credentials.get({ publicKey: toGet(asked.request_options) });
  form.elements.credential.value = written(key);
  form.submit();
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const failed = form.querySelector("[data-passkey-failed]");
      failed.hidden = true;
      try {
        await ask(form);
      } catch {
        failed.textContent = form.dataset.failed;
        failed.hidden = false;
      }
    });
  }
}
