// The header, the switching of views, the small controls on the picture, and the keyboard.

import type { App } from "../app";
import { byId, copy, download, h, render, s, type Child } from "../dom";
import { csv, edgeTable, graphml, nodeTable, seenEdges, seenNodes } from "../export";
import { toSvg } from "../graph/svg";
import { VIEWS, type View } from "../store";
import { turtle } from "../turtle";
import { searchBox } from "./search_box";

export function frame(app: App): void {
  header(app);
  controls(app);
  tooltip(app);
  keyboard(app);
  const show = () => {
    const { state } = app;
    for (const view of VIEWS) byId(view).hidden = state.view !== view;
    document.body.dataset.view = state.view;
    document.body.dataset.sheet = state.sheet;
    document.documentElement.lang = state.lang === "zh" ? "zh-Hans" : "en";
    byId("graph").setAttribute("aria-label", app.t("graphLabel"));
    byId("legend").setAttribute("aria-label", app.t("filters"));
    byId("card").setAttribute("aria-label", app.t("details"));
    byId("time").setAttribute("aria-label", app.t("timeline"));
  };
  show();
  app.store.subscribe((_, changed) => {
    show();
    if ([...changed].some((key) => key !== "sheet")) app.graph.draw();
    if (changed.has("view") && app.state.view === "graph") app.graph.resize();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    app.applyTheme();
    app.graph.draw();
  });
}

// ── header ──────────────────────────────────────────────────────────────────────────────────

function header(app: App): void {
  const host = byId("bar");
  const search = searchBox(app);
  const views = h("nav", { class: "switch views" });
  const tools = h("div", { class: "tools" });
  host.append(h("h1", { title: app.model.title }, app.model.title), search.element, views, tools);
  const draw = () => {
    views.setAttribute("aria-label", app.t("views"));
    render(views, VIEWS.map((view) => h("button", { type: "button", "data-key": `view-${view}`, "aria-pressed": String(app.state.view === view), onclick: () => open(app, view) }, app.t(view))));
    render(tools, exportMenu(app),
      h("button", { type: "button", "data-key": "language", lang: app.state.lang === "zh" ? "en" : "zh", "aria-label": `${app.state.lang === "zh" ? "EN" : "中"} – ${app.t("language")}`, onclick: () => app.store.set({ lang: app.state.lang === "zh" ? "en" : "zh" }) }, app.state.lang === "zh" ? "EN" : "中"),
      h("button", { type: "button", "data-key": "theme", title: app.t("theme"), "aria-label": app.t("theme"), onclick: () => app.store.set({ theme: app.dark() ? "light" : "dark" }) }, app.dark() ? "☀" : "☾"),
      h("button", { type: "button", "data-key": "help", title: app.t("help"), "aria-label": app.t("help"), onclick: () => help(app) }, "?"));
    render(byId("sheets"),
      h("button", { type: "button", "data-key": "sheet-legend", "aria-pressed": String(app.state.sheet === "legend"), onclick: () => sheet(app, "legend") }, app.t("filters")),
      h("button", { type: "button", "data-key": "sheet-card", "aria-pressed": String(app.state.sheet === "card"), onclick: () => sheet(app, "card") }, app.t("details")));
    search.relabel();
  };
  draw();
  app.store.subscribe((_, changed) => (["lang", "theme", "view", "sheet"] as const).some((key) => changed.has(key)) && draw());
}

export function open(app: App, view: View): void {
  const article = view === "article" && app.state.article < 0 ? articleFor(app) : app.state.article;
  app.store.set({ view, article, sheet: "" });
}

/** The article to open on: one that tells of what is selected, else the first. */
function articleFor(app: App): number {
  const { node } = app.state;
  return (node >= 0 ? app.model.articlesOf(node)[0] : undefined) ?? 0;
}

function sheet(app: App, which: "legend" | "card"): void {
  app.store.set({ sheet: app.state.sheet === which ? "" : which });
}

function exportMenu(app: App): HTMLElement {
  const item = (label: string, act: () => void | Promise<void>) => h("button", { type: "button", role: "menuitem", onclick: () => { menu.open = false; void act(); } }, label);
  const save = (name: string, type: string, make: () => string) => async () => {
    await app.withTexts(() => undefined);
    download(name, new Blob([make()], { type: `${type};charset=utf-8` }));
  };
  const menu = h("details", { class: "menu" }, h("summary", { "data-key": "export" }, app.t("export")),
    h("div", { role: "menu" },
      item(app.t("png"), () => picture()),
      item(app.t("svg"), save("graph.svg", "image/svg+xml", () => toSvg(app.model, app.graph.scene, app.colours, app.model.title))),
      item(app.t("turtle"), save("graph.ttl", "text/turtle", () => turtle(app))),
      item(app.t("graphml"), save("graph.graphml", "application/xml", () => graphml(app))),
      item(app.t("csvEdges"), save("relations.csv", "text/csv", () => csv(edgeTable(app, seenEdges(app))))),
      item(app.t("csvNodes"), save("nodes.csv", "text/csv", () => csv(nodeTable(app, seenNodes(app))))),
      item(app.t("share"), async () => {
        await copy(app.store.address());
        app.toast(app.t("copied"));
      })));
  menu.addEventListener("focusout", (event) => {
    if (!menu.contains(event.relatedTarget as Node | null)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  return menu;
}

function picture(): Promise<void> {
  return new Promise((done) => {
    byId("graph").querySelector("canvas")?.toBlob((blob) => {
      if (blob) download("graph.png", blob);
      done();
    });
  });
}

// ── on the picture ──────────────────────────────────────────────────────────────────────────

function controls(app: App): void {
  const status = h("div", { class: "status-line", "aria-live": "polite" });
  const zoom = h("div", { class: "zoom", role: "group" });
  byId("graph").append(status, zoom);
  const draw = () => {
    const { seen, state, t } = app;
    const text = `${seen.nodes.toLocaleString("en")} ${t("allNodes")} · ${seen.edges.toLocaleString("en")} ${t("allEdges")}`;
    render(status,
      state.only.length ? h("button", { type: "button", "data-key": "back", onclick: () => app.leaveOnly() }, `← ${t("back")}`) : null,
      app.model.served?.asked ? h("button", { type: "button", "data-key": "to-overview", onclick: () => app.ask({}) }, `← ${t("overview")}`) : null,
      h("span", {}, text),
      state.pathFrom >= 0 ? h("span", { class: "hint" }, t("pickOther")) : null,
      seen.nodes ? null : h("div", { class: "empty over" }, h("p", {}, t("nothing")), h("p", { class: "soft" }, t("nothingHint")), h("button", { type: "button", onclick: () => app.store.set(app.cleared()) }, t("reset"))));
    const button = (key: string, sign: Child, label: string, act: () => void): Child => h("button", { type: "button", "data-key": key, title: label, "aria-label": label, onclick: act }, sign);
    render(zoom, button("in", "+", t("zoomIn"), () => app.graph.zoom(1.35)), button("out", "−", t("zoomOut"), () => app.graph.zoom(0.74)), button("fit", s("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, s("path", { d: "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4", fill: "none", stroke: "currentColor", "stroke-width": 1.6 })), t("fit"), () => app.graph.fit()));
  };
  draw();
  app.store.subscribe(draw);
}

function tooltip(app: App): void {
  const tip = byId("tip");
  app.graph.onHover = (node, x, y, bubble) => {
    tip.hidden = node < 0 && !bubble;
    if (bubble) tip.textContent = `${bubble.name}　${bubble.count} ${app.t("allNodes")}`;
    else if (node >= 0) tip.textContent = `${app.model.name[node]}　${app.word(app.typeOf(node))} · ${app.model.degree[node]} ${app.t("allEdges")}`;
    else return;
    const { width } = app.graph.camera;
    tip.style.left = `${Math.max(8, Math.min(x + 14, width - tip.offsetWidth - 8))}px`;
    tip.style.top = `${y + 18}px`;
  };
}

// ── keyboard ────────────────────────────────────────────────────────────────────────────────

function keyboard(app: App): void {
  addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.ctrlKey || event.metaKey || event.altKey || byId<HTMLDialogElement>("help").open) return;
    if (event.key === "Escape") return escape(app);
    if (target.closest("input, textarea, select")) return;
    const { node } = app.state;
    const acts: Record<string, () => void> = {
      "/": () => document.querySelector<HTMLInputElement>("#search")?.focus(),
      "+": () => app.graph.zoom(1.35), "=": () => app.graph.zoom(1.35), "-": () => app.graph.zoom(0.74), "0": () => app.graph.fit(),
      "?": () => help(app),
      g: () => open(app, "graph"), t: () => open(app, "table"), a: () => open(app, "article"), l: () => open(app, "timeline"), m: () => open(app, "places"),
    };
    for (const hops of [1, 2, 3]) acts[hops] = () => node >= 0 && app.store.set({ hops });
    if (node >= 0) Object.assign(acts, { e: () => app.expand(node), o: () => app.only(node), p: () => app.store.set({ pathFrom: node }) });
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function escape(app: App): void {
  const { state } = app;
  if (state.pathFrom >= 0) app.store.set({ pathFrom: -1 });
  else if (state.sheet && matchMedia("(max-width: 900px)").matches) app.store.set({ sheet: "" });
  else if (state.node >= 0 || state.edge >= 0 || state.path) app.clear();
  else if (state.only.length) app.leaveOnly();
}

function help(app: App): void {
  const dialog = byId<HTMLDialogElement>("help");
  const { t } = app;
  const rows: [string, string][] = [["/", t("key1")], ["+  −  0", t("key2")], ["← ↑ → ↓", t("key3")], ["1  2  3", t("key4")], ["E  O  P", t("key5")], ["G  T  A  L  M", t("key7")], ["Esc", t("key6")]];
  render(dialog, h("h2", { id: "help-title" }, t("keys")), h("dl", {}, rows.flatMap(([key, text]) => [h("dt", {}, h("kbd", {}, key)), h("dd", {}, text)])),
    h("form", { method: "dialog" }, h("button", { type: "button", onclick: () => dialog.close() }, t("close"))));
  dialog.setAttribute("aria-labelledby", "help-title");
  dialog.showModal();
}
