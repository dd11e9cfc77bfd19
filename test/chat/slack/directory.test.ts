/** Who people are in the workspace now, asked of a stand-in over HTTP. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSlackDirectory } from '../../../src/chat/slack/directory.ts';
import type { Directory } from '../../../src/chat/types.ts';
import {
  type Answer,
  recordingLog,
  type SlackStandIn,
  slackUser,
  startSlackStandIn,
} from './slack-stand-in.ts';

let slack: SlackStandIn;
let directory: Directory;
let now: number;
beforeEach(async () => {
  slack = await startSlackStandIn();
  now = Date.parse('2026-11-21T09:00:00Z');
  directory = createSlackDirectory(
    { botToken: 'xoxb-1', apiUrl: slack.apiUrl },
    { log: recordingLog().logger, now: () => now, wait: async () => undefined },
  );
});
afterEach(() => slack.close());

function userIs(more: Readonly<Record<string, unknown>>): void {
  slack.on('users.info', ({ args }) => ({ body: { ok: true, user: slackUser(args.user, more) } }));
}
const refuses = (error: string): Answer => ({ body: { ok: false, error } });

describe('a person', () => {
  it('with name, e-mail and workspace', async () => {
    userIs({ profile: { real_name: 'Mira Chen', email: 'mira@x.example' } });
    expect(await directory.person('U1')).toEqual({
      id: 'U1',
      name: 'Mira Chen',
      email: 'mira@x.example',
      active: true,
      kind: 'member',
      workspace: 'T1',
    });
    expect(await directory.workspace?.()).toBe('T1');
  });
  it.each([
    ['deactivated', { deleted: true }, { active: false, kind: 'member' }],
    ['a guest of several channels', { is_restricted: true }, { active: true, kind: 'guest' }],
    ['a guest of one channel', { is_ultra_restricted: true }, { kind: 'guest' }],
    ['from a shared channel', { is_stranger: true, team_id: 'T9' }, { kind: 'guest', workspace: 'T9' }],
    ['a bot', { is_bot: true }, { kind: 'bot' }],
    [
      'of a grid, in our workspace too',
      { team_id: 'T9', enterprise_user: { teams: ['T2', 'T1'] } },
      { workspace: 'T1' },
    ],
    ['of a grid, in others only', { team_id: 'T9', enterprise_user: { teams: ['T2'] } }, { workspace: 'T9' }],
  ])('%s', async (_, more, expected) => {
    userIs(more);
    expect(await directory.person('U1')).toMatchObject(expected);
  });
  it('whom Slack does not know, and what is no id at all', async () => {
    slack.on('users.info', () => refuses('user_not_found'));
    expect(await directory.person('U404')).toBeUndefined();
    const asked = slack.of('users.info').length;
    for (const id of ['', 'C1', 'U1,U2', '../U1', 'u1', 'U'.repeat(100), '__proto__'])
      expect(await directory.person(id)).toBeUndefined();
    expect(slack.of('users.info')).toHaveLength(asked);
  });
  it('is asked for once a minute', async () => {
    await Promise.all([directory.person('U1'), directory.person('U1')]);
    now += 59_000;
    await directory.person('U1');
    expect(slack.of('users.info')).toHaveLength(1);
    userIs({ deleted: true });
    now += 1_000;
    expect(await directory.person('U1')).toMatchObject({ active: false });
  });
  it('is found by e-mail', async () => {
    slack.on('users.lookupByEmail', ({ args }) =>
      args.email === 'mira@x.example' ? { body: { ok: true, user: slackUser('U1') } } : undefined,
    );
    expect(await directory.personByEmail?.('Mira@X.example')).toMatchObject({ id: 'U1' });
    expect(await directory.personByEmail?.('nobody@x.example')).toBeUndefined();
  });
});

describe('a Slack that does not answer', () => {
  it.each([
    ['an error of its own', () => refuses('internal_error')],
    ['HTTP 500', () => ({ status: 500, body: 'broken' })],
    [
      'a scope that is missing',
      () => ({ body: { ok: false, error: 'missing_scope', needed: 'users:read' } }),
    ],
  ])('%s is UPSTREAM, and not asked again at once', async (_, answer) => {
    slack.on('users.info', answer);
    await expect(directory.person('U1')).rejects.toMatchObject({ code: 'UPSTREAM' });
    const asked = slack.of('users.info').length;
    await expect(directory.person('U1')).rejects.toMatchObject({ code: 'UPSTREAM' });
    expect(slack.of('users.info')).toHaveLength(asked);
    slack.on('users.info', () => undefined);
    now += 5_000;
    expect(await directory.person('U1')).toMatchObject({ active: true });
  });
});

describe('a user group', () => {
  beforeEach(() => {
    slack.on('usergroups.list', () => ({
      body: {
        ok: true,
        usergroups: [
          { id: 'S1', handle: 'ml-leads', date_delete: 0 },
          { id: 'S2', handle: 'gone', date_delete: 1_700_000_000 },
        ],
      },
    }));
    slack.on('usergroups.users.list', ({ args }) => ({
      body: { ok: true, users: args.usergroup === 'S1' ? ['U1', 'U2'] : ['U9'] },
    }));
  });
  it('by handle or id, asked for once in five minutes', async () => {
    expect(await directory.groupMembers('@ML-Leads')).toEqual(['U1', 'U2']);
    expect(await directory.groupMembers('S1')).toEqual(['U1', 'U2']);
    now += 299_000;
    await directory.groupMembers('@ml-leads');
    expect([slack.of('usergroups.list').length, slack.of('usergroups.users.list').length]).toEqual([1, 1]);
    now += 1_000;
    await directory.groupMembers('@ml-leads');
    expect(slack.of('usergroups.users.list')).toHaveLength(2);
  });
  it('that is not there or was switched off has nobody in it', async () => {
    expect(await directory.groupMembers('@nobody')).toBeUndefined();
    expect(await directory.groupMembers('@gone')).toBeUndefined();
    expect(await directory.groupMembers('ml-leads')).toBeUndefined();
  });
  it('throws when Slack does not answer', async () => {
    slack.on('usergroups.list', () => refuses('fatal_error'));
    await expect(directory.groupMembers('@ml-leads')).rejects.toMatchObject({ code: 'UPSTREAM' });
  });
});
