/** Sentences that SageMaker's actions share. */
import type { ActionInput, LiveResource, Planned, Verified } from '../types.ts';
import { placeOf } from './sagemaker-api.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LONGEST_REASON = 200;

/** "41 h", "3 d 4 h", "12 min": from milliseconds. */
export function span(milliseconds: number): string {
  if (milliseconds < HOUR) return `${Math.max(0, Math.floor(milliseconds / MINUTE))} min`;
  if (milliseconds < 2 * DAY) return `${Math.floor(milliseconds / HOUR)} h`;
  const hours = Math.floor((milliseconds % DAY) / HOUR);
  return `${Math.floor(milliseconds / DAY)} d${hours > 0 ? ` ${hours} h` : ''}`;
}

/** "2 × ml.g5.2xlarge" */
export function machines(count: number | undefined, type: string | undefined): string {
  return `${count ?? 'unknown number'} × ${type ?? 'unknown type'}`;
}

/** Only what is known. */
export function detailsOf(
  list: readonly (readonly [label: string, value: string | undefined])[],
): LiveResource['details'] {
  return list.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));
}

/** The plan for what must not be touched. `live` is left out for what is gone or another account's. */
export function refused(input: ActionInput, refusal: string, live?: LiveResource): Planned {
  return { input, ...(live && { live }), calls: [], effect: 'Nothing happens.', refusal, before: {} };
}

export function gone(input: ActionInput, noun: string): Planned {
  return refused(input, `There is no ${noun} ${placeOf(input)} of account ${input.ref.account} (any more).`);
}

/** The plan for what is, or will soon be, as the action would leave it. */
export function already(input: ActionInput, live: LiveResource, effect: string): Planned {
  return { input, live, calls: [], effect, already: true, before: {} };
}

/** Why it failed, in AWS's words, shortened; empty when it does not tell. */
export function because(reason: string | undefined): string {
  const words = reason?.replace(/\s+/g, ' ').trim().replace(/\.$/, '').slice(0, LONGEST_REASON);
  return words ? `: ${words}` : '';
}

export function verified(outcome: Verified['outcome'], state: string, said: string): Verified {
  return { outcome, state, said };
}
