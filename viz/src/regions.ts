// Which province a node belongs to: from its own division code, else from where it lies, else from
// most of its neighbours. The tiles are the page's own arrangement and draw no border.

import type { Model } from "./data";

export interface Province { code: string; zh: string; en: string; column: number; row: number }

const TABLE: [string, string, string, number, number][] = [
  ["11", "北京", "Beijing", 7, 3], ["12", "天津", "Tianjin", 8, 3], ["13", "河北", "Hebei", 7, 4], ["14", "山西", "Shanxi", 6, 4],
  ["15", "内蒙古", "Inner Mongolia", 6, 2], ["21", "辽宁", "Liaoning", 8, 2], ["22", "吉林", "Jilin", 9, 2], ["23", "黑龙江", "Heilongjiang", 9, 1],
  ["31", "上海", "Shanghai", 9, 5], ["32", "江苏", "Jiangsu", 8, 5], ["33", "浙江", "Zhejiang", 8, 6], ["34", "安徽", "Anhui", 7, 5],
  ["35", "福建", "Fujian", 8, 7], ["36", "江西", "Jiangxi", 7, 6], ["37", "山东", "Shandong", 8, 4], ["41", "河南", "Henan", 6, 5],
  ["42", "湖北", "Hubei", 6, 6], ["43", "湖南", "Hunan", 6, 7], ["44", "广东", "Guangdong", 7, 8], ["45", "广西", "Guangxi", 5, 8],
  ["46", "海南", "Hainan", 6, 9], ["50", "重庆", "Chongqing", 5, 6], ["51", "四川", "Sichuan", 4, 6], ["52", "贵州", "Guizhou", 5, 7],
  ["53", "云南", "Yunnan", 4, 7], ["54", "西藏", "Tibet", 2, 6], ["61", "陕西", "Shaanxi", 5, 4], ["62", "甘肃", "Gansu", 4, 4],
  ["63", "青海", "Qinghai", 3, 5], ["64", "宁夏", "Ningxia", 5, 3], ["65", "新疆", "Xinjiang", 2, 4], ["71", "台湾", "Taiwan", 9, 7],
  ["81", "香港", "Hong Kong", 8, 9], ["82", "澳门", "Macao", 7, 9],
];
export const PROVINCES: readonly Province[] = TABLE.map(([code, zh, en, column, row]) => ({ code, zh, en, column, row }));
const LAID_IN = ["located_in", "part_of_unit"];
const ROUNDS = 4;

export class Regions {
  private table: string[] | null = null;
  private found: Set<string> | null = null;
  constructor(private readonly model: Model) {}

  /** The province's two digits, or an empty string. */
  of(node: number): string {
    return (this.table ??= this.fill())[node];
  }

  has(code: string): boolean {
    return (this.found ??= new Set((this.table ??= this.fill()))).has(code);
  }

  private fill(): string[] {
    const { model } = this;
    const table: string[] = new Array(model.nodeCount).fill("");
    for (const [node, attributes] of Object.entries(model.nodes.attribute)) {
      const code = attributes.code ?? attributes.region ?? "";
      if (/^\d{6}/.test(code)) table[Number(node)] = code.slice(0, 2);
    }
    const within = new Set(LAID_IN.map((key) => model.relations.findIndex((word) => word.key === key)));
    this.spread(table, ROUNDS, (edge) => within.has(model.relation[edge]));
    this.spread(table, 1, (edge) => edge < model.claimEdges);
    this.spread(table, 1, () => true);
    return table;
  }

  /** Gives nodes without a province the one that most of their neighbours have. */
  private spread(table: string[], rounds: number, along: (edge: number) => boolean): void {
    const { model } = this;
    for (let round = 0; round < rounds; round++) {
      const votes = new Map<number, Map<string, number>>();
      for (let edge = 0; edge < model.edgeCount; edge++) {
        if (!along(edge)) continue;
        const a = model.head[edge], b = model.tail[edge];
        if (!table[a] && table[b]) vote(votes, a, table[b]);
        if (!table[b] && table[a]) vote(votes, b, table[a]);
      }
      for (const [node, found] of votes) table[node] = [...found].sort((p, q) => q[1] - p[1] || (p[0] < q[0] ? -1 : 1))[0][0];
    }
  }
}

function vote(votes: Map<number, Map<string, number>>, node: number, code: string): void {
  const found = votes.get(node) ?? new Map<string, number>();
  found.set(code, (found.get(code) ?? 0) + 1);
  votes.set(node, found);
}
