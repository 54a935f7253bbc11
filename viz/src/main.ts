// Unpacks the data, builds the page, keeps it in step with the state.

import { App } from "./app";
import { loadModel } from "./data";
import { byId } from "./dom";
import { GraphView } from "./graph/view";
import { decode, Store } from "./store";
import { articleView } from "./views/article";
import { card } from "./views/card";
import { frame } from "./views/frame";
import { legend } from "./views/legend";
import { placesView } from "./views/places";
import { tableView } from "./views/table";
import { histogram, timelineView } from "./views/timeline";

async function main(): Promise<void> {
  const model = await loadModel();
  byId("loading").remove();
  document.title = model.title;
  const store = new Store(model, decode(model, location.hash.slice(1)));
  const app = new App(model, store);
  app.applyTheme();
  histogram(app, byId("time"));
  legend(app, byId("legend"));
  app.graph = new GraphView(app, byId("graph"));
  frame(app);
  app.graph.resize();
  const { state } = store;
  if (state.node >= 0 || state.edge >= 0 || state.path) app.graph.fit(false, state.only.length ? undefined : app.around());
  // the picture first: what stands beside it may come a frame later
  await new Promise((done) => requestAnimationFrame(done));
  card(app, byId("card"));
  tableView(app, byId("table"));
  articleView(app, byId("article"));
  timelineView(app, byId("timeline"));
  placesView(app, byId("places"));
  addEventListener("hashchange", () => {
    const next = decode(model, location.hash.slice(1));
    store.set(next);
  });
  // a handle for scripts: where a node stands, what is drawn
  Object.assign(window, { explorer: app });
  setTimeout(() => app.search.prepare(), 900);
  requestAnimationFrame(() => requestAnimationFrame(() => document.documentElement.setAttribute("data-ready", "")));
}

main().catch((error: unknown) => {
  const note = document.createElement("p");
  note.className = "broken";
  note.textContent = `此浏览器无法打开本页（需要 2023 年以后的浏览器）。 This browser cannot open the page. ${String(error)}`;
  document.body.replaceChildren(note);
});
