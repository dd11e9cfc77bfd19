/** Commands typed in Teams: who one is there, where reports go, people who are mentioned, and how commands are written. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Conversation } from '../../../src/core/conversation.ts';
import type { Context } from '../../../src/flows/context.ts';
import { syncSettings } from '../../../src/flows/sync-settings.ts';
import { listSubscriptions, weeklyReportIsOff } from '../../../src/store/subscriptions.ts';
import { code, text } from '../../../src/view/elements.ts';
import { formWithTypedCommands, withTypedCommands } from '../../../src/view/typed-commands.ts';
import {
  addSteadyCosts,
  JON,
  MIRA,
  openWorkbench,
  SETTINGS,
  TOMAS,
  type Workbench,
} from '../../commands/workbench.ts';
import { settingsOf } from '../../settings.ts';
import { CHANNEL, directoryOf, entra, labelsOf, on, people, TENANT } from './places.ts';

const [MIRA_ID, TOMAS_ID, JON_ID, NOBODY] = [entra('a'), entra('c'), entra('b'), entra('d')];

let bench: Workbench;
let context: Context;
beforeEach(async () => {
  bench = await openWorkbench();
  const [search, ...others] = SETTINGS.teams ?? [];
  if (!search) throw new Error('there is no team');
  const teams = [{ ...search, channel: CHANNEL, members: [{ ...MIRA, teams: MIRA_ID }, TOMAS] }, ...others];
  context = {
    ...bench.context,
    settings: settingsOf({ ...SETTINGS, teams }),
    directories: {
      slack: directoryOf([MIRA, TOMAS, JON].map(({ slack, name, email }) => ({ id: slack, name, email }))),
      teams: directoryOf([
        { id: MIRA_ID, name: 'Mira Chen' },
        { id: TOMAS_ID, name: 'Tomás', email: TOMAS.email },
        { id: JON_ID, name: 'Jon', email: JON.email },
        { id: NOBODY, name: 'Nobody', email: 'nobody@x.example' },
      ]),
    },
  };
  await syncSettings(context);
});
afterEach(() => bench.temp.close());

const DIRECT: Conversation = { platform: 'teams', workspace: TENANT, channel: 'a:direct', direct: true };
const OTHER: Partial<Conversation> = { channel: '19:lobby@thread.tacv2', workspace: TENANT };
const say = (id: string, words: string, place?: Partial<Conversation>) =>
  people(context).say(on('teams', id), words, place);

describe('settings', () => {
  it('says who one is and where, as pennywatch.yaml writes it, and by what one is recognised', async () => {
    const mira = await say(MIRA_ID, 'settings');
    expect(mira.text).toContain(`teams: ${MIRA_ID} (this id is in the file)`);
    expect(mira.text).toContain(`teams: "${CHANNEL.teams}"`);
    const tomas = await say(TOMAS_ID, 'settings', DIRECT);
    expect(tomas.text).toContain(`teams: ${TOMAS_ID} (known by the e-mail that Microsoft Teams gives`);
    expect(tomas.text).toContain('only you and Pennywatch');
    expect((await say(NOBODY, 'settings')).text).toContain(`teams: ${NOBODY} (not in the file yet)`);
  });

  it('says it in Slack too', async () => {
    const { text: said } = await people(context).say(on('slack', MIRA.slack), 'settings');
    expect(said).toContain(`slack: ${MIRA.slack}`);
    expect(said).toContain(`slack: ${CHANNEL.slack}`);
  });
});

describe('reports', () => {
  it('go to the channel, and from our own conversation to the person', async () => {
    await say(MIRA_ID, 'subscribe model bert daily', OTHER);
    await say(TOMAS_ID, 'subscribe model bert', DIRECT);
    const stored = await listSubscriptions(context.store);
    expect(stored.map(({ platform, target, kind }) => `${platform} ${target} ${kind}`)).toEqual([
      `teams ${OTHER.channel} channel`,
      `teams ${TOMAS_ID} person`,
    ]);
  });

  it("of the team come by themselves to both channels, each of which is switched off alone; the home's only to it", async () => {
    expect((await say(MIRA_ID, 'subscribe')).text).toContain('It comes by itself');
    await say(MIRA_ID, 'unsubscribe team search');
    expect(await weeklyReportIsOff(context.store, 'search', 'teams')).toBe(true);
    expect(await weeklyReportIsOff(context.store, 'search', 'slack')).toBe(false);
    const teams = context.settings.teams.map((team) =>
      team.name === 'search' ? { ...team, home: 'teams' as const } : team,
    );
    const moved = { ...context, settings: { ...context.settings, teams } };
    const { text: said } = await people(moved).say(on('slack', MIRA.slack), 'subscribe team search');
    expect(said).not.toContain('It comes by itself');
    expect(await listSubscriptions(context.store)).toMatchObject([
      { platform: 'slack', scope: 'team:search' },
    ]);
  });
});

describe('people', () => {
  it.each([
    ['by id', MIRA_ID, 'Mira Chen owns ranker'],
    ['by e-mail', TOMAS_ID.toUpperCase(), '→ Tomás Oliveira'],
  ])('are mentioned by their Entra id, known %s', async (_how, id, said) => {
    expect((await say(MIRA_ID, `owner set ranker <@${id}>`)).text).toContain(said);
  });

  it('"me" is known by e-mail, and nobody says where they would be added', async () => {
    expect((await say(TOMAS_ID, 'owner set ranker me')).text).toContain('→ Tomás Oliveira');
    expect((await say(MIRA_ID, `owner set ranker <@${NOBODY}>`)).text).toContain(`teams: ${NOBODY}`);
  });
});

describe('a budget that is asked for', () => {
  const ASKED = 'budget request ranker 2k USD monthly two more retrains';

  it('is shown to each with what they may do, and is not approved by whoever asked on the other platform', async () => {
    await addSteadyCosts(bench);
    await people(context).say(on('slack', TOMAS.slack), ASKED);
    const offered = async (id: string) =>
      labelsOf((await say(id, 'budget requests 1')).view ?? { elements: [] });
    expect(await offered(MIRA_ID)).toEqual(['Approve', 'Decline…', 'Show budget']);
    expect(await offered(TOMAS_ID)).toEqual(['Withdraw', 'Show budget']);
    expect(await offered(NOBODY)).toEqual(['Show budget']);
    expect((await say(TOMAS_ID, 'budget approve 1')).text).toContain('you asked for it');
    expect((await say(MIRA_ID, 'budget approve 1')).text).toContain('Approved by Mira Chen');
  });

  it('by an admin on one platform is not approved by the same admin on the other', async () => {
    await people(context).say(on('teams', JON_ID), ASKED);
    const { text: said } = await people(context).say(on('slack', JON.slack), 'budget approve 1');
    expect(said).toContain('you asked for it');
    const row = await context.store.outboxMessage.findFirst({
      where: { key: { startsWith: 'budget-request:1 teams' } },
    });
    expect(JSON.parse(row?.view ?? '{}').mine.people).toContainEqual({ slack: MIRA.slack, teams: MIRA_ID });
  });

  it('is not approved by its asker whose e-mail on the other platform is another one by now', async () => {
    const teams = (email: string) => directoryOf([{ id: JON_ID, name: 'Jon', email }]);
    const asked = { ...context, directories: { ...context.directories, teams: teams(JON.email) } };
    await people(asked).say(on('teams', JON_ID), ASKED);
    const later = { ...context, directories: { ...context.directories, teams: teams('jp@x.example') } };
    const { text: said } = await people(later).say(on('slack', JON.slack), 'budget approve 1');
    expect(said).toContain('whether you asked for it yourself');
  });
});

describe('commands', () => {
  const view = { elements: [{ kind: 'text' as const, spans: [text('See '), code('/cost help')] }] };

  it.each([
    [{ platform: 'slack' }, '/cost help'],
    [{ platform: 'teams' }, '@Pennywatch cost help'],
    [{ platform: 'teams', direct: true }, 'cost help'],
  ])('are written as they are typed in %j', (place, typed) => {
    expect(withTypedCommands(view, place).elements).toEqual([
      { kind: 'text', spans: [text('See '), code(typed)] },
    ]);
    const form = { form: 'x', text: 'x', title: 'x', fields: [], intro: [code('/cost help')] };
    expect(formWithTypedCommands(form, place).intro).toEqual([code(typed)]);
  });

  it('offer no sharing where there is no channel to share in', () => {
    const buttons = (['share', 'command'] as const).map((kind) => ({
      label: kind,
      action: { do: kind, text: 'model bert' },
    }));
    const shown = (direct: boolean) =>
      withTypedCommands({ elements: [{ kind: 'actions', buttons }] }, { platform: 'teams', direct });
    expect(shown(false)).toEqual({ elements: [{ kind: 'actions', buttons }] });
    expect(shown(true)).toEqual({ elements: [{ kind: 'actions', buttons: buttons.slice(1) }] });
  });

  it('work as they are written: with a mention, with and without "cost"', async () => {
    for (const words of [
      '@Pennywatch cost help budget',
      'cost help budget',
      'help budget',
      `<@${NOBODY}> help budget`,
    ])
      expect((await say(MIRA_ID, words)).text).toContain('@Pennywatch cost budget');
    expect((await say(MIRA_ID, 'help', DIRECT)).text).toContain('Here only you see my answers');
    expect((await say(MIRA_ID, 'help')).text).toContain('Everybody here sees');
  });
});
