/** Activities as Teams sends them, read; and anything else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseActivity } from '../../../src/chat/teams/parse-activity.ts';
import { invoke, message, SERVICE, TENANT } from './wire-app.ts';

function read(body: unknown) {
  const parsed = parseActivity(body);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.activity;
}

describe('an activity', () => {
  it('in a channel', () => {
    const mention = {
      type: 'mention',
      text: '<at>Pennywatch</at>',
      mentioned: { id: '28:bot', name: 'Pennywatch' },
    };
    const activity = read(
      message({
        id: '1700000000000',
        timestamp: '2026-11-21T09:00:00.5Z',
        localTimestamp: '2026-11-21T10:00:00.5+01:00',
        text: '<at>Pennywatch</at> cost model bert',
        conversation: {
          isGroup: true,
          conversationType: 'channel',
          tenantId: TENANT,
          id: '19:search@thread.tacv2;messageid=1699999999999',
        },
        channelData: {
          teamsChannelId: '19:search@thread.tacv2',
          teamsTeamId: '19:general@thread.tacv2',
          channel: { id: '19:search@thread.tacv2' },
          team: {
            id: '19:general@thread.tacv2',
            name: 'ML',
            aadGroupId: '96000000-0000-4000-8000-00000000000A',
          },
          tenant: { id: TENANT },
        },
        entities: [
          mention,
          { type: 'clientInfo', locale: 'en-US' },
          'not one',
          { type: 'mention', mentioned: 7 },
        ],
        replyToId: null,
      }),
    );
    expect(activity).toEqual({
      type: 'message',
      id: '1700000000000',
      timestamp: Date.UTC(2026, 10, 21, 9, 0, 0, 500),
      serviceUrl: SERVICE.replace(/\/$/, ''),
      from: { id: '29:1mira', name: 'Mira Chen', aadObjectId: 'ad000000-0000-4000-8000-000000000001' },
      recipient: { id: expect.stringMatching(/^28:/), name: 'Pennywatch' },
      conversation: {
        id: '19:search@thread.tacv2;messageid=1699999999999',
        conversationType: 'channel',
        tenantId: TENANT,
      },
      tenantId: TENANT,
      channel: { id: '19:search@thread.tacv2' },
      team: { id: '19:general@thread.tacv2', name: 'ML', aadGroupId: '96000000-0000-4000-8000-00000000000a' },
      text: '<at>Pennywatch</at> cost model bert',
      entities: [mention, { type: 'clientInfo' }, { type: 'mention' }],
    });
  });

  it('that is a click keeps its value as it is', () => {
    const value = {
      action: { type: 'Action.Execute', verb: 'button', data: { pw: 'button', list: [1, null] } },
    };
    expect(read(invoke({ value }))).toMatchObject({ type: 'invoke', name: 'adaptiveCard/action', value });
    expect(read(invoke({ value: null }))).not.toHaveProperty('value');
  });

  it('that tells who came and went', () => {
    const update = message({
      type: 'conversationUpdate',
      text: undefined,
      membersAdded: [{ id: '28:bot' }, { id: '29:new', aadObjectId: 'AB' }],
      membersRemoved: [{ id: '29:old' }],
      channelData: {
        tenant: { id: TENANT },
        eventType: 'teamMemberAdded',
        teamsChannelId: '19:general@thread.tacv2',
      },
    });
    expect(read(update)).toMatchObject({
      membersAdded: [{ id: '28:bot' }, { id: '29:new', aadObjectId: 'ab' }],
      membersRemoved: [{ id: '29:old' }],
      eventType: 'teamMemberAdded',
      channel: { id: '19:general@thread.tacv2' },
    });
    expect(read(message({ type: 'installationUpdate', action: 'add' }))).toMatchObject({ action: 'add' });
  });

  it('with endless text is cut, and with odd extras loses only these', () => {
    const odd = read(
      message({
        text: 'x'.repeat(100_000),
        from: { id: '29:1', name: 'n'.repeat(9_000) },
        replyToId: { not: 'an id' },
        membersAdded: 'nobody',
        extra: { anything: true },
      }),
    );
    expect(odd.text).toHaveLength(20_000);
    expect(odd.from.name).toHaveLength(300);
    expect(Object.keys(odd)).not.toEqual(expect.arrayContaining(['replyToId']));
    expect(Object.keys(odd)).not.toEqual(expect.arrayContaining(['extra']));
  });

  it('is refused by the names of its fields, not by what is in them', () => {
    const parsed = parseActivity(message({ from: { id: 'secret\nsecret' }, conversation: { id: 7 } }));
    expect(parsed).toEqual({ ok: false, problem: 'not an activity of Teams: from.id, conversation.id' });
  });
});

describe('anything at all', () => {
  it('is read or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const body: unknown = JSON.parse(text);
        expect(parseActivity(body).ok).toBe(false);
        const inside = parseActivity({
          ...message(),
          value: body,
          entities: body,
          channelData: body,
          text: body,
        });
        if (inside.ok) expect(typeof (inside.activity.text ?? '')).toBe('string');
      }),
      { numRuns: 100 },
    );
  });
});
