/** The span of the y axis of a chart of lines: what the lines need, and of the ranges what leaves the lines readable. */
import type { ChartLevel, ChartLines, ChartSpec } from '../../types.ts';

/** A level this many times higher than all lines would press them flat: its label says where it is. */
const MAX_LEVEL_RATIO = 2.5;
/** Lines that move this little of their height are looked at from near; those that move less are flat, and look it. */
const NEAR = { from: 0.04, to: 0.3 };
/** The part of the height that a second picture below takes, its caption included. */
export const STRIP_SHARE = 0.34;

export interface LineRange {
  readonly min: number;
  readonly max: number;
  /** Where the axis ends below: lower than `min` when there is a second picture. */
  readonly bottom: number;
  /** The axis does not begin at zero. */
  readonly near: boolean;
  readonly empty: boolean;
  readonly isOffChart: (level: ChartLevel) => boolean;
}

export function lineRange(spec: ChartSpec, lines: ChartLines): LineRange {
  const drawn = spec.series.flatMap(({ values }) => values.filter((value) => value !== null));
  const edges = lines.bands.flatMap(({ lower, upper }) =>
    [...lower, ...upper].filter((value) => value !== null),
  );
  const core = drawn.length > 0 ? drawn : edges;
  const [low, high] = [lowest(core, 0), highest(core, 0)];
  const size = Math.max(high, -low, high - low);
  const isOffChart = ({ value }: ChartLevel): boolean => value > Math.max(high, -low) * MAX_LEVEL_RATIO;
  const levels = lines.levels.filter((level) => !isOffChart(level)).map(({ value }) => value);
  // A cost cannot fall below nothing, whatever a symmetric range says; where credits are, it can.
  const floor = low >= 0 ? 0 : low - size;
  let min = Math.min(low, lowest(levels, low), Math.max(floor, lowest(edges, low)));
  let max = Math.max(high, highest(levels, high), Math.min(high + size, highest(edges, high)));
  const moves = (max - min) / Math.max(max, Number.MIN_VALUE);
  const near = lines.baseline === 'near' && min > 0 && moves >= NEAR.from && moves < NEAR.to;
  if (near) min -= Math.min(min, (max - min) * 0.15);
  else [min, max] = [Math.min(0, min), Math.max(0, max)];
  if (max === min) max = min + 1;
  // Head room for the amount above the highest point.
  const padding = (max - min) * (lines.note?.tone === 'marked' ? 0.2 : 0.12);
  const top = max > 0 ? max + padding : padding * 0.4;
  const foot = near || min === 0 ? min : min - padding * 0.5;
  const below = lines.below ? ((top - foot) * STRIP_SHARE) / (1 - STRIP_SHARE) : 0;
  return { min: foot, max: top, bottom: foot - below, near, empty: core.length === 0, isOffChart };
}

function lowest(values: readonly number[], none: number): number {
  return values.length === 0 ? none : values.reduce((a, b) => Math.min(a, b));
}

function highest(values: readonly number[], none: number): number {
  return values.length === 0 ? none : values.reduce((a, b) => Math.max(a, b));
}
