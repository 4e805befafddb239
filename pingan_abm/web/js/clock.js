// The date and how far the run is: they stay in sight beside what drives them. content: {date, day, share}
export default { render({ model, el }) {
  el.classList.add("pa-clock");
  const when = make("span", { class: "pa-date" }, el), day = make("span", { class: "pa-day" }, el), bar = make("progress", { max: 1, value: 0 }, el);
  const paint = () => {
    const content = model.get("content");
    if (!content.day) return;
    put(when, "text", content.date); put(day, "text", content.day); put(bar, "aria-label", content.day); bar.value = content.share;
  };
  return follow(model, { content: paint });
} };
