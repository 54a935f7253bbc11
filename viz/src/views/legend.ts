// The left panel: what is what, and what is shown.

import type { App } from "../app";
import { h, render, s } from "../dom";
import { dash } from "../graph/theme";
import { toggled, type State } from "../store";
import { typeBadge } from "./parts";

type SetKey = "offTypes" | "offRelations" | "offStatuses";

export function legend(app: App, host: HTMLElement): void {
  const { model } = app;
  const types = tally(model.types.length, model.type);
  const relations = tally(model.relations.length, model.relation);
  const statuses = tally(model.statuses.length, model.status.subarray(0, model.claimEdges));
  const topics = topicCounts(app);
  const draw = () => render(host,
    h("div", { class: "panel-head" }, h("h2", {}, app.t("filters")),
      h("button", { type: "button", class: "link", "data-key": "reset", hidden: !filtered(app), onclick: () => app.store.set(app.cleared()) }, app.t("reset")),
      h("button", { type: "button", class: "close", "aria-label": app.t("close"), onclick: () => app.store.set({ sheet: "" }) }, "×")),
    group(app, "types", "offTypes", types, model.types.map((word) => app.word(word)), (at) => typeBadge(app, at)),
    group(app, "relations", "offRelations", relations, model.relations.map((word) => app.word(word)), () => null),
    group(app, "statuses", "offStatuses", statuses, model.statuses.map((word) => app.word(word)), (at) => lineSample(model.statuses[at].key, model.statuses[at].factual)),
    topics.length ? topicChips(app, topics) : null);
  draw();
  app.store.subscribe((_, changed) => {
    const keys: (keyof State)[] = ["lang", "offTypes", "offRelations", "offStatuses", "topics", "days", "province"];
    if (keys.some((key) => changed.has(key))) draw();
  });
}

function filtered(app: App): boolean {
  const { state } = app;
  const plain = app.cleared();
  const same = [...state.offTypes].join() === [...(plain.offTypes ?? [])].join();
  return !same || state.offRelations.size + state.offStatuses.size + state.topics.size > 0 || state.days !== null || state.province !== "";
}

function tally(length: number, column: Uint8Array): number[] {
  const counts = new Array<number>(length).fill(0);
  for (const value of column) counts[value]++;
  return counts;
}

function topicCounts(app: App): [number, number][] {
  const counts = new Array<number>(app.model.topics.length).fill(0);
  for (const list of Object.values(app.model.nodes.topic)) for (const topic of list) counts[topic]++;
  return counts.map((count, topic): [number, number] => [topic, count]).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

function group(app: App, title: "types" | "relations" | "statuses", key: SetKey, counts: number[], words: string[], sign: (at: number) => Element | null): HTMLElement {
  const off = app.state[key];
  const shown = counts.map((count, at) => ({ count, at })).filter(({ count }) => count);
  const solo = (at: number) => {
    const others = shown.map((one) => one.at).filter((other) => other !== at);
    const alone = !off.has(at) && others.every((other) => off.has(other));
    app.store.set({ [key]: alone ? (app.cleared()[key] as ReadonlySet<number>) : new Set(others) });
  };
  const rows = shown.map(({ count, at }) => h("li", {},
    h("label", { class: off.has(at) ? "off" : "" },
      h("input", { type: "checkbox", checked: !off.has(at), "data-key": `${key}-${at}`, onchange: () => app.store.set({ [key]: toggled(off, at) }) }),
      sign(at), h("span", { class: "grow" }, words[at]), h("span", { class: "count" }, count.toLocaleString("en"))),
    h("button", { type: "button", class: "solo", title: app.t("soloTip"), "aria-label": `${app.t("solo")} ${words[at]}`, "data-key": `${key}-solo-${at}`, onclick: () => solo(at) }, app.t("solo"))));
  return h("section", {}, h("h3", {}, app.t(title)), h("ul", { class: "legend" }, rows));
}

export function lineSample(status: string, factual: boolean): SVGElement {
  const cross = status === "negated" ? s("path", { d: "M10 2l6 6m0-6l-6 6" }) : null;
  return s("svg", { class: `line${factual ? "" : " doubt"}`, viewBox: "0 0 26 10", width: 26, height: 10, "aria-hidden": "true" },
    s("path", { d: "M1 5h24", "stroke-dasharray": dash(status).join(" ") || null }), cross);
}

function topicChips(app: App, topics: [number, number][]): HTMLElement {
  return h("section", {}, h("h3", {}, app.t("topics")),
    h("div", { class: "chips" }, topics.map(([topic, count]) => {
      const on = app.state.topics.has(topic);
      return h("button", { type: "button", "aria-pressed": String(on), "data-key": `topic-${topic}`, onclick: () => app.store.set({ topics: toggled(app.state.topics, topic) }) }, app.word(app.model.topics[topic]), h("small", {}, count));
    })));
}
