// Search by name, alias, pinyin, initials, traditional or simplified characters, or letters skipped
// as short names skip them (巴市局 finds 巴彦淖尔市公安局).

import type { Model } from "./data";

const SLICE = 3000; // nodes indexed at a time

type Hit = [rank: number, node: number];
interface Entry { names: string[]; sound: string; initials: string }

export class Search {
  private readonly entries: Entry[] = [];
  private readonly holders = new Map<string, number[]>(); // which nodes have a character in a name
  private readonly sound: Map<string, string>;
  private readonly fold = new Map<string, string>();

  constructor(private readonly model: Model) {
    const pairs = [...model.variants];
    for (let at = 0; at + 1 < pairs.length; at += 2) this.fold.set(pairs[at], pairs[at + 1]);
    const sounds = model.pinyin.sounds.split(" ");
    this.sound = new Map([...model.pinyin.characters].map((char, at) => [char, sounds[at]]));
  }

  /** Makes the index ahead of the first key stroke, a slice at a time so that nothing waits for it. */
  prepare(): void {
    this.index(this.entries.length + SLICE);
    if (this.entries.length < this.model.nodeCount) setTimeout(() => this.prepare());
  }

  /** The best matches, nodes by number, best first. */
  find(query: string, most = 12): number[] {
    const asked = this.plain(query).replace(/\s+/g, "");
    if (!asked) return [];
    const latin = /^[a-z0-9']+$/.test(asked);
    this.index(this.model.nodeCount);
    const { entries } = this;
    const { degree, name } = this.model;
    const order = (a: Hit, b: Hit) => a[0] - b[0] || degree[b[1]] - degree[a[1]] || name[a[1]].length - name[b[1]].length || a[1] - b[1];
    const best: Hit[] = []; // sorted, and never longer than asked for: one letter may match all
    for (const node of latin ? entries.keys() : this.rarest(asked)) {
      const rank = score(entries[node], asked, latin);
      if (rank >= 9) continue;
      const hit: Hit = [rank, node];
      if (best.length === most && order(hit, best[most - 1]) > 0) continue;
      let at = best.length;
      while (at > 0 && order(hit, best[at - 1]) < 0) at--;
      best.splice(at, 0, hit);
      if (best.length > most) best.pop();
    }
    return best.map(([, node]) => node);
  }

  plain(text: string): string {
    let out = "";
    for (const char of text.normalize("NFKC").toLowerCase()) out += this.fold.get(char) ?? char;
    return out.replace(/[“”"‘’《》·]/g, "");
  }

  /** The nodes that have the rarest character of what is asked: no other can match. */
  private rarest(asked: string): readonly number[] {
    const lists = [...asked].map((char) => this.holders.get(char) ?? []);
    return lists.reduce((least, list) => (list.length < least.length ? list : least));
  }

  private index(until: number): void {
    for (let node = this.entries.length; node < Math.min(until, this.model.nodeCount); node++) {
      const entry = this.entry(node);
      this.entries.push(entry);
      for (const char of new Set(entry.names.join(""))) {
        const list = this.holders.get(char);
        if (list) list.push(node);
        else this.holders.set(char, [node]);
      }
    }
  }

  private entry(node: number): Entry {
    const { model } = this;
    const read = model.readings[node] ?? [...model.name[node]].map((char) => this.sound.get(char) ?? "").filter(Boolean);
    const names = [this.plain(model.name[node]), ...(model.nodes.alias[node] ?? []).map((alias) => this.plain(alias))];
    return { names, sound: read.join(""), initials: read.map((part) => part[0]).join("") };
  }
}

function score(entry: Entry, asked: string, latin: boolean): number {
  let best = 9;
  for (let at = 0; at < entry.names.length; at++) {
    const place = entry.names[at].indexOf(asked);
    if (place < 0) continue;
    const exact = entry.names[at].length === asked.length ? 0 : place === 0 ? 1 : 2;
    best = Math.min(best, exact + (at ? 0.5 : 0));
  }
  if (best < 9) return best;
  if (latin) {
    if (entry.initials.startsWith(asked)) return entry.initials.length === asked.length ? 2.8 : 3;
    if (entry.sound.startsWith(asked)) return 3.5;
    if (asked.length > 1 && entry.initials.includes(asked)) return 4;
    return asked.length > 2 && entry.sound.includes(asked) ? 5 : 9;
  }
  return asked.length > 1 && inOrder(entry.names[0], asked) ? 6 : 9;
}

function inOrder(name: string, asked: string): boolean {
  let at = 0;
  for (const char of asked) {
    at = name.indexOf(char, at) + 1;
    if (!at) return false;
  }
  return true;
}
