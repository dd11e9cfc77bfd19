/** What a schedule must say aloud: a turn that was missed, and above all what did not start in the morning. */
import type { DueTurn } from '../../analysis/schedule/off-hours.ts';
import { FINAL_STATES, type OffHoursSchedule } from '../../core/action.ts';
import { dayInZone } from '../../core/day.ts';
import { listTurns } from '../../store/off-hours.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { findOwner } from '../../store/organisation.ts';
import { enqueue, type OutgoingMessage } from '../../store/outbox.ts';
import type { StoredProposal } from '../../store/proposals.ts';
import { queuedBefore } from '../../store/source-notices.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { View } from '../../view/elements.ts';
import { composeMissedTurn, composeNotStarted } from '../../view/messages/off-hours-notices.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import { ownerMention, placesOfTeam, toMessages } from '../notices.ts';
import { demandProposal } from '../proposals/demand-proposal.ts';
import { teamOfScope } from '../standing.ts';
import type { ScheduleClock } from './clock.ts';
import { openStops } from './start-turn.ts';

const DAY_MS = 86_400_000;

export interface Telling {
  readonly schedule: OffHoursSchedule;
  readonly clock: ScheduleClock;
  readonly newId: NewId;
}

/** Messages about a missed turn, to be written with the row that says so. None for what is long ago. */
export async function missedMessages(
  context: Context,
  { schedule, clock, newId }: Telling,
  turn: Extract<DueTurn, { what: 'miss' }>,
): Promise<OutgoingMessage[]> {
  const now = context.now();
  if (now - turn.at > DAY_MS) return [];
  const stopped = turn.turn === 'start' ? await openStops(context, schedule, turn.at) : [];
  // Nothing was stopped, so nobody waits for it.
  if (turn.turn === 'start' && stopped.length === 0) return [];
  const view = composeMissedTurn({
    name: schedule.name,
    scope: schedule.scope,
    turn: turn.turn,
    why: turn.why,
    at: new Date(turn.at),
    stopped: stopped.map(({ id, items }) => ({ id, names: namesOf(items) })),
    ...(await mentionOf(context, schedule)),
    today: dayInZone(now, clock.timeZone),
    timeZone: clock.timeZone,
  });
  return messagesOf(
    context,
    { schedule, newId },
    `off-hours:${schedule.name}:${turn.day}:${turn.turn}:missed`,
    view,
  );
}

/** A start of the last day that is over and did not bring everything back, and of which nobody was told. */
interface FailedStart {
  readonly at: Date;
  readonly key: string;
  readonly proposal: StoredProposal;
  readonly trouble: readonly { readonly name: string; readonly said: string }[];
}

export async function failedStarts(context: Context, schedule: OffHoursSchedule): Promise<FailedStart[]> {
  const { store } = context;
  const since = new Date(context.now() - DAY_MS);
  const failed: FailedStart[] = [];
  for (const { turn, day, at, proposalId } of await listTurns(store, { schedule: schedule.name, since })) {
    if (turn !== 'start' || proposalId === undefined) continue;
    const proposal = await demandProposal(store, proposalId);
    const trouble = troubleOf(proposal);
    const key = `off-hours:${schedule.name}:${day}:start:failed`;
    if (trouble.length > 0 && !(await toldBefore(context, schedule, key)))
      failed.push({ at, key, proposal, trouble });
  }
  return failed;
}

/** Tells each of them. Resolves to how many messages. */
export async function tellNotStarted(context: Context, telling: Telling): Promise<number> {
  const { schedule, clock, newId } = telling;
  const { store } = context;
  const now = context.now();
  let told = 0;
  for (const { at, key, proposal, trouble } of await failedStarts(context, schedule)) {
    const dry = proposal.mode === 'dry-run';
    const view = composeNotStarted({
      name: schedule.name,
      scope: schedule.scope,
      proposal: proposal.id,
      dry,
      trouble,
      started: dry ? 0 : proposal.items.filter(({ state }) => state === 'done').length,
      at,
      ...(await mentionOf(context, schedule)),
      today: dayInZone(now, clock.timeZone),
      timeZone: clock.timeZone,
    });
    const messages = await messagesOf(context, { schedule, newId }, key, view);
    await store.$transaction(async (tx) => {
      await lockForWriting(tx);
      await enqueue(tx, messages, new Date(now));
    });
    told += messages.length;
  }
  return told;
}

/** What does not run as it should once the start is over; in a dry run nothing was started at all. */
function troubleOf({ status, mode, items }: StoredProposal): { name: string; said: string }[] {
  if (!FINAL_STATES.some((one) => one === status)) return [];
  return items
    .filter(({ state, said }) => {
      if (mode === 'dry-run') return true;
      if (state === 'refused') return !said?.startsWith('Nothing to do');
      return state === 'failed' || state === 'unclear';
    })
    .map(({ name, said }) => ({
      name,
      said: mode === 'dry-run' ? 'not called: actions are in dry run.' : (said ?? 'it is not known why.'),
    }));
}

async function toldBefore(context: Context, schedule: OffHoursSchedule, key: string): Promise<boolean> {
  const places = await placesOfTeam(context, await teamOfScope(context.store, schedule.scope));
  const keys = places.map(({ platform, channel }) => `${key} ${platform}:${channel}`);
  return keys.length === 0 || (await queuedBefore(context.store, keys)).size > 0;
}

async function messagesOf(
  context: Context,
  { schedule, newId }: Pick<Telling, 'schedule' | 'newId'>,
  key: string,
  view: View,
): Promise<OutgoingMessage[]> {
  const places = await placesOfTeam(context, await teamOfScope(context.store, schedule.scope));
  return toMessages(context, newId, { places, view, key, about: `schedule ${schedule.name}` });
}

async function mentionOf({ store }: { readonly store: StoreTransaction }, { scope }: OffHoursSchedule) {
  const owner = await findOwner(store, scope);
  return owner ? { mention: ownerMention(owner) } : {};
}

function namesOf(items: StoredProposal['items']): string[] {
  return items.filter(({ state }) => state === 'done' || state === 'unclear').map(({ name }) => name);
}
