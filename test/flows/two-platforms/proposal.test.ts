/** Four eyes over two platforms: whoever asked in Slack is the same person in Teams, by the file's ids or by e-mail. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MemberSettings } from '../../../src/core/settings.ts';
import type { Context } from '../../../src/flows/context.ts';
import { introduce } from '../../../src/flows/introduce.ts';
import { demandProposal } from '../../../src/flows/proposals/demand-proposal.ts';
import { requestProposal } from '../../../src/flows/proposals/request.ts';
import { syncSettings } from '../../../src/flows/sync-settings.ts';
import { type ActingStage, actingSettings, newId, openActingStage } from '../proposals/acting-stage.ts';
import {
  buttonsOf,
  CHANNEL,
  type Chats,
  directoryOf,
  entra,
  labelsOf,
  on,
  openChats,
  people,
  rootsIn,
  textOf,
  viewOf,
} from './places.ts';

const [MIRA, TOMAS, JON] = [entra('a'), entra('c'), entra('b')];
const person = (name: string, more: Partial<MemberSettings> = {}): MemberSettings => ({
  name,
  email: `${name.toLowerCase()}@lumen.example`,
  slack: `U${name.toUpperCase()}`,
  ...more,
});

let stage: ActingStage;
beforeEach(async () => {
  stage = await openActingStage();
});
afterEach(() => stage.close());

/** `inFile`: whom pennywatch.yaml knows in Teams by id; the others are known there by their e-mail. */
async function company(
  inFile: Readonly<Record<string, string>>,
): Promise<{ context: Context; chats: Chats }> {
  const members = ['Mira', 'Tomas', 'Jon'].map((name) =>
    person(name, inFile[name] ? { teams: inFile[name] } : {}),
  );
  const [search, ...others] = actingSettings().teams ?? [];
  const teams = [{ ...search, name: 'search', title: 'Search', members, channel: CHANNEL }, ...others];
  // What the file says by id is not what the e-mail says, so that only one of them joins.
  const email = (name: string) =>
    inFile[name] ? { email: 'other@elsewhere.example' } : { email: person(name).email };
  const context: Context = {
    ...stage.with({}, { teams }),
    directories: {
      slack: directoryOf(members.map(({ slack = '', name, email }) => ({ id: slack, name, email }))),
      teams: directoryOf([
        { id: MIRA, name: 'Mira', ...email('Mira') },
        { id: TOMAS, name: 'Tomas', ...email('Tomas') },
        { id: JON, name: 'Jon', ...email('Jon') },
      ]),
    },
  };
  await syncSettings(context);
  return { context, chats: openChats(context) };
}

/** Mira asks in Slack; the question is in both channels. */
async function asked({ context, chats }: { context: Context; chats: Chats }) {
  const { id } = await stage.draft();
  const mira = await introduce(context, on('slack', 'UMIRA'));
  await requestProposal(context, mira, id, { reason: 'it does not end' }, { newId });
  await chats.post();
  const [inSlack] = rootsIn(chats.slack);
  const [inTeams] = rootsIn(chats.teams);
  return {
    id,
    inSlack,
    inTeams,
    approve: buttonsOf(viewOf(inTeams)).find(({ label }) => label === 'Approve'),
  };
}

it.each([
  ['by the ids in pennywatch.yaml', { Mira: MIRA, Jon: JON }],
  ['by e-mail', {}],
])(
  'whoever asked cannot approve it as their other self, known %s; another can, and both messages say so',
  async (_how, inFile) => {
    const { context, chats } = await company(inFile);
    const { id, inSlack, inTeams, approve } = await asked({ context, chats });
    expect(textOf(inTeams)).toContain('Jon can approve it');
    const { click } = people(context);
    expect((await click(on('teams', MIRA), approve)).text).toContain(
      "You can't approve this: you asked for it.",
    );
    expect((await demandProposal(context.store, id)).status).toBe('waiting');
    expect((await click(on('teams', JON), approve)).text).toContain('Approved');
    await chats.post();
    for (const message of [inSlack, inTeams]) {
      expect(message?.shown.length).toBe(2);
      expect(textOf(message)).toContain('Approved: ');
      expect(labelsOf(viewOf(message))).toEqual(['Details']);
    }
  },
);

it('is rewritten where it was posted, also after the team moved', async () => {
  const { context, chats } = await company({});
  const { id, inSlack, inTeams } = await asked({ context, chats });
  const teams = context.settings.teams.map((team) =>
    team.name === 'search' ? { ...team, home: 'slack' as const } : team,
  );
  const moved = { ...context, settings: { ...context.settings, teams } };
  const said = await people(moved).say(on('teams', JON), `proposal ${id} decline "not now"`);
  expect(said.text).toContain('Declined');
  await chats.post();
  expect([textOf(inSlack), textOf(inTeams)].map((text) => text.includes('Declined: '))).toEqual([true, true]);
  expect([rootsIn(chats.slack).length, rootsIn(chats.teams).length]).toEqual([1, 1]);
});

it('offers each person in place of the message what they may do', async () => {
  const { context, chats } = await company({});
  const { inTeams } = await asked({ context, chats });
  const { mine } = viewOf(inTeams);
  expect(mine?.people).toEqual([expect.objectContaining({ teams: JON, slack: 'UJON' })]);
  const { click } = people(context);
  const offered = async (id: string) =>
    labelsOf((await click(on('teams', id), mine?.button)).view ?? { elements: [] });
  expect(await offered(JON)).toEqual(['Approve', 'Decline…']);
  expect(await offered(MIRA)).toEqual(['Withdraw']);
  expect(await offered(TOMAS)).toEqual([]);
});
