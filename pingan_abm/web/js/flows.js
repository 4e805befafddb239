// Where cases go: a Sankey diagram whose nodes and links are always the same, so that a frame only moves what is there.
// plan: {columns: [{nodes: number of them, x: share of the width, counted: whether labels show how many}], links: [[from, to]], colours: [a colour a node], inks: [a colour a link]}
// look: {names: [a name a node], title, unit}; values: float32, one a link
const NARROW = 640;  // pixels of the page below which the figure stands upright, with each name above what it names
export default { render({ model, el }) {
  el.classList.add("pa-figure");
  const bar = 14, plan = model.get("plan");
  const svg = draw("svg", { role: "img", class: "pa-sankey" }, make("div", { tabindex: 0, role: "group" }, el));
  const columns = [];
  plan.columns.reduce((first, one) => { columns.push(Array.from({ length: one.nodes }, (_, i) => first + i)); return first + one.nodes; }, 0);
  const column = columns.flatMap((members, number) => members.map(() => number)), last = columns.length - 1;
  let width = 900, height = 384, gap = 19, size = 15, small = false;
  const at = number => small ? number / last * (width - bar) : plan.columns[number].x * width;
  const links = plan.links.map((_, i) => { const path = draw("path", { fill: "none", stroke: plan.inks[i] }, svg); return { path, tip: draw("title", {}, path) }; });
  const boxes = plan.colours.map(colour => draw("rect", { width: bar, fill: colour }, svg));  // all before the first name, so that none lies over one
  const nodes = boxes.map(box => ({ box, label: draw("text", { fill: "#1f2a37", "paint-order": "stroke", stroke: "#fff", "stroke-width": 3, "stroke-linejoin": "round" }, svg) }));
  const fit = () => {
    small = el.clientWidth > 0 && el.clientWidth < NARROW;
    svg.parentNode.classList.toggle("pa-wide", !small);
    [width, height, gap, size] = small ? [380, 640, 34, 13] : [900, 384, 19, 15];
    put(svg, "viewBox", `0 0 ${width} ${height}`);
    nodes.forEach(({ box, label }, i) => {
      const x = at(column[i]), end = small && column[i] === last;
      put(box, "x", x); put(label, "font-size", size); put(label, "x", !small ? x + bar + 5 : end ? width : x); put(label, "text-anchor", end ? "end" : "start");
    });
    paint();
  };
  // Upright, names stand in each other's way where two columns have something at one height: the later one gives way.
  const apart = () => {
    const taken = [];
    nodes.forEach(({ label }) => {
      if (!label.textContent) return;
      const box = label.getBBox();
      for (let tries = 0; tries < 6 && taken.some(t => t.x < box.x + box.width && box.x < t.x + t.width && t.y < box.y + box.height && box.y < t.y + t.height); tries++) box.y += size;
      put(label, "y", (box.y + .8 * box.height).toFixed(1)); taken.push(box);
    });
  };
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
      const spare = height - gap - (small ? size : 0) - members.reduce((sum, i) => sum + scale * through[i], 0), step = spare / Math.max(1, members.length);
      let y = gap / 2 + (small ? size : 0) + step / 2 * (members.length < 3);
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
      put(node.label, "y", (small ? top[i] - 4 : top[i] + tall / 2 + size / 3).toFixed(1)); put(node.label, "text", !through[i] && column[i] < last ? "" : plan.columns[column[i]].counted ? `${look.names[i]} ${count(through[i])}` : look.names[i]);
    });
    if (small) apart();
  };
  const seen = new ResizeObserver(fit);
  seen.observe(el);
  tools(el, [["PNG", () => saveSvg(svg, "flows", "png")], ["SVG", () => saveSvg(svg, "flows", "svg")]]);
  const stop = follow(model, { look: paint, values: paint });
  return () => { stop(); seen.disconnect(); };
} };
