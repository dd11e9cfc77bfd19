/** The bot comes to people, teams and chats, and leaves them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningTeams, startTeams, words } from './running-teams.ts';
import { BOT, GENERAL, GROUP_CHAT, PEOPLE, SEARCH, TENANT } from './teams-stand-in-world.ts';

let app: RunningTeams;
beforeEach(async () => {
  app = await startTeams();
  app.answer([{ kind: 'home', view: words('Your month: $41,200') }]);
});
afterEach(() => app.stop());

it('shows their home to somebody who gets the app, once, although Teams tells it twice', async () => {
  const nia = app.teams.as('newcomer');
  await nia.installs();
  await app.settled();
  expect(app.teams.posted(nia.direct)).toEqual(['Your month: $41,200']);
  expect(app.asked).toEqual([
    {
      kind: 'home',
      actor: {
        kind: 'person',
        platform: 'teams',
        id: PEOPLE.newcomer.id,
        name: 'Nia New',
        workspace: TENANT,
      },
      conversation: { platform: 'teams', workspace: TENANT, channel: nia.direct, direct: true },
    },
  ]);
  await nia.installs();
  await app.settled();
  expect(app.teams.messages(nia.direct)).toHaveLength(1);
  // From now on reports can go there.
  await app.platform.deliver(
    { platform: 'teams', workspace: TENANT, channel: PEOPLE.newcomer.id },
    words('report'),
  );
  expect(app.teams.posted(nia.direct)).toEqual(['Your month: $41,200', 'report']);
});

it('says hello to a team in a post of its own, and to a group chat, and how to ask', async () => {
  await app.teams.as('jon').addsToTeam();
  await app.teams.as('jon').addsToChat();
  await app.settled();
  for (const channel of [GENERAL, GROUP_CHAT]) {
    const [hello] = app.teams.messages(channel);
    expect(hello?.thread).toBeUndefined();
    const said = app.teams.posted(channel);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain('@Pennywatch cost model bert');
    expect(said[0]?.match(/^.*@Pennywatch /gm)).toHaveLength(3);
  }
  expect(app.asked).toEqual([]);
});

it('greets again after it was removed, and writes nothing where it is not', async () => {
  const nia = app.teams.as('newcomer');
  await nia.installs();
  await app.settled();
  await nia.uninstalls();
  await app.settled();
  await nia.installs();
  await app.settled();
  expect(app.teams.messages(nia.direct)).toHaveLength(2);
});

describe('what is no greeting', () => {
  it('is somebody who joins a team', async () => {
    const jon = app.teams.as('jon');
    await jon.sends(
      { type: 'conversationUpdate', membersAdded: [{ id: PEOPLE.ana.userId, aadObjectId: PEOPLE.ana.id }] },
      { in: SEARCH },
    );
    await app.settled();
    expect(app.teams.messages(SEARCH)).toEqual([]);
  });

  it('is a new version of the app, or one that leaves', async () => {
    const jon = app.teams.as('jon');
    await jon.sends({ type: 'installationUpdate', action: 'add-upgrade' });
    await jon.sends({ type: 'conversationUpdate', membersRemoved: [{ id: BOT.id }] }, { in: SEARCH });
    await app.settled();
    expect([app.teams.messages(jon.direct), app.teams.messages(SEARCH), app.asked]).toEqual([[], [], []]);
  });
});

it('says how to ask even where Teams does not say who it is', async () => {
  const jon = app.teams.as('jon');
  await jon.sends({ type: 'installationUpdate', action: 'add', from: { id: '29:anonymous' } });
  await app.settled();
  expect(app.teams.posted(jon.direct)).toEqual([expect.stringContaining('cost model bert')]);
  expect(app.asked).toEqual([]);
});
