// Starts vis-network on the data that Python put into the page, and draws the legend. Whatever the
// data say is text: vis shows a string as text, and the legend is made of text nodes.

import { byId, h, s } from "./dom";

interface Sign { label: string; colour: string; shape: string; dashes?: number[] }
interface Data { nodes: object[]; edges: object[]; options: object; legend: Sign[] }

declare const vis: {
  DataSet: new (items: object[]) => object;
  Network: new (host: HTMLElement, data: object, options: object) => object;
};

const SHAPES: Record<string, string> = {
  dot: "M2 7a5 5 0 1 0 10 0a5 5 0 1 0 -10 0", square: "M2.5 2.5h9v9h-9z", diamond: "M7 1l6 6l-6 6l-6-6z", triangle: "M7 1.5l6 10.5h-12z",
  triangleDown: "M7 12.5l6-10.5h-12z", hexagon: "M4 2h6l3 5l-3 5h-6l-3-5z", star: "M7 1l1.8 4.2l4.5.4l-3.4 3l1 4.4l-3.9-2.4l-3.9 2.4l1-4.4l-3.4-3l4.5-.4z",
  line: "M0 7h22",
};

function sign(one: Sign): HTMLElement {
  const line = one.shape === "line";
  const path = s("path", { d: SHAPES[one.shape] ?? SHAPES.dot, fill: line ? "none" : one.colour, stroke: line ? one.colour : "none", "stroke-width": 2, "stroke-dasharray": one.dashes?.join(" ") ?? null });
  return h("li", {}, s("svg", { viewBox: `0 0 ${line ? 22 : 14} 14`, width: line ? 22 : 14, height: 14, "aria-hidden": "true" }, path), one.label);
}

const data = JSON.parse(byId("data").textContent ?? "{}") as Data;
byId("legend").append(...data.legend.map(sign));
Object.assign(window, { network: new vis.Network(byId("picture"), { nodes: new vis.DataSet(data.nodes), edges: new vis.DataSet(data.edges) }, data.options) });
