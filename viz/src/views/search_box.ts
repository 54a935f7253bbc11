// The search field with its list of matches, usable by keyboard and by screen reader.

import type { App } from "../app";
import { h, render } from "../dom";
import { badge, source, typeBadge } from "./parts";

/** A match that the store holds and this page does not. */
interface Remote { id: string; name: string; type: string; degree: number }

export function searchBox(app: App): { element: HTMLElement; relabel: () => void } {
  const input = h("input", { id: "search", type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-controls": "matches", "aria-expanded": "false" });
  const list = h("ul", { id: "matches", role: "listbox", hidden: true });
  let hits: number[] = [], at = -1, remote: Remote[] = [], waiting = 0;

  const show = () => {
    const asked = input.value.trim();
    list.hidden = !asked;
    const any = hits.length + remote.length;
    input.setAttribute("aria-expanded", String(Boolean(asked && any)));
    if (at >= 0) input.setAttribute("aria-activedescendant", `match-${at}`);
    else input.removeAttribute("aria-activedescendant");
    render(list, any ? [...hits.map(option), ...remote.map(farOption)] : h("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, app.t("nothing")));
  };
  const option = (node: number, row: number) => {
    const { model } = app;
    const article = node - model.entityCount;
    const said = article >= 0 ? source(app, article) : (model.nodes.alias[node] ?? []).slice(0, 3).join("、");
    return h("li", { role: "option", id: `match-${row}`, "aria-selected": String(row === at), onpointerdown: (event: Event) => { event.preventDefault(); pick(row); } },
      badge(app, node), h("span", { class: "grow" }, model.name[node], said ? h("small", {}, said) : null), h("span", { class: "count" }, article >= 0 ? "" : model.degree[node]));
  };
  const farOption = (one: Remote, row: number) => h("li", { role: "option", id: `match-${hits.length + row}`, "aria-selected": String(hits.length + row === at), onpointerdown: (event: Event) => { event.preventDefault(); pick(hits.length + row); } },
    typeBadge(app, app.model.types.findIndex((word) => word.key === one.type)), h("span", { class: "grow" }, one.name, h("small", {}, app.t("storeHits"))), h("span", { class: "count" }, one.degree));
  const pick = (row: number) => {
    const node = hits[row], far = remote[row - hits.length];
    const { pathFrom } = app.state;
    if (far) return app.ask(pathFrom >= 0 ? { path: `${app.model.nodes.id[pathFrom]}~${far.id}` } : { around: far.id });
    if (node === undefined) return;
    input.value = "";
    close();
    input.blur();
    app.visit(node);
  };
  const further = () => {
    clearTimeout(waiting);
    remote = [];
    const asked = input.value.trim();
    if (!app.model.served || !asked) return;
    waiting = window.setTimeout(async () => {
      const answer = await fetch(`graph/search?${new URLSearchParams({ q: asked })}`);
      if (!answer.ok || input.value.trim() !== asked) return;
      remote = ((await answer.json()) as Remote[]).filter((one) => !app.model.byId.has(one.id));
      if (at < 0 && remote.length) at = 0;
      show();
    }, 120);
  };
  const close = () => {
    hits = [];
    remote = [];
    at = -1;
    show();
  };
  input.addEventListener("input", () => {
    hits = app.search.find(input.value, app.model.served ? 6 : 12);
    at = hits.length ? 0 : -1;
    further();
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
    const any = hits.length + remote.length;
    if (!move || !any) return;
    event.preventDefault();
    at = (at + move + any) % any;
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
