/** Who an actor is to this organisation, which team answers for a scope, and whether a change is theirs to make. */
import { type Actor, actorKey } from '../core/actor.ts';
import { authorise, type Change, type Standing } from '../core/authorise.ts';
import { AppError } from '../core/errors.ts';
import type { Scope } from '../core/scope.ts';
import type { StoreTransaction } from '../store/open.ts';
import { findPerson, listMembers, teamAnswering } from '../store/organisation.ts';
import type { Context } from './context.ts';

/** What is needed to know who somebody is; a transaction sees what it has written itself. */
export type Place = Pick<Context, 'settings'> & { readonly store: StoreTransaction };

export async function findStanding({ store, settings }: Place, actor: Actor): Promise<Standing> {
  if (actor.kind !== 'person') return { kind: actor.kind };
  const person = await findPerson(store, actor);
  if (!person) return { kind: 'stranger', platform: actor.platform, id: actor.id };
  const admin = settings.admins.some((email) => email.toLowerCase() === person.email.toLowerCase());
  return { kind: 'person', ...person, admin };
}

/** The team that answers for a scope: a model's is the one written down, else the only one its charges have. */
export async function teamOfScope(store: StoreTransaction, scope: Scope): Promise<string | undefined> {
  if (scope.kind === 'team') return scope.name;
  if (scope.kind !== 'model') return undefined;
  return teamAnswering(store, scope.name);
}

/** Throws FORBIDDEN, with the reason and what to do, when the change is not the actor's to make. */
export async function demand(place: Place, actor: Actor, change: Change): Promise<Standing> {
  const who = await findStanding(place, actor);
  const permission = authorise(who, change);
  if (!permission.allowed) throw new AppError('FORBIDDEN', permission.reason, { hint: permission.hint });
  return who;
}

/** How actors of audit entries are called: "slack:U123" is Mira Chen. */
export async function actorNames(store: StoreTransaction): Promise<(actor: string) => string> {
  const people = new Map(
    (await listMembers(store)).flatMap(({ name, identities }) =>
      identities.map(({ platform, id }) => [actorKey({ kind: 'person', platform, id }), name] as const),
    ),
  );
  return (actor) => {
    if (actor === actorKey({ kind: 'system', job: 'settings' })) return 'pennywatch.yaml';
    const user = /^console:(.+)$/.exec(actor)?.[1];
    return user === undefined ? (people.get(actor) ?? actor) : `${user} at the terminal`;
  };
}
