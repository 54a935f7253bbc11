// An article as it was printed, every mention highlighted by type, opened at the place asked for.

import type { App } from "../app";
import { h, render, type Child } from "../dom";
import { roleName } from "../i18n";
import { cite } from "../cite";
import { copyButton, source, typeBadge } from "./parts";

interface Mark { node: number; from: number; to: number; nominal: boolean }

export function articleView(app: App, host: HTMLElement): void {
  const draw = () => {
    if (app.state.view !== "article") return;
    const { model } = app;
    if (!model.articles.title.length) return render(host, h("p", { class: "empty" }, app.t("noArticle")));
    const article = Math.max(0, app.state.article);
    render(host, h("div", { class: "reading" }, list(app, article), sheet(app, article)));
    host.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
    const target = host.querySelector(".evidence") ?? null;
    if (target) target.scrollIntoView({ block: "center" });
    else host.querySelector(".sheet-paper")?.scrollTo(0, 0);
    void app.withTexts(draw);
  };
  app.store.subscribe((_, changed) => {
    if ((["view", "article", "claim", "lang", "offTypes"] as const).some((key) => changed.has(key))) draw();
    if (changed.has("node")) markSelected(app, host);
  });
  draw();
}

function list(app: App, current: number): HTMLElement {
  const { articles } = app.model;
  const step = 200; // around the current one: a year of pages would be too long a list
  const from = Math.max(0, current - step);
  return h("nav", { class: "articles", "aria-label": app.t("articlesHere") }, articles.title.slice(from, current + step).map((title, at) => {
    const article = from + at;
    return h("button", { type: "button", "data-key": `article-${article}`, "aria-current": article === current ? "true" : null, onclick: () => app.read(article) }, h("b", {}, title), h("small", {}, source(app, article)));
  }));
}

function sheet(app: App, article: number): HTMLElement {
  const { model, state } = app;
  const text = app.texts?.text[article];
  const byline = model.articles.byline[article].map(([role, name]) => `${roleName(state.lang, role)} ${name}`).join(" · ");
  return h("article", { class: "sheet-paper", tabindex: 0, "aria-label": model.articles.title[article] },
    h("header", {}, h("p", { class: "soft" }, source(app, article)), h("h2", {}, highlighted(app, article, true)),
      byline ? h("p", { class: "soft" }, byline) : null,
      h("p", { class: "acts" }, copyButton(app, app.t("cite"), () => cite(model, article)), copyButton(app, app.t("link"), () => app.store.address())),
      types(app, article)),
    h("div", { class: "text", lang: "zh" }, text === undefined ? "…" : highlighted(app, article, false)));
}

/** Which types the colours stand for, only those in this article. */
function types(app: App, article: number): HTMLElement {
  const found = [...new Set(app.model.articles.nodes[article].map((node) => app.model.type[node]))].sort((a, b) => a - b);
  return h("p", { class: "key" }, found.map((type) => h("span", {}, typeBadge(app, type), app.word(app.model.types[type]))), h("span", { class: "soft" }, app.t("mentionsTip")));
}

function marksOf(app: App, article: number): Mark[] {
  const flat = app.texts?.mentions[article] ?? [];
  const out: Mark[] = [];
  for (let at = 0; at < flat.length; at += 4) {
    if (!app.state.offTypes.has(app.model.type[flat[at]])) out.push({ node: flat[at], from: flat[at + 1], to: flat[at + 2], nominal: flat[at + 3] === 1 });
  }
  return out;
}

function highlighted(app: App, article: number, heading: boolean): Child[] {
  const { model, state } = app;
  const text = app.texts?.text[article];
  if (text === undefined) return heading ? [model.articles.title[article]] : [];
  // the text begins with the title, which stands above as the heading
  const title = text.startsWith(model.articles.title[article]) ? model.articles.title[article].length : 0;
  if (heading && !title) return [model.articles.title[article]];
  const [from, to] = heading ? [0, title] : [title, text.length];
  const marks = marksOf(app, article).filter((mark) => mark.from >= from && mark.to <= to);
  const spans = state.claim >= 0 && model.claims.article[state.claim] === article ? model.claims.evidence[state.claim] : [];
  const out: Child[] = [];
  let at = from;
  for (let edge = 0; edge < spans.length; edge += 2) {
    const a = Math.max(at, spans[edge]), b = Math.min(to, spans[edge + 1]);
    if (a >= b) continue;
    out.push(...run(app, text, at, a, marks), h("span", { class: "evidence" }, run(app, text, a, b, marks)));
    at = b;
  }
  out.push(...run(app, text, at, to, marks));
  return heading ? out : paragraphs(out);
}

/** Text from one place to another with the marks that lie wholly within, nested as they nest. */
function run(app: App, text: string, from: number, to: number, marks: readonly Mark[]): Child[] {
  const out: Child[] = [];
  let at = from;
  for (let next = 0; next < marks.length; next++) {
    const mark = marks[next];
    if (mark.from < at || mark.to > to || mark.from >= to) continue;
    const inner = marks.filter((other) => other !== mark && other.from >= mark.from && other.to <= mark.to && marks.indexOf(other) > next);
    out.push(text.slice(at, mark.from), highlight(app, mark, run(app, text, mark.from, mark.to, inner)));
    at = mark.to;
  }
  out.push(text.slice(at, to));
  return out;
}

function highlight(app: App, mark: Mark, inside: Child[]): HTMLElement {
  const { model } = app;
  const act = (event: Event) => {
    event.stopPropagation();
    app.store.set({ node: mark.node, edge: -1, path: null, sheet: "card" });
  };
  const tip = `${app.word(app.typeOf(mark.node))} · ${model.name[mark.node]}${mark.nominal ? ` · ${app.t("nominal")}` : ""}`;
  return h("mark", {
    class: `m t-${app.typeOf(mark.node).key}${mark.nominal ? " nominal" : ""}${app.state.node === mark.node ? " on" : ""}`,
    "data-node": mark.node, title: tip, tabindex: 0, role: "button", "aria-label": tip, onclick: act,
    onkeydown: (event: KeyboardEvent) => (event.key === "Enter" || event.key === " ") && (event.preventDefault(), act(event)),
  }, inside);
}

/** Line breaks of the article become paragraphs, wherever they fall. */
function paragraphs(parts: Child[]): HTMLElement[] {
  const out: HTMLElement[] = [h("p")];
  for (const part of parts) {
    if (typeof part !== "string") {
      if (part instanceof Node) out[out.length - 1].append(part);
      continue;
    }
    part.split(/\n+/).forEach((piece, at) => {
      if (at) out.push(h("p"));
      if (piece) out[out.length - 1].append(piece);
    });
  }
  return out.filter((paragraph) => paragraph.childNodes.length);
}

function markSelected(app: App, host: HTMLElement): void {
  for (const mark of host.querySelectorAll<HTMLElement>("mark.m")) mark.classList.toggle("on", Number(mark.dataset.node) === app.state.node);
}
