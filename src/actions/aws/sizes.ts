/** Groups that are scaled to zero and back: what all three kinds of them say alike. */
import { AppError } from '../../core/errors.ts';
import type { Verified } from '../types.ts';

/** As set (`min`, `max` where there are any), and how many really run. */
export interface Size {
  readonly min?: number;
  readonly max?: number;
  readonly desired: number;
  readonly running: number;
}

/** What undo needs of a plan's `before`. Throws INTERNAL when it is not there. */
export function sizeBefore(before: Readonly<Record<string, unknown>>) {
  const of = (field: string) => {
    const value = before[field];
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined;
  };
  const desired = of('desired');
  if (desired === undefined)
    throw new AppError('INTERNAL', 'The size it had before is not known, so it cannot be brought back.', {
      hint: 'Set it at AWS.',
    });
  return { min: of('min'), max: of('max'), desired };
}

export function isAtZero({ min = 0, desired }: Size): boolean {
  return min === 0 && desired === 0;
}

/** After scaling to zero. `what` is its name, `units` what it consists of: "instances", "tasks", "nodes". */
export function zeroVerdict(
  size: Size | undefined,
  before: Readonly<Record<string, unknown>>,
  { name, units }: Words,
): Verified {
  if (!size) return gone(name);
  const state = stateOf(size, units);
  if (isAtZero(size))
    return size.running === 0
      ? { state, outcome: 'reached', said: `${name} has no ${units} any more.` }
      : { state, outcome: 'moving', said: `${name} is to have none; ${size.running} ${units} still run.` };
  if (isAs(size, sizeBefore(before)))
    return { state, outcome: 'unchanged', said: `${name} still has ${state}.` };
  return { state, outcome: 'elsewhere', said: `${name} has ${state}; somebody or something else set that.` };
}

/** After scaling back. */
export function backVerdict(
  size: Size | undefined,
  before: Readonly<Record<string, unknown>>,
  { name, units }: Words,
): Verified {
  if (!size) return gone(name);
  const was = sizeBefore(before);
  const state = stateOf(size, units);
  if (isAs(size, was))
    return size.running >= was.desired
      ? { state, outcome: 'reached', said: `${name} has its ${was.desired} ${units} again.` }
      : { state, outcome: 'moving', said: `${size.running} of ${was.desired} ${units} of ${name} run.` };
  if (isAtZero(size)) return { state, outcome: 'unchanged', said: `${name} is still scaled to zero.` };
  return { state, outcome: 'elsewhere', said: `${name} has ${state}; somebody or something else set that.` };
}

/**
 * What bringing back has to do: nothing when it is back already. Throws CONFLICT when it was set to something else
 * meanwhile: that was somebody's decision.
 */
export function wayBack(
  size: Size | undefined,
  before: Readonly<Record<string, unknown>>,
  { name, units }: Words,
) {
  if (!size) throw new AppError('NOT_FOUND', `${name} does not exist any more, so it cannot be scaled back.`);
  const was = sizeBefore(before);
  if (isAs(size, was)) return undefined;
  if (isAtZero(size)) return was;
  throw new AppError(
    'CONFLICT',
    `${name} was set to ${stateOf(size, units)} since it was scaled to zero; that was left alone.`,
    { hint: `It had ${was.desired} before. Set it at AWS if that is wanted.` },
  );
}

export interface Words {
  readonly name: string;
  readonly units: string;
}

/** "3 of 5 instances" */
export function stateOf({ running, desired }: Size, units: string): string {
  return `${running} of ${desired} ${units}`;
}

function isAs(
  size: Size,
  was: { min: number | undefined; max: number | undefined; desired: number },
): boolean {
  return (
    size.desired === was.desired &&
    (was.min === undefined || size.min === was.min) &&
    (was.max === undefined || size.max === was.max)
  );
}

function gone(name: string): Verified {
  return { state: 'gone', outcome: 'elsewhere', said: `${name} does not exist any more.` };
}
