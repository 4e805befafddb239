// The schematic map: 54 communities in 6 subdistricts, coloured by an indicator, chosen by mouse or keyboard.
// plan: {blocks: [{x, y, w, h, en, zh}], tiles: [{x, y, id, en, zh}]}; look: {low, high, digits, percent, title, words}.
const RAMP = ["#fff7e6", "#fdd49e", "#fdae6b", "#e6742b", "#b63c12", "#6d1a06"];
const shade = share => {
  const place = Math.max(0, Math.min(1, share)) * (RAMP.length - 1), i = Math.min(RAMP.length - 2, Math.floor(place)), t = place - i;
  const parts = [RAMP[i], RAMP[i + 1]].map(c => [1, 3, 5].map(k => parseInt(c.slice(k, k + 2), 16)));
  return `rgb(${parts[0].map((a, k) => Math.round(a + t * (parts[1][k] - a))).join(",")})`;
};
export default { render({ model, el }) {
  el.classList.add("pa-figure");
  const layout = model.get("plan"), size = 40, pad = 2;
  const svg = draw("svg", { viewBox: `0 0 ${layout.width * size} ${layout.height * size + 46}`, role: "group", class: "pa-map" }, el);
  const names = layout.blocks.map(b => {
    draw("rect", { x: b.x * size + 1, y: b.y * size + 1, width: b.w * size - 2, height: b.h * size - 2, rx: 6, fill: "#f1f4f8", stroke: "#8b98a8" }, svg);
    return draw("text", { x: (b.x + b.w / 2) * size, y: b.y * size + 15.5, "text-anchor": "middle", "font-size": 14, "font-weight": 600, fill: "#1f2a37" }, svg);
  });
  const tiles = layout.tiles.map((t, i) => {
    const g = draw("g", { role: "button", class: "pa-tile", "data-tile": i }, svg);
    const rect = draw("rect", { x: t.x * size + pad, y: t.y * size + pad, width: size - 2 * pad, height: size - 2 * pad, rx: 4, fill: "#eef2f7" }, g);
    const number = draw("text", { x: t.x * size + 5, y: t.y * size + 15, "font-size": 14 }, g, t.id.split("_").pop().replace(/^0/, ""));
    const value = draw("text", { x: (t.x + .5) * size, y: t.y * size + 33, "text-anchor": "middle", "font-size": 16, "font-weight": 600 }, g);
    const tip = draw("title", {}, g);
    pressable(g, () => model.send({ chosen: i }));
    return { g, rect, number, value, tip };
  });
  roving(tiles.map(t => t.g), layout.tiles);
  const legend = draw("g", { transform: `translate(4 ${layout.height * size + 10})` }, svg);
  RAMP.forEach((c, i) => draw("rect", { x: i * 22, y: 0, width: 22, height: 12, fill: shade(i / (RAMP.length - 1)), stroke: "#8b98a8", "stroke-width": .5 }, legend));
  const low = draw("text", { x: 0, y: 28, "font-size": 14, fill: "#374151" }, legend), high = draw("text", { x: 132, y: 28, "font-size": 14, "text-anchor": "end", fill: "#374151" }, legend);
  const title = draw("text", { x: 142, y: 11, "font-size": 15, "font-weight": 600, fill: "#1f2a37" }, legend), note = draw("text", { x: 142, y: 28, "font-size": 14, fill: "#374151" }, legend);
  const shown = (value, look) => Number.isNaN(value) ? "–" : look.percent ? (100 * value).toFixed(look.digits) + "%" : value.toFixed(look.digits);
  const paint = () => {
    const values = floats(model, "values"), look = model.get("look"), lang = model.get("language");
    if (!look.title) return;
    low.textContent = shown(look.low, look); high.textContent = shown(look.high, look); title.textContent = look.title; note.textContent = look.note;
    svg.setAttribute("aria-label", look.title);
    tiles.forEach((t, i) => {
      const share = (values[i] - look.low) / Math.max(1e-9, look.high - look.low), dark = share > .55;
      const text = shown(values[i], look), name = layout.tiles[i][lang];
      put(t.rect, "fill", Number.isNaN(values[i]) ? "#e5e7eb" : shade(Math.round(share * 50) / 50));
      for (const part of [t.number, t.value]) put(part, "fill", dark ? "#fff" : "#1f2a37");
      put(t.value, "text", text.replace("%", "")); put(t.tip, "text", `${name}: ${text}`); put(t.g, "aria-label", `${name}: ${look.title} ${text}`);
    });
  };
  const mark = () => tiles.forEach((t, i) => {
    const on = i === model.get("chosen");
    t.rect.setAttribute("stroke", on ? "#0b57d0" : "#9aa5b1"); t.rect.setAttribute("stroke-width", on ? 4 : .8); t.g.setAttribute("aria-pressed", on);
  });
  const name = () => names.forEach((n, i) => { n.textContent = layout.blocks[i][model.get("language")]; });
  const buttons = tools(el, [["PNG", () => saveSvg(svg, "map", "png")], ["SVG", () => saveSvg(svg, "map", "svg")], ["CSV", () => {
    const values = floats(model, "values"), lang = model.get("language");
    saveText("map.csv", "text/csv", toCsv([["community", "name", model.get("look").title], ...layout.tiles.map((t, i) => [t.id, t[lang], values[i]])]));
  }]]);
  buttons.setAttribute("data-tools", "map");
  const drawn = () => requestAnimationFrame(() => model.send({ seen: model.get("sent") }));
  return follow(model, { language: name, look: paint, values: paint, chosen: mark, sent: drawn });
} };
