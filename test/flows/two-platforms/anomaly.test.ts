/** A team with a channel in Slack and one in Teams: an anomaly acted on in one is the same everywhere. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TeamSettings } from '../../../src/core/settings.ts';
import { analysisRound } from '../../../src/flows/analysis-round.ts';
import type { Context } from '../../../src/flows/context.ts';
import { syncSettings } from '../../../src/flows/sync-settings.ts';
import { type Organisation, openOrganisation, usual } from '../analyse/costs.ts';
import {
  CHANNEL,
  type Chats,
  directoryOf,
  entra,
  on,
  openChats,
  people,
  repliesTo,
  rootsIn,
  textOf,
} from './places.ts';

const MIRA = { name: 'Mira Chen', email: 'mira@example.com', slack: 'UMIRA' };
const JON = { name: 'Jon Park', email: 'jon@example.com', slack: 'UJON', teams: entra('b') };
const SEARCH: TeamSettings = {
  name: 'search',
  title: 'Search',
  owner: JON.email,
  members: [MIRA, JON],
  channel: CHANNEL,
};

let org: Organisation;
let context: Context;
let chats: Chats;
beforeEach(async () => {
  org = await openOrganisation({
    teams: [SEARCH],
    models: [{ name: 'bert', title: 'BERT', team: 'search', owner: MIRA.email, aliases: [] }],
  });
  context = {
    ...org.context,
    directories: {
      slack: directoryOf([
        { id: 'UMIRA', name: 'Mira', email: MIRA.email },
        { id: 'UJON', name: 'Jon', email: JON.email },
      ]),
      teams: directoryOf([
        { id: entra('a'), name: 'Mira Chen', email: MIRA.email },
        { id: entra('b'), name: 'Jon Park', email: 'jon.park@elsewhere.example' },
      ]),
    },
  };
  await syncSettings(context);
  chats = openChats(context);
});
afterEach(() => org.close());

const atHome = (home: 'slack' | 'teams'): Context => ({
  ...context,
  settings: { ...context.settings, teams: [{ ...SEARCH, home }] },
});

/** High from the start: $700 a day more. */
async function found(inside: Context = context): Promise<void> {
  await org.write(
    {
      'search/bert/training/EC2': usual(100, { '2026-11-18': 700 }),
      'search/bert/inference/SageMaker': usual(300),
    },
    '2026-11-18',
  );
  org.at('2026-11-19T09:00:00Z');
  expect((await analysisRound(inside)).failed).toEqual([]);
  await chats.post();
}

it('is posted to both, and a snooze in Teams rewrites both and is told in both threads', async () => {
  await found();
  const [inSlack, inTeams] = [rootsIn(chats.slack), rootsIn(chats.teams)];
  expect([inSlack.length, inTeams.length]).toEqual([1, 1]);
  expect([inSlack[0]?.ref.channel, inTeams[0]?.ref.channel]).toEqual([CHANNEL.slack, CHANNEL.teams]);
  const { text } = await people(context).say(
    on('teams', entra('b')),
    'anomaly 1 snooze 3d "the big retrain"',
  );
  expect(text).toContain('ANM-1');
  await chats.post();
  for (const [messages, root] of [
    [chats.slack, inSlack[0]],
    [chats.teams, inTeams[0]],
  ] as const) {
    expect(root?.shown.length).toBe(2);
    expect(textOf(root)).toContain('Snoozed');
    expect(textOf(root)).toContain('by Jon Park');
    expect(textOf(repliesTo(messages, root).at(-1))).toMatch(/^Jon Park snoozed it/);
  }
});

it('of a team with a home is posted there alone', async () => {
  await found(atHome('teams'));
  expect([rootsIn(chats.slack).length, rootsIn(chats.teams).length]).toEqual([0, 1]);
});

it('that was posted to both is rewritten in both, whatever the home is by now', async () => {
  await found();
  const moved = atHome('slack');
  // Known in Teams by her e-mail alone.
  const { text } = await people(moved).say(on('teams', entra('a')), 'anomaly 1 ack');
  expect(text).not.toContain('pennywatch.yaml');
  await chats.post();
  expect(textOf(rootsIn(chats.teams)[0])).toContain('Acknowledged by');
  expect(textOf(rootsIn(chats.slack)[0])).toContain('Acknowledged by');
});
