// Places without borders: a grid of province tiles, and a scatter where coordinates are known.

import type { App } from "../app";
import { h, render, s } from "../dom";
import { PROVINCES } from "../regions";

const WEST = 73, EAST = 136, SOUTH = 17, NORTH = 54;

export function placesView(app: App, host: HTMLElement): void {
  const draw = () => {
    if (app.state.view !== "places") return;
    const counts = tally(app);
    const most = [...counts.values()].reduce((a, b) => Math.max(a, b), 1);
    const tiles = PROVINCES.map((one) => {
      const count = counts.get(one.code) ?? 0;
      const on = app.state.province === one.code;
      const shade = count ? 1 + Math.round(5 * Math.sqrt(count / most)) : 0;
      const name = app.state.lang === "zh" ? one.zh : one.en;
      const tile = h("button", { type: "button", class: `tile q${shade}`, disabled: !count && !on, "aria-pressed": String(on), "data-key": `province-${one.code}`, "aria-label": `${name} ${count}`, onclick: () => (app.model.served ? app.ask({ region: one.code }) : app.store.set({ province: on ? "" : one.code })) }, h("span", {}, name), h("b", {}, count || ""));
      tile.style.gridColumn = String(one.column - 1);
      tile.style.gridRow = String(one.row);
      return tile;
    });
    const located = scatterNodes(app);
    render(host, h("div", { class: "places" },
      h("section", {}, h("h2", {}, app.t("placesTitle")), h("p", { class: "soft" }, app.t("placesHint")),
        counts.size ? h("div", { class: "tiles", role: "group", "aria-label": app.t("placesTitle") }, tiles) : h("p", { class: "empty" }, app.t("noPlaces"))),
      located.length ? h("section", {}, h("h2", {}, app.t("scatter"), h("span", { class: "count" }, located.length)), scatter(app, located)) : null));
  };
  app.store.subscribe((_, changed) => {
    if (![...changed].every((key) => key === "sheet" || key === "theme")) draw();
  });
  draw();
}

/** Counts by province, as the other filters leave them: the chosen tile does not empty the rest. */
function tally(app: App): Map<string, number> {
  if (app.model.served) return new Map(Object.entries(app.model.served.regions));
  const counts = new Map<string, number>();
  const seen = app.withoutProvince();
  for (let node = 0; node < app.model.entityCount; node++) {
    const code = seen.node[node] ? app.regions.of(node) : "";
    if (code) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}

function scatterNodes(app: App): number[] {
  return Object.keys(app.model.nodes.at).map(Number).filter((node) => app.seen.node[node]);
}

function scatter(app: App, nodes: number[]): SVGElement {
  const { model } = app;
  const grid = [];
  for (let longitude = 80; longitude <= 130; longitude += 10) grid.push(s("path", { d: `M${(longitude - WEST) * 10} 0V${(NORTH - SOUTH) * 12}` }));
  for (let latitude = 20; latitude <= 50; latitude += 10) grid.push(s("path", { d: `M0 ${(NORTH - latitude) * 12}H${(EAST - WEST) * 10}` }));
  return s("svg", { class: "scatter", viewBox: `0 0 ${(EAST - WEST) * 10} ${(NORTH - SOUTH) * 12}`, role: "group", "aria-label": app.t("scatter") },
    s("g", { class: "grid" }, grid),
    nodes.slice(0, 3000).map((node) => {
      const [longitude, latitude] = model.nodes.at[node];
      const act = () => app.visit(node);
      return s("circle", {
        cx: Math.round((longitude - WEST) * 100) / 10, cy: Math.round((NORTH - latitude) * 120) / 10, r: 4 + Math.min(8, Math.sqrt(model.degree[node])),
        class: `t-${app.typeOf(node).key}`, tabindex: nodes.length > 200 ? null : 0, role: "button", "aria-label": model.name[node], onclick: act, onkeydown: (event: KeyboardEvent) => event.key === "Enter" && act(),
      }, s("title", {}, model.name[node]));
    }));
}
