// A Plotly figure: the bundle comes once from this server; the figure fits its box; it can be taken home as PNG or SVG.
const bundle = (await import(new URL("/static/assets/widgetbundle.js", location.origin).href)).default;
const download = (el, kind) => {
  const plot = el.querySelector(".js-plotly-plot");
  plot._context.toImageButtonOptions = { ...plot._context.toImageButtonOptions, format: kind, scale: kind === "png" ? 2 : 1 };
  plot.querySelector('.modebar-btn[data-title^="Download"]').dispatchEvent(new MouseEvent("click", { bubbles: true }));
};
export default () => {
  const widget = bundle();
  return { ...widget, render(context) {
    const box = make("div", {}, context.el), done = widget.render({ ...context, el: box });
    const size = new ResizeObserver(() => dispatchEvent(new Event("resize")));
    size.observe(box);
    tools(context.el, [["PNG", () => download(box, "png")], ["SVG", () => download(box, "svg")]]);
    Promise.resolve(done).then(() => requestAnimationFrame(() => context.model.send({ ready: true })));
    return () => { size.disconnect(); Promise.resolve(done).then(end => typeof end === "function" && end()); };
  } };
};
