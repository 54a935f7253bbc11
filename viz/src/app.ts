// What all views share: the model, the state, what is seen, and the few things one can do.

import { ball, edgesOf, GUARD, look, type Seen } from "./ask";
import { loadTexts, type Model, type Texts, type Word } from "./data";
import { byId } from "./dom";
import { nest } from "./graph/nest";
import { theme, type Theme } from "./graph/theme";
import type { GraphView } from "./graph/view";
import { attributeName, translate, type Key } from "./i18n";
import { PROVINCES, Regions } from "./regions";
import { Search } from "./search";
import { initial, type State, type Store, type View } from "./store";

/** What the filters depend on; a change of anything else leaves what is seen as it is. */
const LOOK: readonly (keyof State)[] = ["node", "edge", "hops", "only", "path", "offTypes", "offRelations", "offStatuses", "topics", "kinds", "outlets", "days", "province"];

export class App {
  seen: Seen;
  colours: Theme;
  graph!: GraphView;
  texts: Texts | null = null;
  readonly search: Search;
  readonly regions: Regions;
  private nested = "";
  private toasting = 0;

  constructor(readonly model: Model, readonly store: Store) {
    this.search = new Search(model);
    this.regions = new Regions(model);
    this.colours = theme(this.dark(), model.types);
    this.seen = look(model, store.state, (node) => this.regions.of(node));
    this.renest();
    store.subscribe((state, changed) => {
      if (changed.has("theme")) this.applyTheme();
      if (LOOK.some((key) => changed.has(key))) this.seen = look(model, state, (node) => this.regions.of(node));
      this.renest();
    });
  }

  get state(): State {
    return this.store.state;
  }

  t = (key: Key, ...values: (string | number)[]): string => translate(this.state.lang, key, ...values);
  word = (word: Word): string => word[this.state.lang];

  attribute = (key: string): string => attributeName(this.state.lang, key);

  /** An attribute's value in words where it is a concept. */
  value = (key: string, value: string): string => {
    const words = this.model.values[key];
    return words ? value.split(",").map((one) => (words[one] ? this.word(words[one]) : one)).join("、") : value;
  };

  articleCount(node: number): number {
    return this.model.articlesOf(node).length;
  }

  provinceName(node: number): string {
    const code = this.regions.of(node);
    const found = PROVINCES.find((one) => one.code === code);
    return found ? found[this.state.lang] : "";
  }

  /** What would be seen if no province were chosen. */
  withoutProvince(): Seen {
    return this.state.province ? look(this.model, { ...this.state, province: "", node: -1 }, () => "") : this.seen;
  }

  /** What is in focus, for the camera: a node with its near neighbours, an edge, a path. */
  around(): Set<number> {
    const { node, path } = this.state;
    return node >= 0 && !path ? this.ballOf(node) : (this.seen.focus ?? new Set());
  }

  toast(text: string): void {
    const toast = byId("toast");
    toast.textContent = text;
    toast.hidden = false;
    clearTimeout(this.toasting);
    this.toasting = window.setTimeout(() => (toast.hidden = true), 1800);
  }

  /** Tells a screen reader what just happened. */
  say(text: string): void {
    byId("live").textContent = text;
  }

  typeOf(node: number) {
    return this.model.types[this.model.type[node]];
  }

  dark(): boolean {
    const chosen = this.state.theme;
    return chosen === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
  }

  applyTheme(): void {
    document.documentElement.dataset.theme = this.dark() ? "dark" : "light";
    this.colours = theme(this.dark(), this.model.types);
  }

  /** The texts, unpacked on first need; the caller draws again when they are there. */
  async withTexts(then: () => void): Promise<void> {
    if (this.texts) return;
    this.texts = await loadTexts();
    then();
  }

  /** Goes to another part of the store: the address says which, so that “back” leads back. */
  ask(what: Record<string, string>): void {
    const { lang, theme } = this.state;
    const keep = new URLSearchParams({ ...(lang === "zh" ? {} : { lang }), ...(theme === "auto" ? {} : { theme }) });
    if (what.around) keep.set("node", what.around);
    if (what.path) keep.set("path", what.path);
    location.assign(`${location.pathname}?${new URLSearchParams(what)}#${keep}`);
  }

  // ── acts ──────────────────────────────────────────────────────────────────────────────────

  select(node: number, open = true): void {
    const from = this.state.pathFrom;
    if (from >= 0 && node >= 0 && node !== from) {
      this.store.set({ path: [from, node], pathFrom: -1, node, edge: -1, sheet: "card" });
      const { focus } = this.seen;
      if (focus) this.graph.fit(true, focus);
      return;
    }
    const hidden = node >= 0 && !this.seen.node[node];
    if (hidden) this.store.set({ ...this.cleared(), node, edge: -1, path: null, only: [] });
    else this.store.set({ node, edge: -1, path: null, sheet: open && node >= 0 ? "card" : this.state.sheet });
    if (node < 0) return;
    this.graph.reveal(node);
    this.say(`${this.model.name[node]}，${this.word(this.typeOf(node))}，${this.model.degree[node]} ${this.t("allEdges")}`);
  }

  /** Selects and moves the camera there, as a search result does. */
  visit(node: number): void {
    if (node >= this.model.entityCount && this.state.pathFrom < 0) return this.read(node - this.model.entityCount);
    const view: View = this.state.view === "article" || this.state.view === "places" ? "graph" : this.state.view;
    const path = this.state.pathFrom >= 0;
    this.store.set({ view });
    this.select(node);
    if (!path) this.graph.fit(true, this.ballOf(node));
  }

  private ballOf(node: number): Set<number> {
    const near = ball(this.model, [node], 1, this.seen.edge, 60);
    // a neighbour at the far end of a large picture would shrink everything: stay around the node
    const { x, y } = this.model;
    return new Set([...near].filter((other) => Math.hypot(x[other] - x[node], y[other] - y[node]) < 700));
  }

  selectEdge(edge: number): void {
    this.store.set({ edge, node: -1, path: null, claim: -1, sheet: "card" });
  }

  clear(): void {
    this.store.set({ node: -1, edge: -1, path: null, pathFrom: -1, sheet: "" });
  }

  cleared(): Partial<State> {
    const { offTypes, offRelations, offStatuses, topics, kinds, outlets, days, province } = initial(this.model);
    return { offTypes, offRelations, offStatuses, topics, kinds, outlets, days, province };
  }

  read(article: number, claim = -1): void {
    this.store.set({ view: "article", article, claim, sheet: "" });
  }

  only(node: number): void {
    this.store.set({ only: [node], node, edge: -1, path: null, view: "graph" });
    this.graph.fit(true);
  }

  expand(node: number): void {
    const { only } = this.state;
    if (!only.length) return this.only(node);
    this.store.set({ only: only.includes(node) ? only : [...only, node], node, edge: -1, path: null });
    this.graph.fit(true);
  }

  collapse(node: number): void {
    this.store.set({ only: this.state.only.filter((other) => other !== node) });
    this.graph.fit(true);
  }

  leaveOnly(): void {
    this.store.set({ only: [] });
    this.graph.fit(true);
  }

  /** True when a node has more neighbours than are opened at once. */
  guarded(node: number): boolean {
    let count = 0;
    for (const _ of edgesOf(this.model, node)) if (++count > GUARD) return true;
    return false;
  }

  /** Lays out what “only this” leaves, and puts everything back after it. */
  private renest(): void {
    const { only, hops } = this.state;
    const key = only.length ? `${only.join(",")}/${hops}/${this.seen.nodes}` : "";
    if (key === this.nested) return;
    this.nested = key;
    const { model, seen } = this;
    model.x.set(model.homeX);
    model.y.set(model.homeY);
    if (!key) return;
    const nodes = Array.from({ length: model.nodeCount }, (_, node) => node).filter((node) => seen.node[node]);
    nodes.sort((a, b) => Number(only.includes(b)) - Number(only.includes(a)) || model.degree[b] - model.degree[a] || a - b);
    const edges: number[] = [];
    for (let edge = 0; edge < model.edgeCount; edge++) if (seen.edge[edge]) edges.push(edge);
    nest(model, nodes, edges);
  }
}
