/** Who may decide about a budget that somebody asks for. */
import type { Actor } from '../../core/actor.ts';
import { findOwner, findPerson, listMembers } from '../../store/organisation.ts';
import type { Place } from '../standing.ts';

export interface Approver {
  readonly email: string;
  readonly name: string;
  readonly identities: readonly { readonly platform: string; readonly id: string }[];
}

export interface Approvers {
  /** The team's owner, the configured ones, the admins; whoever asked is left out. */
  readonly people: readonly Approver[];
  /** E-mails of those who may decide without being an admin. */
  readonly emails: readonly string[];
}

/** `requestedBy` is the asker's key, e.g. "slack:U123". */
export async function findApprovers(
  { store, settings }: Place,
  { team, requestedBy }: { readonly team?: string; readonly requestedBy: string },
): Promise<Approvers> {
  const owner = team === undefined ? undefined : await findOwner(store, { kind: 'team', name: team });
  const emails = [...(owner?.kind === 'person' ? [owner.email] : []), ...settings.budgetAlerts.approvers];
  const asker = await emailOf(store, requestedBy);
  const members = new Map((await listMembers(store)).map((member) => [member.email.toLowerCase(), member]));
  const all = new Set([...emails, ...settings.admins].map((email) => email.toLowerCase()));
  return {
    people: [...all]
      .filter((email) => email !== asker)
      .flatMap((email): Approver[] => {
        const member = members.get(email);
        return [{ email, name: member?.name ?? email, identities: member?.identities ?? [] }];
      }),
    emails,
  };
}

/** Whether somebody is the asker, by the same identity or as the same person on another platform. */
export async function isAsker(
  { store }: Place,
  actor: Actor & { readonly key: string },
  requestedBy: string,
): Promise<boolean> {
  if (actor.key === requestedBy) return true;
  const asker = await emailOf(store, requestedBy);
  return asker !== undefined && asker === (await emailOf(store, actor.key));
}

async function emailOf(store: Place['store'], key: string): Promise<string | undefined> {
  const person = personOf(key);
  return person && (await findPerson(store, person))?.email.toLowerCase();
}

/** The person on a chat platform that an actor's key names; undefined for the terminal and the program itself. */
export function personOf(key: string): { platform: string; id: string } | undefined {
  const [, platform, id] = /^([a-z]+):(.+)$/.exec(key) ?? [];
  if (!platform || !id || platform === 'console' || platform === 'system') return undefined;
  return { platform, id };
}
