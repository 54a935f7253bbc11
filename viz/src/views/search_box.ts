// The search field with its list of matches, usable by keyboard and by screen reader.

import type { App } from "../app";
import { h, render } from "../dom";
import { badge, source } from "./parts";

export function searchBox(app: App): { element: HTMLElement; relabel: () => void } {
  const input = h("input", { id: "search", type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-controls": "matches", "aria-expanded": "false" });
  const list = h("ul", { id: "matches", role: "listbox", hidden: true });
  let hits: number[] = [], at = -1;

  const show = () => {
    const asked = input.value.trim();
    list.hidden = !asked;
    input.setAttribute("aria-expanded", String(Boolean(asked && hits.length)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `match-${at}`);
    else input.removeAttribute("aria-activedescendant");
    render(list, hits.length ? hits.map(option) : h("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, app.t("nothing")));
  };
  const option = (node: number, row: number) => {
    const { model } = app;
    const article = node - model.entityCount;
    const said = article >= 0 ? source(app, article) : (model.nodes.alias[node] ?? []).slice(0, 3).join("、");
    return h("li", { role: "option", id: `match-${row}`, "aria-selected": String(row === at), onpointerdown: (event: Event) => { event.preventDefault(); pick(row); } },
      badge(app, node), h("span", { class: "grow" }, model.name[node], said ? h("small", {}, said) : null), h("span", { class: "count" }, article >= 0 ? "" : model.degree[node]));
  };
  const pick = (row: number) => {
    const node = hits[row];
    if (node === undefined) return;
    input.value = "";
    close();
    input.blur();
    app.visit(node);
  };
  const close = () => {
    hits = [];
    at = -1;
    show();
  };
  input.addEventListener("input", () => {
    hits = app.search.find(input.value);
    at = hits.length ? 0 : -1;
    show();
  });
  input.addEventListener("keydown", (event) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Enter" && !event.isComposing) pick(Math.max(0, at));
    if (event.key === "Escape") {
      event.stopPropagation();
      input.value = "";
      close();
      input.blur();
    }
    if (!move || !hits.length) return;
    event.preventDefault();
    at = (at + move + hits.length) % hits.length;
    show();
  });
  input.addEventListener("blur", () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  });
  input.addEventListener("focus", () => input.value && show());
  const relabel = () => {
    input.placeholder = app.t("search");
    input.setAttribute("aria-label", app.t("searchLabel"));
    list.setAttribute("aria-label", app.t("searchLabel"));
  };
  relabel();
  return { element: h("div", { class: "search", role: "search" }, input, list), relabel };
}
