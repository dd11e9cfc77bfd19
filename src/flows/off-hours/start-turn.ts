/** A schedule's start: brings back what its last stop stopped, and nothing that somebody started meanwhile. */
import type { Turn } from '../../analysis/schedule/off-hours.ts';
import type { OffHoursSchedule } from '../../core/action.ts';
import { listTurns, type StoredTurn } from '../../store/off-hours.ts';
import { listProposals, type StoredItem, type StoredProposal } from '../../store/proposals.ts';
import type { Context } from '../context.ts';
import { demandProposal } from '../proposals/demand-proposal.ts';
import { keptPlan } from '../proposals/planned-again.ts';
import { connectDeed } from '../proposals/run-item.ts';
import { standsAsUndone } from '../proposals/stands.ts';
import type { ActionParts } from '../proposals/types.ts';
import { undoProposal } from '../proposals/undo.ts';
import { lookOnce } from '../proposals/watch.ts';
import { originOf, SCHEDULER, type TurnParts, type TurnResult } from './stop-turn.ts';

/** Older stops are nobody's night any more: long holidays are shorter. */
const BACK = 21 * 86_400_000;
/** A look at all of it takes no longer, in milliseconds. */
const LOOK_TIME = 60_000;

/** How a turn that was not done begins what is said of it. */
export const MISSED = 'Missed: ';

export async function startTurn(
  context: Context,
  schedule: OffHoursSchedule,
  turn: Turn,
  { parts, newId }: Omit<TurnParts, 'clock'>,
): Promise<TurnResult> {
  const origin = originOf(schedule);
  const made = await listProposals(context.store, { origin, since: new Date(turn.at) });
  const earlier = made.find(({ kind }) => kind === 'on-hours');
  const words: string[] = [];
  let proposalId = earlier?.id;
  for (const stopped of await openStops(context, schedule, turn.at)) {
    const [undo] = await listProposals(context.store, { undoOf: stopped.id, limit: 1 });
    if (undo && standsAsUndone(undo)) {
      if (undo.kind !== 'on-hours') words.push(`Proposal ${stopped.id} was undone before.`);
      continue;
    }
    const running = await runningAgain(context, parts, stopped);
    for (const { name } of running) words.push(`${name} runs already.`);
    const rest = broughtDown(stopped).filter(({ id }) => !running.some((one) => one.id === id));
    if (rest.length === 0) continue;
    const only = ({ id }: StoredItem) => rest.some((one) => one.id === id);
    const options = { newId, kind: 'on-hours', origin, only } as const;
    proposalId = (await undoProposal(context, parts, SCHEDULER, stopped.id, options)).id;
  }
  if (proposalId === undefined && words.length === 0)
    words.push('Nothing was stopped that could be started.');
  return {
    ...(proposalId !== undefined && { proposalId }),
    ...(words.length > 0 && { skipped: words.join(' ') }),
  };
}

/** Whether a stop of the schedule is still on its way: what it stops must be known before it is started again. */
export async function stopUnderWay({ store }: Context, schedule: OffHoursSchedule): Promise<boolean> {
  const open = await listProposals(store, { origin: originOf(schedule), status: ['approved', 'running'] });
  return open.some(({ kind }) => kind === 'off-hours');
}

/**
 * Stops that no start has come for, oldest first: usually that of the evening before; more when a start was missed or
 * failed altogether.
 */
export async function openStops(
  context: Context,
  schedule: OffHoursSchedule,
  before: number,
): Promise<StoredProposal[]> {
  const { store } = context;
  const turns = await listTurns(store, { schedule: schedule.name, since: new Date(before - BACK) });
  const stops: StoredProposal[] = [];
  for (const turn of turns.filter(({ at }) => at.getTime() < before)) {
    if (turn.turn === 'start' && (await wasServed(context, turn))) break;
    if (turn.turn !== 'stop' || turn.proposalId === undefined) continue;
    const proposal = await demandProposal(store, turn.proposalId);
    if (broughtDown(proposal).length > 0) stops.unshift(proposal);
  }
  return stops;
}

async function wasServed({ store }: Context, { proposalId, skipped }: StoredTurn): Promise<boolean> {
  if (proposalId === undefined) return !skipped?.startsWith(MISSED);
  const start = await demandProposal(store, proposalId);
  return start.mode !== 'dry-run' && standsAsUndone(start);
}

/** What it really stopped, as far as that is known. */
function broughtDown({ status, mode, items }: StoredProposal): StoredItem[] {
  if (mode === 'dry-run' || (status !== 'done' && status !== 'partly')) return [];
  return items.filter(({ state }) => state === 'done' || state === 'unclear');
}

/** Those that run now: somebody started them by hand. What cannot be looked at is tried. */
async function runningAgain(
  context: Context,
  parts: ActionParts,
  stopped: StoredProposal,
): Promise<StoredItem[]> {
  const proposal = { ...stopped, undoOf: stopped.id };
  const signal = AbortSignal.timeout(LOOK_TIME);
  const run = { context, parts, proposal, mode: stopped.mode, goOn: () => true, signal };
  const running: StoredItem[] = [];
  for (const item of broughtDown(stopped)) {
    const deed = connectDeed(run, item);
    const seen = deed && (await lookOnce(deed, keptPlan(item)));
    if (seen?.kind === 'verified' && seen.verified.outcome === 'reached') running.push(item);
  }
  return running;
}
