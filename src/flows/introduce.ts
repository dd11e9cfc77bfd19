/** Asks the chat platforms who somebody is now: before anything is decided, and before the database is locked. */
import type { Directory } from '../chat/types.ts';
import type { Actor, Seen } from '../core/actor.ts';
import type { Permission } from '../core/authorise.ts';
import { refuseSeen } from '../core/authorise-seen.ts';
import type { Conversation } from '../core/conversation.ts';
import { AppError } from '../core/errors.ts';
import { groupsAmong } from '../core/roles.ts';
import { listMembers, listOwners } from '../store/organisation.ts';
import type { Context } from './context.ts';
import { refusal } from './refused.ts';

type Asking = Pick<Context, 'store' | 'settings' | 'directories' | 'log'>;
type Person = Extract<Actor, { kind: 'person' }>;

/**
 * The actor with what their platform says of them: whether they are an active member of our workspace, their e-mail, and
 * which of the user groups in pennywatch.yaml they are in. Never throws: a platform that does not answer is "silent".
 * Anybody but a person, and a person of a platform without a directory, stays as they are.
 */
export async function introduce(context: Asking, actor: Actor): Promise<Actor> {
  if (actor.kind !== 'person' || actor.seen) return actor;
  const directory = directoryOf(context, actor.platform);
  if (!directory) return actor;
  const { state, email } = await look(context, directory, actor);
  const groups =
    state === 'active' ? await groupsOf(context, actor, email) : { groups: [], unclearGroups: [] };
  return { ...actor, seen: { state, ...(email && { email }), ...groups } };
}

/**
 * Throws FORBIDDEN for somebody of another workspace, whom the platform does not know, or who is deactivated, and for a
 * conversation in another workspace: costs are shown to members only. A silent platform refuses nobody here.
 */
export async function refuseForeign(
  context: Asking,
  actor: Actor,
  conversation: Conversation,
): Promise<void> {
  const seen = actor.kind === 'person' ? actor.seen : undefined;
  const from = { platform: conversation.platform, ...(seen && { seen }) };
  const state = seen?.state;
  if (state === 'foreign' || state === 'unknown' || state === 'deactivated')
    throw refused(refuseSeen(from, { kind: 'anomaly' }), conversation);
  const directory = directoryOf(context, conversation.platform);
  if (!directory?.workspace || conversation.workspace === undefined) return;
  const answer = await heard(context, async () => ({ ours: await directory.workspace?.() }));
  if (answer?.ours && answer.ours !== conversation.workspace)
    throw refused(refuseSeen({ ...from, seen: FOREIGN }, { kind: 'anomaly' }), conversation);
}

const FOREIGN: Seen = { state: 'foreign', groups: [], unclearGroups: [] };

function refused(permission: Permission | undefined, { platform, workspace }: Conversation): AppError {
  const { reason, hint } = permission?.allowed === false ? permission : { reason: 'You are not known here.' };
  const subject = workspace === undefined ? platform : `${platform}:${workspace}`;
  return refusal('entry', subject, new AppError('FORBIDDEN', reason, { hint }));
}

/** The directory of a platform; undefined where none is set up. */
export function directoryOf({ directories }: Asking, platform: string): Directory | undefined {
  return directories && Object.hasOwn(directories, platform) ? directories[platform] : undefined;
}

async function look(
  context: Asking,
  directory: Directory,
  actor: Person,
): Promise<{ state: Seen['state']; email?: string }> {
  const answer = await heard(context, async () => {
    const ours = await directory.workspace?.();
    return { ours, person: await directory.person(actor.id) };
  });
  if (!answer) return { state: 'silent' };
  const { ours, person } = answer;
  if (!person) return { state: 'unknown' };
  if (!person.active) return { state: 'deactivated' };
  const theirs = person.workspace ?? actor.workspace;
  if (ours && theirs && theirs !== ours) return { state: 'foreign' };
  if (person.kind !== 'member') return { state: person.kind };
  return { state: 'active', ...(person.email && { email: person.email }) };
}

/** On every platform on which the person is known: the same e-mail is the same person. */
async function groupsOf(
  context: Asking,
  actor: Person,
  email: string | undefined,
): Promise<Pick<Seen, 'groups' | 'unclearGroups'>> {
  const named = await namedGroups(context);
  if (named.length === 0) return { groups: [], unclearGroups: [] };
  const identities = await identitiesOf(context, actor, email);
  const groups = new Set<string>();
  const unclear = new Set<string>();
  for (const { platform, id } of identities)
    for (const group of named) {
      const members = await heard(context, async () => ({
        ids: (await directoryOf(context, platform)?.groupMembers(group)) ?? [],
      }));
      if (!members) unclear.add(group);
      else if (members.ids.includes(id)) groups.add(group);
    }
  return { groups: [...groups], unclearGroups: [...unclear].filter((group) => !groups.has(group)) };
}

/** User groups that have a say anywhere: by role, as approvers, as owners of a team. */
async function namedGroups({ store, settings }: Asking): Promise<string[]> {
  const owners = (await listOwners(store)).filter(({ scope }) => scope.startsWith('team:'));
  return groupsAmong([
    ...settings.roles.flatMap(({ people }) => people),
    ...settings.actions.approvers.flatMap(({ people }) => people),
    ...owners.map(({ owner }) => owner),
  ]);
}

async function identitiesOf(
  context: Asking,
  actor: Person,
  email: string | undefined,
): Promise<{ platform: string; id: string }[]> {
  const own = { platform: actor.platform, id: actor.id };
  const members = await listMembers(context.store);
  const member =
    members.find(({ identities }) => identities.some((one) => isSame(one, own))) ??
    members.find((one) => email !== undefined && one.email.toLowerCase() === email.toLowerCase());
  const found = [own];
  for (const platform of Object.keys(context.directories ?? {})) {
    if (platform === actor.platform) continue;
    const written = member?.identities.find((one) => one.platform === platform)?.id;
    const id = written ?? (await idByEmail(context, platform, member?.email ?? email));
    if (id !== undefined) found.push({ platform, id });
  }
  return found;
}

/**
 * What pennywatch.yaml says who a member is on chat platforms, and where it says nothing, who their e-mail is there now.
 * Asks the platforms, so never in a transaction; one that does not answer is left out.
 */
export async function identitiesByEmail(
  context: Asking,
  email: string,
  written: readonly { readonly platform: string; readonly id: string }[],
): Promise<readonly { readonly platform: string; readonly id: string }[]> {
  const missing = Object.keys(context.directories ?? {}).filter(
    (platform) => !written.some((one) => one.platform === platform),
  );
  const found = await Promise.all(
    missing.map(async (platform) => ({ platform, id: await idByEmail(context, platform, email) })),
  );
  return [...written, ...found.flatMap(({ platform, id }) => (id === undefined ? [] : [{ platform, id }]))];
}

/** Of an active member of our own workspace: nobody else is who the e-mail says. */
async function idByEmail(context: Asking, platform: string, email: string | undefined) {
  const directory = directoryOf(context, platform);
  if (email === undefined || !directory?.personByEmail) return undefined;
  const found = await heard(context, async () => ({
    ours: await directory.workspace?.(),
    person: await directory.personByEmail?.(email),
  }));
  const { ours, person } = found ?? {};
  if (!person?.active || person.kind !== 'member') return undefined;
  return ours && person.workspace && person.workspace !== ours ? undefined : person.id;
}

function isSame(a: { platform: string; id: string }, b: { platform: string; id: string }): boolean {
  return a.platform === b.platform && a.id === b.id;
}

/** Undefined when the platform does not answer. */
async function heard<T>({ log }: Asking, ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn({ err: error }, 'a chat platform did not say who somebody is');
    return undefined;
  }
}
