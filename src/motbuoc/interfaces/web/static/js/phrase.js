// Words selected in a provision become those that a comment is about. Without this script they are copied by hand.

const provision = document.querySelector("[data-provision]");
const quoted = document.querySelector("[name=quoted]");
const start = document.querySelector("[name=start]");
document.addEventListener("selectionchange", () => {
  const chosen = getSelection();
  if (!chosen.rangeCount || chosen.isCollapsed) return;
  const range = chosen.getRangeAt(0);
  if (!provision?.contains(range.commonAncestorContainer)) return;
  const before = document.createRange();
  before.selectNodeContents(provision);
  before.setEnd(range.startContainer, range.startOffset);
  const words = range.toString();
  const blank = words.length - words.trimStart().length;
  quoted.value = words.trim().slice(0, quoted.maxLength > 0 ? quoted.maxLength : 500);
  start.value = [...before.toString()].length + blank;
});
quoted?.addEventListener("input", () => { start.value = ""; });
