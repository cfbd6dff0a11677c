/** The table as a picture: one line for each figure, the floor at 1, everyone else by how many times worse (right) or better (left) it is. */
import type { ContenderName } from "../contender.ts";
import { type FiguresTable, type Row, type RowId, ROWS } from "../figures_table.ts";
import { PEER_NAMES, round, times } from "./text_table.ts";

const LEFT = 330;
const RIGHT = 150;
const WIDTH = 960;
const TOP = 70;
const LINE = 30;

const LOOKS: Readonly<Record<Exclude<ContenderName, "floor">, { colour: string; radius: number }>> = {
  ours: { colour: "#c2410c", radius: 6 },
  comlink: { colour: "#2563eb", radius: 4 },
  capnweb: { colour: "#7c3aed", radius: 4 },
  "http-worker": { colour: "#0d9488", radius: 4 },
};
const NAMES = ["ours", ...PEER_NAMES] as const;

/** An SVG document. `about`: what is said below the title. */
export function chart(table: FiguresTable, about: string): string {
  const rows = ROWS.filter((row) => table.timesWorse(row, "ours", "floor") !== undefined);
  const factors = rows.flatMap((row) => NAMES.map((name) => table.timesWorse(row, name, "floor") ?? 1));
  const scale = logScale(Math.min(...factors, 1), Math.max(...factors, 10));
  const height = TOP + rows.length * LINE + 40;
  const parts = [
    ...scale.decades.map((factor) => gridLine(scale.x(factor), factor, height)),
    ...rows.map((row, index) => rowParts(table, row, TOP + index * LINE, scale)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="ui-sans-serif, system-ui, sans-serif" font-size="13">
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
<text x="16" y="24" font-size="15" font-weight="600" fill="#111827">Times worse than the floor (medians)</text>
<text x="16" y="44" fill="#6b7280">${escape(about)}</text>
${legend()}
${parts.join("\n")}
</svg>
`;
}

interface Scale {
  readonly decades: readonly number[];
  x(factor: number): number;
}

function logScale(least: number, most: number): Scale {
  const from = Math.floor(Math.log10(least));
  const to = Math.ceil(Math.log10(most));
  const width = WIDTH - LEFT - RIGHT;
  return {
    decades: Array.from({ length: to - from + 1 }, (_, n) => 10 ** (from + n)),
    x: (factor) => LEFT + width * (Math.log10(factor) - from) / (to - from),
  };
}

function gridLine(x: number, factor: number, height: number): string {
  const floor = factor === 1;
  const look = floor ? 'stroke="#111827" stroke-width="1.5"' : 'stroke="#e5e7eb"';
  return `<line x1="${at(x)}" x2="${at(x)}" y1="${TOP - 6}" y2="${height - 32}" ${look}/>
<text x="${at(x)}" y="${height - 14}" text-anchor="middle" fill="#6b7280">${
    floor ? "floor" : `${Number(factor.toPrecision(2))} ×`
  }</text>`;
}

function rowParts(table: FiguresTable, row: Row & { id: RowId }, y: number, scale: Scale): string {
  const middle = y + LINE / 2;
  const dots = NAMES.toReversed().map((name) => {
    const factor = table.timesWorse(row, name, "floor");
    if (factor === undefined) return "";
    const { colour, radius } = LOOKS[name];
    const value = `${name}: ${round(table.median(row.id, name))} ${row.unit}`;
    return `<circle cx="${at(scale.x(factor))}" cy="${middle}" r="${radius}" fill="${colour}"><title>${
      escape(value)
    }</title></circle>`;
  });
  const said = `${round(table.median(row.id, "ours"))} ${row.unit}`;
  return `<line x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${middle}" y2="${middle}" stroke="#f3f4f6"/>
<text x="16" y="${middle + 4}" fill="#111827">${escape(table.saysOf(row))}</text>
${dots.join("")}
<text x="${WIDTH - 16}" y="${middle + 4}" text-anchor="end" fill="${LOOKS.ours.colour}">${escape(said)}, ${
    times(table.timesWorse(row, "ours", "floor"))
  }</text>`;
}

function legend(): string {
  return NAMES.map((name, index) => {
    const x = WIDTH - 380 + index * 95;
    const { colour, radius } = LOOKS[name];
    return `<circle cx="${x}" cy="20" r="${radius}" fill="${colour}"/><text x="${
      x + 10
    }" y="24" fill="#111827">${name}</text>`;
  }).join("");
}

function at(x: number): string {
  return String(Math.round(x * 10) / 10);
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
