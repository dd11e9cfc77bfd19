import { describe, expect, it } from 'vitest';
import type { Standing } from '../../src/core/authorise.ts';
import { authorise, type Change } from '../../src/core/authorise.ts';
import { person } from './standings.ts';

const bert = { kind: 'model', name: 'bert' } as const;
const stranger: Standing = { kind: 'stranger', platform: 'slack', id: 'U1' };
const budget: Change = { kind: 'budget', scope: bert, team: 'search' };
const owner: Change = { kind: 'owner', scope: bert, team: 'search' };
const claim: Change = { kind: 'claim', scope: bert };
const org: Change = { kind: 'budget', scope: { kind: 'org' } };
const ask: Change = { kind: 'budget-request', scope: bert, team: 'search' };
const decide: Change = {
  kind: 'budget-decision',
  scope: bert,
  team: 'search',
  own: false,
  approvers: ['Lena@x.example'],
  names: ['Lena', 'Jon', 'Ann'],
};
const toMe: Change = { kind: 'subscription', scope: { kind: 'org' }, to: 'myself' };
const toChannel: Change = { kind: 'subscription', scope: bert, team: 'search', to: 'channel' };

describe('who may change what', () => {
  it.each<[string, Standing, Change, boolean]>([
    ['the terminal changes everything', { kind: 'console' }, org, true],
    ['a job changes everything', { kind: 'system' }, org, true],
    ['an admin changes everything', person({ admin: true, teams: [] }), org, true],
    ['a member changes the team’s budget', person(), budget, true],
    ['a member changes the team’s owners', person(), owner, true],
    ['a member changes nothing of the organisation', person(), org, false],
    ['somebody of another team changes no budget', person({ teams: ['growth'] }), budget, false],
    ['somebody of another team changes no owner', person({ teams: ['growth'] }), owner, false],
    ['somebody without a team changes no budget', person({ teams: [] }), budget, false],
    ['a stranger changes nothing', stranger, budget, false],
    ['a stranger claims nothing', stranger, claim, false],
    ['anybody known asks for a budget', person({ teams: [] }), ask, true],
    ['a stranger asks for none', stranger, ask, false],
    ['an approver decides', person({ email: 'lena@x.example', teams: [] }), decide, true],
    ['an admin decides', person({ admin: true, teams: [] }), decide, true],
    ['a member of the team does not', person(), decide, false],
    ['nobody decides what is their own', person({ admin: true }), { ...decide, own: true }, false],
    ['not at the terminal either', { kind: 'console' }, { ...decide, own: true }, false],
    ['a stranger subscribes themselves', stranger, toMe, true],
    ['a stranger subscribes no channel', stranger, toChannel, false],
    ['anybody known claims what is nobody’s', person({ teams: ['growth'] }), claim, true],
    ['not what somebody owns', person({ teams: ['growth'] }), { ...claim, owner: 'Tomás' }, false],
    ['not what another team answers for', person({ teams: ['growth'] }), { ...claim, team: 'search' }, false],
    ['but what their own team answers for', person(), { ...claim, team: 'search', owner: 'Tomás' }, true],
    ['a member subscribes a channel to the team', person(), toChannel, true],
    ['others do not', person({ teams: ['growth'] }), toChannel, false],
    [
      'but their own team’s channel',
      person({ teams: ['growth'] }),
      { ...toChannel, channelTeam: 'growth' },
      true,
    ],
  ])('%s', (_, who, change, allowed) => {
    expect(authorise(who, change).allowed).toBe(allowed);
  });

  it('says why not, who can, and how to be added', () => {
    expect(authorise(person({ teams: [] }), budget)).toEqual({
      allowed: false,
      reason: "You can't change the budget of model:bert.",
      hint: 'The owner and members of team search, or an admin, can.',
    });
    expect(authorise(person(), decide)).toMatchObject({ hint: 'Lena, Jon or Ann can.' });
    expect(authorise(person(), { ...decide, own: true, names: [] })).toMatchObject({
      reason: "You can't decide about this: you asked for it.",
      hint: expect.stringContaining('budgetAlerts.approvers'),
    });
    expect(authorise(stranger, budget)).toMatchObject({ hint: expect.stringContaining('slack: U1') });
    expect(authorise(person({ teams: [] }), { ...claim, owner: 'Tomás' })).toMatchObject({
      reason: 'model:bert is owned by Tomás.',
    });
  });
});
