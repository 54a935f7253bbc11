// Colours of the picture. Types take the Okabe–Ito palette (colour-blind-safe) and two neutrals;
// the glyph inside a node says the same, so colour is never the only cue.

export interface Paint { fill: string; ink: string }

const LIGHT: Record<string, Paint> = {
  UNIT: { fill: "#0072B2", ink: "#ffffff" },
  ORG: { fill: "#E69F00", ink: "#231a00" },
  LOC: { fill: "#00805E", ink: "#ffffff" },
  ACT: { fill: "#C85600", ink: "#ffffff" },
  PER: { fill: "#B9578F", ink: "#ffffff" },
  TIME: { fill: "#56B4E9", ink: "#06202f" },
  DOC: { fill: "#E5D73B", ink: "#2a2700" },
  METHOD: { fill: "#6D4C9F", ink: "#ffffff" },
  GROUP: { fill: "#6F7A83", ink: "#ffffff" },
  ARTICLE: { fill: "#26323B", ink: "#ffffff" },
};
const DARK: Record<string, Paint> = {
  ...LIGHT,
  UNIT: { fill: "#2F93D1", ink: "#04121c" },
  LOC: { fill: "#16A67E", ink: "#03150f" },
  ACT: { fill: "#E8752A", ink: "#1d0b00" },
  PER: { fill: "#D98ABB", ink: "#22091a" },
  METHOD: { fill: "#A58AD4", ink: "#150b26" },
  GROUP: { fill: "#95A0A8", ink: "#0f1417" },
  ARTICLE: { fill: "#D5DDE3", ink: "#12181d" },
};

export interface Theme {
  paper: string; text: string; soft: string; line: string; faint: string; hot: string; doubt: string; halo: string; bubble: string;
  types: Paint[];
}

export function theme(dark: boolean, types: readonly { key: string }[]): Theme {
  const table = dark ? DARK : LIGHT;
  const paints = types.map((type) => table[type.key] ?? table.GROUP);
  return dark
    ? { paper: "#11161b", text: "#e6edf2", soft: "#a3b1bc", line: "#62727f", faint: "#33404a", hot: "#ffc857", doubt: "#d7a6ff", halo: "#11161b", bubble: "#1c252d", types: paints }
    : { paper: "#fbfcfd", text: "#18222b", soft: "#55646f", line: "#8a99a5", faint: "#d3dbe1", hot: "#b34700", doubt: "#7a3fb0", halo: "#fbfcfd", bubble: "#eef3f7", types: paints };
}

export const FONT = '"PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif';

/** Dashes by status: only what is asserted or attributed is drawn through. */
export function dash(status: string): number[] {
  switch (status) {
    case "planned": return [7, 5];
    case "required": return [8, 4, 2, 4];
    case "alleged": return [2, 4];
    case "negated": return [3, 7];
    default: return [];
  }
}
