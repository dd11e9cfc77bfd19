/** Who may decide about a budget that somebody asks for. */
import { findOwner, listMembers } from '../../store/organisation.ts';
import { isSameEmail, type Place } from '../standing.ts';

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

/** `asker` is the e-mail of whoever asked, where it is known. */
export async function findApprovers(
  { store, settings }: Place,
  { team, asker }: { readonly team?: string; readonly asker?: string },
): Promise<Approvers> {
  const owner = team === undefined ? undefined : await findOwner(store, { kind: 'team', name: team });
  const emails = [...(owner?.kind === 'person' ? [owner.email] : []), ...settings.budgetAlerts.approvers];
  const members = new Map((await listMembers(store)).map((member) => [member.email.toLowerCase(), member]));
  const all = new Set([...emails, ...settings.admins].map((email) => email.toLowerCase()));
  return {
    people: [...all]
      .filter((email) => asker === undefined || !isSameEmail(email, asker))
      .flatMap((email): Approver[] => {
        const member = members.get(email);
        return [{ email, name: member?.name ?? email, identities: member?.identities ?? [] }];
      }),
    emails,
  };
}

/** The person on a chat platform that an actor's key names; undefined for the terminal and the program itself. */
export function personOf(key: string): { platform: string; id: string } | undefined {
  const [, platform, id] = /^([a-z]+):(.+)$/.exec(key) ?? [];
  if (!platform || !id || platform === 'console' || platform === 'system') return undefined;
  return { platform, id };
}
