/** Who may ask for, decide about and take back what acts on machines. */
import { describe, expect, it } from 'vitest';
import type { Seen } from '../../src/core/actor.ts';
import { authorise, type Change, type Standing } from '../../src/core/authorise.ts';
import type { Roles } from '../../src/core/roles.ts';
import { person } from './standings.ts';

const bert = { kind: 'model', name: 'bert' } as const;
const about = { scope: bert, team: 'search' } as const;
const propose: Change = { kind: 'propose', ...about };
const undo: Change = { kind: 'undo', ...about };
const ttl: Change = { kind: 'ttl', ...about };
const anomaly: Change = { kind: 'anomaly', ...about };
const decide: Change & { kind: 'proposal-decision' } = {
  kind: 'proposal-decision',
  ...about,
  own: false,
  decided: false,
  approvers: ['Lena@x.example', '@ml-leads'],
  names: ['Jon Park', '@ml-leads'],
};
const outside = { teams: [] };
const everywhere = (...roles: Roles['everywhere']): Roles => ({ everywhere: roles, inTeams: new Map() });
const owner: Roles = { everywhere: [], inTeams: new Map([['search', ['owner']]]) };
const stranger: Standing = { kind: 'stranger', platform: 'slack', id: 'U1' };
const seen = (state: Seen['state'], more: Partial<Seen> = {}): { seen: Seen } => ({
  seen: { state, groups: [], unclearGroups: [], ...more },
});

describe('asking, bringing back, saying how long', () => {
  const people: [string, Standing, boolean][] = [
    ['a member of the team', person(), true],
    ['its owner', person({ ...outside, roles: owner }), true],
    ['an approver', person({ ...outside, roles: everywhere('approver') }), true],
    ['an admin', person({ ...outside, admin: true }), true],
    ['the terminal', { kind: 'console' }, true],
    ['a job', { kind: 'system' }, true],
    ['somebody of another team', person({ teams: ['growth'] }), false],
    ['a viewer who is in the team', person({ roles: everywhere('viewer') }), false],
    ['a stranger', stranger, false],
  ];
  it.each(people)('%s', (_, who, allowed) => {
    expect([propose, undo, ttl].map((change) => authorise(who, change).allowed)).toEqual([
      allowed,
      allowed,
      allowed,
    ]);
  });
  it('of what no team answers for, only approvers and admins', () => {
    const change: Change = { kind: 'propose', scope: { kind: 'org' } };
    expect(authorise(person(), change)).toMatchObject({ hint: 'An approver or an admin can.' });
    expect(authorise(person({ roles: everywhere('approver') }), change).allowed).toBe(true);
  });
});

it('a viewer changes nothing else either, but subscribes themselves', () => {
  const viewer = person({ roles: everywhere('viewer') });
  const kinds = ['budget', 'owner', 'plan', 'budget-request', 'pin', 'claim'] as const;
  expect(kinds.filter((kind) => authorise(viewer, { kind, ...about }).allowed)).toEqual([]);
  expect(authorise(viewer, { kind: 'subscription', to: 'myself', ...about }).allowed).toBe(true);
});

describe('deciding about a proposal', () => {
  it.each<[string, Standing, Partial<typeof decide>, boolean]>([
    ['whom the policy names', person({ ...outside, email: 'lena@x.example' }), {}, true],
    ['whoever is in a group it names', person({ ...outside, groups: ['@ml-leads'] }), {}, true],
    ['an approver', person({ ...outside, roles: everywhere('approver') }), {}, true],
    ['an admin', person({ ...outside, admin: true }), {}, true],
    ['the terminal', { kind: 'console' }, {}, true],
    ['a member of the team is not enough', person(), {}, false],
    ['a job decides nothing', { kind: 'system' }, {}, false],
    ['a stranger', stranger, {}, false],
    [
      'a viewer whom the policy names',
      person({ email: 'lena@x.example', roles: everywhere('viewer') }),
      {},
      false,
    ],
    ['an admin about their own', person({ admin: true }), { own: true }, false],
    ['the terminal about its own', { kind: 'console' }, { own: true }, false],
    ['an admin a second time', person({ admin: true }), { decided: true }, false],
    ['the terminal a second time', { kind: 'console' }, { decided: true }, false],
  ])('%s', (_, who, more, allowed) => {
    expect(authorise(who, { ...decide, ...more }).allowed).toBe(allowed);
  });

  it('says who can, in the words of messages', () => {
    expect(authorise(person(), { ...decide, own: true })).toEqual({
      allowed: false,
      reason: "You can't approve this: you asked for it.",
      hint: 'Jon Park or @ml-leads can.',
    });
    expect(authorise(person(), { ...decide, names: [] })).toMatchObject({
      hint: expect.stringContaining('actions.approvers'),
    });
    expect(authorise(person({ roles: everywhere('viewer') }), propose)).toMatchObject({
      reason: expect.stringContaining('viewer'),
    });
  });

  it('waits when nobody says who is in the group that may', () => {
    const unsure = person({ ...outside, ...seen('active', { unclearGroups: ['@ml-leads'] }) });
    expect(authorise(unsure, decide)).toEqual({
      allowed: false,
      reason: "Slack doesn't say who is in @ml-leads just now.",
      hint: 'Try again in a minute. Nothing was changed.',
    });
  });
});

describe('whoever acts is there, as a member of ours', () => {
  const acting = [propose, decide, undo, ttl, anomaly];
  it.each<Seen['state']>(['deactivated', 'guest', 'bot', 'foreign', 'unknown'])(
    '%s: nothing, not even as an admin',
    (state) => {
      const who = person({ admin: true, ...seen(state) });
      expect(acting.filter((change) => authorise(who, change).allowed)).toEqual([]);
      expect(authorise(who, { kind: 'budget', ...about }).allowed).toBe(true);
    },
  );
  it('silent: decisions wait, the rest goes by what is known', () => {
    const who = person({ admin: true, ...seen('silent') });
    expect(acting.filter((change) => !authorise(who, change).allowed)).toEqual([decide, undo]);
    expect(authorise(who, decide)).toMatchObject({ reason: "Slack doesn't say who you are just now." });
  });
});
