// The ticker: today's events in words, newest first. content: {title, items: [{when, text, target}], empty}
export default { render({ model, el }) {
  el.classList.add("pa-ticker");
  const title = make("h3", {}, el), list = make("ul", {}, el);
  const paint = () => {
    const content = model.get("content");
    title.textContent = content.title || "";
    list.replaceChildren();
    for (const item of content.items || []) {
      const line = make("li", {}, list);
      make("span", { class: "pa-when" }, line, item.when);
      if (item.target) make("button", { type: "button", class: "pa-link" }, line, item.text).addEventListener("click", () => model.send({ chosen: item.target }));
      else make("span", {}, line, item.text);
    }
    if (!list.children.length) make("li", { class: "pa-empty" }, list, content.empty || "");
  };
  return follow(model, { content: paint });
} };
