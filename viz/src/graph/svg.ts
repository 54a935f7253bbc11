// The same scene as an SVG file: sharp at any size, text stays text.

import type { Model } from "../data";
import { s } from "../dom";
import { arrowPoints } from "./paint";
import { bendOf, type Line, type Scene } from "./scene";
import { dash, FONT, type Theme } from "./theme";

const round = (value: number): number => Math.round(value * 10) / 10;

export function toSvg(model: Model, scene: Scene, look: Theme, title: string): string {
  const { width, height } = scene.camera;
  const root = s("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${round(width)} ${round(height)}`, width: round(width), height: round(height), "font-family": FONT },
    s("title", {}, title),
    s("rect", { width: "100%", height: "100%", fill: look.paper }),
    s("g", { fill: look.bubble, stroke: look.line }, scene.bubbles.map((bubble) => s("circle", { cx: round(bubble.x), cy: round(bubble.y), r: round(bubble.r) }))),
    s("g", { "text-anchor": "middle", "font-weight": 600, fill: look.soft }, scene.bubbles.filter((bubble) => bubble.r >= 8).map((bubble) => s("text", { x: round(bubble.x), y: round(bubble.y + 4), "font-size": Math.min(15, Math.max(9, Math.round(bubble.r * 0.5))) }, bubble.count))),
    s("g", { fill: "none" }, scene.lines.map((line) => svgLine(model, line, look))),
    s("g", {}, scene.discs.map((disc) => {
      const colour = look.types[model.type[disc.node]];
      const fact = model.factual[disc.node];
      return s("circle", { cx: round(disc.x), cy: round(disc.y), r: round(disc.r), fill: fact ? colour.fill : look.paper, stroke: fact ? look.paper : colour.fill, "stroke-width": 1.5, "stroke-dasharray": fact ? null : "3 3", opacity: disc.dim ? 0.2 : null }, s("title", {}, model.name[disc.node]));
    })),
    s("g", { "text-anchor": "middle", "font-weight": 600 }, scene.discs.filter((disc) => disc.glyph && !disc.dim).map((disc) =>
      s("text", { x: round(disc.x), y: round(disc.y + disc.r * 0.38), "font-size": Math.round(disc.r * 1.08), fill: model.factual[disc.node] ? look.types[model.type[disc.node]].ink : look.text }, model.types[model.type[disc.node]].glyph))),
    s("g", { "text-anchor": "middle", "paint-order": "stroke", stroke: look.halo, "stroke-width": 3, "stroke-linejoin": "round" }, scene.labels.map((label) =>
      s("text", { x: round(label.x), y: round(label.y + label.size * 0.36), "font-size": label.size, "font-weight": label.bold ? 700 : 400, fill: label.kind === "edge" ? look.soft : look.text }, label.text))),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

function svgLine(model: Model, line: Line, look: Theme): SVGElement {
  const status = model.statuses[model.status[line.edge]];
  const colour = status.factual ? (line.hot ? look.hot : look.line) : look.doubt;
  const { cx, cy } = line.bend ? bendOf(line) : { cx: (line.x1 + line.x2) / 2, cy: (line.y1 + line.y2) / 2 };
  const tip = arrowPoints(line, 4);
  return s("g", { stroke: colour, opacity: line.dim ? 0.18 : line.hot ? 1 : 0.62 },
    s("path", { d: `M${round(line.x1)} ${round(line.y1)}Q${round(cx)} ${round(cy)} ${round(line.x2)} ${round(line.y2)}`, "stroke-width": line.hot ? 1.8 : 1, "stroke-dasharray": dash(status.key).join(" ") || null }),
    tip && s("path", { d: `M${tip.map(([x, y]) => `${round(x)} ${round(y)}`).join("L")}Z`, fill: status.factual ? colour : "none" }));
}
