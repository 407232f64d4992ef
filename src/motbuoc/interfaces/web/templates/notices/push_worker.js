// Runs when a push message comes: shows its one line, and opens the notices when it is touched.
self.addEventListener("push", (event) => {
  const told = event.data ? event.data.json() : {};
  const options = { body: told.body, tag: told.tag, data: { url: told.url } };
  event.waitUntil(self.registration.showNotification(told.title || "Một Bước", options));
});
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data.url || "/", self.location.origin);
  if (address.origin !== self.location.origin) return;
  event.waitUntil(self.clients.openWindow(address.href));
});
