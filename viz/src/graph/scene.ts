// What is to be drawn, worked out once a frame and free of any drawing call: the canvas, the SVG
// export and the hit test all read the same scene.

import type { Model } from "../data";
import type { Seen } from "../ask";
import { place, type Label } from "./labels";

export interface Camera { scale: number; x: number; y: number; width: number; height: number }
export interface Disc { node: number; x: number; y: number; r: number; dim: boolean; glyph: boolean }
export interface Line { edge: number; x1: number; y1: number; x2: number; y2: number; bend: number; dim: boolean; hot: boolean }
export interface Bubble { community: number; x: number; y: number; r: number; count: number; shares: number[]; name: string }
export interface Scene { discs: Disc[]; lines: Line[]; bubbles: Bubble[]; labels: Label[]; camera: Camera; dimmed: boolean }

export interface Community { x: number; y: number; r: number; nodes: number[]; name: string }

/** Above this many nodes, communities fold into bubbles where their nodes would not be legible. */
export const FOLD_ABOVE = 3000;
const FAINT_ABOVE = 450;
const MOST_LINES = 9000;
const MARGIN = 60;

export function communities(model: Model, seen: Seen): Community[] {
  const out: Community[] = Array.from({ length: model.communityCount }, () => ({ x: 0, y: 0, r: 0, nodes: [], name: "" }));
  for (let node = 0; node < model.nodeCount; node++) {
    const at = model.community[node];
    if (at < 0 || !seen.node[node]) continue;
    out[at].nodes.push(node);
    out[at].x += model.homeX[node];
    out[at].y += model.homeY[node];
  }
  for (const one of out) {
    if (!one.nodes.length) continue;
    one.x /= one.nodes.length;
    one.y /= one.nodes.length;
    let spread = 0, best = -1;
    for (const node of one.nodes) {
      spread += (model.homeX[node] - one.x) ** 2 + (model.homeY[node] - one.y) ** 2;
      const better = best < 0 || rank(model, node) > rank(model, best);
      if (better) best = node;
    }
    one.r = Math.sqrt((spread / one.nodes.length) * 2) + 24;
    one.name = model.name[best];
  }
  return out;
}

/** A community is named for its best-connected unit or organisation, else its best-connected node. */
function rank(model: Model, node: number): number {
  const type = model.types[model.type[node]].key;
  return model.degree[node] + (type === "UNIT" ? 1000 : type === "ORG" || type === "LOC" ? 500 : 0);
}

export function radius(model: Model, node: number, scale: number): number {
  const article = node >= model.entityCount;
  const weight = article ? 4 : model.degree[node];
  const base = (model.nodeCount < 400 ? 8.5 : 6.5) + Math.min(13, 2 * Math.sqrt(weight));
  return Math.max(2.2, base * Math.min(1.35, Math.max(0.22, scale ** 0.55)));
}

/** Where an island of nodes lies on the screen, and what it is called. */
export interface Island { x: number; top: number; bottom: number; count: number; name: string; community: number }

export class SceneMaker {
  private groups: Community[] = [];
  private groupsFor: Seen | null = null;
  private readonly pairs = new Map<number, number>();
  constructor(private readonly model: Model, private readonly width: (text: string, size: number) => number) {}

  make(camera: Camera, seen: Seen, selected: ReadonlySet<number>, moving: number, relationName: (edge: number) => string): Scene {
    const folded = seen.nodes > FOLD_ABOVE;
    if (this.groupsFor !== seen) {
      this.groups = seen.nodes > FAINT_ABOVE ? communities(this.model, seen) : [];
      this.groupsFor = seen;
    }
    const open = this.openGroups(camera, seen, folded);
    const discs = this.discs(camera, seen, open, moving);
    const bubbles = folded ? this.bubbles(camera, open) : [];
    const lines = this.lines(camera, seen, open, folded, moving);
    const islands = seen.focus ? [] : this.islands(discs);
    const labels = place(this.model, { discs, lines, bubbles, islands, camera, seen, selected, width: this.width, relationName });
    return { discs, lines, bubbles, labels, camera, dimmed: seen.focus !== null };
  }

  /** Marks the communities whose nodes have room enough to be told apart. */
  private openGroups(camera: Camera, seen: Seen, folded: boolean): Uint8Array | null {
    if (!folded) return null;
    const open = new Uint8Array(this.groups.length);
    this.groups.forEach((group, at) => {
      const r = group.r * camera.scale;
      open[at] = (r * r) / Math.max(1, group.nodes.length) > 190 || group.nodes.length < 2 ? 1 : 0;
    });
    void seen;
    return open;
  }

  private discs(camera: Camera, seen: Seen, open: Uint8Array | null, moving: number): Disc[] {
    const { model } = this;
    const out: Disc[] = [];
    for (let node = 0; node < model.nodeCount; node++) {
      if (!seen.node[node] || node === moving) continue;
      const focused = seen.focus?.has(node) ?? false;
      if (open && !focused && model.community[node] >= 0 && !open[model.community[node]]) continue;
      const x = model.x[node] * camera.scale + camera.x;
      const y = model.y[node] * camera.scale + camera.y;
      if (x < -MARGIN || y < -MARGIN || x > camera.width + MARGIN || y > camera.height + MARGIN) continue;
      const r = radius(model, node, camera.scale);
      out.push({ node, x, y, r, dim: seen.focus !== null && !focused, glyph: r >= 6 });
    }
    // the strong are drawn last, over the weak
    return out.sort((a, b) => Number(b.dim) - Number(a.dim) || a.r - b.r || a.node - b.node);
  }

  private islands(discs: readonly Disc[]): Island[] {
    const found = new Map<number, Island>();
    for (const { node, x, y, r } of this.groups.length ? discs : []) {
      const community = this.model.community[node];
      if (community < 0) continue;
      const known = found.get(community);
      if (!known) found.set(community, { x, top: y - r, bottom: y + r, count: 1, name: this.groups[community].name, community });
      else {
        known.x += (x - known.x) / ++known.count;
        known.top = Math.min(known.top, y - r);
        known.bottom = Math.max(known.bottom, y + r);
      }
    }
    return [...found.values()].filter((one) => one.count > 3).sort((a, b) => b.count - a.count || a.community - b.community);
  }

  private bubbles(camera: Camera, open: Uint8Array | null): Bubble[] {
    const out: Bubble[] = [];
    this.groups.forEach((group, community) => {
      if (!group.nodes.length || open?.[community]) return;
      const x = group.x * camera.scale + camera.x;
      const y = group.y * camera.scale + camera.y;
      const r = Math.max(4, group.r * camera.scale * 0.86);
      if (x < -r || y < -r || x > camera.width + r || y > camera.height + r) return;
      const shares: number[] = new Array(this.model.types.length).fill(0);
      for (const node of group.nodes) shares[this.model.type[node]]++;
      out.push({ community, x, y, r, count: group.nodes.length, shares, name: group.name });
    });
    return out;
  }

  private lines(camera: Camera, seen: Seen, open: Uint8Array | null, folded: boolean, moving: number): Line[] {
    const { model } = this;
    const out: Line[] = [];
    this.pairs.clear();
    const faint = seen.nodes > FAINT_ABOVE; // lines between communities step back
    const visit = (edge: number, hot: boolean): void => {
      const a = model.head[edge], b = model.tail[edge];
      if (a === moving || b === moving || a === b) return;
      const line = this.line(camera, edge, hot, seen.focus !== null && !hot);
      if (line) out.push(line);
    };
    for (let edge = 0; edge < model.edgeCount && out.length < MOST_LINES; edge++) {
      if (!seen.edge[edge] || seen.hot.has(edge)) continue;
      const a = model.community[model.head[edge]], b = model.community[model.tail[edge]];
      // in a large graph lines between communities are noise: they show when asked for
      if (folded && (a !== b || (open && a >= 0 && !open[a]))) continue;
      visit(edge, false);
      if (faint && a !== b && out.length) out[out.length - 1].dim = true;
    }
    for (const edge of seen.hot) if (seen.edge[edge]) visit(edge, true);
    return out;
  }

  line(camera: Camera, edge: number, hot: boolean, dim: boolean): Line | null {
    const { model } = this;
    const a = model.head[edge], b = model.tail[edge];
    const x1 = model.x[a] * camera.scale + camera.x, y1 = model.y[a] * camera.scale + camera.y;
    const x2 = model.x[b] * camera.scale + camera.x, y2 = model.y[b] * camera.scale + camera.y;
    if (Math.max(x1, x2) < 0 || Math.max(y1, y2) < 0 || Math.min(x1, x2) > camera.width || Math.min(y1, y2) > camera.height) return null;
    const key = Math.min(a, b) * model.nodeCount + Math.max(a, b);
    const nth = this.pairs.get(key) ?? 0;
    this.pairs.set(key, nth + 1);
    // the second, third … line between the same two nodes bends aside, to either side in turn
    const side = (a < b ? 1 : -1) * (nth % 2 ? 1 : -1);
    return { edge, x1, y1, x2, y2, bend: nth ? side * Math.ceil(nth / 2) * 18 : 0, dim, hot };
  }
}

/** The point that a bent line is drawn around, and its middle. */
export function bendOf(line: Line): { cx: number; cy: number; mx: number; my: number } {
  const dx = line.x2 - line.x1, dy = line.y2 - line.y1;
  const length = Math.hypot(dx, dy) || 1;
  const bend = Math.max(-0.3 * length, Math.min(0.3 * length, line.bend));
  const cx = (line.x1 + line.x2) / 2 - (dy / length) * bend * 2;
  const cy = (line.y1 + line.y2) / 2 + (dx / length) * bend * 2;
  return { cx, cy, mx: (line.x1 + line.x2) / 4 + cx / 2, my: (line.y1 + line.y2) / 4 + cy / 2 };
}
