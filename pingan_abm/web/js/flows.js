// Where cases go: a Sankey diagram whose nodes and links are always the same, so that a frame only moves what is there.
// plan: {columns: [{nodes: number of them, x: share of the width, counted: whether labels show how many}], links: [[from, to]], colours: [a colour a node], inks: [a colour a link]}
// look: {names: [a name a node], title, unit}; values: float32, one a link
export default { render({ model, el }) {
  el.classList.add("pa-figure");
  const width = 900, height = 384, bar = 14, gap = 19, size = 15, plan = model.get("plan");
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "pa-sankey" }, make("div", { class: "pa-wide", tabindex: 0, role: "group" }, el));
  const columns = [];
  plan.columns.reduce((first, one) => { columns.push(Array.from({ length: one.nodes }, (_, i) => first + i)); return first + one.nodes; }, 0);
  const column = columns.flatMap((members, number) => members.map(() => number));
  const at = number => plan.columns[number].x * width;
  const links = plan.links.map((_, i) => { const path = draw("path", { fill: "none", stroke: plan.inks[i] }, svg); return { path, tip: draw("title", {}, path) }; });
  const nodes = plan.colours.map((colour, i) => {
    const x = at(column[i]);
    return { box: draw("rect", { x, width: bar, fill: colour }, svg), label: draw("text", {
      x: x + bar + 5, "font-size": size, fill: "#1f2a37", "paint-order": "stroke", stroke: "#fff", "stroke-width": 3, "stroke-linejoin": "round" }, svg) };
  });
  const count = value => Math.round(value).toLocaleString("en");
  const paint = () => {
    const values = floats(model, "values"), look = model.get("look");
    if (!look.names || !values.length) return;
    put(svg, "aria-label", look.title); put(svg.parentNode, "aria-label", look.title);
    const into = nodes.map(() => 0), out = nodes.map(() => 0);
    plan.links.forEach(([from, to], i) => { out[from] += values[i]; into[to] += values[i]; });
    const through = nodes.map((_, i) => Math.max(into[i], out[i]));
    const scale = Math.min(...columns.map(members => (height - gap * members.length) / Math.max(1, members.reduce((sum, i) => sum + through[i], 0))));
    const top = [];
    for (const members of columns) {
      const spare = height - gap - members.reduce((sum, i) => sum + scale * through[i], 0), step = spare / Math.max(1, members.length);
      let y = gap / 2 + step / 2 * (members.length < 3);
      for (const i of members) { top[i] = y; y += scale * through[i] + (members.length < 3 ? step : spare / Math.max(1, members.length - 1)); }
    }
    const left = top.slice(), right = top.slice();
    plan.links.forEach(([from, to], i) => {
      const thick = scale * values[i], y = right[from] + thick / 2, z = left[to] + thick / 2, x = at(column[from]) + bar, end = at(column[to]), middle = (x + end) / 2;
      right[from] += thick; left[to] += thick;
      put(links[i].path, "d", `M${x} ${y.toFixed(1)}C${middle} ${y.toFixed(1)} ${middle} ${z.toFixed(1)} ${end} ${z.toFixed(1)}`);
      put(links[i].path, "stroke-width", thick.toFixed(1)); put(links[i].path, "data-value", count(values[i]));
      put(links[i].tip, "text", `${look.names[from]} → ${look.names[to]}: ${count(values[i])} ${look.unit}`);
    });
    nodes.forEach((node, i) => {
      const tall = Math.max(1, scale * through[i]);
      put(node.box, "y", top[i].toFixed(1)); put(node.box, "height", tall.toFixed(1));
      put(node.label, "y", (top[i] + tall / 2 + size / 3).toFixed(1)); put(node.label, "text", plan.columns[column[i]].counted ? `${look.names[i]} ${count(through[i])}` : look.names[i]);
    });
  };
  tools(el, [["PNG", () => saveSvg(svg, "flows", "png")], ["SVG", () => saveSvg(svg, "flows", "svg")]]);
  return follow(model, { look: paint, values: paint });
} };
