// Pieces that several views use: the type's badge, a node's button, evidence with both ends marked.

import type { App } from "../app";
import { dayText } from "../data";
import { copy, h, type Child } from "../dom";
import { cite } from "../cite";

export function badge(app: App, node: number, big = false): HTMLElement {
  return typeBadge(app, app.model.type[node], big, !app.model.factual[node]);
}

export function typeBadge(app: App, type: number, big = false, doubt = false): HTMLElement {
  const word = app.model.types[type];
  return h("span", { class: `badge t-${word.key}${big ? " big" : ""}${doubt ? " doubt" : ""}`, "aria-hidden": "true" }, word.glyph);
}

export function nodeButton(app: App, node: number, key = ""): HTMLElement {
  return h("button", { class: "node", type: "button", "data-key": key || null, title: app.model.name[node], onclick: () => app.visit(node) }, badge(app, node), h("span", {}, app.model.name[node]));
}

export function statusTag(app: App, status: number): Child {
  const word = app.model.statuses[status];
  if (word.key === "asserted") return null;
  return h("span", { class: `status s-${word.key}`, title: word.factual ? null : app.t("notFact") }, app.word(word));
}

/** “Copy …”: says that it did. */
export function copyButton(app: App, label: string, text: () => string, tip = ""): HTMLElement {
  const button = h("button", { type: "button", class: "link", title: tip || null }, label);
  button.addEventListener("click", () => {
    void copy(text()).then(() => {
      button.textContent = app.t("copied");
      app.say(app.t("copied"));
      setTimeout(() => (button.textContent = label), 1600);
    });
  });
  return button;
}

export function source(app: App, article: number): string {
  const { outlet, day, number, section } = app.model.articles;
  const page = number[article] ? app.t("pageNo", number[article]) : "";
  return [outlet[article] || app.t("outletUnknown"), dayText(day[article]), [page, section[article]].filter(Boolean).join(" ")].filter(Boolean).join(" · ");
}

/** Where a node is mentioned within a stretch of an article, sorted. */
function mentionsWithin(app: App, article: number, node: number, from: number, to: number): [number, number][] {
  const flat = app.texts?.mentions[article] ?? [];
  const out: [number, number][] = [];
  for (let at = 0; at < flat.length; at += 4) {
    if (flat[at] === node && flat[at + 1] >= from && flat[at + 2] <= to) out.push([flat[at + 1], flat[at + 2]]);
  }
  return out;
}

/** A passage with its ends marked: the head in one colour, the tail in another. */
export function passage(app: App, article: number, from: number, to: number, head: number, tail: number): Child[] {
  const text = app.texts?.text[article];
  if (text === undefined) return ["…"];
  const marks = [
    ...mentionsWithin(app, article, head, from, to).map(([a, b]) => ({ a, b, end: "head" })),
    ...(tail < 0 ? [] : mentionsWithin(app, article, tail, from, to).map(([a, b]) => ({ a, b, end: "tail" }))),
  ].sort((p, q) => p.a - q.a || q.b - p.b);
  const build = (start: number, stop: number, rest: typeof marks): Child[] => {
    const out: Child[] = [];
    let at = start;
    while (rest.length) {
      const mark = rest.shift() as (typeof marks)[number];
      if (mark.a < at || mark.b > stop) continue;
      const inner = rest.filter((other) => other.a >= mark.a && other.b <= mark.b);
      rest = rest.filter((other) => !inner.includes(other));
      out.push(text.slice(at, mark.a), h("mark", { class: `end-${mark.end}` }, build(mark.a, mark.b, inner)));
      at = mark.b;
    }
    out.push(text.slice(at, stop));
    return out;
  };
  return build(from, to, marks);
}

/** One quoted passage of a claim (or outcome), where it is from, and what one can do with it. */
export function quote(app: App, article: number, spans: readonly number[], head: number, tail: number, claim: number): HTMLElement {
  const { model } = app;
  const paragraphs: HTMLElement[] = [];
  for (let at = 0; at < spans.length; at += 2) paragraphs.push(h("p", {}, passage(app, article, spans[at], spans[at + 1], head, tail)));
  const said = claim < 0 ? null : h("p", { class: "why" }, why(app, claim));
  const origin = model.articles.origin[article];
  return h("blockquote", {}, paragraphs,
    h("footer", {},
      h("cite", {}, `《${model.articles.title[article]}》`), h("span", {}, source(app, article)),
      origin === article ? null : h("p", { class: "why" }, app.t("reprintOf", [model.articles.title[origin], source(app, origin)].filter(Boolean).join("，"))),
      said,
      h("div", { class: "acts" },
        h("button", { type: "button", class: "link", onclick: () => app.read(article, claim) }, app.t("open")),
        copyButton(app, app.t("cite"), () => cite(model, article)),
        copyButton(app, app.t("link"), () => app.store.address()),
        claim < 0 ? null : copyButton(app, app.t("correct"), () => correctionLine(app, claim), app.t("correctTip")))));
}

/** Why a claim is here: the rule that read it, its status, what else it says. */
function why(app: App, claim: number): string {
  const { model } = app;
  const status = model.statuses[model.status[edgeOf(model.claimStart, claim)]];
  const found = Object.entries(model.claims.attribute[claim] ?? {});
  return [
    `${app.t("why")}：${app.t("rule")} ${model.rules[model.claims.rule[claim]] || "–"}`, app.word(status),
    ...found.map(([key, value]) => `${app.attribute(key)} ${value}`),
  ].join(" · ");
}

/** The edge that a claim belongs to: the last that starts at or before it. */
function edgeOf(starts: Uint32Array, claim: number): number {
  let low = 0, high = starts.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle] <= claim) low = middle;
    else high = middle;
  }
  return low;
}

const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A row of corrections.csv (action, article, quote, target, value, who, when, why) that rejects the claim. */
function correctionLine(app: App, claim: number): string {
  const { model } = app;
  const article = model.claims.article[claim];
  const [from, to] = model.claims.evidence[claim];
  const said = app.texts?.text[article].slice(from, to) ?? "";
  return ["reject", model.articles.id[article], said, model.claims.id[claim], "", "", "", ""].map(field).join(",");
}
