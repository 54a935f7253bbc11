// A small force layout for what “only this” leaves: at most a few hundred nodes, the same each time.

import type { Model } from "../data";

const SPACING = 74;

export function nest(model: Model, nodes: readonly number[], edges: readonly number[]): void {
  const count = nodes.length;
  const index = new Map(nodes.map((node, at) => [node, at]));
  const x = new Float64Array(count), y = new Float64Array(count);
  nodes.forEach((_, at) => {
    const reach = SPACING * 0.6 * Math.sqrt(at);
    x[at] = Math.cos(at * 2.39996) * reach;
    y[at] = Math.sin(at * 2.39996) * reach;
  });
  const ends = edges.map((edge) => [index.get(model.head[edge]) as number, index.get(model.tail[edge]) as number]);
  const rounds = count > 150 ? 140 : 320;
  for (let step = 0; step < rounds; step++) relax(x, y, ends, SPACING * (0.5 * (1 - step / rounds) + 0.01));
  nodes.forEach((node, at) => {
    model.x[node] = x[at] * 1.35;
    model.y[node] = y[at];
  });
}

function relax(x: Float64Array, y: Float64Array, ends: readonly number[][], limit: number): void {
  const count = x.length;
  const fx = new Float64Array(count), fy = new Float64Array(count);
  for (let a = 0; a < count; a++) {
    for (let b = a + 1; b < count; b++) {
      const dx = x[a] - x[b], dy = y[a] - y[b];
      const push = (SPACING * SPACING) / (dx * dx + dy * dy + 30);
      fx[a] += dx * push;
      fy[a] += dy * push;
      fx[b] -= dx * push;
      fy[b] -= dy * push;
    }
  }
  for (const [a, b] of ends) {
    const dx = x[b] - x[a], dy = y[b] - y[a];
    const pull = Math.hypot(dx, dy) / SPACING;
    fx[a] += dx * pull;
    fy[a] += dy * pull;
    fx[b] -= dx * pull;
    fy[b] -= dy * pull;
  }
  for (let at = 0; at < count; at++) {
    fx[at] -= x[at] * 0.12;
    fy[at] -= y[at] * 0.12;
    const length = Math.hypot(fx[at], fy[at]) || 1;
    x[at] += (fx[at] / length) * Math.min(length, limit);
    y[at] += (fy[at] / length) * Math.min(length, limit);
  }
}
