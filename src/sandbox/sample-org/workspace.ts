/** The local Slack workspace of the organisation: its people, channels, user groups and the /cost command. */
import { emailOf, membersOf, ORGANISATION, PEOPLE, TEAMS } from './company.ts';
import type { WorkspaceSeed } from './types.ts';

function idOf(key: string): string {
  return PEOPLE.find((person) => person.key === key)?.slack ?? '';
}

/** Everybody is in #general; team channels hold the team, the FinOps analyst and the CTO look in. */
export function buildWorkspace(): WorkspaceSeed {
  const everybody = PEOPLE.map((person) => person.slack);
  const owners = TEAMS.map((team) => idOf(team.owner));
  const finops = idOf('hana');
  const bot = 'U06PENNYBOT';
  return {
    teamId: 'T03WRENFLD1',
    teamName: ORGANISATION,
    botUserId: bot,
    botName: 'Pennywatch',
    people: PEOPLE.map(({ key, slack, name, title, colour }) => ({
      id: slack,
      name,
      title,
      email: emailOf(key),
      colour,
    })),
    channels: [
      { id: 'C05GENERAL1', name: 'general', topic: 'Everything Wrenfield', memberIds: [...everybody, bot] },
      {
        id: 'C05FINOPS01',
        name: 'finops',
        topic: 'What AI costs us, and why',
        memberIds: [finops, idOf('erik'), ...owners, bot],
      },
      ...TEAMS.map((team) => ({
        id: team.channel,
        name: team.name,
        topic: team.topic,
        memberIds: [...membersOf(team.name).map((person) => person.slack), finops, bot],
      })),
    ],
    usergroups: [
      { id: 'S07MLLEADS1', handle: 'ml-leads', members: owners },
      { id: 'S07FINOPS01', handle: 'finops', members: [finops] },
      {
        id: 'S07SREONCL1',
        handle: 'sre-oncall',
        members: membersOf('platform').map((person) => person.slack),
      },
    ],
    commands: [
      {
        command: '/cost',
        description: 'What AI workloads cost, whose they are and why they moved',
        usageHint: 'model bert | team search | top | help',
        examples: [
          '/cost model bert',
          '/cost team search last week',
          '/cost top 5 services',
          '@Pennywatch how much did bert cost last week?',
          '/cost help',
        ],
      },
    ],
  };
}
