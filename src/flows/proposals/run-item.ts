/**
 * One resource: looked at again, written down as started, then called, then looked at until it is so. The start is in
 * the database before the call, so that a crash at any moment leaves something that is found again.
 */
import type { Planned, ProviderAction } from '../../actions/types.ts';
import { findAccount } from '../../analysis/policy/allow-list.ts';
import type { ActionMode, ItemState } from '../../core/action.ts';
import { AppError } from '../../core/errors.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { renewClaim } from '../../store/proposals/claims.ts';
import { countActed, countBegun, moveItem } from '../../store/proposals/items.ts';
import type { StoredItem, StoredProposal } from '../../store/proposals.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { Context } from '../context.ts';
import { auditItem } from './audit.ts';
import { inputRefusal, notAllowed } from './plan-candidate.ts';
import { changedSince, type Deed, keptPlan } from './planned-again.ts';
import { openLedger } from './savings.ts';
import type { ActionParts } from './types.ts';
import { lookOnce, type Seen, watch } from './watch.ts';

const DAY_MS = 86_400_000;
/** A claim holds this long unless it is renewed, in milliseconds. */
export const CLAIM = 120_000;
const SYSTEM = 'system:actions';
const DRY_NOW = 'the mode is dry-run by now (actions.mode).';

export interface Run {
  readonly context: Context;
  readonly parts: ActionParts;
  readonly proposal: StoredProposal;
  readonly mode: ActionMode;
  /** False when the claim was lost or the process stops: nothing new is begun. */
  readonly goOn: () => boolean;
  readonly signal: AbortSignal;
}

export async function runItem(run: Run, item: StoredItem): Promise<void> {
  const { parts, context } = run;
  const action = parts.actions.find(({ id }) => id === item.action);
  const connection = item.ref && findAccount(item.ref, context.settings.actions.accounts);
  const started = item.state === 'started';
  if (!action || !item.ref)
    return settle(run, item, 'refused', `${item.action ?? 'This action'} does not exist any more.`);
  if (!connection) return settle(run, item, started ? 'unclear' : 'refused', notAllowed(item.ref));
  const access = parts.access(connection, run.signal);
  const deed = deedOf(action, access, run.proposal);
  if (!deed) return settle(run, item, 'refused', 'It cannot be undone.');
  const wrong = inputRefusal(action, { ref: item.ref, parameters: item.parameters });
  if (wrong !== undefined && !started) return settle(run, item, 'refused', wrong);
  const { ref } = item;
  const look = async () =>
    run.proposal.undoOf === undefined
      ? action.plan(access, { ref, parameters: item.parameters })
      : keptPlan(item);
  if (started) return resume(run, item, deed, look);
  if (run.mode === 'dry-run' && run.proposal.mode !== 'dry-run' && wasBegun(run.proposal))
    return settle(run, item, 'refused', `Not called: ${DRY_NOW}`);
  let planned: Planned;
  try {
    planned = await look();
  } catch (error) {
    return settle(run, item, 'failed', `Not called: ${errorWords(error)}`);
  }
  const why = await objection(run, item, planned, deed);
  if (why !== undefined) return settle(run, item, 'refused', why);
  if (run.mode === 'dry-run')
    return settle(
      run,
      item,
      'done',
      `Would have been ${deed.past}: ${planned.calls.join('; ') || planned.effect}`,
    );
  if (!run.goOn()) return;
  const begun = await begin(run, item, planned);
  if (begun !== undefined) return begun === '' ? undefined : settle(run, item, 'refused', begun);
  await call(run, { ...item, state: 'started', attempts: item.attempts + 1 }, planned, deed);
}

function deedOf(
  action: ProviderAction,
  access: ReturnType<ActionParts['access']>,
  { undoOf }: StoredProposal,
): Deed | undefined {
  const { undo, about } = action;
  if (undoOf === undefined)
    return {
      run: (planned, key) => action.run(access, planned, key),
      verify: (planned) => action.verify(access, planned),
      past: about.past,
    };
  return (
    undo && {
      run: (planned, key) => undo.run(access, planned, key),
      verify: (planned) => undo.verify(access, planned),
      past: undo.past,
    }
  );
}

/** Why it is not called: the resource changed, or somebody did it already. */
async function objection(
  { proposal, context }: Run,
  item: StoredItem,
  planned: Planned,
  deed: Deed,
): Promise<string | undefined> {
  if (proposal.undoOf === undefined) return changedSince(item, planned, context.settings);
  const seen = await lookOnce(deed, planned);
  if (seen.kind === 'verified' && seen.verified.outcome === 'reached')
    return `Nothing to do: ${seen.verified.said}`;
  // Neither as we left it nor as it was: somebody decided something about it since.
  if (seen.kind === 'verified' && seen.verified.outcome === 'elsewhere')
    return `Left as it is: ${seen.verified.said}`;
  return undefined;
}

/** Writes down that a call comes now. Undefined: go on. '': the claim is lost. Else why it is refused. */
async function begin(
  { context, parts, proposal }: Run,
  item: StoredItem,
  planned: Planned,
): Promise<string | undefined> {
  const { resourcesPerDay, resourcesPerProposal } = context.settings.actions.limits;
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const now = context.now();
    const until = new Date(now + CLAIM);
    if (!(await renewClaim(tx, proposal.id, { owner: parts.owner, until }))) return '';
    if (proposal.undoOf === undefined && (await countActed(tx, new Date(now - DAY_MS))) >= resourcesPerDay)
      return `Not called: ${resourcesPerDay} resources were acted on in 24 hours, which is the limit (actions.limits.resourcesPerDay).`;
    if (proposal.undoOf === undefined && (await countBegun(tx, proposal.id)) >= resourcesPerProposal)
      return `Not called: one proposal may act on ${resourcesPerProposal} resources (actions.limits.resourcesPerProposal).`;
    const at = new Date(now);
    const moved = await moveItem(tx, item.id, ['planned'], 'started', {
      startedAt: at,
      before: planned.before,
      attempt: true,
    });
    if (!moved) return '';
    await auditItem(
      tx,
      'started',
      { ...item, attempts: item.attempts + 1 },
      {
        actor: SYSTEM,
        at,
        proposal: proposal.id,
        facts: { calls: planned.calls },
      },
    );
    return undefined;
  });
}

async function call(
  run: Run,
  item: StoredItem,
  planned: Planned,
  deed: Deed,
  { again = false }: { readonly again?: boolean } = {},
): Promise<void> {
  try {
    await deed.run(planned, item.key);
  } catch (error) {
    // The provider said no: nothing happened. Everything else may have gone through, so it is looked at.
    if (error instanceof AppError && !error.uncertain && !(again && (await isOnItsWay(deed, planned))))
      return settle(run, item, 'failed', errorWords(error));
    run.context.log.warn({ err: error, resource: item.resourceId }, 'the answer to an action was lost');
  }
  await conclude(run, item, planned, deed);
}

/** A call of before a crash may arrive after the look, and be why the same call is refused now. */
async function isOnItsWay(deed: Deed, planned: Planned): Promise<boolean> {
  const seen = await lookOnce(deed, planned);
  return seen.kind === 'verified' && ['reached', 'moving'].includes(seen.verified.outcome);
}

/**
 * A call may have been made before a crash: what is so is not called again; what is not is called with the same key,
 * unless it must not be called any more.
 */
async function resume(
  started: Run,
  item: StoredItem,
  deed: Deed,
  look: () => Promise<Planned>,
): Promise<void> {
  // It was really begun, whatever the mode is by now.
  const run: Run = { ...started, mode: started.proposal.mode };
  const planned = keptPlan(item);
  const seen = await lookOnce(deed, planned);
  if (seen.kind !== 'verified' || seen.verified.outcome !== 'unchanged' || !run.goOn())
    return conclude(run, item, planned, deed);
  if (started.mode === 'dry-run') return settle(run, item, 'failed', `Not called again: ${DRY_NOW}`);
  if (run.proposal.undoOf === undefined) {
    let now: Planned;
    try {
      now = await look();
    } catch (error) {
      return settle(run, item, 'failed', `Not called again: ${errorWords(error)}`);
    }
    const why = now.already ? undefined : changedSince(item, now, run.context.settings);
    if (why !== undefined) return settle(run, item, 'refused', why);
  }
  await call(run, item, planned, deed, { again: true });
}

/** Whether a call for one of its resources may have been made. */
export function wasBegun({ items }: Pick<StoredProposal, 'items'>): boolean {
  return items.some(({ attempts }) => attempts > 0);
}

async function conclude(run: Run, item: StoredItem, planned: Planned, deed: Deed): Promise<void> {
  const seen = await watch(deed, planned, run.parts.wait, run.goOn);
  if (!run.goOn() && !isSettled(seen)) return;
  const [state, said] = outcomeOf(seen, deed);
  await settle(run, item, state, said);
}

function isSettled(seen: Seen): boolean {
  return seen.kind === 'verified' && seen.verified.outcome === 'reached';
}

/** Nothing is said to be done that was not seen. */
export function outcomeOf(seen: Seen, { past }: Pick<Deed, 'past'>): [ItemState, string] {
  if (seen.kind === 'blind')
    return ['unclear', `Asked for, but it cannot be seen whether it happened: ${seen.why}`];
  const { outcome, said } = seen.verified;
  switch (outcome) {
    case 'reached':
      return ['done', said];
    case 'moving':
      return ['unclear', `Asked for and still under way: ${said}`];
    case 'unchanged':
      return ['failed', `Asked for, but it was not ${past}: ${said}`];
    case 'elsewhere':
      return ['failed', `Somebody else changed it meanwhile: ${said}`];
  }
}

async function settle(run: Run, item: StoredItem, state: ItemState, said: string): Promise<void> {
  await run.context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await settleIn(tx, run, item, state, said);
  });
}

/** In a transaction that holds the write lock; false when somebody else has settled it. */
export async function settleIn(
  tx: StoreTransaction,
  { context, proposal, mode }: Run,
  item: StoredItem,
  state: ItemState,
  said: string,
): Promise<boolean> {
  const at = new Date(context.now());
  // Whoever lost the claim while looking has no say about what another process has begun since.
  const from: ItemState[] = item.state === 'planned' ? ['planned'] : ['started', 'unclear'];
  if (!(await moveItem(tx, item.id, from, state, { said, finishedAt: at }))) return false;
  // Whatever was written down as started is finished, also by a refusal.
  const verb = state === 'refused' && item.state !== 'started' ? 'refused' : 'finished';
  await auditItem(tx, verb, item, {
    actor: SYSTEM,
    at,
    proposal: proposal.id,
    facts: { outcome: state, said, mode },
  });
  if (state === 'done' && mode !== 'dry-run') await openLedger(tx, context, proposal, item);
  return true;
}

function errorWords(error: unknown): string {
  if (error instanceof AppError) return error.hint ? `${error.message} ${error.hint}` : error.message;
  return 'the provider gave no answer that could be read.';
}

/** The deed of an item that is looked at again; undefined when it is not allowed, or not known, any more. */
export function connectDeed(run: Run, item: StoredItem): Deed | undefined {
  const action = run.parts.actions.find(({ id }) => id === item.action);
  const connection = item.ref && findAccount(item.ref, run.context.settings.actions.accounts);
  return action && connection && deedOf(action, run.parts.access(connection, run.signal), run.proposal);
}
