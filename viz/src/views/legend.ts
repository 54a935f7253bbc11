// The left panel: what is what, and what is shown.

import type { App } from "../app";
import { h, render, s, type Child } from "../dom";
import { dash } from "../graph/theme";
import { PROVINCES } from "../regions";
import { toggled, type State } from "../store";
import { typeBadge } from "./parts";

type OffKey = "offTypes" | "offRelations" | "offStatuses";
type OnKey = "topics" | "kinds" | "outlets";
type Title = "types" | "relations" | "statuses" | "topics" | "kinds" | "outlets";

const FIRST = 12; // sources shown at once: a year of pages may have hundreds

export function legend(app: App, host: HTMLElement): void {
  const { model } = app;
  const types = tally(model.types.length, model.type);
  const relations = tally(model.relations.length, model.relation);
  const statuses = tally(model.statuses.length, model.status.subarray(0, model.claimEdges));
  const topics = counted(model.topics.length, Object.values(model.nodes.topic).flat());
  const kinds = counted(model.kinds.length, Object.values(model.nodes.kind));
  const outlets = counted(model.outlets.length, [...model.outlet].filter((at) => at >= 0));
  const closed = new Set<Title>();
  let ready = false; // which provinces occur is worked out once the first picture stands
  setTimeout(() => ((ready = true), draw()), 600);
  const draw = () => render(host,
    h("div", { class: "panel-head" }, h("h2", {}, app.t("filters")),
      h("button", { type: "button", class: "link", "data-key": "reset", hidden: !filtered(app), onclick: () => app.store.set(app.cleared()) }, app.t("reset")),
      h("button", { type: "button", class: "close", "aria-label": app.t("close"), onclick: () => app.store.set({ sheet: "" }) }, "×")),
    section(app, closed, "types", group(app, "offTypes", types, model.types.map((word) => app.word(word)), (at) => typeBadge(app, at))),
    section(app, closed, "relations", group(app, "offRelations", relations, model.relations.map((word) => app.word(word)), () => null)),
    section(app, closed, "statuses", group(app, "offStatuses", statuses, model.statuses.map((word) => app.word(word)), (at) => lineSample(model.statuses[at].key, model.statuses[at].factual))),
    region(app, ready),
    kinds.length ? section(app, closed, "kinds", chips(app, "kinds", kinds, (at) => app.word(model.kinds[at]))) : null,
    topics.length ? section(app, closed, "topics", chips(app, "topics", topics, (at) => app.word(model.topics[at]))) : null,
    outlets.length > 1 ? section(app, closed, "outlets", chips(app, "outlets", outlets.filter(([at], row) => row < FIRST || app.state.outlets.has(at)), (at) => model.outlets[at])) : null);
  draw();
  app.store.subscribe((_, changed) => {
    const keys: (keyof State)[] = ["lang", "offTypes", "offRelations", "offStatuses", "topics", "kinds", "outlets", "days", "province"];
    if (keys.some((key) => changed.has(key))) draw();
  });
}

function filtered(app: App): boolean {
  const { state } = app;
  const same = [...state.offTypes].join() === [...(app.cleared().offTypes ?? [])].join();
  const sets = [state.offRelations, state.offStatuses, state.topics, state.kinds, state.outlets];
  return !same || sets.some((set) => set.size > 0) || state.days !== null || state.province !== "";
}

function tally(length: number, column: Iterable<number>): number[] {
  const counts = new Array<number>(length).fill(0);
  for (const value of column) counts[value]++;
  return counts;
}

/** Values with how often each occurs, the most frequent first. */
function counted(length: number, values: readonly number[]): [number, number][] {
  const counts = tally(length, values).map((count, at): [number, number] => [at, count]);
  return counts.filter(([, count]) => count).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

/** A part of the panel that folds away and stays folded. */
function section(app: App, closed: Set<Title>, title: Title, content: HTMLElement): HTMLElement {
  const details = h("details", { class: "fold", open: !closed.has(title) }, h("summary", { "data-key": `fold-${title}` }, h("h3", {}, app.t(title))), content);
  details.addEventListener("toggle", () => (details.open ? closed.delete(title) : closed.add(title)));
  return details;
}

function group(app: App, key: OffKey, counts: number[], words: string[], sign: (at: number) => Element | null): HTMLElement {
  const off = app.state[key];
  const shown = counts.map((count, at) => ({ count, at })).filter(({ count }) => count);
  const solo = (at: number) => {
    const others = shown.map((one) => one.at).filter((other) => other !== at);
    const alone = !off.has(at) && others.every((other) => off.has(other));
    app.store.set({ [key]: alone ? (app.cleared()[key] as ReadonlySet<number>) : new Set(others) });
  };
  return h("ul", { class: "legend" }, shown.map(({ count, at }) => h("li", {},
    h("label", { class: off.has(at) ? "off" : "" },
      h("input", { type: "checkbox", checked: !off.has(at), "data-key": `${key}-${at}`, onchange: () => app.store.set({ [key]: toggled(off, at) }) }),
      sign(at), h("span", { class: "grow", title: words[at] }, words[at]), h("span", { class: "count" }, count.toLocaleString("en"))),
    h("button", { type: "button", class: "solo", title: app.t("soloTip"), "aria-label": `${app.t("solo")} ${words[at]}`, "data-key": `${key}-solo-${at}`, onclick: () => solo(at) }, app.t("solo")))));
}

export function lineSample(status: string, factual: boolean): SVGElement {
  const cross = status === "negated" ? s("path", { d: "M10 2l6 6m0-6l-6 6" }) : null;
  return s("svg", { class: `line${factual ? "" : " doubt"}`, viewBox: "0 0 26 10", width: 26, height: 10, "aria-hidden": "true" },
    s("path", { d: "M1 5h24", "stroke-dasharray": dash(status).join(" ") || null }), cross);
}

function chips(app: App, key: OnKey, counts: readonly [number, number][], word: (at: number) => string): HTMLElement {
  const on = app.state[key];
  return h("div", { class: "chips" }, counts.map(([at, count]) =>
    h("button", { type: "button", "aria-pressed": String(on.has(at)), "data-key": `${key}-${at}`, onclick: () => app.store.set({ [key]: toggled(on, at) }) }, word(at), h("small", {}, count))));
}

/** One province of those that occur; the places view offers the same choice as tiles. */
function region(app: App, ready: boolean): Child {
  const { lang, province } = app.state;
  const found = PROVINCES.filter((one) => !ready || app.regions.has(one.code) || one.code === province);
  if (!found.length) return null;
  const select = h("select", { id: "region", "data-key": "region", onchange: () => app.store.set({ province: select.value }) },
    h("option", { value: "", selected: !province }, app.t("allRegions")),
    found.map((one) => h("option", { value: one.code, selected: one.code === province }, one[lang])));
  return h("section", {}, h("h3", {}, h("label", { for: "region" }, app.t("region"))), select);
}
