/** What one unit cost each day against its target, and how much of the error budget is left. */
import { checkRows } from './compose/amounts-by-step.ts';
import { sloBurnAlt } from './compose/slo-burn-alt.ts';
import { firstFrom } from './compose/stamps.ts';
import { unitAmount } from './text/amounts.ts';
import type { Chart, ChartSpec } from './types.ts';

export interface SloBurnInput {
  /** The finding: "bert has burnt 69 % of its error budget in 20 days". */
  readonly title: string;
  readonly subtitle?: string;
  readonly currency: string;
  readonly days: readonly string[];
  /** In units of the currency; null where cost or usage is unknown. */
  readonly unitCost: readonly (number | null)[];
  readonly target: number;
  /** What a unit is: "1,000 requests". */
  readonly per: string;
  /** Days that missed the target. */
  readonly bad: readonly boolean[];
  /** 1 = nothing burnt, 0 = used up, below 0 = overdrawn. */
  readonly budgetLeft: readonly (number | null)[];
  /** First day whose data is not complete yet. */
  readonly provisionalFrom?: string;
}

/** Builds the chart. Throws INTERNAL when a row does not have one entry per day. */
export function buildSloBurn(input: SloBurnInput): ChartSpec {
  const { days, currency, target, per, bad } = input;
  const unitCost = input.unitCost.map(finite);
  const budgetLeft = input.budgetLeft.map(finite);
  checkRows({ unitCost, bad, budgetLeft }, days.length);
  const complete = firstFrom(days, input.provisionalFrom);
  const marked = days.flatMap((_, at) => (bad[at] && unitCost[at] !== null ? [at] : []));
  return {
    id: sloBurn.id,
    title: input.title,
    subtitle: [input.subtitle, `${currency} per ${per}`.trim()].filter(Boolean).join(' · '),
    currency,
    days,
    series: [{ name: 'unit cost', role: 'actual', values: unitCost }],
    ...(complete < days.length ? { provisionalFrom: complete } : {}),
    lines: {
      baseline: 'near',
      bands: [],
      levels: Number.isFinite(target)
        ? [{ name: `target ${unitAmount(target, currency)}`, value: target, kind: 'budget' }]
        : [],
      ...(marked.length > 0 ? { marked: { name: 'bad day', at: marked } } : {}),
      below: { name: 'error budget left', values: budgetLeft },
    },
    alt: sloBurnAlt({ ...input, unitCost, budgetLeft, marked, complete }),
  };
}

export const sloBurn = { id: 'slo-burn', build: buildSloBurn } as const satisfies Chart<SloBurnInput>;

/** A division by no usage is unknown, not endless. */
function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
