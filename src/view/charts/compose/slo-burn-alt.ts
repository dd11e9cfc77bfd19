/** The cost SLO chart in words, for people who do not see the picture. */
import { unitAmount } from '../text/amounts.ts';
import { shortStamp, stampRange } from '../text/dates.ts';
import { countUnknown, lastKnown } from './amounts-by-step.ts';
import { altText, arrivingDays, listWords, nameWords } from './sentences.ts';
import { countSteps } from './stamps.ts';

export interface SloBurnFacts {
  readonly title: string;
  readonly currency: string;
  readonly days: readonly string[];
  readonly unitCost: readonly (number | null)[];
  readonly target: number;
  readonly per: string;
  /** Positions that missed the target. */
  readonly marked: readonly number[];
  readonly budgetLeft: readonly (number | null)[];
  /** The first position that is still arriving; `days.length` when there is none. */
  readonly complete: number;
}

export function sloBurnAlt(facts: SloBurnFacts): string {
  return altText(facts.title, [
    targetWords(facts),
    latestWords(facts),
    badWords(facts),
    leftWords(facts),
    unknownWords(facts),
    arrivingDays(facts.days, facts.complete, facts.days.length - 1),
  ]);
}

function targetWords({ target, per, currency }: SloBurnFacts): string | undefined {
  if (!Number.isFinite(target)) return undefined;
  return `Target: at most ${unitAmount(target, currency)} per ${nameWords(per)}`;
}

function latestWords({ days, unitCost, currency }: SloBurnFacts): string {
  if (days.length === 0) return 'No days to show';
  const at = lastKnown(unitCost);
  if (at < 0) return 'The unit cost of these days is unknown';
  return `Latest: ${unitAmount(unitCost[at] ?? 0, currency)} on ${shortStamp(days[at] ?? '')}`;
}

function badWords({ days, unitCost, marked, currency }: SloBurnFacts): string | undefined {
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined || lastKnown(unitCost) < 0) return undefined;
  const period = `${countSteps(days.length, days)} (${stampRange(first, last)})`;
  if (marked.length === 0) return `No bad day in ${period}`;
  const dearest = new Set([...marked].sort((a, b) => (unitCost[b] ?? 0) - (unitCost[a] ?? 0)).slice(0, 5));
  const ordered = [...marked.filter((at) => dearest.has(at)), ...marked.filter((at) => !dearest.has(at))];
  const said = (at: number): string =>
    `${shortStamp(days[at] ?? '')} ${unitAmount(unitCost[at] ?? 0, currency)}`;
  return `${marked.length} bad of ${period}: ${listWords(ordered, said)}`;
}

function leftWords({ days, budgetLeft }: SloBurnFacts): string {
  const at = lastKnown(budgetLeft);
  const left = budgetLeft[at] ?? null;
  if (left === null) return 'How much of the error budget is left is unknown';
  const day = shortStamp(days[at] ?? '');
  if (left < 0)
    return `The error budget is overdrawn by ${Math.round(-left * 100).toLocaleString('en-US')} % on ${day}`;
  return `Error budget left: ${Math.round(left * 100)} % on ${day}`;
}

function unknownWords({ days, unitCost, complete }: SloBurnFacts): string | undefined {
  const unknown = countUnknown(unitCost, complete);
  if (unknown === 0 || unitCost.every((value) => value === null)) return undefined;
  return `The unit cost is unknown, not zero, for ${countSteps(unknown, days)}`;
}
