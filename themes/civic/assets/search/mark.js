//! Marks on a page what a search found there: in its text, behind the article that the address names. Told by the page of results, for one page, once.
export function mark(text) {
  const main = document.getElementById("main"), walk = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const texts = main.querySelector(".text");
  const from = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(text);
    const behind = !from || from.contains(node) || from.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (at < 0 || !behind || (texts && !node.parentElement.closest(".text"))) continue;
    const range = document.createRange(), m = document.createElement("mark");
    range.setStart(node, at);
    range.setEnd(node, at + text.length);
    range.surroundContents(m);
    m.scrollIntoView({ block: "center" });
    return true;
  }
  return false;
}
