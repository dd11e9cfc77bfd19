import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../src/core/settings.ts';
import { syncSettings } from '../../src/flows/sync-settings.ts';
import { listAudit } from '../../src/store/audit.ts';
import { listBudgets, saveBudget } from '../../src/store/budgets.ts';
import {
  listMembers,
  listModels,
  listOwners,
  listTeams,
  saveMembers,
  saveModel,
  saveOwner,
  saveTeam,
} from '../../src/store/organisation.ts';
import { contextOf, openTempStore, rememberingLog, type TempStore } from '../temp-store.ts';

const MIRA = { name: 'Mira Chen', email: 'mira@x.example', slack: 'U0MIRA' };
const MIRA_IN_TEAMS = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const JON = { name: 'Jon Park', email: 'jon@x.example' };
const FILE = {
  teams: [
    {
      name: 'search',
      title: 'Search',
      owner: MIRA.email,
      members: [MIRA, JON],
      channel: { slack: 'C0SEARCH' },
      costCenter: 'CC-1',
    },
    { name: 'ads', title: 'Ads', members: [JON], channel: {} },
  ],
  models: [
    { name: 'bert', title: 'BERT', team: 'search', owner: '@ml-leads', aliases: ['bert-base'] },
    { name: 'ranker', title: 'ranker', team: 'ads', aliases: [] },
  ],
  budgets: [
    {
      scope: { kind: 'model', name: 'bert', stage: 'training' },
      amountMicros: 15_000_000_000n,
      currency: 'USD',
      period: 'monthly',
    },
  ],
} as const satisfies Partial<Settings>;
const EARLIER = new Date('2026-01-01T00:00:00Z');

let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
});
afterEach(() => temp.close());

async function sync(settings: Partial<Settings>, now = '2026-11-21T09:00:00Z') {
  const log = rememberingLog();
  const result = await syncSettings(contextOf(temp.store, { now, settings, log }));
  return { result, log: log.lines };
}

/** Every row of every table it may write, times included. */
async function tables() {
  const { store } = temp;
  return {
    teams: await store.team.findMany({ orderBy: { name: 'asc' } }),
    members: await store.member.findMany({ orderBy: { email: 'asc' } }),
    identities: await store.identity.findMany({ orderBy: { platformId: 'asc' } }),
    memberships: await store.membership.findMany({ orderBy: [{ teamName: 'asc' }, { email: 'asc' }] }),
    models: await store.model.findMany({ orderBy: { name: 'asc' } }),
    owners: await store.owner.findMany({ orderBy: { scope: 'asc' } }),
    budgets: await store.budget.findMany({ orderBy: { id: 'asc' } }),
    audit: await store.auditEntry.findMany({ orderBy: { id: 'asc' } }),
  };
}

async function auditSince(count: number) {
  return (await listAudit(temp.store)).slice(count).map(({ action, subject }) => `${action} ${subject}`);
}

describe('a first start', () => {
  it('puts everything of the file into the store, marked as the file’s', async () => {
    expect((await sync(FILE)).result).toEqual({ created: 8, updated: 0, removed: 0 });
    expect(await listTeams(temp.store)).toEqual([
      { name: 'ads', title: 'Ads', channels: {}, members: [JON.email], managedBy: 'file' },
      {
        name: 'search',
        title: 'Search',
        ownerEmail: MIRA.email,
        costCenter: 'CC-1',
        channels: { slack: 'C0SEARCH' },
        members: [JON.email, MIRA.email],
        managedBy: 'file',
      },
    ]);
    expect(await listMembers(temp.store)).toEqual([
      { ...JON, identities: [], managedBy: 'file' },
      {
        name: MIRA.name,
        email: MIRA.email,
        identities: [{ platform: 'slack', id: 'U0MIRA' }],
        managedBy: 'file',
      },
    ]);
    expect(
      (await listModels(temp.store)).map(({ name, team, aliases }) => ({ name, team, aliases })),
    ).toEqual([
      { name: 'bert', team: 'search', aliases: ['bert-base'] },
      { name: 'ranker', team: 'ads', aliases: [] },
    ]);
    expect(await listOwners(temp.store)).toEqual([
      { scope: 'model:bert', owner: '@ml-leads', managedBy: 'file' },
    ]);
    expect(await listBudgets(temp.store)).toEqual([
      {
        scope: 'model:bert/training',
        period: 'monthly',
        amountMicros: 15_000_000_000n,
        currency: 'USD',
        managedBy: 'file',
      },
    ]);
  });

  it('audits each object once, with what it is now', async () => {
    await sync(FILE);
    expect(await auditSince(0)).toEqual([
      'member.create member:mira@x.example',
      'member.create member:jon@x.example',
      'team.create team:search',
      'team.create team:ads',
      'model.create model:bert',
      'model.create model:ranker',
      'owner.create owner:model:bert',
      'budget.create budget:model:bert/training monthly',
    ]);
    const [budget] = (await listAudit(temp.store)).slice(-1);
    expect(budget).toEqual({
      at: new Date('2026-11-21T09:00:00Z'),
      actor: 'system:settings',
      action: 'budget.create',
      subject: 'budget:model:bert/training monthly',
      after:
        '{"amountMicros":"15000000000","currency":"USD","managedBy":"file","period":"monthly","scope":"model:bert/training"}',
    });
  });
});

describe('a later start', () => {
  it('with the same file writes nothing', async () => {
    await sync(FILE);
    const before = await tables();
    const { result, log } = await sync(FILE, '2026-11-22T09:00:00Z');
    expect(result).toEqual({ created: 0, updated: 0, removed: 0 });
    expect(log).toEqual([]);
    expect(await tables()).toEqual(before);
  });

  it('changes only what changed', async () => {
    await sync(FILE);
    const budgets = [{ ...FILE.budgets[0], amountMicros: 20_000_000_000n }];
    const { result } = await sync({ ...FILE, budgets }, '2026-11-22T09:00:00Z');
    expect(result).toEqual({ created: 0, updated: 1, removed: 0 });
    const [entry] = (await listAudit(temp.store)).slice(8);
    expect([entry?.before, entry?.after].map((state) => JSON.parse(state ?? '{}').amountMicros)).toEqual([
      '15000000000',
      '20000000000',
    ]);
    const touched = (await temp.store.team.findMany()).filter(
      ({ updatedAt }) => updatedAt.toISOString() !== '2026-11-21T09:00:00.000Z',
    );
    expect(touched).toEqual([]);
  });

  it('removes what vanished from the file', async () => {
    await sync(FILE);
    const { result } = await sync({ teams: [FILE.teams[1]], models: [], budgets: [] });
    expect(result).toEqual({ created: 0, updated: 0, removed: 6 });
    expect((await listTeams(temp.store)).map(({ name }) => name)).toEqual(['ads']);
    expect((await listMembers(temp.store)).map(({ email }) => email)).toEqual([JON.email]);
    expect([
      await listModels(temp.store),
      await listOwners(temp.store),
      await listBudgets(temp.store),
    ]).toEqual([[], [], []]);
    expect(await auditSince(8)).toEqual([
      'member.remove member:mira@x.example',
      'team.remove team:search',
      'model.remove model:bert',
      'model.remove model:ranker',
      'owner.remove owner:model:bert',
      'budget.remove budget:model:bert/training monthly',
    ]);
  });

  it('of either platform is what the file says: what it no longer names is gone', async () => {
    const channel = { slack: 'C0SEARCH', teams: '19:search@thread.tacv2' };
    await sync({ teams: [{ ...FILE.teams[0], channel, members: [{ ...MIRA, teams: MIRA_IN_TEAMS }] }] });
    const stored = async () => ({
      channels: (await listTeams(temp.store))[0]?.channels,
      identities: (await listMembers(temp.store))[0]?.identities.map(({ platform }) => platform),
    });
    expect(await stored()).toEqual({ channels: channel, identities: ['slack', 'teams'] });
    await sync({ teams: [{ ...FILE.teams[0], channel: { teams: channel.teams }, members: [MIRA] }] });
    expect(await stored()).toEqual({ channels: { teams: channel.teams }, identities: ['slack'] });
  });

  it('a member who swaps Slack ids with another', async () => {
    await sync({ teams: [{ ...FILE.teams[0], members: [MIRA, { ...JON, slack: 'U0JON' }] }] });
    await sync({
      teams: [
        {
          ...FILE.teams[0],
          members: [
            { ...MIRA, slack: 'U0JON' },
            { ...JON, slack: 'U0MIRA' },
          ],
        },
      ],
    });
    expect(
      (await listMembers(temp.store)).map(({ email, identities }) => [email, identities[0]?.id]),
    ).toEqual([
      [JON.email, 'U0MIRA'],
      [MIRA.email, 'U0JON'],
    ]);
  });
});

describe('what people set in chat', () => {
  const chat = { managedBy: 'chat' } as const;

  it('stays when the file does not mention it', async () => {
    await saveMembers(
      temp.store,
      [{ email: 'kim@x.example', name: 'Kim', identities: [], ...chat }],
      EARLIER,
    );
    await saveTeam(
      temp.store,
      { name: 'growth', title: 'Growth', channels: {}, members: ['kim@x.example'], ...chat },
      EARLIER,
    );
    await saveModel(temp.store, { name: 'gpt', title: 'GPT', team: 'growth', aliases: [], ...chat }, EARLIER);
    await saveOwner(temp.store, { scope: 'model:gpt', owner: 'kim@x.example', ...chat }, EARLIER);
    await saveBudget(
      temp.store,
      { scope: 'org', period: 'yearly', amountMicros: 1n, currency: 'USD', ...chat },
      EARLIER,
    );
    const before = await tables();
    const { log } = await sync({});
    expect(await tables()).toEqual(before);
    expect(log).toEqual([]);
  });

  it('gives way to the file, which the log says', async () => {
    await saveModel(temp.store, { name: 'bert', title: 'our bert', aliases: [], ...chat }, EARLIER);
    const { log, result } = await sync({ models: [{ name: 'bert', title: 'BERT', aliases: [] }] });
    expect(result).toEqual({ created: 0, updated: 1, removed: 0 });
    expect(await listModels(temp.store)).toEqual([
      { name: 'bert', title: 'BERT', aliases: [], managedBy: 'file' },
    ]);
    expect(log.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        fields: { kind: 'model', key: 'bert', verb: 'update' },
        message: 'set in chat and in the configuration file: the file wins',
      },
    ]);
  });

  it('gives way in another case too', async () => {
    await saveModel(temp.store, { name: 'BERT', title: 'our bert', aliases: [], ...chat }, EARLIER);
    const { log } = await sync({ models: [{ name: 'bert', title: 'BERT', aliases: [] }] });
    expect((await listModels(temp.store)).map(({ name }) => name)).toEqual(['bert']);
    expect(log.filter(({ level }) => level === 'warn')).toHaveLength(1);
  });

  it('a Slack id that the file gives to somebody else moves', async () => {
    const identities = [
      { platform: 'slack', id: 'U0MIRA' },
      { platform: 'teams', id: MIRA_IN_TEAMS },
    ];
    await saveMembers(temp.store, [{ email: 'old@x.example', name: 'Old', identities, ...chat }], EARLIER);
    const { log } = await sync({ teams: [FILE.teams[0]] });
    const members = await listMembers(temp.store);
    expect(members.find(({ email }) => email === 'old@x.example')).toMatchObject({
      identities: [identities[1]],
      managedBy: 'chat',
    });
    expect(members.find(({ email }) => email === MIRA.email)?.identities).toEqual([identities[0]]);
    expect(log.filter(({ level }) => level === 'warn')).toHaveLength(1);
    const before = await tables();
    await sync({ teams: [FILE.teams[0]] });
    expect(await tables()).toEqual(before);
  });

  it('a Teams id that the file gives to somebody else moves too', async () => {
    const identities = [{ platform: 'teams', id: MIRA_IN_TEAMS }];
    await saveMembers(temp.store, [{ email: 'old@x.example', name: 'Old', identities, ...chat }], EARLIER);
    await sync({ teams: [{ ...FILE.teams[0], members: [{ ...MIRA, teams: MIRA_IN_TEAMS }] }] });
    const members = await listMembers(temp.store);
    expect(members.find(({ email }) => email === 'old@x.example')?.identities).toEqual([]);
    expect(members.find(({ email }) => email === MIRA.email)?.identities).toEqual([
      { platform: 'slack', id: 'U0MIRA' },
      { platform: 'teams', id: MIRA_IN_TEAMS },
    ]);
  });

  it('ids and channels of platforms that the file does not know are left alone', async () => {
    await sync(FILE);
    await temp.store.identity.create({
      data: { platform: 'matrix', platformId: '@mira', email: MIRA.email },
    });
    await temp.store.team.update({
      where: { name: 'search' },
      data: { channels: JSON.stringify({ matrix: '!room', slack: 'C0SEARCH' }) },
    });
    const before = await tables();
    await sync(FILE);
    expect(await tables()).toEqual(before);
    await sync({ ...FILE, teams: [{ ...FILE.teams[0], channel: {} }, FILE.teams[1]] });
    expect((await listTeams(temp.store)).find(({ name }) => name === 'search')?.channels).toEqual({
      matrix: '!room',
    });
  });
});

it('nothing is half written when something goes wrong', async () => {
  await sync(FILE);
  const before = await tables();
  const orphan = { name: 'new', title: 'new', team: 'nowhere', aliases: [] };
  await expect(sync({ ...FILE, budgets: [], models: [...FILE.models, orphan] })).rejects.toThrow();
  expect(await tables()).toEqual(before);
});
