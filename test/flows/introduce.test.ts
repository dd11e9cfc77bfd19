/** One person on two platforms, joined by e-mail; user groups; platforms that do not answer. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Directory, DirectoryPerson } from '../../src/chat/types.ts';
import type { Actor } from '../../src/core/actor.ts';
import { AppError } from '../../src/core/errors.ts';
import type { Context } from '../../src/flows/context.ts';
import { identitiesByEmail, introduce } from '../../src/flows/introduce.ts';
import { emailOfKey, findStanding } from '../../src/flows/standing.ts';
import { lockForWriting } from '../../src/store/write-lock.ts';
import { MIRA, openWorkbench, SETTINGS, TOMAS, type Workbench } from '../commands/workbench.ts';

interface Known {
  readonly people?: readonly DirectoryPerson[];
  readonly groups?: Readonly<Record<string, readonly string[]>>;
  readonly silent?: 'people' | 'groups';
}

function platform({ people = [], groups = {}, silent }: Known, ours = 'T1'): Directory {
  const answer = (about: Known['silent']) => {
    if (silent === about) throw new AppError('UPSTREAM', 'It does not answer.');
  };
  return {
    async person(id) {
      answer('people');
      return people.find((one) => one.id === id);
    },
    async personByEmail(email) {
      return people.find((one) => one.email?.toLowerCase() === email.toLowerCase());
    },
    async groupMembers(group) {
      answer('groups');
      return groups[group];
    },
    workspace: async () => ours,
  };
}
const member = (id: string, email: string, more: Partial<DirectoryPerson> = {}): DirectoryPerson => ({
  id,
  name: id,
  email,
  active: true,
  kind: 'member',
  workspace: 'T1',
  ...more,
});
const inTeams = (id: string): Actor => ({ kind: 'person', platform: 'teams', id });

let bench: Workbench;
beforeEach(async () => {
  bench = await openWorkbench({
    ...SETTINGS,
    roles: [{ role: 'approver', people: ['@ml-leads'] }],
  });
});
afterEach(() => bench.temp.close());

const known = (directories: Readonly<Record<string, Directory>>): Context => ({
  ...bench.context,
  directories,
});
const standing = async (context: Context, actor: Actor) =>
  findStanding(context, await introduce(context, actor));

describe('a person', () => {
  it('is the one of pennywatch.yaml with the e-mail of their Teams account', async () => {
    const context = known({ teams: platform({ people: [member('29:abc', 'MIRA@x.example')] }) });
    expect(await standing(context, inTeams('29:abc'))).toMatchObject({
      kind: 'person',
      email: MIRA.email,
      teams: ['search'],
      seen: { state: 'active' },
    });
    expect(await emailOfKey(context, 'teams:29:abc')).toBe('MIRA@x.example');
    expect(await emailOfKey(context, `slack:${MIRA.slack}`)).toBe(MIRA.email);
    expect(await emailOfKey(context, 'console:root')).toBeUndefined();
  });

  it.each<[string, Partial<DirectoryPerson>]>([
    ['deactivated', { active: false }],
    ['guest', { kind: 'guest' }],
    ['bot', { kind: 'bot' }],
    ['foreign', { workspace: 'T9' }],
  ])('is not, when %s', async (state, more) => {
    const context = known({ teams: platform({ people: [member('29:abc', MIRA.email, more)] }) });
    expect(await standing(context, inTeams('29:abc'))).toMatchObject({ kind: 'stranger', seen: { state } });
    expect(await emailOfKey(context, 'teams:29:abc')).toBeUndefined();
  });

  it('is found so inside a transaction that nobody else is asked in', async () => {
    const context = known({ teams: platform({ people: [member('29:abc', TOMAS.email)] }) });
    const actor = await introduce(context, inTeams('29:abc'));
    const who = await bench.context.store.$transaction(async (tx) => {
      await lockForWriting(tx);
      return findStanding({ store: tx, settings: context.settings }, actor);
    });
    expect(who).toMatchObject({ kind: 'person', email: TOMAS.email });
  });

  it('stays who they are where no directory is', async () => {
    const actor: Actor = { kind: 'person', platform: 'slack', id: MIRA.slack };
    expect(await introduce(known({}), actor)).toEqual(actor);
    expect(await introduce(known({}), { ...actor, platform: '__proto__' })).not.toHaveProperty('seen');
  });
});

describe('whoever is looked for by e-mail', () => {
  it.each<[string, Partial<DirectoryPerson>]>([
    ['a guest', { kind: 'guest' }],
    ['of another organisation', { workspace: 'T9' }],
    ['deactivated', { active: false }],
  ])('is not somebody who is %s', async (_, more) => {
    const found = (person: DirectoryPerson) =>
      identitiesByEmail(known({ teams: platform({ people: [person] }) }), MIRA.email, []);
    expect(await found(member('29:mira', MIRA.email))).toEqual([{ platform: 'teams', id: '29:mira' }]);
    expect(await found(member('29:mira', MIRA.email, more))).toEqual([]);
  });
});

describe('a user group of Slack', () => {
  it('counts for its members in Teams, who are known there by e-mail', async () => {
    const slack = platform({
      people: [member('U5', 'new@x.example')],
      groups: { '@ml-leads': ['U5', MIRA.slack] },
    });
    const teams = platform({ people: [member('29:new', 'new@x.example'), member('29:mira', MIRA.email)] });
    const context = known({ slack, teams });
    expect(await standing(context, inTeams('29:mira'))).toMatchObject({
      groups: ['@ml-leads'],
      roles: { everywhere: ['approver'] },
    });
    expect(await introduce(context, inTeams('29:new'))).toMatchObject({ seen: { groups: ['@ml-leads'] } });
  });

  it('is unclear while Slack says nothing of it', async () => {
    const slack = platform({ people: [member(MIRA.slack, MIRA.email)], silent: 'groups' });
    const who = await standing(known({ slack }), { kind: 'person', platform: 'slack', id: MIRA.slack });
    expect(who).toMatchObject({ groups: [], seen: { state: 'active', unclearGroups: ['@ml-leads'] } });
  });
});

it('a platform that does not answer leaves what pennywatch.yaml says', async () => {
  const context = known({ slack: platform({ silent: 'people' }) });
  const who = await standing(context, { kind: 'person', platform: 'slack', id: MIRA.slack });
  expect(who).toMatchObject({ kind: 'person', email: MIRA.email, seen: { state: 'silent' } });
});
