// The institutions: who commands, who cooperates, who waits. Places are fixed; size is the queue, colour the grade, width the tie.
// plan: {width, height, nodes: [{id, kind, x, y, en, zh, short_en, short_zh}], ties: [[i, j], …], bands: [{y, en, zh}]}
// state: float32 [nodes × 3 (queue or share, grade 0–5 or −1, alive) then one weight a tie]
const GRADES = ["A+", "A", "B", "C", "D", "E"], COLOURS = ["#1b7837", "#5aae61", "#d9d9d9", "#fdb863", "#e6742b", "#b2182b"];
const HALO = { "paint-order": "stroke", stroke: "#fff", "stroke-width": 3, "stroke-linejoin": "round" };  // names stay legible over the ties
const SHAPES = {
  circle: r => `M${-r} 0A${r} ${r} 0 1 0 ${r} 0A${r} ${r} 0 1 0 ${-r} 0Z`, square: r => `M${-r} ${-r}H${r}V${r}H${-r}Z`,
  diamond: r => `M0 ${-1.3 * r}L${1.3 * r} 0L0 ${1.3 * r}L${-1.3 * r} 0Z`, star: r => `M0 ${-1.4 * r}L${.45 * r} ${-.4 * r}L${1.4 * r} ${-.3 * r}L${.6 * r} ${.4 * r}L${.9 * r} ${1.3 * r}L0 ${.75 * r}L${-.9 * r} ${1.3 * r}L${-.6 * r} ${.4 * r}L${-1.4 * r} ${-.3 * r}L${-.45 * r} ${-.4 * r}Z`,
};
const FORM = { leadership: "star", centre: "star", department: "circle", subdistrict: "square", organisation: "diamond", group: "star", actor: "circle" };
export default { render({ model, el }) {
  el.classList.add("pa-figure");
  let paint = () => {}, svg = null;
  const holder = make("div", { class: "pa-wide" }, el);
  const build = () => {
    const layout = model.get("plan");
    holder.replaceChildren();
    if (!layout.nodes) return;
    svg = draw("svg", { viewBox: `0 0 ${layout.width} ${layout.height}`, role: "group", class: "pa-network" }, holder);
    const bands = layout.bands.map(b => draw("text", { x: 2, y: b.y, "font-size": 14, fill: "#374151" }, svg));
    const lines = layout.ties.map(([a, b]) => draw("path", {
      d: `M${layout.nodes[a].x} ${layout.nodes[a].y}Q${(layout.nodes[a].x + layout.nodes[b].x) / 2} ${(layout.nodes[a].y + layout.nodes[b].y) / 2 - 14} ${layout.nodes[b].x} ${layout.nodes[b].y}`,
      fill: "none", stroke: "#4f6d8f", "stroke-opacity": .45 }, svg));
    const nodes = layout.nodes.map((n, i) => {
      const g = draw("g", { role: "button", class: "pa-node", "data-node": n.id, transform: `translate(${n.x} ${n.y})` }, svg);
      draw("circle", { r: n.kind === "organisation" ? 6.5 : 18, fill: "transparent" }, g);  // small nodes are easy to hit, with a finger too
      const shape = draw("path", { stroke: "#1f2a37", "stroke-width": .8 }, g);
      const grade = n.kind === "organisation" ? null : draw("text", { y: 5, "text-anchor": "middle", "font-size": 14, "font-weight": 700 }, g);
      const label = n.short_en ? draw("text", { "text-anchor": "middle", "font-size": 14, fill: "#1f2a37", ...HALO }, g) : null;
      const tip = draw("title", {}, g);
      pressable(g, () => model.send({ chosen: n.id }));
      return { g, shape, grade, label, tip };
    });
    roving(nodes.map(n => n.g), layout.nodes);
    paint = () => {
      const state = floats(model, "state"), lang = model.get("language"), words = model.get("words"), chosen = model.get("chosen");
      if (state.length < 3 * nodes.length) return;
      svg.setAttribute("aria-label", words.title || "");
      bands.forEach((b, i) => { b.textContent = layout.bands[i][lang]; });
      nodes.forEach((n, i) => {
        const spec = layout.nodes[i], queue = state[3 * i], grade = state[3 * i + 1], alive = state[3 * i + 2] > 0;
        const small = spec.kind === "organisation", radius = small ? 3 + 5 * queue : Math.min(24, 11 + .7 * Math.sqrt(queue));
        if (n.label) put(n.label, "y", Math.round(radius) + 15);  // below the shape, whatever its size
        put(n.shape, "d", SHAPES[FORM[spec.kind]](Math.round(2 * radius) / 2));
        put(n.shape, "fill", small ? (grade > 0 ? "#f4a7b9" : "#7b9fd4") : grade >= 0 ? COLOURS[grade] : "#eef2f7");
        put(n.g, "opacity", alive ? 1 : .18);
        put(n.shape, "stroke", spec.id === chosen ? "#0b57d0" : "#1f2a37"); put(n.shape, "stroke-width", spec.id === chosen ? 3.5 : .8);
        if (n.grade) { put(n.grade, "text", grade >= 0 ? GRADES[grade] : ""); put(n.grade, "fill", grade === 0 || grade === 5 ? "#fff" : "#111"); }
        if (n.label && n.label.textContent !== spec["short_" + lang]) {
          put(n.label, "text", spec["short_" + lang]);
          const half = n.label.getComputedTextLength() / 2;  // a name at the edge moves inwards
          put(n.label, "x", Math.max(0, half - spec.x) - Math.max(0, spec.x + half - layout.width));
        }
        const summary = small ? spec[lang] : `${spec[lang]}: ${words.queue} ${Math.round(queue)}${grade >= 0 ? ", " + words.grade + " " + GRADES[grade] : ""}`;
        put(n.tip, "text", summary); put(n.g, "aria-label", summary);
      });
      const base = 3 * nodes.length;
      lines.forEach((line, i) => { const weight = state[base + i]; put(line, "stroke-width", weight < .02 ? 0 : Math.round(10 * (.4 + 5 * weight)) / 10); });
    };
    paint();
  };
  const buttons = tools(el, [["PNG", () => saveSvg(svg, "network", "png")], ["SVG", () => saveSvg(svg, "network", "svg")]]);
  buttons.setAttribute("data-tools", "network");
  const again = () => paint();
  return follow(model, { plan: build, state: again, language: again, words: again, chosen: again });
} };
