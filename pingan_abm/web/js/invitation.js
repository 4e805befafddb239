// How phones come into the room: the code in large letters, and a QR code of the address.
// rows: ["1011…", …]; words: {code, how, local}; query: of the members' address
export default { render({ model, el }) {
  el.classList.add("pa-invitation");
  const picture = make("div", { class: "pa-qr" }, el), side = make("div", {}, el), code = make("p", { class: "pa-code" }, side), how = make("p", {}, side), link = make("p", { class: "pa-note pa-address" }, side), local = make("p", { class: "pa-note pa-local" }, side);
  const address = () => location.origin + location.pathname + "?" + model.get("query");
  const ask = () => { if (model.get("query")) model.send({ address: address() }); };
  const paint = () => {
    const rows = model.get("rows"), words = model.get("words");
    picture.replaceChildren();
    if (rows.length) {
      const size = rows.length + 8, svg = draw("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", "aria-label": words.label, "shape-rendering": "crispEdges" }, picture);
      draw("rect", { width: size, height: size, fill: "#fff" }, svg);
      draw("path", { fill: "#000", d: rows.map((row, y) => [...row].map((bit, x) => bit === "1" ? `M${x + 4} ${y + 4}h1v1h-1z` : "").join("")).join("") }, svg);
    }
    put(code, "text", words.code || ""); put(how, "text", words.how || ""); put(link, "text", model.get("query") ? address() : "");
    put(local, "text", ["127.0.0.1", "localhost", "[::1]"].includes(location.hostname) ? words.local || "" : "");
  };
  return follow(model, { rows: paint, words: paint, query: () => { ask(); paint(); } });
} };
