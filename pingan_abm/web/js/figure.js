// A Plotly figure: the bundle comes once from this server; the figure fits its box; it can be taken home as PNG or SVG.
// It is drawn once its data are there: they follow the widget in a message of their own, which a slow server sends after the page is laid out.
const bundle = () => import(new URL("/static/assets/widgetbundle.js", location.origin).href);
const SAVE = ".modebar-btn[data-title^=Download]";
// On a phone names stand inside the figure, above their rows, and titles of axes are smaller: beside it they would leave a tenth of the width for what is drawn.
const PHONE = 640;
const forPhone = layout => {
  const up = layout?.yaxis;
  if (innerWidth >= PHONE || !up) return;
  for (const axis of [up, layout.xaxis]) if (axis?.title?.text) axis.title.font = { ...axis.title.font, size: 12 };
  if (!up.ticktext) return;
  Object.assign(up, { ticklabelposition: "inside top", automargin: false, tickfont: { ...up.tickfont, size: 12 } });
  layout.margin = { ...layout.margin, l: 8 };
};
const download = (box, kind) => {
  const plot = box.classList.contains("js-plotly-plot") ? box : box.querySelector(".js-plotly-plot");
  const named = plot._context.toImageButtonOptions;  // the tool bar's own button makes the picture, in the format asked for
  plot._context.toImageButtonOptions = { ...named, format: kind, scale: kind === "png" ? 2 : 1 };
  plot.querySelector(SAVE).click();
};
export default () => ({
  async render(context) {  // the bundle is asked for here: a widget whose script takes more than two seconds to come is given up
    const box = make("div", {}, context.el), { model } = context, widget = (await bundle()).default();
    await widget.initialize(context);
    let end = null, gone = false;
    const drawOnce = () => {
      if (end || gone || !model.get("_widget_data")?.length) return;
      forPhone(model.get("_widget_layout"));
      end = widget.render({ ...context, el: box });
    };
    drawOnce();
    model.on("change:_widget_data", drawOnce);
    const size = new ResizeObserver(() => dispatchEvent(new Event("resize")));
    size.observe(box);
    const buttons = tools(context.el, [["PNG", () => download(box, "png")], ["SVG", () => download(box, "svg")]]).children;
    const able = () => { for (const button of buttons) button.disabled = !box.querySelector(SAVE); };  // nothing to take home before it is drawn
    const drawing = new MutationObserver(able);
    drawing.observe(box, { childList: true, subtree: true });
    able();
    return () => { gone = true; model.off("change:_widget_data", drawOnce); size.disconnect(); drawing.disconnect(); Promise.resolve(end).then(close => typeof close === "function" && close()); };
  },
});
