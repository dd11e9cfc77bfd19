/** What the legend says, and how its entries break into rows. */
import { cleanName, cutMiddle, cutToFit } from '../text/names.ts';
import type { ChartSpec } from '../types.ts';
import type { LineSwatch } from './lines/swatches.ts';
import { font, isFolded, seriesColours } from './theme.ts';

export type Swatch =
  | { readonly kind: 'bar'; readonly colour: string }
  | { readonly kind: 'line' | 'skyline' | 'ghost-line' | 'hatch' | 'unknown' }
  | LineSwatch;

/** Width of `text` in `font`, in pixels. */
export type Measure = (text: string, font: string) => number;

/** Widest names tried in turn, with the rows each may take; shorter names only buy so much. */
const LEGEND_TRIES = [
  { nameWidth: 300, rows: 2 },
  { nameWidth: 230, rows: 2 },
  { nameWidth: 190, rows: 2 },
  { nameWidth: 230, rows: 3 },
  { nameWidth: 170, rows: 3 },
  { nameWidth: 110, rows: 4 },
] as const;
export interface Placed {
  readonly swatch: Swatch;
  readonly text: string;
  readonly x: number;
}

export function legendRows(
  entries: readonly Entry[],
  room: number,
  {
    legendSize,
    swatchWidth,
    gap,
    scale,
  }: { legendSize: number; swatchWidth: number; gap: number; scale: number },
  measure: Measure,
): Placed[][] {
  const widthOf = (text: string): number => measure(text, font(legendSize));
  let rows: Placed[][] = [];
  for (const { nameWidth, rows: allowed } of LEGEND_TRIES) {
    rows = [[]];
    let x = 0;
    for (const { swatch, name, fixed } of entries) {
      const text = fixed ? name : cutToFit(name, (one) => widthOf(one) <= nameWidth * scale);
      const width = swatchWidth + gap + widthOf(text);
      if (x > 0 && x + width > room) {
        rows.push([]);
        x = 0;
      }
      rows.at(-1)?.push({ swatch, text, x });
      x += width + 19 * scale;
    }
    if (rows.length <= allowed) break;
  }
  return entries.length === 0 ? [] : rows;
}

export interface Entry {
  readonly swatch: Swatch;
  readonly name: string;
  /** Our own words, which are short and never cut. */
  readonly fixed: boolean;
}

export function legendEntries(spec: ChartSpec, stepped: boolean): Entry[] {
  const stack = spec.series.filter((one) => one.role === 'stack');
  const colours = seriesColours(stack.map((one) => one.name));
  const entries: Entry[] = stack.map((one, index) => ({
    swatch: { kind: 'bar', colour: colours[index] ?? '' },
    name: cleanName(one.name),
    fixed: isFolded(one.name),
  }));
  for (const one of spec.series) {
    if (one.role === 'average')
      entries.push({ swatch: { kind: 'line' }, name: cleanName(one.name), fixed: true });
    if (one.role === 'previous')
      entries.push({
        swatch: { kind: stepped ? 'skyline' : 'ghost-line' },
        name: cutMiddle(cleanName(one.name), 32),
        fixed: true,
      });
  }
  if (spec.provisionalFrom !== undefined)
    entries.push({ swatch: { kind: 'hatch' }, name: 'still arriving', fixed: true });
  if (unknownDays(spec).length > 0)
    entries.push({ swatch: { kind: 'unknown' }, name: 'no data', fixed: true });
  return entries;
}

/** Indices of the days nothing is known about, though their data should be complete. */
export function unknownDays(spec: ChartSpec): number[] {
  const stack = spec.series.filter((one) => one.role === 'stack');
  const end = spec.provisionalFrom ?? spec.days.length;
  const unknown = spec.days.flatMap((_, day) =>
    day < end && stack.every((one) => (one.values[day] ?? null) === null) ? [day] : [],
  );
  return unknown.length === spec.days.length ? [] : unknown;
}
