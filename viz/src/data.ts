// What Python packed into the page, unpacked into typed columns.

export interface Word { key: string; zh: string; en: string }
export interface TypeWord extends Word { glyph: string }
export interface StatusWord extends Word { factual: boolean }
export interface Outcome {
  node: number; article: number; status: number; evidence: number[];
  what: string; value: string; unit: string; approx: string;
}
type ByNode<T> = Record<number, T>;

/** How the RDF exports name things: local names are listed where they differ from the ids. */
export interface Linked {
  prefixes: Record<string, string>; classes: Record<string, string[]>; predicates: Record<string, string>;
  node: ByNode<string>; article: ByNode<string>; claim: ByNode<string>; post: ByNode<string>;
}

/** What a server adds: what it was asked, and how much more the store holds. */
export interface Served {
  asked: string; entities: number; claims: number; articles: number;
  regions: Record<string, number>; degree: ByNode<number>; capped: boolean;
}

interface GraphBlock {
  title: string;
  types: TypeWord[]; relations: Word[]; statuses: StatusWord[]; kinds: Word[]; topics: Word[]; rules: string[];
  values: Record<string, Record<string, Word>>;
  nodes: {
    id: string[]; name: string[]; type: number[]; alias: ByNode<string[]>; attribute: ByNode<Record<string, string>>;
    kind: ByNode<number>; topic: ByNode<number[]>; at: ByNode<[number, number]>; community: number[]; x: number[]; y: number[];
  };
  edges: { head: number[]; tail: number[]; relation: number[]; status: number[]; claims: number[] };
  claims: { id: string[]; article: number[]; evidence: number[][]; rule: number[]; attribute: ByNode<Record<string, string>> };
  outcomes: Outcome[];
  same: [number, number, string][];
  articles: {
    id: string[]; title: string[]; outlet: string[]; day: (number | null)[]; number: string[]; section: string[];
    origin: number[]; dateline: string[]; byline: [string, string][][]; nodes: number[][];
  };
  pinyin: { characters: string; sounds: string };
  readings: ByNode<string[]>;
  variants: string;
  linked: Linked;
}

export interface Texts { text: string[]; mentions: number[][] }

/** The graph in columns: entities first, then one node per article; claims' edges, then mentions'. */
export interface Model extends GraphBlock {
  entityCount: number; nodeCount: number; edgeCount: number; claimEdges: number;
  name: string[]; type: Uint8Array; x: Float32Array; y: Float32Array; homeX: Float32Array; homeY: Float32Array;
  community: Int32Array; communityCount: number; degree: Uint32Array; factual: Uint8Array;
  head: Uint32Array; tail: Uint32Array; relation: Uint8Array; status: Uint8Array; claimStart: Uint32Array;
  offset: Uint32Array; around: Uint32Array; articlesOf: (node: number) => number[]; byId: Map<string, number>;
  articleType: number; mentionRelation: number; outlets: string[]; outlet: Int32Array; served: Served | null;
}

function packed(id: string): string {
  const element = document.getElementById(id);
  element?.remove();
  return element?.textContent?.trim() ?? "";
}

async function unpack<T>(packed: string): Promise<T> {
  const bytes = Uint8Array.from(atob(packed), (char) => char.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text()) as T;
}

let texts: Promise<Texts> | null = null;
export const loadTexts = (): Promise<Texts> => (texts ??= unpack<Texts>(packed("texts-data")));

/** Where the page holds no data, it asks the server that it came from for those its address names. */
async function load(): Promise<{ graph: GraphBlock; served: Served | null }> {
  const data = packed("graph-data");
  if (data) return { graph: await unpack<GraphBlock>(data), served: null };
  const answer = await fetch(`graph${location.search}`);
  if (!answer.ok) throw new Error(await answer.text());
  const all = (await answer.json()) as { graph: GraphBlock; texts: Texts; served: Served };
  texts = Promise.resolve(all.texts);
  return all;
}

export async function loadModel(): Promise<Model> {
  const { graph: block, served } = await load();
  // the relation between an article and what it mentions is the page's own: no claim says it
  block.relations.push({ key: "mentions", zh: "报道提及", en: "mentions" });
  const entityCount = block.nodes.id.length;
  const articles = block.articles.id.length;
  const nodeCount = entityCount + articles;
  const model = { ...block, entityCount, nodeCount, served, articleType: block.types.length - 1 } as Model;
  model.mentionRelation = block.relations.length - 1;
  placeNodes(model, articles);
  joinEdges(model);
  indexArticles(model);
  return model;
}

function placeNodes(model: Model, articles: number): void {
  const { nodes, entityCount, nodeCount } = model;
  model.name = nodes.name.concat(model.articles.title);
  model.byId = new Map(nodes.id.concat(model.articles.id).map((id, node) => [id, node]));
  model.type = new Uint8Array(nodeCount).fill(model.articleType);
  model.type.set(nodes.type);
  model.x = new Float32Array(nodeCount);
  model.y = new Float32Array(nodeCount);
  model.community = new Int32Array(nodeCount).fill(-1);
  model.x.set(nodes.x);
  model.y.set(nodes.y);
  model.community.set(nodes.community);
  for (let article = 0; article < articles; article++) placeArticle(model, article, entityCount + article);
  model.homeX = model.x.slice();
  model.homeY = model.y.slice();
  model.communityCount = model.community.reduce((most, number) => Math.max(most, number + 1), 0);
}

/** An article stands beside the middle of what it mentions most densely. */
function placeArticle(model: Model, article: number, node: number): void {
  const around = model.articles.nodes[article];
  const votes = new Map<number, number>();
  for (const other of around) votes.set(model.community[other], (votes.get(model.community[other]) ?? 0) + 1);
  const home = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? -1;
  const near = around.filter((other) => model.community[other] === home);
  const mean = (column: Float32Array) => near.reduce((sum, other) => sum + column[other], 0) / Math.max(1, near.length);
  model.community[node] = home;
  model.x[node] = mean(model.x) + 14;
  model.y[node] = mean(model.y) - 26;
}

function joinEdges(model: Model): void {
  const { edges, articles, entityCount } = model;
  const claimEdges = edges.head.length;
  const mentioned = articles.nodes.reduce((sum, list) => sum + list.length, 0);
  const total = claimEdges + mentioned;
  model.claimEdges = claimEdges;
  model.edgeCount = total;
  model.head = new Uint32Array(total);
  model.tail = new Uint32Array(total);
  model.relation = new Uint8Array(total).fill(model.mentionRelation);
  model.status = new Uint8Array(total);
  model.head.set(edges.head);
  model.tail.set(edges.tail);
  model.relation.set(edges.relation);
  model.status.set(edges.status);
  let next = claimEdges;
  articles.nodes.forEach((list, article) => {
    for (const node of list) {
      model.head[next] = entityCount + article;
      model.tail[next++] = node;
    }
  });
  model.claimStart = new Uint32Array(claimEdges + 1);
  for (let edge = 0; edge < claimEdges; edge++) model.claimStart[edge + 1] = model.claimStart[edge] + edges.claims[edge];
  indexEdges(model);
}

function indexEdges(model: Model): void {
  const { nodeCount, edgeCount, claimEdges, head, tail } = model;
  model.degree = new Uint32Array(nodeCount);
  model.factual = new Uint8Array(nodeCount);
  model.offset = new Uint32Array(nodeCount + 1);
  const some = new Uint8Array(nodeCount);
  for (let edge = 0; edge < edgeCount; edge++) {
    model.offset[head[edge] + 1]++;
    model.offset[tail[edge] + 1]++;
    if (edge >= claimEdges) continue;
    model.degree[head[edge]]++;
    model.degree[tail[edge]]++;
    some[head[edge]] = some[tail[edge]] = 1;
    if (model.statuses[model.status[edge]].factual) model.factual[head[edge]] = model.factual[tail[edge]] = 1;
  }
  // a node of which nothing is claimed is not in doubt
  for (let node = 0; node < nodeCount; node++) {
    if (!some[node]) model.factual[node] = 1;
    model.offset[node + 1] += model.offset[node];
  }
  model.around = new Uint32Array(2 * edgeCount);
  const fill = model.offset.slice();
  for (let edge = 0; edge < edgeCount; edge++) {
    model.around[fill[head[edge]]++] = edge;
    model.around[fill[tail[edge]]++] = edge;
  }
}

function indexArticles(model: Model): void {
  const counts = new Map<string, number>();
  for (const outlet of model.articles.outlet) if (outlet) counts.set(outlet, (counts.get(outlet) ?? 0) + 1);
  model.outlets = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([outlet]) => outlet);
  const number = new Map(model.outlets.map((outlet, at) => [outlet, at]));
  model.outlet = Int32Array.from(model.articles.outlet, (outlet) => number.get(outlet) ?? -1);
  let lists: number[][] | null = null;
  model.articlesOf = (node) => {
    if (node >= model.entityCount) return [node - model.entityCount];
    if (!lists) {
      const made: number[][] = Array.from({ length: model.entityCount }, () => []);
      model.articles.nodes.forEach((list, article) => list.forEach((other) => made[other].push(article)));
      lists = made;
    }
    return lists[node];
  };
}

export function dayText(day: number | null): string {
  return day === null ? "" : new Date(day * 86_400_000).toISOString().slice(0, 10);
}

export function topDegree(model: Model, count: number): number[] {
  const order = Array.from({ length: model.entityCount }, (_, node) => node);
  return order.sort((a, b) => model.degree[b] - model.degree[a] || a - b).slice(0, count);
}
