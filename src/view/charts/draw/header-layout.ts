/** Where title, subtitle and legend go, and how much height they take; pure but for measuring text. */
import { cleanName } from '../text/names.ts';
import type { ChartSpec } from '../types.ts';
import type { Entry, Measure, Swatch } from './legend.ts';
import { legendEntries, legendRows } from './legend.ts';
import type { Theme } from './theme.ts';
import { font } from './theme.ts';

export interface TextLine {
  readonly text: string;
  readonly x: number;
  /** Middle of the line. */
  readonly y: number;
}

export interface LegendItem extends TextLine {
  readonly swatch: Swatch;
}

export interface Header {
  readonly title: readonly TextLine[];
  readonly subtitle: TextLine | undefined;
  readonly legend: readonly LegendItem[];
  readonly legendSize: number;
  readonly swatchWidth: number;
  /** Between a swatch and its name. */
  readonly gap: number;
  /** Where the plot may begin. */
  readonly bottom: number;
}

/** From this many entries on the legend is set smaller. */
const CROWDED = 9;
/** More letters than any line holds; what comes after them need not be measured. */
const MAX_LETTERS = 160;
const MAX_TITLE_LINES = 2;

export interface HeaderInput {
  readonly spec: ChartSpec;
  readonly width: number;
  readonly theme: Theme;
  readonly measure: Measure;
  /** The period before is a skyline, not a plain line. */
  readonly stepped: boolean;
  /** Nothing is known, so there is nothing to explain. */
  readonly empty: boolean;
  /** What the legend says, where that is not what the bars say. */
  readonly entries?: readonly Entry[];
}

export function headerLayout(input: HeaderInput): Header {
  const { spec, width, theme, measure, stepped, empty } = input;
  const { margin, titleSize, textSize, scale } = theme;
  const room = width - 2 * margin;
  let top = margin * 0.8;
  const title = wrap(cleanName(spec.title), room, (text) => measure(text, font(titleSize, 'semibold'))).map(
    (text) => {
      const line = { text, x: margin, y: top + titleSize * 0.6 };
      top += titleSize * 1.2;
      return line;
    },
  );
  let subtitle: TextLine | undefined;
  if (spec.subtitle) {
    const small = font(textSize * 0.95);
    const text = cutEnd(cleanName(spec.subtitle), (candidate) => measure(candidate, small) <= room);
    subtitle = { text, x: margin, y: top + textSize * 0.7 };
    top += textSize * 1.4;
  }
  const entries = input.entries ?? (empty ? [] : legendEntries(spec, stepped));
  const legendSize = textSize * (entries.length >= CROWDED ? 0.92 : 1);
  const sizes = { legendSize, swatchWidth: 18 * scale, gap: 7 * scale, scale };
  const rows = legendRows(entries, room, sizes, measure);
  top += rows.length > 0 ? 8 * scale : 0;
  const legend: LegendItem[] = [];
  for (const row of rows) {
    for (const { swatch, text, x } of row)
      legend.push({ swatch, text, x: margin + x, y: top + legendSize * 0.7 });
    top += legendSize * 1.4;
  }
  return { title, subtitle, legend, ...sizes, bottom: top + (rows.length > 0 ? 16 : 20) * scale };
}

function wrap(text: string, room: number, widthOf: (text: string) => number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer) <= room || lines.length === MAX_TITLE_LINES - 1) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line].map((one) => cutEnd(one, (candidate) => widthOf(candidate) <= room));
}

function cutEnd(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const letters = Array.from(text).slice(0, MAX_LETTERS);
  const cut = (): string => `${letters.join('').trimEnd()}…`;
  while (letters.length > 1 && !fits(cut())) letters.pop();
  return cut();
}
