// What belongs to the document: its language, title and address, that it may be enlarged, and what is said while the server is lost.
// place: what Back returns to; words: {lost, source}: source is written under pictures that are taken home
const LOOK = 400, PATIENCE = 6000;  // milliseconds between looks at the connection, and until the page is loaded anew instead of waiting for the old session
export default { render({ model, el }) {
  el.style.display = "none";
  const describe = () => {
    document.documentElement.lang = model.get("language") === "zh" ? "zh-CN" : "en";
    document.title = model.get("title");
    const view = document.querySelector("meta[name=viewport]");
    if (view) view.setAttribute("content", "width=device-width, initial-scale=1");
  };
  // The place of the present entry of the history, which the entry keeps over a reload; whether Back has just been pressed.
  let place = history.state?.place ?? null, returning = false;
  const address = () => {
    const query = model.get("query"), now = model.get("place");
    if (!query) return;
    const write = place !== null && now !== place && !returning ? "pushState" : "replaceState";
    place = now; returning = false;
    history[write]({ ...history.state, place }, "", location.pathname + "?" + query);
  };
  const back = () => { returning = true; model.send({ back: location.search }); };
  addEventListener("popstate", back);
  const copy = () => { const query = model.get("copy"); if (query) navigator.clipboard?.writeText(location.origin + location.pathname + "?" + query); };
  let notice = null, since = 0, asking = false;
  const lost = () => {
    const data = window.app?.$data;
    return !!data && (data.needsRefresh || (data.wasConnected && data.connectionStatus !== "connected"));
  };
  const reload = async () => {
    if (asking) return;
    asking = true;
    try { if ((await fetch(location.pathname, { cache: "no-store" })).ok) location.reload(); } catch { /* still away */ } finally { asking = false; }
  };
  const watch = setInterval(() => {
    if (!lost()) { notice?.remove(); notice = null; since = 0; return; }
    since ||= Date.now();
    if (!notice) {
      notice = make("div", { class: "pa-lost", role: "alert" }, document.body);
      make("p", {}, notice, model.get("words").lost);
    }
    if (window.app.$data.needsRefresh || Date.now() - since > PATIENCE) reload();
  }, LOOK);
  const source = () => { document.documentElement.dataset.source = model.get("words").source || ""; };
  const stop = follow(model, { words: source, language: describe, title: describe, query: address, place: address, copy });
  return () => { stop(); clearInterval(watch); removeEventListener("popstate", back); notice?.remove(); };
} };
