/** From what people write for a person ("@mira", "<@U123>", an e-mail, "me") to who it is. */
import { closestNames, exactName } from '../analysis/closest.ts';
import { type Actor, actorKey } from '../core/actor.ts';
import { AppError } from '../core/errors.ts';
import type { StoreTransaction } from '../store/open.ts';
import { findPerson, listMembers, listOwners, type StoredMember } from '../store/organisation.ts';
import type { Context } from './context.ts';
import { emailOfKey, isSameEmail } from './standing.ts';

/** An owner as it is stored (an e-mail or a group's handle), and as it is called. */
export interface NamedOwner {
  readonly owner: string;
  readonly name: string;
  readonly kind: 'person' | 'group';
}

/**
 * The person or user group that `typed` means. Slack writes mentions as <@U123> or <@U123|mira>, groups as
 * <!subteam^S123|@handle>; Teams' come as <@OBJECT-ID> or <@OBJECT-ID|Mira Chen>. Throws NOT_FOUND with the closest people for somebody who is not in pennywatch.yaml.
 */
export async function findOwnerNamed(
  store: StoreTransaction,
  actor: Actor,
  typed: string,
): Promise<NamedOwner> {
  const said = typed.trim();
  if (said === '') throw new AppError('INVALID', 'Who shall own it?', { hint: HOW });
  if (/^(me|myself|i)$/i.test(said)) return self(store, actor);
  const id = mentionedId(said);
  if (id !== undefined) {
    const platform = actor.kind === 'person' ? actor.platform : id.includes('-') ? 'teams' : 'slack';
    const person = await findPerson(store, { platform, id });
    if (person) return { owner: person.email, name: person.name, kind: 'person' };
    throw unknown(`<@${id}>`, [], `${platform}: ${id}`);
  }
  const group = /^<!subteam\^[A-Z0-9]+\|(@[^>\s]+)>$/.exec(said)?.[1];
  if (group) return { owner: group, name: group, kind: 'group' };
  // Where people write sentences, Slack gives a group's id without its handle; handles have no capitals.
  const groupId = /^(?:<!subteam\^([A-Z0-9]+)>|@(S[A-Z0-9]{6,}))$/.test(said);
  if (groupId)
    throw new AppError('INVALID', "Slack told me that group's id, but not its handle.", {
      hint: 'Write its handle as a command: /cost owner set model:bert @ml-leads.',
    });
  return byName(await listMembers(store), said);
}

/** Everybody in pennywatch.yaml, by name. */
export async function listPeople(
  store: StoreTransaction,
): Promise<readonly { readonly email: string; readonly name: string }[]> {
  const members = await listMembers(store);
  return members.map(({ email, name }) => ({ email, name })).sort((a, b) => a.name.localeCompare(b.name));
}

/** Everybody in pennywatch.yaml and every user group that owns something: people by name, groups behind them. */
export async function listAssignees(
  store: StoreTransaction,
): Promise<readonly { readonly owner: string; readonly name: string }[]> {
  const people = (await listPeople(store)).map(({ email, name }) => ({ owner: email, name }));
  const groups = (await listOwners(store)).flatMap(({ owner }) => (owner.startsWith('@') ? [owner] : []));
  return [...people, ...[...new Set(groups)].sort().map((group) => ({ owner: group, name: group }))];
}

function byName(members: readonly StoredMember[], said: string): NamedOwner {
  const handle = said.replace(/^@/, '');
  const spellings = members.flatMap((member) =>
    [member.email, member.email.split('@')[0] ?? '', member.name, member.name.split(' ')[0] ?? ''].map(
      (spelling) => ({ spelling, member }),
    ),
  );
  const matching = new Map(
    spellings
      .filter(({ spelling }) => exactName(handle, [spelling]) !== undefined)
      .map(({ member }) => [member.email, member]),
  );
  const [only, another] = matching.values();
  if (only && another)
    throw new AppError('INVALID', `${matching.size} people are called "${handle}".`, {
      hint: `Write the e-mail: ${[...matching.keys()].slice(0, 4).join(', ')}.`,
    });
  if (only) return { owner: only.email, name: only.name, kind: 'person' };
  const near = closestNames(
    handle,
    spellings.map(({ spelling }) => spelling),
    4,
  );
  const close = [
    ...new Set(
      spellings
        .filter(({ spelling }) => near.includes(spelling))
        .map(({ member }) => `${member.name} (${member.email})`),
    ),
  ].slice(0, 2);
  if (/^@[\w.-]+$/.test(said) && close.length === 0) return { owner: said, name: said, kind: 'group' };
  throw unknown(said, close);
}

async function self(store: StoreTransaction, actor: Actor): Promise<NamedOwner> {
  const email = actor.kind === 'person' ? actor.seen?.email : undefined;
  const person =
    (actor.kind === 'person' ? await findPerson(store, actor) : undefined) ??
    (await memberCalled(store, email));
  if (person) return { owner: person.email, name: person.name, kind: 'person' };
  throw new AppError('INVALID', 'Pennywatch does not know who you are.', {
    hint: 'Name the owner by e-mail, or have yourself added to a team in pennywatch.yaml (see: settings).',
  });
}

/**
 * What was typed; a mention of somebody whose id is not in pennywatch.yaml as the e-mail their platform gives, where
 * that is a member's. To be asked before a transaction: it asks the platform.
 */
export async function knownByEmail(
  context: Pick<Context, 'store' | 'settings' | 'directories' | 'log'>,
  actor: Actor,
  typed: string,
): Promise<string> {
  const id = mentionedId(typed.trim());
  if (id === undefined || actor.kind !== 'person') return typed;
  const email = await emailOfKey(context, actorKey({ ...actor, id }));
  return (await memberCalled(context.store, email))?.email ?? typed;
}

async function memberCalled(
  store: StoreTransaction,
  email: string | undefined,
): Promise<StoredMember | undefined> {
  if (email === undefined) return undefined;
  return (await listMembers(store)).find((one) => isSameEmail(one.email, email));
}

/** The id in a mention; those of Entra ID are kept in small letters. */
function mentionedId(said: string): string | undefined {
  const slack = /^<?@([UW][A-Z0-9]{5,})(?:\|[^>]*)?>?$/.exec(said)?.[1];
  const entra = /^<@([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\|[^>]*)?>$/i.exec(said)?.[1];
  return slack ?? entra?.toLowerCase();
}

const HOW = 'Write a member\'s e-mail, @name, "me", or a user group such as @ml-leads.';

function unknown(
  said: string,
  close: readonly string[],
  mend = 'name, e-mail, and their id in Slack or Microsoft Teams',
): AppError {
  const meant = close.length > 0 ? ` Did you mean ${close.join(' or ')}?` : '';
  return new AppError('NOT_FOUND', `"${said.slice(0, 80)}" is nobody in pennywatch.yaml.${meant}`, {
    hint: `${HOW} Somebody new is added there under teams[].members (${mend}).`,
  });
}
