// What is seen as Turtle, under the IRIs that the RDF exports of the same graph have: every triple
// written here stands there too.

import type { App } from "./app";
import { claimsOf, seenEdges, seenNodes } from "./export";

/** A Turtle name where the local part allows it, else the whole IRI. */
function name(app: App, prefix: string, local: string): string {
  return /^[\p{L}_](?:[\p{L}\p{N}_-]*[\p{L}\p{N}_])?$/u.test(local) ? `${prefix}:${local}` : `<${app.model.linked.prefixes[prefix]}${local}>`;
}

const node = (app: App, at: number): string => name(app, "jwd", app.model.linked.node[at] ?? app.model.nodes.id[at]);
const stem = (app: App, article: number): string => (app.model.linked.article[article] ?? `article-${app.model.articles.id[article]}`).replace(/^article-/, "");
const literal = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t")}"`;

export function turtle(app: App): string {
  const { prefixes } = app.model.linked;
  const lines = Object.entries(prefixes).map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .`);
  lines.push("");
  for (const at of seenNodes(app)) lines.push(entity(app, at));
  const articles = new Set<number>();
  for (const edge of seenEdges(app)) {
    for (const claim of claimsOf(app, edge)) {
      articles.add(app.model.claims.article[claim]);
      lines.push(...statement(app, edge, claim));
    }
  }
  for (const article of [...articles].sort((a, b) => a - b)) lines.push(`${name(app, "jwd", `article-${stem(app, article)}`)} a schema:NewsArticle ; schema:headline ${literal(app.model.articles.title[article])}@zh-hans .`);
  return `${lines.join("\n")}\n`;
}

function entity(app: App, at: number): string {
  const { linked, nodes } = app.model;
  const type = app.typeOf(at).key;
  const region = type === "LOC" && (nodes.id[at].startsWith("region-") || Boolean(nodes.attribute[at]?.code));
  return `${node(app, at)} a ${linked.classes[region ? "REGION" : type].join(" , ")} ; rdfs:label ${literal(nodes.name[at])}@zh-hans .`;
}

/** The property and the object of a claim: a post stands between a person and the body. */
function said(app: App, edge: number, claim: number): [string, string] {
  const { model } = app;
  const { linked } = model;
  const relation = model.relations[model.relation[edge]].key;
  const post = linked.post[claim];
  if (relation === "has_post") return post ? [linked.predicates[relation], name(app, "jwd", post)] : ["org:memberOf", node(app, model.tail[edge])];
  const inside = relation === "located_in" && app.typeOf(model.head[edge]).key === "LOC";
  return [inside ? "schema:containedInPlace" : linked.predicates[relation], node(app, model.tail[edge])];
}

function statement(app: App, edge: number, claim: number): string[] {
  const { model } = app;
  const head = node(app, model.head[edge]);
  const [predicate, object] = said(app, edge, claim);
  const status = model.statuses[model.status[edge]];
  const article = model.claims.article[claim];
  const [passages, quotes] = evidence(app, article, claim);
  const own = name(app, "jwd", model.linked.claim[claim] ?? model.claims.id[claim]);
  return [
    ...(status.factual ? [`${head} ${predicate} ${object} .`] : []),
    `${own} a jw:Claim ; rdf:subject ${head} ; rdf:predicate ${predicate} ; rdf:object ${object} ; jw:relation ${name(app, "jwc", `relation-${model.relations[model.relation[edge]].key}`)} ; jw:status ${name(app, "jwc", status.key)} ; prov:wasQuotedFrom ${name(app, "jwd", `article-${stem(app, article)}`)} ; oa:hasTarget ${passages.join(" , ")} .`,
    ...quotes,
  ];
}

/** The passages of a claim; offsets count characters as RDF does, not UTF-16 units. */
function evidence(app: App, article: number, claim: number): [string[], string[]] {
  const text = app.texts?.text[article] ?? "";
  const spans = app.model.claims.evidence[claim];
  const passages: string[] = [], quotes: string[] = [];
  for (let at = 0; at < spans.length; at += 2) {
    const from = [...text.slice(0, spans[at])].length;
    const exact = text.slice(spans[at], spans[at + 1]);
    const place = `${stem(app, article)}-${from}-${from + [...exact].length}`;
    const quote = name(app, "jwd", `quote-${place}`);
    passages.push(name(app, "jwd", `passage-${place}`));
    quotes.push(`${passages[passages.length - 1]} oa:hasSelector ${quote} .`, `${quote} oa:exact ${literal(exact)} .`);
  }
  return [passages, quotes];
}
