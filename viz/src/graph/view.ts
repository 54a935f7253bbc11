// The canvas and what a hand does with it: pan, zoom, pinch, drag a node, click, arrow keys.
// A full redraw happens only when something changed; in a large graph a gesture slides the last
// picture and redraws when the hand rests.

import type { App } from "../app";
import { edgesOf, otherEnd } from "../ask";
import { byId, h } from "../dom";
import { paint, paintDiscs, paintLines } from "./paint";
import { radius, SceneMaker, bendOf, type Bubble, type Camera, type Scene } from "./scene";
import { FONT } from "./theme";

const HEAVY = 1800; // discs and lines above which a frame is too dear to draw on every move
const REST = 90; // milliseconds without a move before the sharp redraw

interface Grip { x: number; y: number; node: number; moved: number }

export class GraphView {
  readonly element: HTMLElement;
  private readonly base = h("canvas", { "aria-hidden": "true" });
  private readonly over = h("canvas", { "aria-hidden": "true" });
  private readonly ctx = this.base.getContext("2d") as CanvasRenderingContext2D;
  private readonly top = this.over.getContext("2d") as CanvasRenderingContext2D;
  private readonly widths = new Map<string, number>();
  private readonly maker: SceneMaker;
  private readonly pointers = new Map<number, { x: number; y: number }>();
  camera: Camera = { scale: 1, x: 0, y: 0, width: 1, height: 1 };
  private home = 1;
  private drawn: Camera = this.camera;
  private frame = 0;
  private rest = 0;
  private grip: Grip | null = null;
  private moving = -1;
  private hovered = -1;
  private fitted = false;
  scene: Scene;
  onHover: (node: number, x: number, y: number, bubble?: Bubble) => void = () => undefined;

  constructor(private readonly app: App, host: HTMLElement) {
    this.element = host;
    host.prepend(this.base, this.over);
    this.maker = new SceneMaker(app.model, (text, size) => this.width(text, size));
    this.scene = { discs: [], lines: [], bubbles: [], labels: [], camera: this.camera, dimmed: false };
    this.bind();
    new ResizeObserver(() => this.resize()).observe(host);
  }

  private width(text: string, size: number): number {
    const key = `${size}|${text}`;
    let found = this.widths.get(key);
    if (found === undefined) {
      this.ctx.font = `${size > 12.5 ? 700 : 400} ${size}px ${FONT}`;
      found = this.ctx.measureText(text).width;
      this.widths.set(key, found);
    }
    return found;
  }

  resize(): void {
    const box = this.element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) return;
    const ratio = Math.min(2, devicePixelRatio || 1);
    for (const canvas of [this.base, this.over]) {
      canvas.width = Math.round(box.width * ratio);
      canvas.height = Math.round(box.height * ratio);
    }
    const dx = (box.width - this.camera.width) / 2, dy = (box.height - this.camera.height) / 2;
    this.camera = { ...this.camera, width: box.width, height: box.height, x: this.camera.x + dx, y: this.camera.y + dy };
    if (!this.fitted) this.fit(false);
    this.draw();
  }

  // ── camera ────────────────────────────────────────────────────────────────────────────────

  /** Shows the given nodes, or all that the filters leave. */
  fit(smooth = true, nodes?: Iterable<number>): void {
    const { model, seen } = this.app;
    let left = Infinity, right = -Infinity, up = Infinity, down = -Infinity;
    const take = (node: number) => {
      left = Math.min(left, model.x[node]);
      right = Math.max(right, model.x[node]);
      up = Math.min(up, model.y[node]);
      down = Math.max(down, model.y[node]);
    };
    if (nodes) for (const node of nodes) take(node);
    else for (let node = 0; node < model.nodeCount; node++) if (seen.node[node]) take(node);
    if (left > right || this.camera.width < 2) return;
    const open = this.openHeight();
    const padX = Math.min(110, this.camera.width * 0.14), padY = Math.min(64, open * 0.14);
    const scale = Math.min((this.camera.width - 2 * padX) / Math.max(1, right - left), (open - 2 * padY) / Math.max(1, down - up), 1.5);
    if (!nodes) this.home = scale;
    this.fitted = true;
    this.go({ ...this.camera, scale, x: this.camera.width / 2 - ((left + right) / 2) * scale, y: open / 2 - ((up + down) / 2) * scale }, smooth);
  }

  /** How much of the picture's height can be seen: on a phone a sheet may lie over it. */
  private openHeight(): number {
    const { height } = this.camera;
    const { sheet } = this.app.state;
    if (!sheet || !matchMedia("(max-width: 900px)").matches) return height;
    const top = byId(sheet).getBoundingClientRect().top - this.element.getBoundingClientRect().top;
    return top > 60 ? Math.min(height, top) : height;
  }

  private go(to: Camera, smooth: boolean): void {
    if (!smooth || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.camera = to;
      return this.draw();
    }
    const from = this.camera, start = performance.now();
    const step = (now: number) => {
      const t = Math.min(1, Math.max(0, (now - start) / 260)), ease = t * (2 - t);
      const scale = from.scale * (to.scale / from.scale) ** ease;
      const part = to.scale === from.scale ? ease : (scale - from.scale) / (to.scale - from.scale);
      this.camera = { ...this.camera, scale, x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
      if (t < 1) {
        this.slide();
        requestAnimationFrame(step);
      } else this.draw();
    };
    requestAnimationFrame(step);
  }

  zoom(factor: number, x = this.camera.width / 2, y = this.camera.height / 2): void {
    const scale = Math.max(Math.min(this.home, 0.05) * 0.5, Math.min(6, this.camera.scale * factor));
    const by = scale / this.camera.scale;
    this.camera = { ...this.camera, scale, x: x - (x - this.camera.x) * by, y: y - (y - this.camera.y) * by };
    this.slide();
  }

  pan(dx: number, dy: number): void {
    this.camera = { ...this.camera, x: this.camera.x + dx, y: this.camera.y + dy };
    this.slide();
  }

  /** Brings a node into view if it is outside, without changing the scale. */
  reveal(node: number): void {
    const [x, y] = this.at(node);
    const { width } = this.camera, height = this.openHeight();
    if (x > 60 && y > 50 && x < width - 60 && y < height - 50) return this.draw();
    this.go({ ...this.camera, x: this.camera.x + width / 2 - x, y: this.camera.y + height / 2 - y }, true);
  }

  at(node: number): [number, number] {
    return [this.app.model.x[node] * this.camera.scale + this.camera.x, this.app.model.y[node] * this.camera.scale + this.camera.y];
  }

  // ── drawing ───────────────────────────────────────────────────────────────────────────────

  /** During a gesture: redraws a light scene, slides the picture of a heavy one. */
  private slide(): void {
    if (this.scene.discs.length + this.scene.lines.length < HEAVY) return this.draw();
    const by = this.camera.scale / this.drawn.scale;
    const move = `matrix(${by},0,0,${by},${this.camera.x - this.drawn.x * by},${this.camera.y - this.drawn.y * by})`;
    this.base.style.transform = this.over.style.transform = move;
    clearTimeout(this.rest);
    this.rest = window.setTimeout(() => this.draw(), REST);
  }

  draw(): void {
    clearTimeout(this.rest);
    if (!this.frame) this.frame = requestAnimationFrame(() => this.now());
  }

  private now(): void {
    this.frame = 0;
    const { model, seen, store } = this.app;
    const selected = new Set<number>([store.state.node, ...(store.state.path ?? []), ...(store.state.edge >= 0 ? [model.head[store.state.edge], model.tail[store.state.edge]] : [])]);
    this.scene = this.maker.make(this.camera, seen, selected, this.moving, (edge) => this.app.word(model.relations[model.relation[edge]]));
    const ratio = this.base.width / this.camera.width;
    this.base.style.transform = this.over.style.transform = "";
    this.drawn = this.camera;
    this.ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.ctx.fillStyle = this.app.colours.paper;
    this.ctx.fillRect(0, 0, this.camera.width, this.camera.height);
    paint(this.ctx, model, this.scene, this.app.colours);
    this.overlay();
  }

  /** The rings around what is selected or under the pointer, and the node in hand. */
  private overlay(): void {
    const { model, colours, store } = this.app;
    const ctx = this.top, ratio = this.over.width / this.camera.width;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, this.camera.width, this.camera.height);
    if (this.moving >= 0) this.paintMoving(ctx);
    const ring = (node: number, width: number, colour: string) => {
      if (node < 0 || !this.app.seen.node[node]) return;
      const [x, y] = this.at(node);
      ctx.beginPath();
      ctx.arc(x, y, radius(model, node, this.camera.scale) + 3.5, 0, 2 * Math.PI);
      ctx.lineWidth = width;
      ctx.strokeStyle = colour;
      ctx.stroke();
    };
    if (this.hovered !== store.state.node) ring(this.hovered, 1.5, colours.soft);
    ring(store.state.node, 2.6, colours.hot);
    for (const node of store.state.path ?? []) ring(node, 2.6, colours.hot);
    ring(store.state.pathFrom, 2.6, colours.hot);
  }

  private paintMoving(ctx: CanvasRenderingContext2D): void {
    const { model, seen, colours } = this.app;
    const [x, y] = this.at(this.moving);
    const lines = [];
    for (const edge of edgesOf(model, this.moving, seen.edge)) {
      const [x2, y2] = this.at(otherEnd(model, edge, this.moving));
      const out = model.head[edge] === this.moving;
      lines.push({ edge, x1: out ? x : x2, y1: out ? y : y2, x2: out ? x2 : x, y2: out ? y2 : y, bend: 0, dim: false, hot: true });
      if (lines.length > 600) break;
    }
    paintLines(ctx, model, lines, colours);
    const r = radius(model, this.moving, this.camera.scale);
    paintDiscs(ctx, model, [{ node: this.moving, x, y, r, dim: false, glyph: r >= 7 }], colours);
  }

  // ── what is under the pointer ─────────────────────────────────────────────────────────────

  private nodeAt(x: number, y: number, slack: number): number {
    // of discs that lie over each other the one whose middle is nearest, else the nearest rim
    let best = -1, least = Infinity;
    for (const disc of this.scene.discs) {
      const middle = Math.hypot(disc.x - x, disc.y - y), rim = middle - disc.r;
      if (rim > slack) continue;
      const far = rim > 0 ? 1000 + rim : middle;
      if (far < least) [best, least] = [disc.node, far];
    }
    return best;
  }

  private edgeAt(x: number, y: number): number {
    let best = -1, least = 6;
    for (const line of this.scene.lines) {
      if (line.edge >= this.app.model.claimEdges) continue;
      const { mx, my } = bendOf(line);
      const parts = line.bend ? [[line.x1, line.y1, mx, my], [mx, my, line.x2, line.y2]] : [[line.x1, line.y1, line.x2, line.y2]];
      for (const [x1, y1, x2, y2] of parts) {
        const far = toSegment(x, y, x1, y1, x2, y2) - (line.hot ? 2 : 0);
        if (far < least) [best, least] = [line.edge, far];
      }
    }
    return best;
  }

  private bubbleAt(x: number, y: number): Bubble | undefined {
    return this.scene.bubbles.find((one) => Math.hypot(one.x - x, one.y - y) < one.r);
  }

  private click(x: number, y: number, touch: boolean): void {
    const node = this.nodeAt(x, y, touch ? 14 : 4);
    if (node >= 0) return this.app.select(node);
    const bubble = this.bubbleAt(x, y);
    if (bubble) {
      const { model, seen } = this.app;
      const inside = Array.from({ length: model.nodeCount }, (_, at) => at).filter((at) => model.community[at] === bubble.community && seen.node[at]);
      return this.fit(true, inside);
    }
    const edge = this.edgeAt(x, y);
    if (edge >= 0) this.app.selectEdge(edge);
    else this.app.clear();
  }

  // ── hands ─────────────────────────────────────────────────────────────────────────────────

  private bind(): void {
    const el = this.element;
    const spot = (event: PointerEvent | WheelEvent | MouseEvent) => {
      const box = el.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const mine = (event: Event) => event.target === el || event.target === this.over || event.target === this.base;
    el.addEventListener("pointerdown", (event) => mine(event) && event.button === 0 && this.down(event, spot(event)));
    el.addEventListener("pointermove", (event) => this.move(event, spot(event)));
    el.addEventListener("pointerup", (event) => this.up(event, spot(event)));
    el.addEventListener("pointercancel", (event) => this.up(event, null));
    el.addEventListener("pointerleave", () => this.hover(-1, 0, 0));
    el.addEventListener("dblclick", (event) => {
      const { x, y } = spot(event);
      const node = mine(event) ? this.nodeAt(x, y, 4) : -1;
      if (node >= 0) this.app.expand(node);
    });
    el.addEventListener("wheel", (event) => {
      if (!mine(event)) return;
      event.preventDefault();
      const { x, y } = spot(event);
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0016)), x, y);
    }, { passive: false });
    // without this a tap is followed by a click, which would land on the sheet that the tap opened
    el.addEventListener("touchend", (event) => mine(event) && event.cancelable && event.preventDefault(), { passive: false });
    el.addEventListener("keydown", (event) => this.key(event));
  }

  private down(event: PointerEvent, at: { x: number; y: number }): void {
    this.element.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, at);
    const node = this.pointers.size === 1 ? this.nodeAt(at.x, at.y, event.pointerType === "touch" ? 10 : 3) : -1;
    this.grip = this.pointers.size === 1 ? { ...at, node, moved: 0 } : null;
  }

  private move(event: PointerEvent, at: { x: number; y: number }): void {
    const before = this.pointers.get(event.pointerId);
    if (!before) return this.hover(event.target === this.over ? this.nodeAt(at.x, at.y, 3) : -1, at.x, at.y);
    if (this.pointers.size === 2) this.pinch(event.pointerId, before, at);
    this.pointers.set(event.pointerId, at);
    const { grip } = this;
    if (!grip) return;
    const dx = at.x - grip.x, dy = at.y - grip.y;
    grip.moved += Math.hypot(dx, dy);
    if (grip.moved < 4) return;
    [grip.x, grip.y] = [at.x, at.y];
    if (grip.node >= 0) this.drag(grip.node, dx, dy);
    else this.pan(dx, dy);
  }

  /** The rest of the picture is drawn once without the node; then only the node moves. */
  private drag(node: number, dx: number, dy: number): void {
    const { model } = this.app;
    model.x[node] += dx / this.camera.scale;
    model.y[node] += dy / this.camera.scale;
    if (this.moving === node) return this.overlay();
    this.moving = node;
    this.hover(-1, 0, 0);
    this.draw();
  }

  private pinch(id: number, before: { x: number; y: number }, at: { x: number; y: number }): void {
    const other = [...this.pointers].find(([key]) => key !== id)?.[1];
    if (!other) return;
    const factor = Math.hypot(at.x - other.x, at.y - other.y) / Math.max(1, Math.hypot(before.x - other.x, before.y - other.y));
    this.zoom(factor, (at.x + other.x) / 2, (at.y + other.y) / 2);
    this.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
  }

  private up(event: PointerEvent, at: { x: number; y: number } | null): void {
    this.pointers.delete(event.pointerId);
    const { grip } = this;
    this.grip = null;
    if (this.moving >= 0) {
      this.moving = -1;
      this.draw();
    } else if (at && grip && grip.moved < 4) this.click(at.x, at.y, event.pointerType === "touch");
  }

  private hover(node: number, x: number, y: number): void {
    const bubble = node < 0 && x ? this.bubbleAt(x, y) : undefined;
    this.onHover(node, x, y, bubble);
    this.element.classList.toggle("over-node", node >= 0 || bubble !== undefined);
    if (node === this.hovered) return;
    this.hovered = node;
    this.overlay();
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const step = steps[event.key];
    if (!step || event.target !== this.element || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.shiftKey) return this.pan(-60 * step[0], -60 * step[1]);
    this.app.select(this.towards(step[0], step[1]), false);
  }

  /** The nearest node in a direction; the best-connected one when none is selected. */
  private towards(dx: number, dy: number): number {
    const { model, seen, store } = this.app;
    const from = store.state.node;
    let best = from, least = Infinity;
    for (let node = 0; node < model.nodeCount; node++) {
      if (!seen.node[node] || node === from) continue;
      const x = from < 0 ? 0 : model.x[node] - model.x[from], y = from < 0 ? 0 : model.y[node] - model.y[from];
      const along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      const cost = from < 0 ? -model.degree[node] : along <= Math.abs(aside) * 0.5 ? Infinity : along + aside * 2;
      if (cost < least) [best, least] = [node, cost];
    }
    return best;
  }
}

function toSegment(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const dx = x2 - x1, dy = y2 - y1;
  const t = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - x1 - t * dx, y - y1 - t * dy);
}
