// A reference as GB/T 7714-2015 writes one for a newspaper article:
// 作者. 题名[N]. 报纸名, 出版日期(版次).

import { dayText, type Model } from "./data";

export function cite(model: Model, article: number): string {
  const { byline, title, outlet, day, number } = model.articles;
  const authors = byline[article].filter(([role]) => role === "author").map(([, name]) => name);
  // three authors at most, then “等”
  const by = authors.length > 3 ? `${authors.slice(0, 3).join(", ")}, 等` : authors.join(", ");
  const date = dayText(day[article]);
  const issue = [outlet[article], date].filter(Boolean).join(", ") + (number[article] ? `(${number[article]})` : "");
  return [by, `${title[article]}[N]`, issue].filter(Boolean).join(". ") + ".";
}
