/** Says until when something may go on, lets it go on longer, or takes the end off: allowed? then written and audited. */
import { type Actor, actorKey } from '../../core/actor.ts';
import { AppError } from '../../core/errors.ts';
import { type Scope, scopeKey } from '../../core/scope.ts';
import type { StoreTransaction } from '../../store/open.ts';
import { readProposal } from '../../store/proposals.ts';
import { moveTtl, readTtl, type StoredTtl, saveTtl } from '../../store/time-to-live.ts';
import { lockForWriting } from '../../store/write-lock.ts';
import type { NewId } from '../buttons.ts';
import type { Context } from '../context.ts';
import { withdrawProposal } from '../proposals/end.ts';
import { demand } from '../standing.ts';
import { rewriteAsked } from './asked-message.ts';
import { auditTtl } from './audit.ts';
import { teamOfTtl } from './team.ts';
import { momentOf, type Until } from './when.ts';

/** In whose name proposals at the end of a time are made. */
export const TIMER = { kind: 'system', job: 'ttl' } as const satisfies Actor;

export interface WantedTtl {
  readonly scope: Scope;
  readonly until: Until;
  readonly reason?: string;
}

interface Parts {
  readonly newId: NewId;
}

/** Throws FORBIDDEN for somebody who may not, INVALID for what cannot have an end or a moment that cannot be. */
export async function setTtl(
  context: Context,
  actor: Actor,
  { scope, until, reason }: WantedTtl,
  parts: Parts,
): Promise<StoredTtl> {
  demandScope(scope);
  const at = momentOf(context, until);
  await withdrawOpen(context, actor, scope, parts);
  return write(context, actor, scope, 'set', async () => ({ at, reason }));
}

/**
 * Lets it go on: hours count from the end it had, or from now when that is over; what was proposed at its end is taken
 * back. Throws NOT_FOUND without one, CONFLICT when it is being stopped, otherwise as `setTtl`.
 */
export async function keepTtl(
  context: Context,
  actor: Actor,
  { scope, until, reason }: WantedTtl,
  parts: Parts,
): Promise<StoredTtl> {
  demandScope(scope);
  const known = await demandTtl(context.store, scope);
  const from = Math.max(known.until.getTime(), context.now());
  momentOf(context, until, from);
  await withdrawOpen(context, actor, scope, parts);
  return write(context, actor, scope, 'keep', async (before) => ({
    at: momentOf(context, until, Math.max((before ?? known).until.getTime(), context.now())),
    reason: reason ?? before?.reason,
  }));
}

/** Takes the end off: it goes on. Throws NOT_FOUND when it has none, CONFLICT when it is being stopped. */
export async function dropTtl(
  context: Context,
  actor: Actor,
  scope: Scope,
  parts: Parts,
): Promise<StoredTtl> {
  await demandTtl(context.store, scope, { running: true });
  await withdrawOpen(context, actor, scope, parts);
  const { settings } = context;
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await demandChange(tx, { settings }, actor, scope);
    const before = await demandTtl(tx, scope, { running: true });
    const at = new Date(context.now());
    const by = actorKey(actor);
    await moveTtl(tx, before, { endedAt: at, endedBy: by });
    const after = { ...before, endedAt: at, endedBy: by };
    await auditTtl(tx, 'off', { actor: by, at }, { before, after });
    await rewriteAsked(tx, context, { before, after, verb: 'off' });
    return after;
  });
}

async function write(
  context: Context,
  actor: Actor,
  scope: Scope,
  verb: 'set' | 'keep',
  terms: (before: StoredTtl | undefined) => Promise<{ at: number; reason?: string | undefined }>,
): Promise<StoredTtl> {
  const { settings } = context;
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    await demandChange(tx, { settings }, actor, scope);
    const before = await readTtl(tx, scopeKey(scope));
    const { at, reason } = await terms(before);
    const now = new Date(context.now());
    const by = actorKey(actor);
    const after = await saveTtl(tx, {
      scope: scopeKey(scope),
      until: new Date(at),
      setBy: by,
      setAt: now,
      ...(reason && { reason }),
    });
    await auditTtl(tx, verb, { actor: by, at: now }, { ...(before && { before }), after });
    if (before) await rewriteAsked(tx, context, { before, after, verb });
    return after;
  });
}

async function demandChange(
  tx: StoreTransaction,
  { settings }: Pick<Context, 'settings'>,
  actor: Actor,
  scope: Scope,
): Promise<void> {
  const team = await teamOfTtl({ store: tx, settings }, actor, scope);
  await demand({ store: tx, settings }, actor, { kind: 'ttl', scope, ...(team !== undefined && { team }) });
}

/** What was proposed at its end and waits is taken back, once it is known that the actor may do so. */
async function withdrawOpen(context: Context, actor: Actor, scope: Scope, { newId }: Parts): Promise<void> {
  const { store, settings } = context;
  await demandChange(store, { settings }, actor, scope);
  const ttl = await readTtl(store, scopeKey(scope));
  const open = ttl?.proposalId === undefined ? undefined : await readProposal(store, ttl.proposalId);
  if (!open || ttl?.endedAt) return;
  if (open.status === 'waiting' || open.status === 'approved')
    await withdrawProposal(context, TIMER, open.id, { newId });
  else if (open.status === 'running')
    throw new AppError('CONFLICT', `It is being stopped already: proposal ${open.id}.`, {
      hint: `When it is done, it may be brought back: proposal ${open.id} undo.`,
    });
}

/** Throws NOT_FOUND when it has no end; with `running`, also when that is over. */
export async function demandTtl(
  store: StoreTransaction,
  scope: Scope,
  { running = false }: { readonly running?: boolean } = {},
): Promise<StoredTtl> {
  const ttl = await readTtl(store, scopeKey(scope));
  if (ttl && !(running && ttl.endedAt)) return ttl;
  throw new AppError('NOT_FOUND', `${scopeKey(scope)} has no time limit: it may go on.`, {
    hint: `Set one: ttl ${scopeKey(scope)} 48h.`,
  });
}

const MAY_END = ['experiment', 'model', 'feature', 'environment'];

/** Throws INVALID for what is too big to be switched off because a time is over. */
export function demandScope(scope: Scope): void {
  if (MAY_END.includes(scope.kind) && !(scope.kind === 'environment' && scope.name === 'prod')) return;
  const what = scope.kind === 'environment' ? 'prod' : scopeKey(scope);
  throw new AppError(
    'INVALID',
    `${what} cannot have an end: it is too much to be stopped because a time is over.`,
    {
      hint: 'Experiments, models, features and environments but prod can: ttl experiment:NAME 48h.',
    },
  );
}
