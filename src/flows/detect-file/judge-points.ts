/** From judged slots back to rows, in the order of the file. */
import { sideAt } from '../../analysis/detectors/decide/side.ts';
import { bandScore } from '../../analysis/detectors/judgement.ts';
import type { Gates, Severity } from '../../analysis/detectors/types.ts';
import type { JudgedSlots } from './judge-slots.ts';
import type { Layout } from './lay-out.ts';
import type { Row } from './read-rows.ts';
import { slotSeverities } from './slot-severity.ts';
import type { JudgedPoint } from './types.ts';

/** Digits beyond are noise of the reckoning. */
const DIGITS = 10;

/** One point per row. Rows that share a slot are each held against its band, by their own value. */
export function judgePoints(
  rows: readonly Row[],
  layout: Layout,
  judged: JudgedSlots,
  gates: Gates,
): JudgedPoint[] {
  const severities = slotSeverities(layout, judged.judgement, judged.decision);
  return rows.map((row, index) => {
    const slot = layout.slots[index] ?? 0;
    const { expected, lower, upper, score, anomalous, severity } = atSlot(row, slot, {
      layout,
      judged,
      gates,
      severities,
    });
    return {
      timestamp: row.text,
      value: known(row.value),
      expected: known(expected),
      lower: known(lower),
      upper: known(upper),
      score: known(score) ?? 0,
      anomalous,
      severity,
      direction: anomalous ? (row.value > expected ? 'up' : 'down') : null,
    };
  });
}

interface Around {
  readonly layout: Layout;
  readonly judged: JudgedSlots;
  readonly gates: Gates;
  readonly severities: ReadonlyMap<number, Severity>;
}

function atSlot(row: Row, slot: number, { layout, judged, gates, severities }: Around) {
  const { judgement, decision } = judged;
  const at = (numbers: Float64Array): number =>
    Number.isNaN(row.value) ? Number.NaN : (numbers[slot] ?? Number.NaN);
  const band = { expected: at(judgement.expected), lower: at(judgement.lower), upper: at(judgement.upper) };
  const speaks = row.value === layout.values[slot];
  const score = speaks ? at(judgement.score) : bandScore(row.value, band);
  const slotAlarms = decision.anomalous[slot] === 1;
  const anomalous = speaks ? slotAlarms : isToldAlone(row.value, band.expected, score, gates, slotAlarms);
  const severity = anomalous ? (severities.get(slot) ?? 'low') : null;
  return { ...band, score, anomalous, severity };
}

/** Whether a row for which another of its slot speaks is an alarm by its own value. */
function isToldAlone(
  value: number,
  expected: number,
  score: number,
  gates: Gates,
  slotAlarms: boolean,
): boolean {
  if (gates.minimumSteps > 1 && !slotAlarms) return false;
  const one = (number: number): Float64Array => Float64Array.of(number);
  const judgement = { expected: one(expected), lower: one(0), upper: one(0), score: one(score) };
  return sideAt({ values: one(value) }, judgement, gates, 0).told;
}

function known(number: number): number | null {
  return Number.isFinite(number) ? Number(number.toPrecision(DIGITS)) : null;
}
