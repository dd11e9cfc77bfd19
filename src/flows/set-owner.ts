/** Says who owns a scope, from chat: allowed? managed by the file? then written and audited in one transaction. */
import { type Actor, actorKey } from '../core/actor.ts';
import { AppError } from '../core/errors.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import { appendAudit } from '../store/audit.ts';
import type { StoreTransaction } from '../store/open.ts';
import {
  findOwner,
  ownerSteps,
  readOwner,
  removeOwner,
  type StoredOwner,
  saveOwner,
} from '../store/organisation.ts';
import { lockForWriting } from '../store/write-lock.ts';
import type { Context } from './context.ts';
import { findOwnerNamed, knownByEmail } from './find-person.ts';
import { demand, teamOfScope } from './standing.ts';
import { stateText } from './sync-settings/plan.ts';

export interface OwnerChange {
  /** Who owned it before, by whatever said so, and who does now; by name. */
  readonly before?: string;
  readonly after?: string;
}

/** Makes the person or group that `typed` means the owner. Throws FORBIDDEN, NOT_FOUND, or CONFLICT where the file decides. */
export async function setOwner(
  context: Context,
  actor: Actor,
  { scope, typed }: { scope: Scope; typed: string },
): Promise<OwnerChange> {
  const who = await knownByEmail(context, actor, typed);
  return changeOwner(context, { actor, scope, kind: 'owner' }, async (tx, stored) => {
    const { owner } = await findOwnerNamed(tx, actor, who);
    return write(tx, { scope, owner, stored, at: new Date(context.now()) });
  });
}

/** Makes the actor the owner, if nobody owns it or it is the actor's team's. Throws as `setOwner`. */
export async function claimOwner(context: Context, actor: Actor, scope: Scope): Promise<OwnerChange> {
  return changeOwner(context, { actor, scope, kind: 'claim' }, async (tx, stored) => {
    const { owner } = await findOwnerNamed(tx, actor, 'me');
    return write(tx, { scope, owner, stored, at: new Date(context.now()) });
  });
}

/** Takes back what was set in chat; what else says who owns it counts again. Throws NOT_FOUND when nothing was set. */
export async function dropOwner(context: Context, actor: Actor, scope: Scope): Promise<OwnerChange> {
  return changeOwner(context, { actor, scope, kind: 'owner' }, async (tx, stored) => {
    if (!stored)
      throw new AppError('NOT_FOUND', `Nobody set an owner of ${scopeKey(scope)} in chat.`, {
        hint: `See what says who owns it: owner ${scopeKey(scope)}.`,
      });
    await removeOwner(tx, stored.scope);
    return undefined;
  });
}

async function changeOwner(
  context: Context,
  { actor, scope, kind }: { actor: Actor; scope: Scope; kind: 'owner' | 'claim' },
  change: (tx: StoreTransaction, stored?: StoredOwner) => Promise<StoredOwner | undefined>,
): Promise<OwnerChange> {
  const key = scopeKey(scope);
  return context.store.$transaction(async (tx) => {
    await lockForWriting(tx);
    const team = await teamOfScope(tx, scope);
    const before = (await findOwner(tx, scope))?.name;
    await demand({ store: tx, settings: context.settings }, actor, {
      kind,
      scope,
      team,
      ...(before && { owner: before }),
    });
    await refuseFile(tx, scope);
    const stored = await readOwner(tx, key);
    const written = await change(tx, stored);
    if (stateText(written ?? null) !== stateText(stored ?? null))
      await appendAudit(tx, {
        at: new Date(context.now()),
        actor: actorKey(actor),
        action: `owner.${kind === 'claim' ? 'claim' : stored ? (written ? 'update' : 'remove') : 'create'}`,
        subject: `owner:${key}`,
        ...(stored && { before: stateText(stored) }),
        ...(written && { after: stateText(written) }),
      });
    const after = (await findOwner(tx, scope))?.name;
    return { ...(before && { before }), ...(after && { after }) };
  });
}

async function write(
  tx: StoreTransaction,
  { scope, owner, stored, at }: { scope: Scope; owner: string; stored: StoredOwner | undefined; at: Date },
): Promise<StoredOwner> {
  const wanted: StoredOwner = { scope: scopeKey(scope), owner, managedBy: 'chat' };
  if (stored?.owner !== owner) await saveOwner(tx, wanted, at);
  return wanted;
}

/** The file decides where it names this very scope's owner; a stage may differ from its model. */
async function refuseFile(tx: StoreTransaction, scope: Scope): Promise<void> {
  for await (const { place, owner, scope: elsewhere } of ownerSteps(tx, scope)) {
    if (place !== 'file' || !owner || elsewhere !== undefined) continue;
    const where =
      scope.kind === 'team' ? `teams[] (name: ${scope.name})` : `models[] (name: ${nameOf(scope)})`;
    throw new AppError(
      'CONFLICT',
      `pennywatch.yaml manages the owner of ${scopeKey(scope)}: ${owner.name}.`,
      {
        hint: `Change "owner" of its entry under ${where} in that file, or take it out there to say it in chat. Nothing was changed.`,
      },
    );
  }
}

function nameOf(scope: Scope): string {
  return scope.kind === 'org' ? 'org' : scope.name;
}
