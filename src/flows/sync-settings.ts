/** Brings teams, members, models, owners and budgets in the store in line with the configuration file. */
import { actorKey } from '../core/actor.ts';
import { budgetKey } from '../core/budget.ts';
import { appendAudits } from '../store/audit.ts';
import { listBudgets, removeBudget, saveBudget } from '../store/budgets.ts';
import type { StoreTransaction } from '../store/open.ts';
import {
  listMembers,
  listModels,
  listOwners,
  listTeams,
  removeMember,
  removeModel,
  removeOwner,
  removeTeam,
  saveMembers,
  saveModel,
  saveOwner,
  saveTeam,
} from '../store/organisation.ts';
import { lockForWriting } from '../store/write-lock.ts';
import type { Context } from './context.ts';
import { type Change, planChanges, stateText } from './sync-settings/plan.ts';
import {
  wantedBudgets,
  wantedMembers,
  wantedModels,
  wantedOwners,
  wantedTeams,
} from './sync-settings/wanted.ts';

export interface SyncedSettings {
  readonly created: number;
  readonly updated: number;
  readonly removed: number;
}

const ACTOR = actorKey({ kind: 'system', job: 'settings' });

/**
 * Makes the store say what the file says, in one transaction, with one audit entry per object that changed.
 * Does nothing when nothing changed. Where people decided otherwise in chat the file wins, and the log says so.
 */
export async function syncSettings(context: Context): Promise<SyncedSettings> {
  const at = new Date(context.now());
  if (Object.values(await plan(context.store, context)).flat().length === 0)
    return { created: 0, updated: 0, removed: 0 };
  const changes = await context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const planned = await plan(tx, context);
    await apply(tx, planned, at);
    const all = Object.values(planned).flat();
    await appendAudits(
      tx,
      all.map((change) => toAudit(change, at)),
    );
    return all;
  });
  for (const { kind, verb, key, clash } of changes)
    if (clash)
      context.log.warn({ kind, key, verb }, 'set in chat and in the configuration file: the file wins');
  const count = (verb: string) => changes.filter((change) => change.verb === verb).length;
  const synced = { created: count('create'), updated: count('update'), removed: count('remove') };
  if (changes.length > 0) context.log.info(synced, 'the configuration file changed what is stored');
  return synced;
}

async function plan(tx: StoreTransaction, { settings }: Context) {
  const [teams, members] = [await listTeams(tx), await listMembers(tx)];
  return {
    members: planChanges('member', ({ email }) => email, members, wantedMembers(settings, members)),
    teams: planChanges('team', ({ name }) => name, teams, wantedTeams(settings, teams)),
    models: planChanges('model', ({ name }) => name, await listModels(tx), wantedModels(settings)),
    owners: planChanges('owner', ({ scope }) => scope, await listOwners(tx), wantedOwners(settings)),
    budgets: planChanges('budget', budgetKey, await listBudgets(tx), wantedBudgets(settings)),
  };
}

/** Removes from the leaves to the roots and writes the other way round, as the references demand. */
async function apply(
  tx: StoreTransaction,
  changes: Awaited<ReturnType<typeof plan>>,
  at: Date,
): Promise<void> {
  const { members, teams, models, owners, budgets } = changes;
  for (const budget of gone(budgets)) await removeBudget(tx, budget);
  for (const { scope } of gone(owners)) await removeOwner(tx, scope);
  for (const { name } of gone(models)) await removeModel(tx, name);
  for (const { name } of gone(teams)) await removeTeam(tx, name);
  for (const { email } of gone(members)) await removeMember(tx, email);
  await saveMembers(tx, written(members), at);
  for (const team of written(teams)) await saveTeam(tx, team, at);
  for (const model of written(models)) await saveModel(tx, model, at);
  for (const owner of written(owners)) await saveOwner(tx, owner, at);
  for (const budget of written(budgets)) await saveBudget(tx, budget, at);
}

function gone<T>(changes: readonly Change<T>[]): T[] {
  return changes.flatMap(({ verb, before }) => (verb === 'remove' && before ? [before] : []));
}

function written<T>(changes: readonly Change<T>[]): T[] {
  return changes.flatMap(({ after }) => (after ? [after] : []));
}

function toAudit({ kind, verb, key, before, after }: Change<unknown>, at: Date) {
  return {
    at,
    actor: ACTOR,
    action: `${kind}.${verb}`,
    subject: `${kind}:${key}`,
    ...(before !== undefined && { before: stateText(before) }),
    ...(after !== undefined && { after: stateText(after) }),
  };
}
