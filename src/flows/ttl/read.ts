/** What has an end, for lists and single answers. */
import { parseScope, type Scope, scopeKey } from '../../core/scope.ts';
import { readProposal } from '../../store/proposals.ts';
import { listTtls, readTtl, type StoredTtl } from '../../store/time-to-live.ts';
import type { TtlShown } from '../../view/messages/ttl.ts';
import type { Context } from '../context.ts';
import { actorNames } from '../standing.ts';
import { askAt } from './ask.ts';

const WEEK_MS = 7 * 86_400_000;

/** Running ones first by their end, with those that ended in the last week. */
export async function readTtls(context: Context): Promise<TtlShown[]> {
  const { store, now } = context;
  const rows = await listTtls(store, { endedSince: new Date(now() - WEEK_MS) });
  const shown: TtlShown[] = [];
  for (const row of rows) shown.push(await showTtl(context, row));
  return shown.sort((a, b) => Number(a.endedAt !== undefined) - Number(b.endedAt !== undefined));
}

export async function readOneTtl(context: Context, scope: Scope): Promise<TtlShown | undefined> {
  const row = await readTtl(context.store, scopeKey(scope));
  return row && showTtl(context, row);
}

export async function showTtl({ store }: Context, ttl: StoredTtl): Promise<TtlShown> {
  const { scope, until, setBy, setAt, reason, askedAt, proposalId, endedAt, endedBy } = ttl;
  const nameOf = await actorNames(store);
  const proposal = proposalId === undefined ? undefined : await readProposal(store, proposalId);
  return {
    scope: parseScope(scope),
    until,
    by: nameOf(setBy),
    setAt,
    askAt: new Date(askAt(ttl)),
    ...(reason !== undefined && { reason }),
    ...(askedAt && { askedAt }),
    ...(proposal && { proposal: { id: proposal.id, status: proposal.status } }),
    ...(endedAt && { endedAt }),
    ...(endedBy !== undefined && !endedBy.startsWith('system:') && { endedBy: nameOf(endedBy) }),
  };
}
