/** Looks at every schedule: does the turn that is due, once; says which ones were missed and what did not start. */
import { type DueTurn, dueTurns, type Turn } from '../../analysis/schedule/off-hours.ts';
import type { OffHoursSchedule } from '../../core/action.ts';
import { scopeKey } from '../../core/scope.ts';
import { finishRun } from '../../store/job-runs.ts';
import { addTurn, listTurns, rememberSchedule, scheduleSince } from '../../store/off-hours.ts';
import { enqueue } from '../../store/outbox.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { NewId } from '../buttons.ts';
import { claimSlot, releaseSlot } from '../claimed-slot.ts';
import type { Context } from '../context.ts';
import type { ActionParts } from '../proposals/types.ts';
import { clockOf, type ScheduleClock } from './clock.ts';
import { MISSED, startTurn, stopUnderWay } from './start-turn.ts';
import { stopTurn } from './stop-turn.ts';
import { failedStarts, missedMessages, tellNotStarted } from './tell.ts';

const JOB = 'off-hours';
/** What is longer ago is not even said to be missed. */
const WINDOW = 4 * 86_400_000;

export interface OffHoursRound {
  /** Turns that were settled: done, found to be nothing, or missed. */
  readonly turns: number;
  readonly messages: number;
}

/** May be called as often as one likes, by several processes. A schedule that fails does not hold back the others. */
export async function runOffHours(
  context: Context,
  parts: ActionParts,
  { newId }: { readonly newId: NewId },
): Promise<OffHoursRound> {
  let [turns, messages] = [0, 0];
  for (const schedule of context.settings.actions.schedules)
    try {
      const clock = await clockOf(context, schedule);
      turns += await runSchedule(context, parts, { schedule, clock, newId });
      messages += await tellNotStarted(context, { schedule, clock, newId });
    } catch (error) {
      context.log.error({ err: error, schedule: schedule.name }, 'an off-hours schedule failed');
    }
  return { turns, messages };
}

/** A quick look, so that nothing is started for nothing: no cloud is asked. */
export async function offHoursDue(context: Context): Promise<boolean> {
  for (const schedule of context.settings.actions.schedules)
    try {
      const clock = await clockOf(context, schedule);
      const since = await scheduleSince(context.store, schedule.name, termsOf(schedule, clock));
      if (since === undefined || (await unsettled(context, { schedule, clock }, since)).length > 0)
        return true;
      if ((await failedStarts(context, schedule)).length > 0) return true;
    } catch (error) {
      context.log.error({ err: error, schedule: schedule.name }, 'an off-hours schedule failed');
    }
  return false;
}

interface Scheduled {
  readonly schedule: OffHoursSchedule;
  readonly clock: ScheduleClock;
  readonly newId: NewId;
}

async function runSchedule(context: Context, parts: ActionParts, scheduled: Scheduled): Promise<number> {
  const since = await knownSince(context, scheduled);
  if (since === undefined) return 0;
  let settled = 0;
  for (const turn of await unsettled(context, scheduled, since))
    settled += Number(
      turn.what === 'miss'
        ? await miss(context, scheduled, turn)
        : await perform(context, parts, scheduled, turn),
    );
  return settled;
}

async function unsettled(
  { store, now }: Context,
  { schedule, clock }: Pick<Scheduled, 'schedule' | 'clock'>,
  since: number,
): Promise<DueTurn[]> {
  const from = Math.max(since, now() - WINDOW);
  const known = await listTurns(store, { schedule: schedule.name, since: new Date(from) });
  const isSettled = ({ day, turn }: Turn) => known.some((one) => one.day === day && one.turn === turn);
  return dueTurns(clock, { since: from, now: now(), isSettled });
}

/** What makes its turns: written differently, it is another schedule. */
function termsOf(schedule: OffHoursSchedule, { timeZone }: ScheduleClock): string {
  const { scope, environment, days, stop, start } = schedule;
  return JSON.stringify([scopeKey(scope), environment, days, stop, start, timeZone]);
}

/** Undefined the first time: a schedule that somebody has just written begins with its next turn. */
async function knownSince(
  { store, now }: Context,
  { schedule, clock }: Scheduled,
): Promise<number | undefined> {
  const { name } = schedule;
  const terms = termsOf(schedule, clock);
  const since = await scheduleSince(store, name, terms);
  if (since !== undefined) return since;
  await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await rememberSchedule(tx, name, { terms, since: now() });
  });
  return undefined;
}

async function perform(
  context: Context,
  parts: ActionParts,
  { schedule, clock, newId }: Scheduled,
  turn: Turn,
): Promise<boolean> {
  if (turn.turn === 'start' && (await stopUnderWay(context, schedule))) return false;
  const key = { job: JOB, slot: `${schedule.name} ${turn.day} ${turn.turn}` };
  if (!(await claimSlot(context, parts.owner, key))) return false;
  try {
    const result =
      turn.turn === 'stop'
        ? await stopTurn(context, schedule, turn, { parts, clock, newId })
        : await startTurn(context, schedule, turn, { parts, newId });
    return await context.store.$transaction(async (tx) => {
      await lockForWriting(tx);
      await finishRun(tx, key, new Date(context.now()));
      return addTurn(tx, { ...rowOf(schedule, turn), ...result });
    });
  } catch (error) {
    await releaseSlot(context, parts.owner, key, { error });
    throw error;
  }
}

async function miss(
  context: Context,
  { schedule, clock, newId }: Scheduled,
  turn: Extract<DueTurn, { what: 'miss' }>,
): Promise<boolean> {
  const messages = await missedMessages(context, { schedule, clock, newId }, turn);
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const skipped = `${MISSED}${MISS_WORDS[turn.why]}`;
    if (!(await addTurn(tx, { ...rowOf(schedule, turn), skipped }))) return false;
    await enqueue(tx, messages, new Date(context.now()));
    return true;
  });
}

const MISS_WORDS: Readonly<Record<'late' | 'overtaken', string>> = {
  late: 'it was not done within 3 hours of its time.',
  overtaken: 'it was not done before the next turn came.',
};

function rowOf({ name }: OffHoursSchedule, { day, turn, at }: Turn) {
  return { schedule: name, day, turn, at: new Date(at) };
}
