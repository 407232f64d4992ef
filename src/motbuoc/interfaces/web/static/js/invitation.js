// The code of a scanned slip stands behind the # of the address: put it into the form, and take it off the address.
const form = document.querySelector("[data-invitation]");
if (form && location.hash.length > 1) {
  const field = form.querySelector("[name=code]");
  const code = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
  if (field && /^[A-Za-z0-9 -]{1,40}$/.test(code)) {
    field.value = code;
    form.querySelector("[type=submit]").focus();
  }
}
