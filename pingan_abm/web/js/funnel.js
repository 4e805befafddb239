// The funnel of all problems: a bar a step, in per cent of those that arose; the part that is only recorded in another colour.
// colours: one a bar, and that of the hollow part; look: {names: [a name a bar], hollow, title, empty}; values: float32: a number a bar, and of the hollow ones
export default { render({ model, el }) {
  el.classList.add("pa-figure");
  const width = 560, height = 216, left = 168, full = 266, tall = 26, step = 38, size = 15, colours = model.get("colours");
  const svg = draw("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", class: "pa-funnel" }, el);
  const bars = colours.slice(0, -1).map((colour, i) => ({
    name: draw("text", { x: left - 8, y: 20 + step * i + tall * .68, "text-anchor": "end", "font-size": size, fill: "#1f2a37" }, svg),
    box: draw("rect", { x: left, y: 20 + step * i, height: tall, fill: colour }, svg),
    value: draw("text", { y: 20 + step * i + tall * .68, "font-size": size, fill: "#1f2a37" }, svg) }));
  const hollow = draw("rect", { y: 20 + step * 3, height: tall, fill: colours.at(-1) }, svg), tip = draw("title", {}, hollow);
  const empty = make("p", { class: "pa-note", role: "status" }, el);
  const percent = (part, whole) => (100 * part / whole).toFixed(0) + "%", count = value => Math.round(value).toLocaleString("en");
  const paint = () => {
    const values = floats(model, "values"), look = model.get("look");
    if (!look.names || !values.length) return;
    const arisen = values[0];
    svg.style.display = arisen ? "" : "none"; put(empty, "text", arisen ? "" : look.empty);
    if (!arisen) return;
    put(svg, "aria-label", look.title + ": " + look.names.map((name, i) => `${name} ${percent(values[i], arisen)}`).join(", ") + `; ${look.hollow} ${percent(values[5], arisen)}`);
    bars.forEach((bar, i) => {
      const wide = full * values[i] / arisen;
      put(bar.name, "text", look.names[i]); put(bar.box, "width", wide.toFixed(1)); put(bar.box, "data-value", count(values[i]));
      put(bar.value, "x", (left + wide + 8).toFixed(1)); put(bar.value, "text", `${percent(values[i], arisen)} (${count(values[i])})`);
    });
    const claimed = full * values[3] / arisen, part = full * values[5] / arisen;
    put(hollow, "x", (left + claimed - part).toFixed(1)); put(hollow, "width", part.toFixed(1));
    put(tip, "text", `${look.hollow}: ${count(values[5])}`);
  };
  tools(el, [["PNG", () => saveSvg(svg, "funnel", "png")], ["SVG", () => saveSvg(svg, "funnel", "svg")]]);
  return follow(model, { look: paint, values: paint });
} };
