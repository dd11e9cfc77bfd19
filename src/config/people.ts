/** Checks across teams: one name per team, one person per e-mail and chat id, owners who exist, a home that is there. */
import { platformTitle } from '../core/refusals.ts';
import { CHAT_PLATFORMS, type ChatPlatformId } from '../core/settings.ts';
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
    ...CHAT_PLATFORMS.flatMap((platform) => onePersonPerId(members, platform, place)),
    ...sameEverywhere(members, 'name', place),
    ...CHAT_PLATFORMS.flatMap((platform) => sameEverywhere(members, platform, place)),
    ...teams.flatMap((team) => checkOwner(team.said('owner'), memberEmails(root))),
    ...teams.flatMap(checkHome),
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

/** What is posted to a team's home needs a channel there. */
function checkHome(team: Part): Finding[] {
  const home = team.said('home');
  const platform = CHAT_PLATFORMS.find((one) => one === home?.text);
  if (!home || !platform || team.part('channel').said(platform)) return [];
  return [
    {
      path: home.path,
      message: mismatch(
        home.text,
        `a platform that the team has a channel in: add channel.${platform}, or name another home`,
      ),
    },
  ];
}

function onePersonPerId(members: readonly Part[], platform: ChatPlatformId, place: Place): Finding[] {
  const holders = new Map<string, { email: string; said: Said }>();
  return members.flatMap((member) => {
    const said = member.said(platform);
    const email = member.said('email')?.text.toLowerCase();
    if (!said || !email) return [];
    // Slack's ids are in capitals as they stand; Entra's are the same in any case.
    const id = platform === 'slack' ? said.text : said.text.toLowerCase();
    const holder = holders.get(id);
    if (!holder) holders.set(id, { email, said });
    if (!holder || holder.email === email) return [];
    return [
      {
        path: said.path,
        message: mismatch(
          said.text,
          `each ${platformTitle(platform)} id on one person – ${holder.email} has it ${place(holder.said.path)}`,
        ),
      },
    ];
  });
}

/** A person who is in two teams is written the same in both. */
function sameEverywhere(members: readonly Part[], key: 'name' | ChatPlatformId, place: Place): Finding[] {
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
