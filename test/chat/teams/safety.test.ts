/** What somebody could try in order to be taken for another person, or to keep a message from being posted. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wordsOfCard } from '../../../src/chat/teams/card-words.ts';
import type { TeamsConfig } from '../../../src/chat/teams/config.ts';
import { createTeamsDirectory } from '../../../src/chat/teams/directory.ts';
import { renderMessage } from '../../../src/chat/teams/render.ts';
import type { Directory } from '../../../src/chat/types.ts';
import { text, type View } from '../../../src/view/elements.ts';
import { recordingLog } from '../slack/slack-stand-in.ts';
import { type ConnectedTeams, connectTeams } from './connected.ts';
import { BOT, GROUP_CHAT, OTHER_TENANT, PEOPLE, SEARCH, TENANT } from './teams-stand-in-world.ts';

let all: ConnectedTeams;

beforeEach(async () => {
  all = await connectTeams(async () => []);
});
afterEach(() => all.stop());

function directory(config: Partial<TeamsConfig> = {}): Directory {
  const { teams, memory } = all;
  return createTeamsDirectory({ ...teams.config, ...config }, { memory, log: recordingLog().logger });
}

/** Teams says this of a person from now on, whoever asks. */
function says(name: 'guest' | 'stranger' | 'newcomer', facts: object): () => void {
  const before = { ...PEOPLE[name] };
  Object.assign(PEOPLE[name], facts);
  return () => void Object.assign(PEOPLE[name], before);
}

describe('nobody is taken for another', () => {
  it('by a mention that names one person by the id of another', async () => {
    const { teams, memory, platform } = all;
    const { mira, jon } = PEOPLE;
    const forged = { id: jon.userId, aadObjectId: mira.id, name: jon.name };
    const mentions = [BOT, forged].map((mentioned) => ({ type: 'mention', text: '<at>x</at>', mentioned }));
    await teams
      .as('ana')
      .sends({ type: 'message', text: '<at>x</at> hello', entities: mentions }, { in: SEARCH });
    await platform.stop();
    expect(await memory.person(mira.id)).toBeUndefined();
    expect(await directory().person(mira.id)).toMatchObject({ email: mira.email });
  });

  it('by a wrong name that was noted: whoever answers to it must be who was asked for', async () => {
    const { mira, jon } = PEOPLE;
    const noted = { id: mira.id, userId: jon.userId, workspace: TENANT, conversation: SEARCH };
    await all.memory.remember({ people: [noted] });
    expect(await directory().person(mira.id)).toMatchObject({ id: mira.id, email: mira.email });
  });

  it('by an e-mail that the administrators of another organisation gave them', async () => {
    const restore = says('stranger', { email: PEOPLE.jon.email });
    try {
      const { serviceUrl, config } = all.teams;
      const place = {
        id: GROUP_CHAT,
        workspace: TENANT,
        kind: 'group',
        botId: `28:${config.appId}`,
      } as const;
      await all.memory.remember({ conversation: { ...place, serviceUrl }, people: [] });
      const both = directory({ tenants: [OTHER_TENANT, TENANT], tenantId: TENANT });
      expect(await both.person(PEOPLE.stranger.id)).toEqual({
        id: PEOPLE.stranger.id,
        name: PEOPLE.stranger.name,
        active: true,
        kind: 'member',
      });
      expect(await both.person(PEOPLE.mira.id)).toMatchObject({ email: PEOPLE.mira.email });
      const noHome = { tenants: [OTHER_TENANT, TENANT], appType: 'MultiTenant' } as const;
      const { tenantId: _, ...config2 } = all.teams.config;
      const first = createTeamsDirectory(
        { ...config2, ...noHome },
        { memory: all.memory, log: recordingLog().logger },
      );
      expect(await first.person(PEOPLE.mira.id)).not.toHaveProperty('email');
    } finally {
      restore();
    }
  });

  it('as a member when Entra names them as a guest only', async () => {
    const restore = says('guest', {
      role: undefined,
      email: PEOPLE.jon.email,
      signIn: 'gus_partner.example#EXT#@acme.example',
    });
    try {
      expect(await directory().person(PEOPLE.guest.id)).toMatchObject({ kind: 'guest' });
    } finally {
      restore();
    }
  });
});

describe('a message that may be there already', () => {
  const alert: View = { elements: [{ kind: 'text', spans: [text('budget is used up')] }] };

  it('is not believed to be there because somebody posted a card that says so', async () => {
    const { teams, platform } = all;
    const forged = renderMessage({ elements: [{ kind: 'text', spans: [text('hi')] }] }, { key: 'alert-1' });
    teams.world.add({ conversation: SEARCH, from: PEOPLE.ana.id, activity: forged });
    const ref = await platform.deliver({ platform: 'teams', channel: SEARCH }, alert, {
      key: 'alert-1',
      mayBeThere: true,
    });
    expect(teams.posted(SEARCH)).toEqual(['budget is used up']);
    expect(teams.messages(SEARCH)[0]?.id).toBe(ref.id);
  });
});

describe('a gateway that gives up (502), although the message may have got through', () => {
  const alert: View = { elements: [{ kind: 'text', spans: [text('budget is used up')] }] };
  const to = { platform: 'teams', channel: SEARCH };

  it('is not sent the same again before somebody looked', async () => {
    const { teams, platform } = all;
    teams.failNext({ on: 'create', status: 502 });
    await expect(platform.deliver(to, alert, { key: 'alert-2' })).rejects.toMatchObject({ uncertain: true });
    expect(teams.calls.filter(({ kind }) => kind === 'create')).toHaveLength(1);
    await platform.deliver(to, alert, { key: 'alert-2', mayBeThere: true });
    expect(teams.posted(SEARCH)).toEqual(['budget is used up']);
  });

  it('is asked again at once when Teams says that it took nothing', async () => {
    const { teams, platform } = all;
    teams.failNext({ on: 'create', status: 429 });
    await platform.deliver(to, alert, { key: 'alert-3' });
    expect(teams.posted(SEARCH)).toEqual(['budget is used up']);
  });
});

describe('a card from anybody', () => {
  it.each(['[', '**a '])('is read at once, be it nothing but "%s"', (mark) => {
    const card = { type: 'TextBlock', text: mark.repeat(250_000 / mark.length) };
    expect(
      wordsOfCard({ body: [card, { type: 'TextBlock', text: 'at **last** [here](https://x.example)' }] }),
    ).toMatch(/\nat last here$/);
  });
});
