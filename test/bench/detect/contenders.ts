/** What is scored: a detector of the product as users get it, and the simple rules beside it. */
import { DEFAULT_GATES, decide } from '../../../src/analysis/detectors/decide.ts';
import { findDetector, parseParams } from '../../../src/analysis/detectors/run.ts';
import type { Direction } from '../../../src/analysis/detectors/types.ts';
import { anomalies } from '../../../src/config/schema-analysis.ts';
import { type Grain, type Series, STEPS_A_DAY } from '../../../src/core/series.ts';

export interface Contender {
  readonly name: string;
  /** 1 where it raises an alarm, knowing only the steps up to there. */
  alarms(series: Series, direction: Direction): Uint8Array;
}

/** A detector by its id, with its own parameters' defaults and the default gates. */
export function product(id: string): Contender {
  return judged(id, `Pennywatch (${id})`, { day: 0, hour: 0 });
}

const leastADay = Number(anomalies.parse({}).minimumImpact);
const LEAST: Readonly<Record<Grain, number>> = { day: leastADay, hour: leastADay / STEPS_A_DAY.hour };

/** The same with the least amount per day that settings have when nobody writes another. */
export function productAsSet(id: string): Contender {
  return judged(id, `Pennywatch (${id}), ≥ ${LEAST.day} a day`, LEAST);
}

function judged(id: string, name: string, least: Readonly<Record<Grain, number>>): Contender {
  const detector = findDetector(id);
  const params = parseParams(detector, {});
  return {
    name,
    alarms: (series, direction) => {
      const gates = DEFAULT_GATES[series.grain];
      const minimumImpact = Math.max(gates.minimumImpact, least[series.grain]);
      return decide(series, detector.judge(series, params), { ...gates, minimumImpact, direction }).anomalous;
    },
  };
}

interface Window {
  readonly mean: number;
  readonly deviation: number;
}

interface Rule {
  readonly name: string;
  readonly days: number;
  /** How far from the mean a value may lie. */
  margin(window: Window): number;
}

const RULES: readonly Rule[] = [
  { name: 'mean + 2σ of 7 d (168 h)', days: 7, margin: ({ deviation }) => 2 * deviation },
  { name: '150 % of the 30-day mean', days: 30, margin: ({ mean }) => 0.5 * mean },
  { name: '> 1.3 × mean of 7 d', days: 7, margin: ({ mean }) => 0.3 * mean },
  { name: '> 1.5 × mean of 7 d', days: 7, margin: ({ mean }) => 0.5 * mean },
];

/** The rules people write today. Each looks at the known steps of so many days before a step, once there are seven. */
export const BASELINES: readonly Contender[] = RULES.map((rule) => ({
  name: rule.name,
  alarms: (series, direction) => judgeByRule(series, rule, direction, false),
}));

/** The same rules that tell only what passes the gates of Pennywatch's settings: a least amount and share. */
export const GATED_BASELINES: readonly Contender[] = RULES.map((rule) => ({
  name: `${rule.name}, ≥ ${LEAST.day} a day`,
  alarms: (series, direction) => judgeByRule(series, rule, direction, true),
}));

function judgeByRule(
  { values, grain }: Series,
  rule: Rule,
  direction: Direction,
  gated: boolean,
): Uint8Array {
  const steps = rule.days * STEPS_A_DAY[grain];
  const least = (mean: number) => Math.max(LEAST[grain], DEFAULT_GATES[grain].minimumShare * Math.abs(mean));
  const alarms = new Uint8Array(values.length);
  for (let at = 7 * STEPS_A_DAY[grain]; at < values.length; at++) {
    const window = windowOf(values, Math.max(0, at - steps), at);
    const off = (values[at] ?? Number.NaN) - window.mean;
    if (!(Math.abs(off) > rule.margin(window))) continue;
    if (gated && Math.abs(off) < least(window.mean)) continue;
    if (direction === 'both' || off > 0 === (direction === 'up')) alarms[at] = 1;
  }
  return alarms;
}

/** Mean and sample deviation of the known values from `first` to before `end`; NaN when there are fewer than three. */
function windowOf(values: Float64Array, first: number, end: number): Window {
  let [count, sum, squares] = [0, 0, 0];
  for (let at = first; at < end; at++) {
    const value = values[at] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    count += 1;
    sum += value;
    squares += value * value;
  }
  if (count < 3) return { mean: Number.NaN, deviation: Number.NaN };
  const mean = sum / count;
  return { mean, deviation: Math.sqrt(Math.max(0, squares - count * mean * mean) / (count - 1)) };
}
