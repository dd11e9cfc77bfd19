import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendAudit, appendAudits, listAudit } from '../../src/store/audit.ts';
import {
  findBudget,
  listBudgets,
  removeBudget,
  type StoredBudget,
  saveBudget,
} from '../../src/store/budgets.ts';
import {
  findOwner,
  listMembers,
  listModels,
  listTeams,
  removeMember,
  removeTeam,
  saveMembers,
  saveModel,
  saveOwner,
  saveTeam,
} from '../../src/store/organisation.ts';
import { openTempStore, type TempStore } from '../temp-store.ts';

const AT = new Date('2026-11-21T09:00:00Z');
const MIRA = {
  email: 'mira@x.example',
  name: 'Mira Chen',
  identities: [{ platform: 'slack', id: 'U0MIRA' }],
  managedBy: 'chat',
} as const;
const JON = { email: 'jon@x.example', name: 'Jon Park', identities: [], managedBy: 'file' } as const;
const SEARCH = {
  name: 'search',
  title: 'Search',
  ownerEmail: JON.email,
  channels: { slack: 'C0SEARCH' },
  members: [JON.email, MIRA.email],
  managedBy: 'file',
} as const;
const BERT = {
  name: 'bert',
  title: 'BERT',
  team: 'search',
  aliases: ['bert-base'],
  managedBy: 'file',
} as const;

let temp: TempStore;
beforeEach(async () => {
  temp = await openTempStore();
  await saveMembers(temp.store, [MIRA, JON], AT);
  await saveTeam(temp.store, SEARCH, AT);
  await saveModel(temp.store, BERT, AT);
});
afterEach(() => temp.close());

describe('teams, members, models', () => {
  it('come back as they were written', async () => {
    expect(await listTeams(temp.store)).toEqual([SEARCH]);
    expect(await listMembers(temp.store)).toEqual([JON, MIRA]);
    expect(await listModels(temp.store)).toEqual([BERT]);
  });

  it('are replaced as a whole', async () => {
    const changed = {
      name: 'search',
      title: 'Search & Ads',
      channels: {},
      members: [MIRA.email],
      managedBy: 'chat',
    } as const;
    await saveTeam(temp.store, changed, AT);
    expect(await listTeams(temp.store)).toEqual([changed]);
  });

  it('two people may swap their Slack ids', async () => {
    await saveMembers(temp.store, [{ ...JON, identities: [{ platform: 'slack', id: 'U0JON' }] }], AT);
    const swapped = [
      { ...JON, identities: MIRA.identities },
      { ...MIRA, identities: [{ platform: 'slack', id: 'U0JON' }] },
    ];
    await saveMembers(temp.store, swapped, AT);
    expect(await listMembers(temp.store)).toEqual(swapped);
  });

  it('a removed team leaves its models, a removed member leaves the teams', async () => {
    await removeMember(temp.store, MIRA.email);
    expect((await listTeams(temp.store))[0]?.members).toEqual([JON.email]);
    await removeTeam(temp.store, 'search');
    const { team: _, ...alone } = BERT;
    expect(await listModels(temp.store)).toEqual([alone]);
  });
});

describe('findOwner', () => {
  const bert = { kind: 'model', name: 'bert' } as const;
  const training = { ...bert, stage: 'training' } as const;
  const own = (scope: string, owner: string) =>
    saveOwner(temp.store, { scope, owner, managedBy: 'chat' }, AT);

  it('falls back from stage to model to team, and says which', async () => {
    const jon = {
      kind: 'person',
      source: 'team',
      team: 'search',
      name: 'Jon Park',
      email: JON.email,
      ids: {},
    };
    expect(await findOwner(temp.store, training)).toEqual(jon);
    expect(await findOwner(temp.store, { kind: 'team', name: 'search' })).toEqual(jon);

    await own('model:bert', MIRA.email);
    const mira = { kind: 'person', name: 'Mira Chen', email: MIRA.email, ids: { slack: 'U0MIRA' } };
    expect(await findOwner(temp.store, training)).toEqual({ ...mira, source: 'model' });

    await own('model:bert/training', '@ml-leads');
    expect(await findOwner(temp.store, training)).toEqual({
      kind: 'group',
      name: '@ml-leads',
      source: 'stage',
    });
    expect(await findOwner(temp.store, { ...bert, stage: 'inference' })).toEqual({
      ...mira,
      source: 'model',
    });
  });

  it('other scopes have an owner only when one is written down', async () => {
    const service = { kind: 'service', name: 'Amazon SageMaker' } as const;
    expect(await findOwner(temp.store, service)).toBeUndefined();
    await own('service:Amazon SageMaker', '@platform');
    expect(await findOwner(temp.store, service)).toEqual({
      kind: 'group',
      name: '@platform',
      source: 'scope',
    });
  });

  it('nobody, or somebody who has left', async () => {
    expect(await findOwner(temp.store, { kind: 'model', name: 'unheard-of' })).toBeUndefined();
    await removeMember(temp.store, JON.email);
    expect(await findOwner(temp.store, bert)).toMatchObject({ name: JON.email, email: JON.email });
  });
});

describe('budgets', () => {
  const org = { kind: 'org' } as const;
  const budget = (period: StoredBudget['period'], amountMicros: bigint): StoredBudget => ({
    scope: 'org',
    period,
    amountMicros,
    currency: 'USD',
    managedBy: 'file',
  });

  it('the monthly one, else the shortest, else none; exact beyond floating point', async () => {
    expect(await findBudget(temp.store, org)).toBeUndefined();
    await saveBudget(temp.store, budget('yearly', 1n), AT);
    await saveBudget(temp.store, budget('weekly', 2n), AT);
    expect(await findBudget(temp.store, org)).toEqual(budget('weekly', 2n));
    await saveBudget(temp.store, budget('monthly', 9_007_199_254_740_993n), AT);
    expect(await findBudget(temp.store, org)).toEqual(budget('monthly', 9_007_199_254_740_993n));
    expect(await findBudget(temp.store, org, 'yearly')).toEqual(budget('yearly', 1n));
    expect(await findBudget(temp.store, org, 'daily')).toBeUndefined();
    expect((await listBudgets(temp.store)).map(({ period }) => period)).toEqual([
      'weekly',
      'monthly',
      'yearly',
    ]);
  });

  it('a second one for the same scope and period replaces the first', async () => {
    await saveBudget(temp.store, budget('daily', 1n), AT);
    await saveBudget(temp.store, budget('daily', 2n), AT);
    expect(await listBudgets(temp.store, org)).toEqual([budget('daily', 2n)]);
    await removeBudget(temp.store, { scope: 'org', period: 'daily' });
    expect(await listBudgets(temp.store)).toEqual([]);
  });
});

describe('audit', () => {
  it('keeps entries in the order they were written', async () => {
    const first = { at: AT, actor: 'console:ops', action: 'team.create', subject: 'team:a', after: '{}' };
    const others = ['team:b', 'team:a'].map((subject) => ({
      at: AT,
      actor: 'slack:U1',
      action: 'team.remove',
      subject,
      before: '{"x":1}',
    }));
    await appendAudit(temp.store, first);
    await appendAudits(temp.store, others);
    await appendAudits(temp.store, []);
    expect(await listAudit(temp.store)).toEqual([first, ...others]);
    expect(await listAudit(temp.store, 'team:a')).toEqual([first, others[1]]);
  });
});
