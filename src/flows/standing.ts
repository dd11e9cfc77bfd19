/** Who an actor is to this organisation, which team answers for a scope, and whether a change is theirs to make. */
import { type Actor, actorKey } from '../core/actor.ts';
import { authorise, type Change, type Standing } from '../core/authorise.ts';
import { AppError } from '../core/errors.ts';
import { hasRole, type RoleGrants, rolesOf } from '../core/roles.ts';
import { type Scope, scopeKey } from '../core/scope.ts';
import { chatNames } from '../store/chat-names.ts';
import { teamsOfCharges } from '../store/names.ts';
import type { StoreTransaction } from '../store/open.ts';
import { findPerson, listMembers, listOwners, listTeams, teamAnswering } from '../store/organisation.ts';
import type { Context } from './context.ts';
import { directoryOf, introduce } from './introduce.ts';
import { rememberRefusal } from './refused.ts';

/** What is needed to know who somebody is; a transaction sees what it has written itself. */
export type Place = Pick<Context, 'settings'> & { readonly store: StoreTransaction };

/**
 * Somebody on a chat platform is a person of pennywatch.yaml by the identity written there, else by the e-mail their
 * platform gives an active member of our workspace (see `introduce`).
 */
export async function findStanding(place: Place, actor: Actor): Promise<Standing> {
  if (actor.kind !== 'person') return { kind: actor.kind };
  const { platform, id, seen } = actor;
  const asked = seen && { seen };
  const person = (await findPerson(place.store, actor)) ?? (await personByEmail(place.store, seen?.email));
  if (!person) return { kind: 'stranger', platform, id, ...asked };
  const groups = seen?.groups ?? [];
  const roles = rolesOf({ email: person.email, groups }, await grantsOf(place));
  return {
    kind: 'person',
    name: person.name,
    email: person.email,
    teams: [...new Set([...person.teams, ...roles.inTeams.keys()])].sort(),
    admin: hasRole(roles, 'admin'),
    roles,
    groups,
    platform,
    ...asked,
  };
}

async function personByEmail(store: StoreTransaction, email: string | undefined) {
  if (email === undefined) return undefined;
  const member = (await listMembers(store)).find((one) => isSameEmail(one.email, email));
  if (!member) return undefined;
  const teams = (await listTeams(store)).filter(
    ({ ownerEmail, members }) => ownerEmail === member.email || members.includes(member.email),
  );
  return { email: member.email, name: member.name, teams: teams.map(({ name }) => name) };
}

/** A team's owner in pennywatch.yaml counts more than one set in chat, which is kept beside the team. */
async function grantsOf({ store, settings }: Place): Promise<RoleGrants> {
  const teams = await listTeams(store);
  const scopes = teams.map(({ name }) => scopeKey({ kind: 'team', name }));
  const chosen = new Map((await listOwners(store, scopes)).map(({ scope, owner }) => [scope, owner]));
  return {
    admins: settings.admins,
    roles: settings.roles,
    teams: teams.map(({ name, ownerEmail, members, managedBy }) => {
      const inChat = chosen.get(scopeKey({ kind: 'team', name }));
      const owner = managedBy === 'file' ? (ownerEmail ?? inChat) : (inChat ?? ownerEmail);
      return { name, members, ...(owner !== undefined && { owner }) };
    }),
  };
}

/** The team that answers for a scope: a model's is the one written down, else the only one its (or an experiment's) charges have. */
export async function teamOfScope(store: StoreTransaction, scope: Scope): Promise<string | undefined> {
  if (scope.kind === 'team') return scope.name;
  if (scope.kind === 'experiment') {
    const [only, another] = await teamsOfCharges(store, scope.name, 'experiment');
    return another === undefined ? only : undefined;
  }
  if (scope.kind !== 'model') return undefined;
  return teamAnswering(store, scope.name);
}

/**
 * Throws FORBIDDEN, with the reason and what to do, when the change is not the actor's to make. Asks no platform: what it
 * knows of the person is what `introduce` found before, or the standing handed in.
 */
export async function demand(
  place: Place,
  actor: Actor,
  change: Change,
  known?: Standing,
): Promise<Standing> {
  const who = known ?? (await findStanding(place, actor));
  const permission = authorise(who, change);
  if (permission.allowed) return who;
  const error = new AppError('FORBIDDEN', permission.reason, { hint: permission.hint });
  rememberRefusal(error, {
    kind: change.kind,
    subject: change.subject ?? scopeKey(change.scope),
    reason: permission.reason,
  });
  throw error;
}

/**
 * The e-mail behind an actor's key ("slack:U123"): pennywatch.yaml's, else what the platform says now; undefined when
 * nobody knows. To be asked before a transaction: who asked and who decides are one person when their e-mails are one.
 */
export async function emailOfKey(
  context: Pick<Context, 'store' | 'settings' | 'directories' | 'log'>,
  key: string,
): Promise<string | undefined> {
  const [, platform, id] = /^([a-z]+):(.+)$/s.exec(key) ?? [];
  if (!platform || !id || platform === 'console' || platform === 'system') return undefined;
  const written = await findPerson(context.store, { platform, id });
  if (written) return written.email;
  if (!directoryOf(context, platform)) return undefined;
  const actor = await introduce(context, { kind: 'person', platform, id });
  return actor.kind === 'person' ? actor.seen?.email : undefined;
}

export function isSameEmail(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** How actors of audit entries are called: "slack:U123" is Mira Chen. Who is known by e-mail only, as their platform calls them. */
export async function actorNames(store: StoreTransaction): Promise<(actor: string) => string> {
  const people = new Map(
    (await listMembers(store)).flatMap(({ name, identities }) =>
      identities.map(({ platform, id }) => [actorKey({ kind: 'person', platform, id }), name] as const),
    ),
  );
  const elsewhere = await chatNames(store);
  return (actor) => {
    if (actor === actorKey({ kind: 'system', job: 'settings' })) return 'pennywatch.yaml';
    const user = /^console:(.+)$/.exec(actor)?.[1];
    if (user !== undefined) return `${user} at the terminal`;
    return people.get(actor) ?? elsewhere.get(actor) ?? actor;
  };
}
