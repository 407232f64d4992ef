// Asks the browser for push messages and sends its answer with the form; what cannot be done is said in its place.
const form = document.querySelector("form[data-push]");
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

async function subscribe() {
  await navigator.serviceWorker.register(form.dataset.worker, { scope: "/" });
  const registration = await navigator.serviceWorker.ready;
  const subscription = await registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(form.dataset.push),
  });
  const { endpoint, keys } = subscription.toJSON();
  form.elements.endpoint.value = endpoint;
  form.elements.p256dh.value = keys.p256dh;
  form.elements.auth.value = keys.auth;
  form.submit();
}

if (form && "serviceWorker" in navigator && "PushManager" in window) {
  const said = form.querySelector("[data-push-refused]");
  form.hidden = false;
  document.querySelector("[data-push-impossible]").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    said.hidden = true;
    subscribe().catch(() => {
      said.hidden = false;
    });
  });
}
