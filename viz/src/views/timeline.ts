// Time: the histogram with its brush at the foot of the page, and the view that lists what happened.

import type { App } from "../app";
import { dayText } from "../data";
import { h, render, s, type Child } from "../dom";
import { edgesOf, otherEnd, passes } from "../ask";
import { nodeButton, source, statusTag } from "./parts";

const MOST_BARS = 90;
const MOST_DAYS = 120;

interface Scale { first: number; last: number; step: number; bars: number[] }

function scaleOf(app: App): Scale | null {
  const days = app.model.articles.day.filter((day): day is number => day !== null);
  if (!days.length) return null;
  let first = Infinity, last = -Infinity;
  for (const day of days) [first, last] = [Math.min(first, day), Math.max(last, day)];
  const step = Math.max(1, Math.ceil((last - first + 1) / MOST_BARS));
  const bars = new Array<number>(Math.floor((last - first) / step) + 1).fill(0);
  for (const day of days) bars[Math.floor((day - first) / step)]++;
  return { first, last, step, bars };
}

// ── histogram ───────────────────────────────────────────────────────────────────────────────

export function histogram(app: App, host: HTMLElement): void {
  const scale = scaleOf(app);
  document.body.classList.toggle("timeless", !scale || scale.first === scale.last);
  if (!scale || scale.first === scale.last) return;
  const most = scale.bars.reduce((a, b) => Math.max(a, b), 1);
  const chart = s("svg", { viewBox: `0 0 ${scale.bars.length * 10} 40`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const bars = scale.bars.map((count, at) => s("rect", { x: at * 10 + 1, width: 8, y: 40 - (count ? 3 + (35 * count) / most : 0), height: count ? 3 + (35 * count) / most : 0 }, s("title", {}, `${dayText(scale.first + at * scale.step)} · ${count}`)));
  chart.append(...bars);
  const area = h("div", { class: "brush", role: "slider", tabindex: 0, "aria-valuemin": scale.first, "aria-valuemax": scale.last });
  area.append(chart);
  const label = h("span", { class: "range" });
  const play = h("button", { type: "button", class: "play" });
  const clear = h("button", { type: "button", class: "link", onclick: () => app.store.set({ days: null }) });
  render(host, play, area, h("div", { class: "range-box" }, label, clear));
  const draw = () => {
    const [from, to] = app.state.days ?? [scale.first, scale.last];
    bars.forEach((bar, at) => bar.classList.toggle("on", scale.first + (at + 1) * scale.step > from && scale.first + at * scale.step <= to));
    label.textContent = `${dayText(from)} – ${dayText(to)}`;
    clear.textContent = app.t("clearTime");
    clear.classList.toggle("gone", !app.state.days);
    area.setAttribute("aria-label", app.t("timeFilter"));
    area.setAttribute("aria-valuenow", String(from));
    area.setAttribute("aria-valuetext", label.textContent);
  };
  brush(app, scale, area);
  player(app, scale, play);
  app.store.subscribe((_, changed) => (changed.has("days") || changed.has("lang")) && draw());
  draw();
}

function brush(app: App, scale: Scale, area: HTMLElement): void {
  let start: number | null = null, frame = 0, wanted: [number, number] | null = null;
  const at = (event: PointerEvent) => {
    const box = area.getBoundingClientRect();
    const part = Math.max(0, Math.min(0.9999, (event.clientX - box.left) / box.width));
    return Math.floor(part * scale.bars.length);
  };
  const range = (a: number, b: number): [number, number] => [scale.first + Math.min(a, b) * scale.step, Math.min(scale.last, scale.first + (Math.max(a, b) + 1) * scale.step - 1)];
  area.addEventListener("pointerdown", (event) => {
    area.setPointerCapture(event.pointerId);
    start = at(event);
    wanted = range(start, start);
  });
  area.addEventListener("pointermove", (event) => {
    if (start === null) return;
    wanted = range(start, at(event));
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      if (wanted) app.store.set({ days: wanted });
    });
  });
  area.addEventListener("pointerup", () => {
    if (start !== null && wanted) app.store.set({ days: wanted });
    start = null;
  });
  area.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape" && app.state.days) {
      event.stopPropagation();
      app.store.set({ days: null });
    }
    if (!move) return;
    event.preventDefault();
    const [from, to] = app.state.days ?? [scale.first, scale.first + scale.step - 1];
    const by = move * scale.step;
    const shift = event.shiftKey ? 0 : by; // with shift only the end moves
    if (!app.state.days) return app.store.set({ days: [from, to] });
    if (from + shift < scale.first || to + by > scale.last + scale.step || to + by < from + shift) return;
    app.store.set({ days: [from + shift, to + by] });
  });
}

/** Plays a window across the time covered, one bar a beat. */
function player(app: App, scale: Scale, button: HTMLElement): void {
  let timer = 0;
  const label = () => {
    button.textContent = timer ? "❚❚" : "▶";
    button.setAttribute("aria-label", app.t(timer ? "stop" : "play"));
    button.title = app.t(timer ? "stop" : "play");
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    label();
  };
  const beat = () => {
    const [from, to] = app.state.days ?? [scale.first, scale.first + scale.step - 1];
    if (to >= scale.last) return stop();
    app.store.set({ days: [from + scale.step, Math.min(scale.last, to + scale.step)] });
  };
  button.addEventListener("click", () => {
    if (timer) return stop();
    const [from, to] = app.state.days ?? [0, scale.last];
    const span = Math.max(1, Math.ceil(scale.bars.length / 12)) * scale.step;
    if (to >= scale.last) app.store.set({ days: [scale.first, scale.first + (app.state.days ? to - from : span - 1)] });
    timer = window.setInterval(beat, 700);
    label();
  });
  app.store.subscribe((_, changed) => changed.has("lang") && label());
  label();
}

// ── view ────────────────────────────────────────────────────────────────────────────────────

/** What happened, by the day it was reported: articles with the activities they tell of. */
export function timelineView(app: App, host: HTMLElement): void {
  const draw = () => {
    if (app.state.view !== "timeline") return;
    const { model, seen } = app;
    const days = new Map<number, number[]>();
    model.articles.title.forEach((_, article) => {
      if (!articleSeen(app, article)) return;
      const day = model.articles.day[article] ?? -Infinity;
      days.set(day, [...(days.get(day) ?? []), article]);
    });
    const order = [...days].sort((a, b) => b[0] - a[0]);
    void seen;
    render(host, order.length ? h("ol", { class: "days", tabindex: 0, "aria-label": app.t("timeline") }, order.slice(0, MOST_DAYS).map(([day, articles]) => h("li", {},
      h("h2", {}, day === -Infinity ? app.t("noDate") : h("time", { datetime: dayText(day) }, dayText(day)), h("span", { class: "count" }, articles.length)),
      articles.map((article) => entry(app, article))))) : h("div", { class: "empty" }, h("p", {}, app.t("nothing")), h("p", { class: "soft" }, app.t("nothingHint"))));
  };
  app.store.subscribe((_, changed) => {
    if (![...changed].every((key) => key === "sheet" || key === "theme")) draw();
  });
  draw();
}

function articleSeen(app: App, article: number): boolean {
  const { model, state, seen } = app;
  if (!passes(model, state, article)) return false;
  return model.articles.nodes[article].some((node) => seen.node[node]);
}

function entry(app: App, article: number): HTMLElement {
  const { model, seen } = app;
  const acts = model.articles.nodes[article].filter((node) => app.typeOf(node).key === "ACT" && seen.node[node]).sort((a, b) => model.degree[b] - model.degree[a] || a - b);
  return h("article", { class: "entry" },
    h("h3", {}, h("button", { type: "button", class: "link", onclick: () => app.read(article) }, model.articles.title[article])),
    h("p", { class: "soft" }, source(app, article)),
    h("ul", { class: "acts-list" }, acts.map((node) => h("li", {}, nodeButton(app, node), around(app, node)))));
}

/** Who, when and where, in small print beside an activity. */
function around(app: App, node: number): Child {
  const { model, seen } = app;
  const wanted = ["organizes", "held_on", "held_at"];
  const found: Child[] = [];
  for (const edge of edgesOf(model, node, seen.edge)) {
    const key = model.relations[model.relation[edge]].key;
    const ours = key === "organizes" ? model.tail[edge] === node : model.head[edge] === node;
    if (ours && wanted.includes(key)) found.push(h("span", {}, model.name[otherEnd(model, edge, node)], statusTag(app, model.status[edge])));
  }
  return found.length ? h("p", { class: "soft around" }, found) : null;
}
