// The right panel: what is selected, its relations, and the sentence behind each of them.

import type { App } from "../app";
import { common, edgesOf, otherEnd } from "../ask";
import { h, render, type Child } from "../dom";
import { topDegree, type Served } from "../data";
import { badge, nodeButton, quote, source, statusTag } from "./parts";

const FIRST = 6; // rows of a relation shown before “show the other”
const QUOTES = 4; // quotes of an edge shown before that

export function card(app: App, host: HTMLElement): void {
  const opened = new Set<string>();
  const draw = () => {
    const { state } = app;
    const close = h("button", { type: "button", class: "close", "aria-label": app.t("close"), onclick: () => app.clear() }, "×");
    if (state.path) render(host, close, pathCard(app, opened, draw));
    else if (state.edge >= 0) render(host, close, edgeCard(app, state.edge));
    else if (state.node >= 0) render(host, close, nodeCard(app, state.node, opened, draw));
    else render(host, startCard(app));
    void app.withTexts(draw);
  };
  draw();
  app.store.subscribe((_, changed) => {
    const moved = changed.has("node") || changed.has("edge") || changed.has("path");
    if (moved) opened.clear();
    const keys = ["lang", "hops", "only", "days", "offTypes", "offRelations", "offStatuses", "pathFrom"] as const;
    if (moved || keys.some((key) => changed.has(key))) draw();
    if (moved) host.scrollTop = 0;
  });
}

function startCard(app: App): Child[] {
  const { model } = app;
  const articles = model.articles.title.slice(0, 30);
  return [
    h("h2", { class: "start" }, app.t("start")),
    h("p", { class: "soft" }, app.t("startText")),
    model.served ? storeNote(app, model.served) : null,
    h("h3", {}, app.t("most")),
    h("ol", { class: "rows" }, topDegree(model, 8).map((node) => h("li", {}, nodeButton(app, node), h("span", { class: "count" }, model.degree[node])))),
    h("h3", {}, `${app.t("articlesHere")} · ${model.articles.title.length}`),
    h("ul", { class: "rows" }, articles.map((title, article) => h("li", {},
      h("button", { type: "button", class: "node", onclick: () => app.read(article) }, badge(app, model.entityCount + article), h("span", {}, title))))),
  ];
}

/** What the store holds beyond this page. */
function storeNote(app: App, served: Served): HTMLElement {
  const n = (count: number) => count.toLocaleString("en");
  return h("div", { class: "notice" }, h("p", {}, app.t("storeTotal", n(served.entities), n(served.claims), n(served.articles))), h("p", {}, app.t(served.capped && served.asked ? "cappedStore" : "storeShown")),
  );
}

// ── a node ──────────────────────────────────────────────────────────────────────────────────

function nodeCard(app: App, node: number, opened: Set<string>, draw: () => void): Child[] {
  const { model } = app;
  if (node >= model.entityCount) return articleCard(app, node - model.entityCount);
  const aliases = model.nodes.alias[node] ?? [];
  return [
    h("header", { class: "title" }, badge(app, node, true), h("div", {},
      h("h2", {}, model.name[node]),
      h("p", { class: "soft" }, [app.word(app.typeOf(node)), ...kindAndTopics(app, node), `${app.articleCount(node)} ${app.t("reports")}`].join(" · ")))),
    model.factual[node] ? null : h("p", { class: "notice" }, app.t("notFact")),
    aliases.length ? h("p", { class: "aliases" }, h("span", { class: "soft" }, `${app.t("aliases")} `), aliases.join("、")) : null,
    actions(app, node),
    attributes(app, node),
    inStore(app, node),
    outcomes(app, node),
    sameEvents(app, node),
    ...relations(app, node, opened, draw),
    mentionedIn(app, node),
  ];
}

function kindAndTopics(app: App, node: number): string[] {
  const { kind, topic } = app.model.nodes;
  const words = (topic[node] ?? []).map((at) => app.word(app.model.topics[at]));
  return [...(node in kind ? [app.word(app.model.kinds[kind[node]])] : []), ...(words.length ? [words.join("、")] : [])];
}

function actions(app: App, node: number): HTMLElement {
  const { state, t } = app;
  const expanded = state.only.includes(node);
  const button = (key: string, label: string, act: () => void, title = "") => h("button", { type: "button", "data-key": key, title: title || null, onclick: act }, label);
  return h("div", { class: "actions" },
    expanded && state.only.length > 1 ? button("collapse", t("collapse"), () => app.collapse(node)) : button("expand", t("expand"), () => app.expand(node), t("expandTip")),
    button("only", t("only"), () => app.only(node)),
    button("path", t("pathTo"), () => app.store.set({ pathFrom: node, sheet: "" })),
    h("span", { class: "hops", role: "group", "aria-label": t("steps") }, h("span", { class: "soft" }, t("steps")),
      [1, 2, 3].map((hops) => h("button", { type: "button", "data-key": `hops-${hops}`, "aria-pressed": String(state.hops === hops), onclick: () => app.store.set({ hops }) }, hops))),
    state.pathFrom === node ? h("p", { class: "notice" }, t("pickOther")) : null,
    app.guarded(node) ? h("p", { class: "notice" }, t("capped", 400)) : null);
}

function attributes(app: App, node: number): Child {
  const found = Object.entries(app.model.nodes.attribute[node] ?? {});
  if (!found.length) return null;
  return h("dl", {}, found.flatMap(([key, value]) => [h("dt", {}, app.attribute(key)), h("dd", {}, value === "yes" ? "✓" : app.value(key, value))]));
}

function outcomes(app: App, node: number): Child {
  const found = app.model.outcomes.filter((outcome) => outcome.node === node);
  if (!found.length) return null;
  return h("section", {}, h("h3", {}, app.t("outcomes")), h("ul", { class: "outcomes" }, found.map((outcome) => h("li", {},
    h("details", {}, h("summary", {}, h("span", { class: "grow" }, outcome.what), h("b", {}, `${outcome.approx ? app.t("about") : ""}${outcome.value}`), outcome.unit, statusTag(app, outcome.status)),
      quote(app, outcome.article, outcome.evidence, node, -1, -1))))));
}

/** Activities that may be this one, told by another hand: nobody has joined them. */
function sameEvents(app: App, node: number): Child {
  const found = app.model.same.filter(([one, two]) => one === node || two === node);
  if (!found.length) return null;
  return h("section", {}, h("h3", {}, app.t("sameEvent"), h("span", { class: "count" }, found.length)), h("ul", { class: "rows" },
    found.map(([one, two, reason]) => h("li", {}, nodeButton(app, one === node ? two : one), h("small", {}, reason)))));
}

/** In served mode: how much of the node the page holds, and the way to the rest. */
function inStore(app: App, node: number): Child {
  const { served } = app.model;
  const all = served?.degree[node] ?? 0;
  const here = edgesOf(app.model, node, undefined);
  let shown = 0;
  for (const edge of here) if (edge < app.model.claimEdges) shown += app.model.edges.claims[edge];
  if (!served || all <= shown) return null;
  return h("p", { class: "notice" }, app.t("inStore", all, shown), " ", h("button", { type: "button", class: "link", "data-key": "fetch", onclick: () => app.ask({ around: app.model.nodes.id[node], depth: String(app.state.hops) }) }, app.t("loadAll")));
}

/** The relations of a node, each with its other ends; a row opens on its sentences. */
function relations(app: App, node: number, opened: Set<string>, draw: () => void): Child[] {
  const { model } = app;
  const groups = new Map<string, number[]>();
  for (const edge of edgesOf(model, node, app.seen.edge)) {
    if (edge >= model.claimEdges) continue;
    const key = `${model.relation[edge]}${model.head[edge] === node ? ">" : "<"}`;
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  const first = [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
  return first.map(([key, edges], at) => {
    const out = key.endsWith(">");
    const relation = app.word(model.relations[model.relation[edges[0]]]);
    const most = opened.has(key) ? Infinity : FIRST;
    edges.sort((a, b) => model.edges.claims[b] - model.edges.claims[a] || a - b);
    return h("section", { class: "relation" },
      h("h3", {}, h("span", { class: "way", "aria-hidden": "true" }, out ? "→" : "←"), relation, h("span", { class: "count" }, edges.length)),
      h("ul", { class: "rows" }, edges.slice(0, most).map((edge, row) => edgeRow(app, edge, otherEnd(model, edge, node), at === 0 && row === 0))),
      edges.length > most ? h("button", { type: "button", class: "link", "data-key": `more-${key}`, onclick: () => { opened.add(key); draw(); } }, `${app.t("more")} ${edges.length - most}`) : null);
  });
}

function edgeRow(app: App, edge: number, other: number, open: boolean): HTMLElement {
  const { model } = app;
  const count = model.edges.claims[edge];
  const details = h("details", { open },
    h("summary", {}, h("span", { class: "grow soft", title: count > 1 ? tellers(app, edge) : null }, app.t("evidence")), count > 1 ? h("span", { class: "count" }, `×${count}`) : null, statusTag(app, model.status[edge])));
  const fill = () => details.childElementCount < 2 && details.append(...quotes(app, edge));
  if (open) fill();
  details.addEventListener("toggle", fill);
  return h("li", { class: "edge" }, nodeButton(app, other, `edge-${edge}`), details);
}

function quotes(app: App, edge: number): HTMLElement[] {
  const { model } = app;
  const from = model.claimStart[edge], to = model.claimStart[edge + 1];
  const out: HTMLElement[] = [];
  for (let claim = from; claim < Math.min(to, from + QUOTES); claim++) {
    out.push(quote(app, model.claims.article[claim], model.claims.evidence[claim], model.head[edge], model.tail[edge], claim));
  }
  if (to - from <= QUOTES) return out;
  const more = h("button", { type: "button", class: "link" }, `${app.t("more")} ${to - from - QUOTES}`);
  more.addEventListener("click", () => {
    const rest: HTMLElement[] = [];
    for (let claim = from + QUOTES; claim < to; claim++) rest.push(quote(app, model.claims.article[claim], model.claims.evidence[claim], model.head[edge], model.tail[edge], claim));
    more.replaceWith(...rest);
  });
  return [...out, more];
}

function mentionedIn(app: App, node: number): Child {
  const { model } = app;
  const articles = model.articlesOf(node);
  return h("section", {}, h("h3", {}, app.t("articlesHere"), h("span", { class: "count" }, articles.length)),
    h("ul", { class: "rows" }, articles.slice(0, 40).map((article) => h("li", {},
      h("button", { type: "button", class: "node", onclick: () => app.read(article) }, badge(app, model.entityCount + article), h("span", {}, model.articles.title[article], h("small", {}, source(app, article))))))));
}

function articleCard(app: App, article: number): Child[] {
  const { model } = app;
  return [
    h("header", { class: "title" }, badge(app, model.entityCount + article, true), h("div", {}, h("h2", {}, model.articles.title[article]), h("p", { class: "soft" }, source(app, article)))),
    h("div", { class: "actions" }, h("button", { type: "button", onclick: () => app.read(article) }, app.t("open"))),
    h("h3", {}, app.t("inMentions")),
    h("ul", { class: "rows" }, model.articles.nodes[article].map((node) => h("li", {}, nodeButton(app, node)))),
  ];
}

// ── an edge, a path ─────────────────────────────────────────────────────────────────────────

function sentenceOf(app: App, edge: number): HTMLElement {
  const { model } = app;
  return h("div", { class: "triple" }, nodeButton(app, model.head[edge], "head"),
    h("p", { class: "arrow" }, h("span", { "aria-hidden": "true" }, "↓ "), app.word(model.relations[model.relation[edge]]), " ", statusTag(app, model.status[edge])),
    nodeButton(app, model.tail[edge], "tail"));
}

function edgeCard(app: App, edge: number): Child[] {
  const { model } = app;
  const word = model.statuses[model.status[edge]];
  return [
    h("h2", { class: "start" }, app.word(model.relations[model.relation[edge]])),
    sentenceOf(app, edge),
    word.factual ? null : h("p", { class: "notice" }, `${app.t("notFact")}：${app.word(word)}`),
    h("h3", {}, app.t("evidence"), h("span", { class: "count" }, model.edges.claims[edge])),
    h("p", { class: "soft tally" }, tellers(app, edge)),
    ...quotes(app, edge),
  ];
}

/** Who tells it: the same text printed again is no second witness. */
function tellers(app: App, edge: number): string {
  const { model, t } = app;
  const articles = new Set<number>(), origins = new Set<number>();
  for (let claim = model.claimStart[edge]; claim < model.claimStart[edge + 1]; claim++) {
    articles.add(model.claims.article[claim]);
    origins.add(model.articles.origin[model.claims.article[claim]]);
  }
  const again = articles.size - origins.size;
  return [t("origins", origins.size), again ? t("reprints", again) : ""].filter(Boolean).join(" · ");
}

function pathCard(app: App, opened: Set<string>, draw: () => void): Child[] {
  const { model, state, seen } = app;
  const [from, to] = state.path as [number, number];
  const steps = seen.steps ?? [];
  const shared = common(model, from, to, seen.edge).filter((node) => node < model.entityCount);
  void opened, void draw;
  return [
    h("h2", { class: "start" }, app.t("pathFound"), steps.length ? h("span", { class: "count" }, `${steps.length} ${app.t("step")}`) : null),
    steps.length ? null : h("div", {}, nodeButton(app, from), nodeButton(app, to), h("p", { class: "notice" }, app.t("noPath")),
      model.served ? h("button", { type: "button", "data-key": "ask-path", onclick: () => app.ask({ path: `${model.nodes.id[from]}~${model.nodes.id[to]}` }) }, app.t("askStore")) : null),
    ...steps.map((edge) => h("section", { class: "step" }, sentenceOf(app, edge), ...quotes(app, edge).slice(0, 1))),
    shared.length ? h("section", {}, h("h3", {}, app.t("common"), h("span", { class: "count" }, shared.length)), h("ul", { class: "rows" }, shared.slice(0, 20).map((node) => h("li", {}, nodeButton(app, node))))) : null,
  ];
}
