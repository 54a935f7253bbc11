// Take along what is seen: tables and GraphML. Every row and edge carries its sentence.

import type { App } from "./app";
import { dayText } from "./data";
import { PROVINCES } from "./regions";

export interface Table { columns: string[]; rows: (string | number)[][] }

// a cell that a spreadsheet would run as a formula is disarmed with an apostrophe
const inert = (text: string): string => (/^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text);

export function csv(table: Table): string {
  const cell = (value: string | number) => `"${inert(String(value)).replaceAll('"', '""')}"`;
  return `\ufeff${[table.columns, ...table.rows].map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

export function tsv(table: Table): string {
  return [table.columns, ...table.rows].map((row) => row.map((value) => String(value).replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
}

export function seenNodes(app: App): number[] {
  return Array.from({ length: app.model.entityCount }, (_, node) => node).filter((node) => app.seen.node[node]);
}

export function seenEdges(app: App): number[] {
  return Array.from({ length: app.model.claimEdges }, (_, edge) => edge).filter((edge) => app.seen.edge[edge]);
}

export function nodeTable(app: App, nodes: number[]): Table {
  const { model } = app;
  return {
    columns: ["id", "type", "name", "aliases", "province", "articles", "relations"],
    rows: nodes.map((node) => [model.nodes.id[node], app.typeOf(node).key, model.name[node], (model.nodes.alias[node] ?? []).join("|"), PROVINCES.find((one) => one.code === app.regions.of(node))?.zh ?? "", app.articleCount(node), model.degree[node]]),
  };
}

/** One row a claim: an edge told by three articles makes three rows. */
export function edgeTable(app: App, edges: number[]): Table {
  const { model } = app;
  const rows = edges.flatMap((edge) => claimsOf(app, edge).map((claim) => {
    const article = model.claims.article[claim];
    return [model.claims.id[claim], model.nodes.id[model.head[edge]], model.name[model.head[edge]], model.relations[model.relation[edge]].key, model.nodes.id[model.tail[edge]], model.name[model.tail[edge]],
      model.statuses[model.status[edge]].key, model.articles.outlet[article], dayText(model.articles.day[article]), model.articles.number[article], model.articles.title[article], said(app, claim)];
  }));
  return { columns: ["id", "head", "head_name", "relation", "tail", "tail_name", "status", "outlet", "date", "page", "title", "evidence"], rows };
}

export function claimsOf(app: App, edge: number): number[] {
  const { claimStart } = app.model;
  return Array.from({ length: claimStart[edge + 1] - claimStart[edge] }, (_, at) => claimStart[edge] + at);
}

export function said(app: App, claim: number): string {
  const spans = app.model.claims.evidence[claim];
  const text = app.texts?.text[app.model.claims.article[claim]] ?? "";
  const out: string[] = [];
  for (let at = 0; at < spans.length; at += 2) out.push(text.slice(spans[at], spans[at + 1]));
  return out.join(" … ");
}

// ── GraphML ─────────────────────────────────────────────────────────────────────────────────

const xml = (value: string): string =>
  // XML 1.0 has no way to write control characters
  value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (char) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[char] as string);

export function graphml(app: App): string {
  const { model } = app;
  const data = (key: string, value: string) => `<data key="${key}">${xml(value)}</data>`;
  const nodes = seenNodes(app).map((node) => `<node id="${xml(model.nodes.id[node])}">${data("name", model.name[node])}${data("type", app.typeOf(node).key)}</node>`);
  const edges = seenEdges(app).flatMap((edge) => claimsOf(app, edge).map((claim) =>
    `<edge id="${xml(model.claims.id[claim])}" source="${xml(model.nodes.id[model.head[edge]])}" target="${xml(model.nodes.id[model.tail[edge]])}">${data("relation", model.relations[model.relation[edge]].key)}${data("status", model.statuses[model.status[edge]].key)}${data("article", model.articles.id[model.claims.article[claim]])}${data("evidence", said(app, claim))}</edge>`));
  const keys = [["name", "node"], ["type", "node"], ["relation", "edge"], ["status", "edge"], ["article", "edge"], ["evidence", "edge"]];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys.map(([key, on]) => `<key id="${key}" for="${on}" attr.name="${key}" attr.type="string"/>`),
    '<graph edgedefault="directed">', ...nodes, ...edges, "</graph>", "</graphml>", "",
  ].join("\n");
}
