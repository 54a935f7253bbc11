// One state; views subscribe to it; the URL fragment mirrors it, so that a reload or a shared link
// shows the same view.

import type { Model } from "./data";

export const VIEWS = ["graph", "table", "article", "timeline", "places"] as const;
export type View = (typeof VIEWS)[number];

export interface State {
  view: View; lang: "zh" | "en"; theme: "auto" | "light" | "dark";
  node: number; edge: number; article: number; claim: number; hops: number;
  only: number[]; path: [number, number] | null; pathFrom: number;
  offTypes: ReadonlySet<number>; offRelations: ReadonlySet<number>; offStatuses: ReadonlySet<number>;
  topics: ReadonlySet<number>; kinds: ReadonlySet<number>; outlets: ReadonlySet<number>; days: [number, number] | null; province: string;
  rows: "nodes" | "edges"; sort: string; sheet: "" | "legend" | "card";
}

export type Listener = (state: State, changed: ReadonlySet<keyof State>) => void;

export function initial(model: Model): State {
  return {
    view: "graph", lang: "zh", theme: "auto", node: -1, edge: -1, article: -1, claim: -1, hops: 1,
    only: [], path: null, pathFrom: -1, offTypes: new Set([model.articleType]), offRelations: new Set(),
    offStatuses: new Set(), topics: new Set(), kinds: new Set(), outlets: new Set(), days: null, province: "", rows: "nodes", sort: "-degree", sheet: "",
  };
}

export class Store {
  private listeners: Listener[] = [];
  private saving = 0;
  constructor(private readonly model: Model, public state: State) {}

  subscribe(listener: Listener): void {
    this.listeners.push(listener);
  }

  set(patch: Partial<State>): void {
    const changed = new Set<keyof State>();
    for (const key of Object.keys(patch) as (keyof State)[]) if (this.state[key] !== patch[key]) changed.add(key);
    if (!changed.size) return;
    this.state = { ...this.state, ...patch };
    for (const listener of this.listeners) listener(this.state, changed);
    clearTimeout(this.saving);
    this.saving = window.setTimeout(() => this.save(), 60);
  }

  save(): void {
    const text = encode(this.model, this.state);
    if (text !== location.hash.slice(1)) history.replaceState(null, "", `#${text}`);
  }

  address(): string {
    return `${location.href.split("#")[0]}#${encode(this.model, this.state)}`;
  }
}

export function toggled<T>(set: ReadonlySet<T>, item: T): Set<T> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}

// ── fragment ────────────────────────────────────────────────────────────────────────────────

const nodeId = (model: Model, node: number): string =>
  node < model.entityCount ? model.nodes.id[node] : model.articles.id[node - model.entityCount];

/** An edge is named by what it says, so that a link outlives a rebuild. */
function edgeId(model: Model, edge: number): string {
  const parts = [model.head[edge], model.tail[edge]].map((node) => nodeId(model, node));
  return [parts[0], model.relations[model.relation[edge]].key, parts[1], model.statuses[model.status[edge]].key].join("~");
}

function findEdge(model: Model, text: string): number {
  const [head, , tail] = text.split("~");
  const node = model.byId.get(head ?? "");
  if (node === undefined || !model.byId.has(tail ?? "")) return -1;
  for (let at = model.offset[node]; at < model.offset[node + 1]; at++) {
    const edge = model.around[at];
    if (edge < model.claimEdges && edgeId(model, edge) === text) return edge;
  }
  return -1;
}

export function encode(model: Model, state: State): string {
  const out = new URLSearchParams();
  const base = initial(model);
  const keys = (set: ReadonlySet<number>, words: readonly { key: string }[]) => [...set].sort((a, b) => a - b).map((n) => words[n].key).join(".");
  const put = (name: string, value: string) => void (value && out.set(name, value));
  put("view", state.view === base.view ? "" : state.view);
  put("lang", state.lang === base.lang ? "" : state.lang);
  put("theme", state.theme === base.theme ? "" : state.theme);
  put("node", state.node < 0 ? "" : nodeId(model, state.node));
  put("edge", state.edge < 0 ? "" : edgeId(model, state.edge));
  put("article", state.article < 0 ? "" : model.articles.id[state.article]);
  put("claim", state.claim < 0 ? "" : model.claims.id[state.claim]);
  put("hops", state.hops === 1 ? "" : String(state.hops));
  put("only", state.only.map((node) => nodeId(model, node)).join("~"));
  put("path", state.path ? state.path.map((node) => nodeId(model, node)).join("~") : "");
  const off = keys(state.offTypes, model.types);
  if (off !== keys(base.offTypes, model.types)) out.set("off", off || "-");
  put("relations", keys(state.offRelations, model.relations));
  put("status", keys(state.offStatuses, model.statuses));
  put("topics", keys(state.topics, model.topics));
  put("kinds", keys(state.kinds, model.kinds));
  put("outlets", [...state.outlets].sort((a, b) => a - b).map((at) => model.outlets[at]).join("~"));
  put("days", state.days ? state.days.join(".") : "");
  put("province", state.province);
  put("rows", state.rows === base.rows ? "" : state.rows);
  put("sort", state.sort === base.sort ? "" : state.sort);
  return out.toString();
}

export function decode(model: Model, text: string): State {
  const state = initial(model);
  const from = new URLSearchParams(text);
  const get = (name: string) => from.get(name) ?? "";
  const node = (id: string) => model.byId.get(id) ?? -1;
  const nodes = (name: string) => get(name).split("~").map(node).filter((found) => found >= 0);
  const set = (name: string, words: readonly { key: string }[]) =>
    new Set(get(name).split(".").map((key) => words.findIndex((word) => word.key === key)).filter((n) => n >= 0));
  state.view = VIEWS.find((view) => view === get("view")) ?? state.view;
  state.lang = get("lang") === "en" ? "en" : "zh";
  state.theme = get("theme") === "dark" ? "dark" : get("theme") === "light" ? "light" : "auto";
  state.node = node(get("node"));
  state.edge = findEdge(model, get("edge"));
  state.article = model.articles.id.indexOf(get("article"));
  state.claim = get("claim") ? model.claims.id.indexOf(get("claim")) : -1;
  state.hops = Math.min(3, Math.max(1, Number(get("hops")) || 1));
  state.only = nodes("only");
  const path = nodes("path");
  state.path = path.length === 2 ? [path[0], path[1]] : null;
  const off = set("off", model.types);
  if (off.size || get("off") === "-") state.offTypes = off;
  state.offRelations = set("relations", model.relations);
  state.offStatuses = set("status", model.statuses);
  state.topics = set("topics", model.topics);
  state.kinds = set("kinds", model.kinds);
  state.outlets = new Set(get("outlets").split("~").map((outlet) => model.outlets.indexOf(outlet)).filter((at) => at >= 0));
  const days = get("days").split(".").map(Number);
  state.days = days.length === 2 && days.every(Number.isFinite) ? [days[0], days[1]] : null;
  state.province = get("province");
  state.rows = get("rows") === "edges" ? "edges" : "nodes";
  state.sort = get("sort") || state.sort;
  return state;
}
