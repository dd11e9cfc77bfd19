/** What doctor says about acting: accounts, approvers, user groups, integrations, schedules. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Directory } from '../../../src/chat/types.ts';
import type { ActionAccount, ActionSettings, OffHoursSchedule } from '../../../src/core/action.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { Settings, TeamSettings } from '../../../src/core/settings.ts';
import { type ActionsToCheck, type DoctorCheck, doctor } from '../../../src/flows/doctor.ts';
import { saveOwner } from '../../../src/store/owners.ts';
import { settingsOf } from '../../settings.ts';
import { openFreshStore } from '../../template-database.ts';

const NOW = '2026-11-21T09:00:00Z';
const { actions: PLAIN } = settingsOf();
const AWS: ActionAccount = {
  provider: 'aws',
  account: '123456789012',
  regions: [],
  namespaces: [],
  match: [],
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pennywatch-doctor-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function acting(actions: Partial<ActionSettings>, more: Partial<Settings> = {}): Settings {
  return settingsOf({ actions: { ...PLAIN, ...actions }, ...more });
}

async function examine(
  settings: Settings,
  part: Partial<ActionsToCheck> = {},
): Promise<readonly DoctorCheck[]> {
  const { checks } = await doctor({
    now: () => Date.parse(NOW),
    config: { path: 'pennywatch.yaml', settings },
    databaseUrl: `file:${join(folder, 'penny.db')}`,
    platforms: [],
    patience: 50,
    actions: {
      variable: () => undefined,
      reach: async () => 'There are credentials.',
      directories: {},
      ...part,
    },
  });
  return checks;
}

async function find(id: string, settings: Settings, part?: Partial<ActionsToCheck>) {
  return (await examine(settings, part)).find((check) => check.id === id);
}

describe('accounts', () => {
  it('without any, nothing is said to be wrong unless somebody expects it to work', async () => {
    expect(await find('actions', acting({}))).toMatchObject({
      status: 'ok',
      detail: expect.stringMatching(/^Off:/),
    });
    expect(await find('actions', acting({ mode: 'live' }))).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('every resource is refused, though the mode is live'),
      mend: expect.stringContaining('pennywatch permissions actions'),
    });
  });

  it('one that cannot be reached is told with its reason and what it must be granted', async () => {
    const reach: ActionsToCheck['reach'] = async ({ account }) => {
      if (account === '123456789012') return 'There are credentials.';
      throw new AppError('CONFIG', 'There is no context x in the kubeconfig.', { hint: 'Set KUBECONFIG.' });
    };
    const accounts: ActionAccount[] = [AWS, { ...AWS, provider: 'kubernetes', account: 'ml' }];
    const checks = await examine(acting({ accounts }), { reach });
    expect(checks.filter(({ id }) => id.startsWith('actions-') && id !== 'actions-approvers')).toEqual([
      {
        id: 'actions-aws-123456789012',
        title: 'Acting in aws 123456789012',
        status: 'ok',
        detail: 'There are credentials.',
      },
      {
        id: 'actions-kubernetes-ml',
        title: 'Acting in kubernetes ml',
        status: 'fail',
        detail: 'There is no context x in the kubeconfig.',
        mend: 'Set KUBECONFIG.\nWhat it must be granted: pennywatch permissions actions --provider kubernetes',
      },
    ]);
  });

  it('a variable that is named but not set, before anybody is asked', async () => {
    const accounts: ActionAccount[] = [
      { ...AWS, provider: 'litellm', account: '*', keyVariable: 'PROXY_KEY' },
    ];
    const reach = () => Promise.reject(new Error('asked'));
    expect(await find('actions-litellm', acting({ accounts }), { reach })).toMatchObject({
      status: 'fail',
      detail: 'PROXY_KEY, which keyVariable names, is not set.',
    });
  });

  it('two entries for the same place have names of their own; a silent one is given up', async () => {
    const accounts: ActionAccount[] = [AWS, { ...AWS, regions: ['eu-west-1'] }];
    const reach: ActionsToCheck['reach'] = ({ regions }) =>
      regions.length > 0 ? new Promise(() => undefined) : Promise.resolve('There are credentials.');
    const checks = await examine(acting({ accounts }), { reach });
    expect(
      checks.filter(({ id }) => id.startsWith('actions-aws')).map(({ id, status }) => [id, status]),
    ).toEqual([
      ['actions-aws-123456789012', 'ok'],
      ['actions-aws-123456789012-2', 'fail'],
    ]);
  });
});

describe('approvers', () => {
  const team = (name: string, owner?: string): TeamSettings => ({
    name,
    title: name,
    members: [],
    channel: {},
    ...(owner !== undefined && { owner }),
  });

  async function approvers(settings: Settings): Promise<DoctorCheck | undefined> {
    const store = await openFreshStore(join(folder, 'penny.db'));
    await store.$disconnect();
    return find('actions-approvers', settings);
  }

  it('nobody, and only one', async () => {
    const settings = acting(
      {
        accounts: [AWS],
        approvers: [{ people: ['jon@x.example'], team: 'search', environments: ['dev', 'staging'] }],
      },
      { teams: [team('search', 'mira@x.example'), team('growth')] },
    );
    expect(await approvers(settings)).toMatchObject({
      status: 'warn',
      detail:
        'Nobody may approve proposals of team growth, what no team answers for. ' +
        'Only one person may approve those of team search in prod: not their own, and not what needs two people.',
      mend: expect.stringContaining('actions.approvers'),
    });
  });

  it('an owner who was set in chat counts', async () => {
    const store = await openFreshStore(join(folder, 'penny.db'));
    const at = new Date(NOW);
    await store.member.create({
      data: { email: 'mira@x.example', name: 'Mira', managedBy: 'file', updatedAt: at },
    });
    await store.team.create({
      data: { name: 'growth', title: 'growth', channels: '{}', managedBy: 'file', updatedAt: at },
    });
    await saveOwner(store, { scope: 'team:growth', owner: 'mira@x.example', managedBy: 'chat' }, at);
    await store.$disconnect();
    const settings = acting({ accounts: [AWS] }, { teams: [team('growth')], admins: ['ines@x.example'] });
    expect((await find('actions-approvers', settings))?.detail).toBe(
      'Only one person may approve those of what no team answers for: not their own, and not what needs two people.',
    );
  });

  it('a user group is enough, a viewer is not', async () => {
    const rule = (people: string[]): Settings =>
      acting(
        { accounts: [AWS], approvers: [{ people, environments: [] }] },
        { roles: [{ role: 'viewer', people: ['jon@x.example'] }] },
      );
    expect(await approvers(rule(['@finops']))).toMatchObject({ status: 'ok' });
    expect((await find('actions-approvers', rule(['Jon@x.example'])))?.detail).toBe(
      'Nobody may approve proposals of what no team answers for. jon@x.example may approve nothing: the role viewer counts more than approver.',
    );
  });

  it('is not asked while nothing can be done anyway', async () => {
    expect(await approvers(acting({}, { teams: [team('growth')] }))).toBeUndefined();
  });
});

describe('user groups', () => {
  const settings = settingsOf({ roles: [{ role: 'approver', people: ['@finops', '@ml-leads', '@old'] }] });

  it('those the platform does not know, those nobody is in', async () => {
    const members: Readonly<Record<string, string[]>> = { '@finops': ['U1'], '@ml-leads': [] };
    const slack: Directory = { person: async () => undefined, groupMembers: async (name) => members[name] };
    expect(await find('user-groups', settings, { directories: { slack } })).toMatchObject({
      status: 'warn',
      detail: 'There is no user group @old. Nobody is in @ml-leads.',
      mend: 'Correct the handle in pennywatch.yaml, or make the group or fill it on the platform.',
    });
  });

  it('where there are none, and where there are some elsewhere: Microsoft Teams calls nobody by them', async () => {
    const none: Directory = { person: async () => undefined, groupMembers: async () => undefined };
    const slack: Directory = { ...none, groupMembers: async () => ['U1'] };
    expect(await find('user-groups', settings, { directories: { teams: none } })).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('Microsoft Teams has no user groups'),
      mend: expect.stringContaining('by their e-mail'),
    });
    expect(await find('user-groups', settings, { directories: { slack, teams: none } })).toMatchObject({
      status: 'ok',
      detail: expect.stringContaining('In Microsoft Teams a group is only a name'),
    });
    const { detail } = (await find('user-groups', settings, { directories: { slack } })) ?? {};
    expect(detail).not.toContain('Microsoft Teams');
  });

  it('a platform that may not be asked says so once, with its own hint', async () => {
    const missing = new AppError('UPSTREAM', 'Slack refused: usergroups:read is missing.', {
      hint: 'Install the app again with the new manifest.',
    });
    const slack: Directory = {
      person: async () => undefined,
      groupMembers: () => Promise.reject(missing),
    };
    expect(await find('user-groups', settings, { directories: { slack } })).toMatchObject({
      status: 'warn',
      detail: missing.message,
      mend: missing.hint,
    });
  });

  it('without a platform nobody can say', async () => {
    expect(await find('user-groups', settings)).toMatchObject({
      status: 'warn',
      detail: expect.stringContaining('Slack is not set up'),
    });
    expect(await find('user-groups', settingsOf())).toBeUndefined();
  });
});

describe('integrations', () => {
  const integrations: Settings['integrations'] = {
    pagerDuty: { keyVariable: 'PAGER', from: 'critical' },
    webhooks: [{ name: 'lake', url: 'https://x.example', keyVariable: 'LAKE', from: 'medium' }],
    tickets: {
      kind: 'jira',
      url: 'https://j.example',
      issueType: 'Task',
      keyVariable: 'JIRA',
      userVariable: 'WHO',
    },
  };

  it('every secret that is not set is named with who cannot be told', async () => {
    const variable = (name: string) => (['PAGER', 'JIRA'].includes(name) ? 'secret' : undefined);
    const check = await find('integrations', settingsOf({ integrations }), { variable });
    expect(check).toMatchObject({
      status: 'fail',
      detail: 'LAKE is not set: the webhook lake cannot be told; WHO is not set: Jira cannot be told.',
    });
    expect(JSON.stringify(check)).not.toContain('secret');
  });

  it('all set; none at all', async () => {
    const all = await find('integrations', settingsOf({ integrations }), { variable: () => 'x' });
    expect(all).toMatchObject({
      status: 'ok',
      detail: 'The secrets are set of PagerDuty, the webhook lake, Jira.',
    });
    expect(await find('integrations', settingsOf())).toBeUndefined();
  });
});

it('schedules say when they turn next, on their own clock, and which holidays are not known', async () => {
  const nights: OffHoursSchedule = {
    name: 'nights',
    scope: { kind: 'team', name: 'search' },
    days: ['monday', 'tuesday'],
    stop: '19:00',
    start: '07:00',
    timeZone: 'Europe/Berlin',
    holidays: ['2026-11-23'],
  };
  const schedules: OffHoursSchedule[] = [
    nights,
    { ...nights, name: 'abroad', country: 'XX', holidays: [] },
    { ...nights, name: 'never', days: [] },
  ];
  const store = await openFreshStore(join(folder, 'penny.db'));
  await store.$disconnect();
  const checks = await examine(acting({ schedules, accounts: [AWS] }));
  expect(
    checks.filter(({ id }) => id.startsWith('schedule-')).map(({ status, detail }) => [status, detail]),
  ).toEqual([
    ['ok', 'Stops Tue 24 Nov, 19:00 (Europe/Berlin); starts Tue 24 Nov, 07:00 (Europe/Berlin).'],
    [
      'warn',
      'Stops Mon 23 Nov, 19:00 (Europe/Berlin); starts Mon 23 Nov, 07:00 (Europe/Berlin). No public holidays are known for XX.',
    ],
    ['warn', 'It stops nothing in the next 60 days: each of its days is a holiday, or it has none.'],
  ]);
});
