// A Plotly figure: the bundle comes once from this server; the figure fits its box; it can be taken home as PNG or SVG.
const bundle = (await import(new URL("/static/assets/widgetbundle.js", location.origin).href)).default;
const download = (box, kind) => {
  const plot = box.classList.contains("js-plotly-plot") ? box : box.querySelector(".js-plotly-plot");
  const named = plot._context.toImageButtonOptions;  // the tool bar's own button makes the picture, in the format asked for
  plot._context.toImageButtonOptions = { ...named, format: kind, scale: kind === "png" ? 2 : 1 };
  plot.querySelector(".modebar-btn[data-title^=Download]").click();
};
export default () => {
  const widget = bundle();
  return { ...widget, render(context) {
    const box = make("div", {}, context.el), done = widget.render({ ...context, el: box });
    const size = new ResizeObserver(() => dispatchEvent(new Event("resize")));
    size.observe(box);
    tools(context.el, [["PNG", () => download(box, "png")], ["SVG", () => download(box, "svg")]]);
    return () => { size.disconnect(); Promise.resolve(done).then(end => typeof end === "function" && end()); };
  } };
};
