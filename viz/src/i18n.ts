// The words of the page itself; the vocabulary (types, relations …) comes with the data.

const WORDS = {
  graph: ["关系图", "Graph"], table: ["表格", "Table"], article: ["报道", "Articles"], timeline: ["时间", "Timeline"], places: ["地域", "Places"],
  views: ["视图", "Views"], search: ["搜索名称、简称、拼音（按 / ）", "Search name, pinyin, initials  ( / )"], searchLabel: ["搜索", "Search"],
  fit: ["适应窗口", "Fit"], zoomIn: ["放大", "Zoom in"], zoomOut: ["缩小", "Zoom out"], export: ["导出", "Export"], theme: ["切换深浅色", "Light or dark"], language: ["English", "中文"],
  help: ["帮助", "Help"], filters: ["筛选", "Filters"], details: ["详情", "Details"], close: ["关闭", "Close"], back: ["返回全图", "Back to all"],
  kinds: ["活动类别", "Kinds of activity"], outlets: ["来源", "Sources"], region: ["地域", "Region"], allRegions: ["全部省份", "All provinces"],
  sameEvent: ["可能是同一事件", "Perhaps the same event"], origins: ["{} 个独立来源", "{} independent source(s)"], reprints: ["{} 篇转载", "{} reprint(s)"], reprintOf: ["转载，原载《{}》", "Reprint of “{}”"], correctTip: ["可直接粘贴到 corrections.csv 的一行，默认为“驳回”", "A line for corrections.csv, ready to paste: rejects this claim"],
  inStore: ["库中共有 {} 条关系，本页 {} 条", "{} relations in the store, {} on this page"], loadAll: ["从库中取出它的邻居", "Fetch its neighbours"], storeHits: ["库中其他结果", "More in the store"], storeTotal: ["库中共 {} 个实体、{} 条关系陈述、{} 篇报道。", "The store holds {} entities, {} claims, {} articles."], storeShown: ["本页只取出其中一部分；搜索或选择地域取出其他部分。", "This page shows a part of it; search or choose a region for other parts."], overview: ["返回总览", "Back to the overview"], askStore: ["在库中查找路径", "Look for a path in the store"], cappedStore: ["结果太多，只取出了联系最多的部分。", "Too much for one page: only the best-connected part is shown."],
  types: ["实体类型", "Entity types"], relations: ["关系", "Relations"], statuses: ["陈述状态", "Status"], topics: ["主题", "Topics"], solo: ["仅", "only"], soloTip: ["仅看此项，再按恢复", "Only this; again to restore"], all: ["全部", "All"],
  reset: ["清除筛选", "Clear filters"], allNodes: ["个节点", "nodes"], allEdges: ["条关系", "relations"],
  start: ["从这里开始", "Start here"], startText: ["点击图中的节点或连线，查看它的关系和原文依据；也可以搜索名称、简称或拼音。", "Click a node or a line to see its relations and the sentences behind them, or search by name, pinyin or initials."],
  most: ["联系最多", "Best connected"], articlesHere: ["报道", "Articles"], legendLines: ["线型", "Lines"],
  expand: ["展开", "Expand"], expandTip: ["把邻居加入当前视图", "Add its neighbours to what is shown"], collapse: ["收起", "Collapse"], only: ["只看它", "Only this"], pathTo: ["找路径…", "Path to…"], steps: ["步数", "Steps"], step: ["步", "steps"],
  pickOther: ["请点击或搜索另一个节点；按 Esc 取消", "Click or search the other node; Esc cancels"], pathFound: ["最短路径", "Shortest path"], noPath: ["两者之间没有路径（只沿已证实的关系，受筛选影响）", "No path between them (facts only, within the filters)"], common: ["共同邻居", "Common neighbours"],
  aliases: ["又作", "also"], outcomes: ["成果", "Outcomes"], evidence: ["原文依据", "Evidence"], reports: ["篇报道", "article(s)"], more: ["显示其余", "Show the other"], open: ["看原文", "Open article"],
  cite: ["复制引文", "Copy citation"], link: ["复制链接", "Copy link"], correct: ["复制更正行", "Copy correction"], copied: ["已复制", "Copied"], why: ["依据", "Why"], rule: ["规则", "rule"], about: ["约", "about"],
  inMentions: ["提及的实体", "Mentioned here"], noArticle: ["还没有报道", "No article"], pageNo: ["第{}版", "p. {}"], page: ["版面", "Page"], mentionsTip: ["点击高亮处查看实体", "Click a highlight to see the entity"],
  nodes: ["节点", "Nodes"], edges: ["关系", "Relations"], name: ["名称", "Name"], type: ["类型", "Type"], degree: ["关系数", "Relations"], articleCount: ["报道数", "Articles"], date: ["日期", "Date"], head: ["主体", "From"], relation: ["关系", "Relation"], tail: ["客体", "To"], status: ["状态", "Status"], sentence: ["原文", "Sentence"], province: ["省份", "Province"],
  copyTable: ["复制表格", "Copy table"], csv: ["下载 CSV", "Download CSV"], shown: ["显示前 {} 行，共 {} 行", "First {} of {} rows"], rowsAll: ["共 {} 行", "{} rows"], loadMore: ["再显示 500 行", "Show 500 more"],
  noDate: ["日期不详", "No date"], play: ["播放", "Play"], stop: ["停止", "Stop"], clearTime: ["清除时间范围", "Clear range"], timeFilter: ["时间筛选：拖动选择，左右键移动", "Time filter: drag to select, arrow keys move"], oneDay: ["全部报道同一天", "All on one day"],
  placesTitle: ["各省份实体数（示意方格，不表示边界和面积）", "Entities by province (tiles, not borders or areas)"], placesHint: ["点击省份筛选，再点取消。", "Click a province to filter, again to clear."], scatter: ["按坐标分布", "By coordinates"], noPlaces: ["没有可定位到省份的实体。", "No entity can be placed in a province."],
  png: ["图片 PNG", "Picture PNG"], svg: ["矢量图 SVG", "Vector SVG"], turtle: ["子图 Turtle", "Subgraph Turtle"], graphml: ["子图 GraphML", "Subgraph GraphML"], csvEdges: ["关系 CSV", "Relations CSV"], csvNodes: ["节点 CSV", "Nodes CSV"], share: ["复制本视图链接", "Copy link to this view"],
  nothing: ["没有符合条件的内容", "Nothing matches"], nothingHint: ["放宽左侧筛选或时间范围。", "Loosen the filters or the time range."], capped: ["邻居太多，先显示 {} 个", "Too many neighbours: showing {}"],
  keys: ["键盘", "Keyboard"], key1: ["搜索", "search"], key2: ["缩放、适应窗口", "zoom, fit"], key3: ["在图中移到相邻节点", "move to a node (in the graph)"], key4: ["邻居步数", "steps of neighbours"], key5: ["展开 / 只看它 / 找路径", "expand / only this / path"], key6: ["返回、取消", "back, cancel"], key7: ["切换视图", "switch view"],
  byline: ["作者", "By"], graphLabel: ["关系图。方向键在节点间移动；表格视图提供同样的内容。", "Graph. Arrow keys move between nodes; the table view has the same content."], outletUnknown: ["来源不详", "unknown source"], notFact: ["非既成事实", "not a fact"], nominal: ["指代", "refers back"],
} as const;

export type Key = keyof typeof WORDS;

export function translate(lang: "zh" | "en", key: Key, ...values: (string | number)[]): string {
  let text: string = WORDS[key][lang === "zh" ? 0 : 1];
  for (const value of values) text = text.replace("{}", String(value));
  return text;
}

const ATTRIBUTES: Record<string, [string, string]> = {
  code: ["区划代码", "Division code"], kind: ["类别", "Kind"], topic: ["主题", "Topic"], level: ["层级", "Level"], function: ["职能", "Function"], derived: ["由名称推得", "Derived from a name"],
  post: ["职务", "Post"], region: ["所属区划", "Region"], phrase: ["原文表述", "Phrase"], edtf: ["时间", "Time"], begin: ["起", "Begin"], end: ["止", "End"], precision: ["精度", "Precision"], approx: ["约数", "Approximate"],
};

export function attributeName(lang: "zh" | "en", key: string): string {
  const known = ATTRIBUTES[key];
  return known ? known[lang === "zh" ? 0 : 1] : key;
}

const ROLES: Record<string, [string, string]> = {
  author: ["作者", "Author"], photo: ["摄影", "Photo"], editor: ["编辑", "Editor"], layout: ["版式", "Layout"], review: ["审校", "Review"], source: ["来源", "Source"], correspondent: ["通讯员", "Correspondent"],
};

export function roleName(lang: "zh" | "en", key: string): string {
  return ROLES[key]?.[lang === "zh" ? 0 : 1] ?? key;
}
