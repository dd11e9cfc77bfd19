/** A schedule's stop: a proposal like any other, for what may be stopped and brought back, asked for by the schedule. */
import { nextTurn, type Turn } from '../../analysis/schedule/off-hours.ts';
import type { OffHoursSchedule } from '../../core/action.ts';
import type { Actor } from '../../core/actor.ts';
import { AppError } from '../../core/errors.ts';
import type { StoredTurn } from '../../store/off-hours.ts';
import { busyElsewhere, moveItem } from '../../store/proposals/items.ts';
import { listProposals, type StoredItem, type StoredProposal } from '../../store/proposals.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import type { Candidate } from '../proposals/candidates.ts';
import { draftProposal } from '../proposals/draft.ts';
import { requestProposal } from '../proposals/request.ts';
import type { ActionParts } from '../proposals/types.ts';
import { type Chosen, chooseItems, FRESH, leftWords } from './choose.ts';
import type { ScheduleClock } from './clock.ts';

export const SCHEDULER = { kind: 'system', job: 'off-hours' } as const satisfies Actor;
const DAY_MS = 86_400_000;
/** Of a bill's newest days: after holidays the newest ones know nothing of what was stopped before. */
const DAYS = 14;

export function originOf({ name }: Pick<OffHoursSchedule, 'name'>): string {
  return `schedule:${name}`;
}

export interface TurnParts {
  readonly parts: ActionParts;
  readonly clock: ScheduleClock;
  readonly newId: NewId;
}

export type TurnResult = Pick<StoredTurn, 'proposalId' | 'skipped'>;

/** Resolves to the proposal, or why there is none. What a crash left behind is found again, not made twice. */
export async function stopTurn(
  context: Context,
  schedule: OffHoursSchedule,
  turn: Turn,
  { parts, clock, newId }: TurnParts,
): Promise<TurnResult> {
  const { store } = context;
  const since = new Date(turn.at);
  const made = await listProposals(store, { origin: originOf(schedule), since });
  const earlier = made.find(({ kind, status }) => kind === 'off-hours' && status !== 'draft');
  if (earlier) return { proposalId: earlier.id };
  const { draft, passedOver } = await lookAround(context, parts, schedule);
  const guarded = guardedWords(passedOver);
  if (!draft) return { skipped: guarded ?? 'Nothing of it costs anything.' };
  const { items, left } = await choose(context, schedule, turn, draft);
  const words = [leftWords(left), guarded].filter((one) => one !== undefined).join(' ') || undefined;
  if (items.length === 0) return { skipped: words ?? 'Everything is stopped already.' };
  const start = nextTurn(clock, context.now(), 'start');
  if (start) await shareSavings(context, items, start.at - turn.at);
  const choice = { items: items.map(({ id }) => id), reason: reasonOf(schedule, clock) };
  await requestProposal(context, SCHEDULER, draft.id, choice, {
    newId,
    standing: start ? { until: start.at } : {},
  });
  await sayLeft(context, left);
  return { proposalId: draft.id, ...(words !== undefined && { skipped: words }) };
}

/** No draft when nothing in its scope costs anything. */
async function lookAround(
  context: Context,
  parts: ActionParts,
  { scope, environment, name }: OffHoursSchedule,
): Promise<{ readonly draft?: StoredProposal; readonly passedOver: number }> {
  let passedOver = 0;
  const known = environment !== undefined || scope.kind === 'environment';
  const only = (candidate: Candidate) => {
    const wanted = known || (candidate.environment !== null && candidate.environment !== 'prod');
    if (!wanted) passedOver += 1;
    return wanted;
  };
  const target = { kind: 'scope', scope, ...(environment !== undefined && { environment }) } as const;
  const options = { kind: 'off-hours', origin: originOf({ name }), days: DAYS, only } as const;
  try {
    const draft = await draftProposal(context, parts, SCHEDULER, target, options);
    return { draft, passedOver };
  } catch (error) {
    if (error instanceof AppError && error.code === 'NOT_FOUND') return { passedOver };
    throw error;
  }
}

function guardedWords(count: number): string | undefined {
  if (count === 0) return undefined;
  return `${count} more ${count === 1 ? 'is' : 'are'} in prod or in no known environment: not looked at.`;
}

async function choose(
  { store, settings }: Context,
  schedule: OffHoursSchedule,
  { at }: Turn,
  { id, items }: StoredProposal,
): Promise<Chosen> {
  const recent = await listProposals(store, { since: new Date(at - 7 * DAY_MS) });
  const startedAgain = (kind: StoredProposal['kind']) =>
    new Set(
      recent
        .filter((one) => one.kind === kind && one.mode !== 'dry-run')
        .flatMap((one) => one.items.filter((item) => isFresh(item, at)))
        .map(({ resourceId }) => resourceId),
    );
  const busy = new Map<string, number>();
  for (const { resourceId } of items) {
    const other = await busyElsewhere(store, resourceId, { proposalId: id });
    if (other) busy.set(resourceId, other.proposalId);
  }
  return chooseItems(items, {
    schedule,
    at,
    ours: startedAgain('on-hours'),
    broughtBack: startedAgain('undo'),
    busy,
    most: settings.actions.limits.resourcesPerProposal,
  });
}

function isFresh({ state, finishedAt }: StoredItem, at: number): boolean {
  return state === 'done' && finishedAt !== undefined && finishedAt.getTime() > at - FRESH;
}

/** What is off for half a day saves half of a day's cost. */
async function shareSavings({ store }: Context, items: readonly StoredItem[], off: number): Promise<void> {
  if (off >= DAY_MS) return;
  await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    for (const { id, savingMicros } of items)
      if (savingMicros !== undefined)
        await moveItem(tx, id, ['planned'], 'planned', {
          savingMicros: (savingMicros * BigInt(off)) / BigInt(DAY_MS),
        });
  });
}

/** Beside each resource that was left, for whoever opens the proposal. */
async function sayLeft({ store }: Context, left: Chosen['left']): Promise<void> {
  const unsaid = left.filter(({ item }) => item.said === undefined);
  if (unsaid.length === 0) return;
  await store.$transaction(async (tx) => {
    await lockForWriting(tx);
    for (const { item, why } of unsaid)
      await moveItem(tx, item.id, ['skipped'], 'skipped', { said: `Left as it is: ${why}.` });
  });
}

function reasonOf({ name, stop, start }: OffHoursSchedule, { timeZone }: ScheduleClock): string {
  const again = start === undefined ? 'nothing starts it again by itself' : `it is started again at ${start}`;
  return `off-hours schedule ${name}: stop at ${stop} (${timeZone}), ${again}`;
}
