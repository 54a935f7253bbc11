// Everything in view as rows: sortable, to copy, to save.

import type { App } from "../app";
import { dayText } from "../data";
import { copy, download, h, render } from "../dom";
import { csv, edgeTable, nodeTable, tsv, type Table } from "../export";
import { badge, statusTag } from "./parts";

const PAGE = 500;

export function tableView(app: App, host: HTMLElement): void {
  let most = PAGE;
  const draw = () => {
    if (app.state.view !== "table") return;
    const edges = app.state.rows === "edges";
    const rows = edges ? edgeRows(app) : nodeRows(app);
    const table = () => (edges ? edgeTable(app, rows) : nodeTable(app, rows));
    const tab = (key: "nodes" | "edges", count: number) => h("button", { type: "button", "data-key": `rows-${key}`, "aria-pressed": String(app.state.rows === key), onclick: () => app.store.set({ rows: key, sort: key === "nodes" ? "-degree" : "relation" }) }, `${app.t(key)} ${count.toLocaleString("en")}`);
    render(host,
      h("div", { class: "bar" }, h("div", { class: "switch" }, tab("nodes", app.seen.entities), tab("edges", app.seen.edges)),
        h("span", { class: "grow" }),
        h("button", { type: "button", "data-key": "copy", onclick: () => void copyTable(app, table()) }, app.t("copyTable")),
        h("button", { type: "button", "data-key": "csv", onclick: () => saveTable(table(), edges ? "relations.csv" : "nodes.csv") }, app.t("csv"))),
      rows.length ? grid(app, edges, rows.slice(0, most)) : h("p", { class: "empty" }, app.t("nothing")),
      h("p", { class: "soft foot" }, rows.length > most ? app.t("shown", most, rows.length) : app.t("rowsAll", rows.length), " ",
        rows.length > most ? h("button", { type: "button", class: "link", onclick: () => { most += PAGE; draw(); } }, app.t("loadMore")) : null));
    if (edges) void app.withTexts(draw);
  };
  app.store.subscribe((_, changed) => {
    if (changed.has("sort") || changed.has("rows")) most = PAGE;
    if (![...changed].every((key) => key === "sheet" || key === "theme" || key === "pathFrom")) draw();
  });
  draw();
}

async function copyTable(app: App, table: Table): Promise<void> {
  await copy(tsv(table));
  app.say(app.t("copied"));
  app.toast(app.t("copied"));
}

function saveTable(table: Table, name: string): void {
  download(name, new Blob([csv(table)], { type: "text/csv;charset=utf-8" }));
}

const EDGE_COLUMNS = ["head", "relation", "tail", "status", "date", "sentence"] as const;
const NODE_COLUMNS = ["type", "name", "province", "date", "articleCount", "degree"] as const;

/** The column sorted by: the one asked for if this table has it. */
function shownSort(app: App): { sort: string } {
  const edges = app.state.rows === "edges";
  const columns: readonly string[] = edges ? EDGE_COLUMNS : NODE_COLUMNS;
  return { sort: columns.includes(app.state.sort.replace(/^-/, "")) ? app.state.sort : edges ? "relation" : "-degree" };
}

type Value = string | number;

function sorted(app: App, rows: number[], value: (row: number, column: string) => Value): number[] {
  const { sort } = shownSort(app);
  const column = sort.replace(/^-/, "");
  const sign = sort.startsWith("-") ? -1 : 1;
  const keys = new Map(rows.map((row) => [row, value(row, column)]));
  const collator = new Intl.Collator("zh-Hans-u-co-pinyin", { numeric: true });
  return rows.sort((a, b) => {
    const x = keys.get(a) as Value, y = keys.get(b) as Value;
    return sign * (typeof x === "number" && typeof y === "number" ? x - y : collator.compare(String(x), String(y))) || a - b;
  });
}

function nodeRows(app: App): number[] {
  const { model, seen } = app;
  const rows: number[] = [];
  for (let node = 0; node < model.entityCount; node++) if (seen.node[node]) rows.push(node);
  return sorted(app, rows, (node, column) => nodeValue(app, node, column));
}

export function firstDay(app: App, node: number): string {
  const days = app.model.articlesOf(node).map((article) => app.model.articles.day[article]).filter((day): day is number => day !== null);
  return days.length ? dayText(days.reduce((least, day) => Math.min(least, day))) : "";
}

function nodeValue(app: App, node: number, column: string): Value {
  switch (column) {
    case "type": return app.model.type[node];
    case "name": return app.model.name[node];
    case "articleCount": return app.articleCount(node);
    case "date": return firstDay(app, node);
    case "province": return app.provinceName(node);
    default: return app.model.degree[node];
  }
}

function edgeRows(app: App): number[] {
  const { model, seen } = app;
  const rows: number[] = [];
  for (let edge = 0; edge < model.claimEdges; edge++) if (seen.edge[edge]) rows.push(edge);
  return sorted(app, rows, (edge, column) => {
    switch (column) {
      case "head": return model.name[model.head[edge]];
      case "tail": return model.name[model.tail[edge]];
      case "status": return model.status[edge];
      case "date": return dayText(model.articles.day[model.claims.article[model.claimStart[edge]]]);
      default: return model.relation[edge];
    }
  });
}

function grid(app: App, edges: boolean, rows: number[]): HTMLElement {
  const columns = edges ? EDGE_COLUMNS : NODE_COLUMNS;
  const { sort: current } = shownSort(app);
  const sort = (column: string) => app.store.set({ sort: current === column ? `-${column}` : column });
  const state = (column: string) => (current === column ? "ascending" : current === `-${column}` ? "descending" : "none");
  return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": app.t("table") }, h("table", { class: edges ? "edges" : "nodes" },
    h("thead", {}, h("tr", {}, columns.map((column) => h("th", { scope: "col", "aria-sort": column === "sentence" ? null : state(column), class: `c-${column}` },
      column === "sentence" ? app.t(column) : h("button", { type: "button", "data-key": `sort-${column}`, onclick: () => sort(column) }, app.t(column), h("span", { "aria-hidden": "true" }, state(column) === "ascending" ? " ↑" : state(column) === "descending" ? " ↓" : "")))))),
    h("tbody", {}, rows.map((row) => (edges ? edgeRow(app, row) : nodeRow(app, row))))));
}

function nodeRow(app: App, node: number): HTMLElement {
  const { model } = app;
  return h("tr", { class: app.state.node === node ? "on" : null },
    h("td", {}, badge(app, node), app.word(app.typeOf(node))),
    h("td", {}, h("button", { type: "button", class: "link", "data-key": `row-${node}`, onclick: () => app.select(node) }, model.name[node])),
    h("td", {}, app.provinceName(node)), h("td", { class: "number" }, firstDay(app, node)),
    h("td", { class: "number" }, app.articleCount(node)), h("td", { class: "number" }, model.degree[node]));
}

function edgeRow(app: App, edge: number): HTMLElement {
  const { model } = app;
  const claim = model.claimStart[edge], article = model.claims.article[claim];
  const [from, to] = model.claims.evidence[claim];
  const end = (node: number) => h("span", { class: "end" }, badge(app, node), h("button", { type: "button", class: "link", onclick: () => app.select(node) }, model.name[node]));
  return h("tr", { class: app.state.edge === edge ? "on" : null },
    h("td", {}, end(model.head[edge])),
    h("td", {}, h("button", { type: "button", class: "link", "data-key": `row-${edge}`, onclick: () => app.selectEdge(edge) }, app.word(model.relations[model.relation[edge]]))),
    h("td", {}, end(model.tail[edge])), h("td", {}, statusTag(app, model.status[edge]) || app.word(model.statuses[model.status[edge]])),
    h("td", { class: "number" }, dayText(model.articles.day[article])),
    h("td", { class: "sentence" }, h("div", { title: app.texts?.text[article].slice(from, to) ?? null }, app.texts?.text[article].slice(from, to) ?? "…")));
}
