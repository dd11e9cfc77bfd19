/** Checks across teams: one name per team, one person per e-mail and Slack id, owners who exist. */
import { closest, fold } from './closest.ts';
import type { Part, Said } from './draft.ts';
import { mismatch } from './problem.ts';
import { type Place, repeated } from './repeated.ts';
import type { Finding } from './shape.ts';

export function checkTeams(root: Part, place: Place): Finding[] {
  const teams = root.list('teams');
  const members = teams.flatMap((team) => team.list('members'));
  return [
    ...repeated(
      teams.flatMap((team) => team.said('name') ?? []),
      'team',
      place,
    ),
    ...teams.flatMap((team) =>
      repeated(
        team.list('members').flatMap((member) => member.said('email') ?? []),
        'member',
        place,
      ),
    ),
    ...onePersonPerSlackId(members, place),
    ...sameEverywhere(members, 'name', place),
    ...sameEverywhere(members, 'slack', place),
    ...teams.flatMap((team) => checkOwner(team.said('owner'), memberEmails(root))),
  ];
}

/** E-mails of everybody in the file. */
export function memberEmails(root: Part): readonly string[] {
  const members = root.list('teams').flatMap((team) => team.list('members'));
  return members.flatMap((member) => member.said('email')?.text.toLowerCase() ?? []);
}

/** An owner written as an e-mail must be a member. User groups are the chat platform's to know. */
export function checkOwner(owner: Said | undefined, emails: readonly string[]): Finding[] {
  if (!owner || owner.text.startsWith('@') || !owner.text.includes('@')) return [];
  if (emails.includes(owner.text.toLowerCase())) return [];
  return [
    {
      path: owner.path,
      message: mismatch(owner.text, 'the e-mail of a member in teams[].members', closest(owner.text, emails)),
    },
  ];
}

function onePersonPerSlackId(members: readonly Part[], place: Place): Finding[] {
  const holders = new Map<string, { email: string; said: Said }>();
  return members.flatMap((member) => {
    const said = member.said('slack');
    const email = member.said('email')?.text.toLowerCase();
    if (!said || !email) return [];
    const holder = holders.get(said.text);
    if (!holder) holders.set(said.text, { email, said });
    if (!holder || holder.email === email) return [];
    return [
      {
        path: said.path,
        message: mismatch(
          said.text,
          `each Slack id on one person – ${holder.email} has it ${place(holder.said.path)}`,
        ),
      },
    ];
  });
}

/** A person who is in two teams is written the same in both. */
function sameEverywhere(members: readonly Part[], key: 'name' | 'slack', place: Place): Finding[] {
  const first = new Map<string, Said>();
  return members.flatMap((member) => {
    const email = member.said('email')?.text.toLowerCase();
    const said = member.said(key);
    if (!email || !said) return [];
    const before = first.get(email);
    if (!before) first.set(email, said);
    if (!before || fold(before.text) === fold(said.text)) return [];
    return [
      {
        path: said.path,
        message: mismatch(said.text, `${JSON.stringify(before.text)} for ${email}, as ${place(before.path)}`),
      },
    ];
  });
}
