/** Which names fit above the plot, and where: announced stretches and deploys, in one row if they fit, else in two. */
import { cleanLabel, cutToFit } from '../../text/names.ts';
import type { ChartLines } from '../../types.ts';
import type { Plot } from '../plot.ts';
import type { Theme } from '../theme.ts';

export interface LaneName {
  readonly kind: 'span' | 'flag';
  readonly text: string;
  readonly x: number;
  /** 0 is the row right above the plot. */
  readonly row: number;
}

export interface Lanes {
  readonly rows: number;
  readonly names: readonly LaneName[];
  /** How many names found no room in a row. */
  readonly leftOut: readonly { readonly row: number; readonly count: number }[];
}

/** Widest name, at 900 × 420. */
const MAX_WIDTH = 240;
/** More names of a kind than any row holds; the others are only counted. */
const MAX_TRIED = 60;

/** Where the plot is, and how wide words are. */
export interface LaneRoom {
  readonly plot: Pick<Plot, 'left' | 'right' | 'x'>;
  readonly widthOf: (text: string) => number;
  readonly theme: Theme;
}

/** Names are laid in `rows` rows; without it in as few as hold them all. */
export function laneLayout(lines: ChartLines, room: LaneRoom, rows?: number): Lanes {
  const parts = [flagNames(lines, room), spanNames(lines, room)].filter(({ total }) => total > 0);
  if (parts.length === 0) return { rows: 0, names: [], leftOut: [] };
  const all = { total: 0, wishes: [] as Wish[] };
  // Stretches first: their place is the less free one.
  for (const { total, wishes } of parts.toReversed()) {
    all.total += total;
    all.wishes.push(...wishes);
  }
  const shared = fill(all, 0, room);
  if (parts.length === 1 || rows === 1 || (rows === undefined && shared.leftOut.length === 0))
    return { rows: 1, ...shared };
  const filled = parts.map((part, row) => fill(part, row, room));
  return {
    rows: 2,
    names: filled.flatMap(({ names }) => names),
    leftOut: filled.flatMap(({ leftOut }) => leftOut),
  };
}

interface Wish {
  readonly kind: LaneName['kind'];
  readonly text: string;
  readonly width: number;
  /** Where it may begin, the best first. */
  readonly starts: readonly number[];
}

interface Wishes {
  readonly total: number;
  readonly wishes: readonly Wish[];
}

function spanNames({ spans = [] }: ChartLines, room: LaneRoom): Wishes {
  const { plot } = room;
  const wishes = spans.slice(0, MAX_TRIED).map(({ name, from, to }): Wish => {
    const { text, width } = fitted(name, room);
    const start = (plot.x(from) + plot.x(to) - width) / 2;
    return { kind: 'span', text, width, starts: [Math.min(start, plot.right - width)] };
  });
  return { total: spans.length, wishes };
}

/** The newest first: what is left out is the oldest. */
function flagNames({ flags }: ChartLines, room: LaneRoom): Wishes {
  const { plot, theme } = room;
  const gap = 9 * theme.scale;
  const newest = [...(flags?.at ?? [])].sort((a, b) => b.at - a.at);
  const wishes = newest.slice(0, MAX_TRIED).map(({ name, at }): Wish => {
    const { text, width } = fitted(name, room);
    return { kind: 'flag', text, width, starts: [plot.x(at) + gap, plot.x(at) - gap - width] };
  });
  return { total: newest.length, wishes };
}

function fitted(name: string, { widthOf, theme }: LaneRoom): { text: string; width: number } {
  const text = cutToFit(cleanLabel(name), (one) => widthOf(one) <= MAX_WIDTH * theme.scale);
  return { text, width: widthOf(text) };
}

/** Places one after the other where nothing is yet; room for the count is only kept when something is left out. */
function fill({ total, wishes }: Wishes, row: number, room: LaneRoom): Pick<Lanes, 'names' | 'leftOut'> {
  const { plot, theme } = room;
  const attempt = (from: number): LaneName[] => {
    const taken: { from: number; to: number }[] = [];
    return wishes.flatMap(({ kind, text, width, starts }): LaneName[] => {
      // A stretch's name may lie beside its middle, a deploy's must touch its tick.
      const spots = kind === 'span' ? starts.map((start) => Math.max(from, start)) : starts;
      const x = spots.find(
        (start) =>
          start >= from &&
          start + width <= plot.right &&
          taken.every((one) => start + width < one.from || start > one.to),
      );
      if (x === undefined) return [];
      taken.push({ from: x - 14 * theme.scale, to: x + width + 14 * theme.scale });
      return [{ kind, text, x, row }];
    });
  };
  const all = attempt(plot.left);
  if (all.length === total) return { names: all, leftOut: [] };
  const names = attempt(plot.left + 48 * theme.scale);
  return { names, leftOut: [{ row, count: total - names.length }] };
}
