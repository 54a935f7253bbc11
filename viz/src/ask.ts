// Questions about the graph: who is around, what lies between, what remains when filtered.

import type { Model } from "./data";
import type { State } from "./store";

/** More than this many neighbours are not opened at once. */
export const GUARD = 400;

export interface Seen {
  node: Uint8Array; edge: Uint8Array; nodes: number; edges: number; entities: number;
  focus: Set<number> | null; hot: Set<number>; steps: number[] | null;
}

export function otherEnd(model: Model, edge: number, node: number): number {
  return model.head[edge] === node ? model.tail[edge] : model.head[edge];
}

export function* edgesOf(model: Model, node: number, seen?: Uint8Array): Generator<number> {
  for (let at = model.offset[node]; at < model.offset[node + 1]; at++) {
    const edge = model.around[at];
    if (!seen || seen[edge]) yield edge;
  }
}

/** Everything within some steps of the roots, nearest first, along edges that are seen. */
export function ball(model: Model, roots: readonly number[], hops: number, seen: Uint8Array, most = Infinity): Set<number> {
  const found = new Set(roots);
  let rim = [...roots];
  for (let step = 0; step < hops && rim.length; step++) {
    const next: number[] = [];
    for (const node of rim) {
      for (const edge of edgesOf(model, node, seen)) {
        const other = otherEnd(model, edge, node);
        if (found.has(other)) continue;
        if (found.size >= most) return found;
        found.add(other);
        next.push(other);
      }
    }
    rim = next;
  }
  return found;
}

/** The shortest chain of edges between two nodes, facts only, or null. */
export function path(model: Model, from: number, to: number, seen: Uint8Array): number[] | null {
  const came = new Map<number, number>([[from, -1]]);
  let rim = [from];
  while (rim.length && !came.has(to)) {
    const next: number[] = [];
    for (const node of rim) {
      for (const edge of edgesOf(model, node, seen)) {
        if (!model.statuses[model.status[edge]].factual) continue;
        const other = otherEnd(model, edge, node);
        if (came.has(other)) continue;
        came.set(other, edge);
        next.push(other);
      }
    }
    rim = next;
  }
  if (!came.has(to)) return null;
  const edges: number[] = [];
  for (let node = to; node !== from; ) {
    const edge = came.get(node) as number;
    edges.unshift(edge);
    node = otherEnd(model, edge, node);
  }
  return edges;
}

/** Whether an article is of the chosen days and sources. */
export function passes(model: Model, state: State, article: number): boolean {
  if (state.outlets.size && !state.outlets.has(model.outlet[article])) return false;
  const day = model.articles.day[article];
  return !state.days || (day !== null && day >= state.days[0] && day <= state.days[1]);
}

function edgePasses(model: Model, state: State, edge: number): boolean {
  if (state.offRelations.has(model.relation[edge]) || state.offStatuses.has(model.status[edge])) return false;
  if (state.offTypes.has(model.type[model.head[edge]]) || state.offTypes.has(model.type[model.tail[edge]])) return false;
  if (!state.days && !state.outlets.size) return true;
  if (edge >= model.claimEdges) return passes(model, state, model.head[edge] - model.entityCount);
  for (let claim = model.claimStart[edge]; claim < model.claimStart[edge + 1]; claim++) {
    if (passes(model, state, model.claims.article[claim])) return true;
  }
  return false;
}

/** Activities on the chosen topics and of the chosen kinds and whatever is linked to them; everything when none is chosen. */
function onTopic(model: Model, state: State, edge: Uint8Array): Set<number> | null {
  const { topics, kinds } = state;
  if (!topics.size && !kinds.size) return null;
  const { topic, kind } = model.nodes;
  const roots = Object.keys(topics.size ? topic : kind).map(Number)
    .filter((node) => (!topics.size || topic[node].some((one) => topics.has(one))) && (!kinds.size || kinds.has(kind[node])));
  const kept = new Set(roots);
  for (const node of roots) for (const at of edgesOf(model, node, edge)) kept.add(otherEnd(model, at, node));
  return kept;
}

function inTime(model: Model, state: State): Uint8Array | null {
  if (!state.days && !state.outlets.size) return null;
  const kept = new Uint8Array(model.nodeCount);
  model.articles.nodes.forEach((list, article) => {
    if (!passes(model, state, article)) return;
    kept[model.entityCount + article] = 1;
    for (const node of list) kept[node] = 1;
  });
  return kept;
}

/** What the filters leave, and what is in focus within it. */
export function look(model: Model, state: State, provinceOf: (node: number) => string): Seen {
  const node = new Uint8Array(model.nodeCount);
  const edge = new Uint8Array(model.edgeCount);
  for (let at = 0; at < model.edgeCount; at++) edge[at] = edgePasses(model, state, at) ? 1 : 0;
  const time = inTime(model, state);
  const topic = onTopic(model, state, edge);
  const narrowed = state.offRelations.size + state.offStatuses.size > 0;
  for (let at = 0; at < model.nodeCount; at++) {
    let kept = !state.offTypes.has(model.type[at]) && (!time || time[at]) && (!topic || topic.has(at));
    if (kept && state.province) kept = provinceOf(at) === state.province;
    if (kept && narrowed && model.degree[at]) kept = !edgesOf(model, at, edge).next().done;
    node[at] = kept ? 1 : 0;
  }
  for (const kept of [state.node, ...(state.path ?? [])]) if (kept >= 0) node[kept] = 1;
  if (state.edge >= 0) {
    edge[state.edge] = 1;
    node[model.head[state.edge]] = node[model.tail[state.edge]] = 1;
  }
  narrow(model, state, node, edge);
  return { node, edge, ...count(model, node, edge), ...focus(model, state, edge) };
}

/** Applies “only this” and drops the edges that lost an end. */
function narrow(model: Model, state: State, node: Uint8Array, edge: Uint8Array): void {
  const drop = () => {
    for (let at = 0; at < model.edgeCount; at++) if (edge[at] && !(node[model.head[at]] && node[model.tail[at]])) edge[at] = 0;
  };
  drop();
  if (!state.only.length) return;
  const kept = ball(model, state.only, state.hops, edge, GUARD);
  for (let at = 0; at < model.nodeCount; at++) if (!kept.has(at)) node[at] = 0;
  drop();
}

function count(model: Model, node: Uint8Array, edge: Uint8Array) {
  let nodes = 0, entities = 0, edges = 0;
  for (let at = 0; at < node.length; at++) {
    nodes += node[at];
    if (at < model.entityCount) entities += node[at];
  }
  for (let at = 0; at < model.claimEdges; at++) edges += edge[at];
  return { nodes, entities, edges };
}

function focus(model: Model, state: State, edge: Uint8Array): Pick<Seen, "focus" | "hot" | "steps"> {
  if (state.path) {
    const steps = path(model, state.path[0], state.path[1], edge);
    const nodes = new Set<number>([...state.path, ...common(model, state.path[0], state.path[1], edge)]);
    for (const at of steps ?? []) nodes.add(model.head[at]).add(model.tail[at]);
    return { focus: nodes, hot: new Set(steps ?? []), steps: steps ?? [] };
  }
  if (state.edge >= 0) {
    return { focus: new Set([model.head[state.edge], model.tail[state.edge]]), hot: new Set([state.edge]), steps: null };
  }
  if (state.node < 0) return { focus: null, hot: new Set(), steps: null };
  const nodes = ball(model, [state.node], state.hops, edge, 2000);
  const hot = new Set<number>();
  for (const node of nodes) {
    for (const at of edgesOf(model, node, edge)) {
      const touches = model.head[at] === state.node || model.tail[at] === state.node;
      if (touches || (state.hops > 1 && nodes.has(otherEnd(model, at, node)))) hot.add(at);
    }
  }
  return { focus: nodes, hot, steps: null };
}

export function common(model: Model, one: number, two: number, edge: Uint8Array): number[] {
  const around = ball(model, [one], 1, edge);
  return [...ball(model, [two], 1, edge)].filter((node) => around.has(node) && node !== one && node !== two);
}
