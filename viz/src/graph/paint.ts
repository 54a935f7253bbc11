// Draws a scene on a canvas.

import type { Model } from "../data";
import { bendOf, type Bubble, type Disc, type Line, type Scene } from "./scene";
import { dash, FONT, type Theme } from "./theme";

export function paint(ctx: CanvasRenderingContext2D, model: Model, scene: Scene, look: Theme): void {
  const focused = scene.discs.some((disc) => !disc.dim) && scene.dimmed;
  ctx.globalAlpha = focused ? 0.3 : 1;
  for (const bubble of scene.bubbles) paintBubble(ctx, bubble, look, !focused && scene.labels.length > 0);
  ctx.globalAlpha = 1;
  paintLines(ctx, model, scene.lines.filter((line) => line.dim), look);
  paintLines(ctx, model, scene.lines.filter((line) => !line.dim && !line.hot), look);
  paintDiscs(ctx, model, scene.discs.filter((disc) => disc.dim), look);
  paintLines(ctx, model, scene.lines.filter((line) => line.hot), look);
  paintDiscs(ctx, model, scene.discs.filter((disc) => !disc.dim), look);
  paintLabels(ctx, scene, look);
}

function paintBubble(ctx: CanvasRenderingContext2D, bubble: Bubble, look: Theme, named: boolean): void {
  const ring = Math.max(1.5, Math.min(5, bubble.r * 0.16));
  ctx.beginPath();
  ctx.arc(bubble.x, bubble.y, bubble.r, 0, 2 * Math.PI);
  ctx.fillStyle = look.bubble;
  ctx.fill();
  let turn = -Math.PI / 2;
  ctx.lineWidth = ring;
  bubble.shares.forEach((share, type) => {
    if (!share) return;
    const to = turn + (share / bubble.count) * 2 * Math.PI;
    ctx.beginPath();
    ctx.arc(bubble.x, bubble.y, bubble.r - ring / 2, turn, to);
    ctx.strokeStyle = look.types[type].fill;
    ctx.stroke();
    turn = to;
  });
  if (bubble.r < 8 || !named) return;
  ctx.font = `600 ${Math.min(15, Math.max(9, bubble.r * 0.5))}px ${FONT}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = look.soft;
  ctx.fillText(String(bubble.count), bubble.x, bubble.y + 0.5);
}

/** Strokes lines in batches of one style: thousands cost a handful of calls. */
export function paintLines(ctx: CanvasRenderingContext2D, model: Model, lines: readonly Line[], look: Theme): void {
  const batches = new Map<number, Line[]>();
  for (const line of lines) {
    const status = model.status[line.edge];
    const list = batches.get(status);
    if (list) list.push(line);
    else batches.set(status, [line]);
  }
  const many = lines.length > 2500;
  for (const [status, batch] of [...batches].sort((a, b) => a[0] - b[0])) {
    const word = model.statuses[status];
    const { hot, dim } = batch[0];
    ctx.globalAlpha = dim ? 0.2 : hot ? 0.9 : many ? 0.35 : 0.62;
    ctx.strokeStyle = ctx.fillStyle = word.factual ? (hot ? look.hot : look.line) : look.doubt;
    ctx.lineWidth = hot ? (lines.length > 30 ? 1.2 : 1.7) : word.factual ? 1 : 1.2;
    ctx.setLineDash(dash(word.key));
    ctx.beginPath();
    for (const line of batch) trace(ctx, line);
    ctx.stroke();
    ctx.setLineDash([]);
    if (!many) for (const line of batch) arrow(ctx, model, line, word.factual);
    if (word.key === "negated") for (const line of batch) cross(ctx, line);
  }
  ctx.globalAlpha = 1;
}

function trace(ctx: CanvasRenderingContext2D, line: Line): void {
  ctx.moveTo(line.x1, line.y1);
  if (!line.bend) return ctx.lineTo(line.x2, line.y2);
  const { cx, cy } = bendOf(line);
  ctx.quadraticCurveTo(cx, cy, line.x2, line.y2);
}

/** Where the arrow's head is: two thirds along, clear of discs of any size. */
export function arrowPoints(line: Line, size: number): [number, number][] | null {
  if (Math.hypot(line.x2 - line.x1, line.y2 - line.y1) < 42) return null;
  const { cx, cy } = line.bend ? bendOf(line) : { cx: (line.x1 + line.x2) / 2, cy: (line.y1 + line.y2) / 2 };
  const t = 0.64, u = 1 - t;
  const x = u * u * line.x1 + 2 * u * t * cx + t * t * line.x2;
  const y = u * u * line.y1 + 2 * u * t * cy + t * t * line.y2;
  const turn = Math.atan2(2 * u * (cy - line.y1) + 2 * t * (line.y2 - cy), 2 * u * (cx - line.x1) + 2 * t * (line.x2 - cx));
  const point = (angle: number, reach: number): [number, number] => [x + Math.cos(turn + angle) * reach, y + Math.sin(turn + angle) * reach];
  return [point(0, size), point(2.5, size), point(-2.5, size)];
}

function arrow(ctx: CanvasRenderingContext2D, model: Model, line: Line, factual: boolean): void {
  if (model.relations[model.relation[line.edge]].key === "cooperates_with") return;
  const points = arrowPoints(line, line.hot ? 5.5 : 4);
  if (!points) return;
  ctx.beginPath();
  points.forEach(([x, y], at) => (at ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
  ctx.closePath();
  if (factual) ctx.fill();
  else ctx.stroke();
}

function cross(ctx: CanvasRenderingContext2D, line: Line): void {
  const { mx, my } = bendOf(line);
  ctx.beginPath();
  ctx.moveTo(mx - 5, my - 5);
  ctx.lineTo(mx + 5, my + 5);
  ctx.moveTo(mx + 5, my - 5);
  ctx.lineTo(mx - 5, my + 5);
  ctx.stroke();
}

export function paintDiscs(ctx: CanvasRenderingContext2D, model: Model, discs: readonly Disc[], look: Theme): void {
  const big = discs.length < 4000;
  for (const disc of discs) {
    const colour = look.types[model.type[disc.node]];
    const fact = model.factual[disc.node];
    ctx.globalAlpha = disc.dim ? 0.2 : 1;
    ctx.beginPath();
    if (disc.node >= model.entityCount) ctx.roundRect(disc.x - disc.r * 0.9, disc.y - disc.r * 0.9, disc.r * 1.8, disc.r * 1.8, disc.r * 0.35);
    else ctx.arc(disc.x, disc.y, disc.r, 0, 2 * Math.PI);
    ctx.fillStyle = fact ? colour.fill : look.paper;
    ctx.fill();
    if (fact && !(big && disc.r > 3)) continue;
    ctx.lineWidth = fact ? 1.5 : 1.8;
    ctx.strokeStyle = fact ? look.paper : colour.fill;
    ctx.setLineDash(fact ? [] : [3, 3]);
    ctx.stroke();
    ctx.setLineDash([]);
  }
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const disc of discs) {
    if (!disc.glyph || disc.dim) continue;
    const colour = look.types[model.type[disc.node]];
    ctx.font = `600 ${Math.round(disc.r * 1.08)}px ${FONT}`;
    ctx.fillStyle = model.factual[disc.node] ? colour.ink : look.text;
    ctx.fillText(model.types[model.type[disc.node]].glyph, disc.x, disc.y + disc.r * 0.06);
  }
  ctx.globalAlpha = 1;
}

function paintLabels(ctx: CanvasRenderingContext2D, scene: Scene, look: Theme): void {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const label of scene.labels) {
    ctx.font = `${label.bold ? 700 : label.kind === "bubble" ? 500 : 400} ${label.size}px ${FONT}`;
    ctx.globalAlpha = label.dim ? 0.45 : 1;
    ctx.lineWidth = label.kind === "edge" ? 4 : 3.2;
    ctx.strokeStyle = look.halo;
    ctx.strokeText(label.text, label.x, label.y);
    ctx.fillStyle = label.kind === "edge" ? look.soft : look.text;
    ctx.fillText(label.text, label.x, label.y);
  }
  ctx.globalAlpha = 1;
}
