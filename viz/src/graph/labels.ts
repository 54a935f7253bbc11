// Greedy label placing on a coarse occupancy grid: the important first, four places tried for each,
// and nothing ever overlaps.

import type { Model } from "../data";
import type { Seen } from "../ask";
import { bendOf, type Bubble, type Camera, type Disc, type Island, type Line } from "./scene";

export interface Label { text: string; x: number; y: number; size: number; bold: boolean; kind: "node" | "edge" | "bubble"; dim: boolean; node: number }

export interface LabelInput {
  discs: readonly Disc[]; lines: readonly Line[]; bubbles: readonly Bubble[]; islands: readonly Island[]; camera: Camera; seen: Seen;
  selected: ReadonlySet<number>; width: (text: string, size: number) => number; relationName: (edge: number) => string;
}

export const LONGEST = 16;
const CELL = 4;
const MOST = 220;
const CROWD = 450; // more discs than this and islands are named, of nodes only the strongest
const NAMED_IN_CROWD = 40;
const SHORT = 11;
const COVERED = 0.2; // the share of a name of the foremost that may lie over discs
const FOREMOST = 4;
const NAME = 11.5; // a bubble's name: its size, the height of a line, the characters in one
const LEADING = 14;
const LINE = 8;
const SURE = 14; // the strongest are named even over lesser discs

export const cut = (text: string, longest = LONGEST): string => {
  const chars = [...text];
  return chars.length > longest ? `${chars.slice(0, longest - 1).join("")}…` : text;
};

class Grid {
  private readonly columns: number;
  private readonly rows: number;
  private readonly cells: Uint8Array;
  constructor(width: number, height: number) {
    this.columns = Math.ceil(width / CELL) + 1;
    this.rows = Math.ceil(height / CELL) + 1;
    this.cells = new Uint8Array(this.columns * this.rows);
  }
  private range(x: number, y: number, w: number, h: number): [number, number, number, number] {
    return [Math.floor(x / CELL), Math.floor(y / CELL), Math.floor((x + w) / CELL), Math.floor((y + h) / CELL)];
  }
  /** How much of a box is taken, from 0 to 1. */
  taken(x: number, y: number, w: number, h: number): number {
    const [c1, r1, c2, r2] = this.range(x, y, w, h);
    let sum = 0;
    for (let row = Math.max(0, r1); row <= Math.min(this.rows - 1, r2); row++) {
      for (let column = Math.max(0, c1); column <= Math.min(this.columns - 1, c2); column++) sum += this.cells[row * this.columns + column];
    }
    return sum / ((c2 - c1 + 1) * (r2 - r1 + 1));
  }
  free(x: number, y: number, w: number, h: number): boolean {
    const [c1, r1, c2, r2] = this.range(x, y, w, h);
    if (c1 < 0 || r1 < 0 || c2 >= this.columns || r2 >= this.rows) return false;
    for (let row = r1; row <= r2; row++) {
      for (let column = c1; column <= c2; column++) if (this.cells[row * this.columns + column]) return false;
    }
    return true;
  }
  take(x: number, y: number, w: number, h: number): void {
    const [c1, r1, c2, r2] = this.range(x, y, w, h);
    for (let row = Math.max(0, r1); row <= Math.min(this.rows - 1, r2); row++) {
      for (let column = Math.max(0, c1); column <= Math.min(this.columns - 1, c2); column++) this.cells[row * this.columns + column] = 1;
    }
  }
}

export function place(model: Model, input: LabelInput): Label[] {
  const grid = new Grid(input.camera.width, input.camera.height); // names
  const field = new Grid(input.camera.width, input.camera.height); // discs
  const out: Label[] = [];
  const { width, height } = input.camera; // the corners bear the counts and the buttons
  grid.take(0, height - 40, 260, 40);
  grid.take(width - 54, height - 128, 54, 128);
  for (const disc of input.discs) {
    if (!disc.dim) field.take(disc.x - disc.r * 0.8, disc.y - disc.r * 0.8, disc.r * 1.6, disc.r * 1.6);
  }
  for (const bubble of input.bubbles) field.take(bubble.x - bubble.r * 0.8, bubble.y - bubble.r * 0.8, bubble.r * 1.6, bubble.r * 1.6);
  bubbleLabels(input, grid, field, out);
  // in a crowd islands are named, and single nodes where there is room beside them
  if (input.discs.length > CROWD) captions(input, grid, field, out);
  nodeLabels(model, input, grid, field, out);
  edgeLabels(input, grid, field, out);
  return out;
}

function nodeLabels(model: Model, input: LabelInput, grid: Grid, field: Grid, out: Label[]): void {
  const weight = (disc: Disc) => (input.selected.has(disc.node) ? 1e9 : 0) + (disc.node >= model.entityCount ? 6 : model.degree[disc.node]);
  const wanted = input.discs.filter((disc) => !disc.dim).sort((a, b) => weight(b) - weight(a) || a.node - b.node);
  const crowd = input.discs.length > CROWD && !input.seen.focus;
    for (const [at, disc] of wanted.slice(0, crowd ? NAMED_IN_CROWD : 1200).entries()) {
    if (out.length >= MOST) break;
    const bold = input.selected.has(disc.node);
    const size = bold ? 13 : 12;
    const need = bold ? "must" : at < SURE && !crowd ? "should" : "may";
    let text = cut(model.name[disc.node], crowd ? SHORT : LONGEST);
    let spot = firstFree(grid, field, disc, input.width(text, size) + 4, size + 3, bold ? need : "may");
    if (!spot && need === "should") {
      if (twoLines(model.name[disc.node], input, grid, field, disc, out)) continue;
      text = cut(model.name[disc.node], SHORT);
      spot = firstFree(grid, field, disc, input.width(text, size) + 4, size + 3, at < FOREMOST ? "should" : "may");
    }
    if (spot) out.push({ text, ...spot, size, bold, kind: "node", dim: false, node: disc.node });
  }
}

/** Names a strong node on two lines where one line has no room. */
function twoLines(name: string, input: LabelInput, grid: Grid, field: Grid, disc: Disc, out: Label[]): boolean {
  const lines = folded(name);
  if (lines.length < 2) return false;
  const w = Math.max(...lines.map((line) => input.width(line, NAME))) + 4, h = LEADING * 2 + 1;
  const spot = firstFree(grid, field, disc, w, h, "may");
  if (!spot) return false;
  lines.forEach((text, row) => out.push({ text, x: spot.x, y: spot.y + LEADING * (row - 0.5), size: NAME, bold: false, kind: "node", dim: false, node: disc.node }));
  return true;
}

/** Below, above, right, left of the disc: free of names and discs, at need over the fewest discs. */
function firstFree(grid: Grid, field: Grid, disc: Disc, w: number, h: number, need: "may" | "should" | "must"): { x: number; y: number } | null {
  const gap = disc.r + 2;
  const spots = [
    [disc.x - w / 2, disc.y + gap],
    [disc.x - w / 2, disc.y - gap - h],
    [disc.x + gap + 1, disc.y - h / 2],
    [disc.x - gap - 1 - w, disc.y - h / 2],
    [disc.x - w * 0.2, disc.y + gap],
    [disc.x - w * 0.8, disc.y + gap],
    [disc.x - w * 0.2, disc.y - gap - h],
    [disc.x - w * 0.8, disc.y - gap - h],
  ];
  let found = spots.find(([x, y]) => grid.free(x, y, w, h) && field.free(x, y, w, h));
  if (!found && need !== "may") {
    const open = spots.filter(([x, y]) => grid.free(x, y, w, h));
    found = open.sort((a, b) => field.taken(a[0], a[1], w, h) - field.taken(b[0], b[1], w, h))[0];
    const most = need === "must" ? Infinity : COVERED;
    if (found && field.taken(found[0], found[1], w, h) > most) found = undefined;
  }
  if (!found && need === "must") found = spots[0];
  if (!found) return null;
  grid.take(found[0], found[1], w, h);
  return { x: found[0] + w / 2, y: found[1] + h / 2 };
}

/** A bubble's name stands below or above it, on two lines where it is long, and covers no other bubble. */
function bubbleLabels(input: LabelInput, grid: Grid, field: Grid, out: Label[]): void {
  for (const bubble of [...input.bubbles].sort((a, b) => b.count - a.count || a.community - b.community)) {
    if (bubble.r < 9 || out.length >= MOST) break;
    const lines = folded(bubble.name);
    const w = Math.max(...lines.map((line) => input.width(line, NAME))) + 6, h = lines.length * LEADING + 2;
    const spots = [[bubble.x - w / 2, bubble.y + bubble.r + 1], [bubble.x - w / 2, bubble.y - bubble.r - h - 1], [bubble.x + bubble.r + 2, bubble.y - h / 2], [bubble.x - bubble.r - w - 2, bubble.y - h / 2]];
    const spot = spots.find(([x, y]) => grid.free(x, y, w, h) && field.free(x, y, w, h));
    if (!spot) continue;
    grid.take(spot[0], spot[1], w, h);
    lines.forEach((text, row) => out.push({ text, x: spot[0] + w / 2, y: spot[1] + 1 + LEADING * (row + 0.5), size: NAME, bold: false, kind: "bubble", dim: input.seen.focus !== null, node: -1 }));
  }
}

/** An island's name stands below it, else above it, and covers no disc. */
function captions(input: LabelInput, grid: Grid, field: Grid, out: Label[]): void {
  for (const island of input.islands) {
    if (out.length >= MOST) break;
    const lines = folded(island.name);
    const w = Math.max(...lines.map((line) => input.width(line, NAME))) + 6, h = lines.length * LEADING + 2;
    const x = island.x - w / 2;
    const spots = [island.bottom + 2, island.top - h - 2, island.bottom + 10, island.top - h - 10].flatMap((y) => [[x, y], [x - w / 3, y], [x + w / 3, y]]);
    const spot = spots.find(([left, top]) => grid.free(left, top, w, h) && field.free(left, top, w, h));
    if (!spot) continue;
    grid.take(spot[0], spot[1], w, h);
    lines.forEach((text, row) => out.push({ text, x: spot[0] + w / 2, y: spot[1] + 1 + LEADING * (row + 0.5), size: NAME, bold: false, kind: "bubble", dim: false, node: -1 }));
  }
}

/** A long name in two lines, parted after a division where one ends near the middle. */
function folded(name: string): string[] {
  const chars = [...name];
  if (chars.length <= LINE) return [name];
  let at = LINE;
  for (let place = LINE; place >= 4; place--) {
    if ("省市县区旗州盟局".includes(chars[place - 1]) && chars.length - place <= LINE + 1) {
      at = place;
      break;
    }
  }
  return [chars.slice(0, at).join(""), cut(chars.slice(at).join(""), LINE + 1)];
}

/** Lines in focus say their relation, as long as there are few enough to read. */
function edgeLabels(input: LabelInput, grid: Grid, field: Grid, out: Label[]): void {
  const hot = input.lines.filter((line) => line.hot);
  if (hot.length > 24) return;
  for (const line of hot) {
    const text = input.relationName(line.edge);
    const w = input.width(text, 10.5) + 6, h = 14;
    if (Math.hypot(line.x2 - line.x1, line.y2 - line.y1) < w + 30) continue;
    const { mx, my } = bendOf(line);
    if (!grid.free(mx - w / 2, my - h / 2, w, h) || !field.free(mx - w / 2, my - h / 2, w, h)) continue;
    grid.take(mx - w / 2, my - h / 2, w, h);
    out.push({ text, x: mx, y: my, size: 10.5, bold: false, kind: "edge", dim: false, node: -1 });
  }
}
