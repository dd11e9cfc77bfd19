/** Judges many series, in a process of its own so that its memory can be told. */
import { DEFAULT_GATES, decide } from '../../src/analysis/detectors/decide.ts';
import { DEFAULT_DETECTOR } from '../../src/analysis/detectors/registry.ts';
import { findDetector, parseParams } from '../../src/analysis/detectors/run.ts';
import type { Series } from '../../src/core/series.ts';
import { calendarOf } from './detect/calendar.ts';
import { randomOf } from './detect/random.ts';
import { SHAPES } from './detect/shapes/registry.ts';

export interface AnalyseTask {
  readonly series: number;
  readonly points: number;
}

export interface AnalyseTimes {
  readonly detector: string;
  readonly series: number;
  readonly ms: number;
  /** Of processor time, which other programs on the machine do not lengthen. */
  readonly cpuMs: number;
  /** The process's largest, in bytes. */
  readonly rss: number;
  readonly episodes: number;
}

/** Clean series of all daily shapes in turn; one in ten with a step at its end. */
function makeSeries({ series, points }: AnalyseTask): Series[] {
  const shapes = SHAPES.filter(({ grain }) => grain === 'day');
  const start = '2025-10-01';
  const calendar = calendarOf('day', start, points);
  return Array.from({ length: series }, (_, index) => {
    const random = randomOf(1, `analyse-${index}`);
    const drawn = shapes[index % shapes.length]?.draw({ random, calendar, length: points });
    if (!drawn) throw new Error('There are no shapes.');
    const values = drawn.usual.map((usual, at) => {
      if (drawn.missing?.[at] === 1) return Number.NaN;
      return usual * (drawn.factors[at] ?? 1) + (drawn.besides?.[at] ?? 0);
    });
    if (index % 10 === 0)
      for (let at = points - 5; at < points; at++) values[at] = 3 * (values[at] ?? 0) + 50;
    return { grain: 'day', start, values };
  });
}

const task: AnalyseTask = JSON.parse(process.argv[2] ?? '');
const detector = findDetector(DEFAULT_DETECTOR);
const params = parseParams(detector, {});
const all = makeSeries(task);
let episodes = 0;
const began = performance.now();
const idle = process.cpuUsage();
for (const series of all)
  episodes += decide(series, detector.judge(series, params), DEFAULT_GATES.day).episodes.length;
const ms = performance.now() - began;
const used = process.cpuUsage(idle);
const cpuMs = (used.user + used.system) / 1000;
if (episodes === 0) throw new Error('Nothing was found: nothing was judged.');
// resourceUsage counts in KiB.
const rss = process.resourceUsage().maxRSS * 1024;
process.send?.({
  detector: detector.id,
  series: all.length,
  ms,
  cpuMs,
  rss,
  episodes,
} satisfies AnalyseTimes);
