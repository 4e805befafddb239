// What belongs to the document: its language, title and address, and that it may be enlarged.
export default { render({ model, el }) {
  el.style.display = "none";
  const describe = () => {
    document.documentElement.lang = model.get("language") === "zh" ? "zh-CN" : "en";
    document.title = model.get("title");
    const view = document.querySelector("meta[name=viewport]");
    if (view) view.setAttribute("content", "width=device-width, initial-scale=1");
  };
  const address = () => { const query = model.get("query"); if (query) history.replaceState(history.state, "", location.pathname + "?" + query); };
  const copy = () => { const query = model.get("copy"); if (query) navigator.clipboard?.writeText(location.origin + location.pathname + "?" + query); };
  return follow(model, { language: describe, title: describe, query: address, copy });
} };
