/** users.* and usergroups.*. */
import { botUserObject, findPerson, groupObject, userObject } from '../people.ts';
import { Refusal } from '../refusal.ts';
import type { WorkspaceState } from '../state.ts';
import type { SeedPerson } from '../types.ts';
import { flagArgument, type Method, paginate, textArgument } from './method.ts';

export const info: Method = {
  scope: 'users:read',
  needs: ['user'],
  run(state, args) {
    const id = textArgument(args, 'user');
    if (id === state.seed.botUserId) return { user: botUserObject(state) };
    const person = findPerson(state, id);
    if (!person) throw new Refusal('user_not_found');
    return { user: memberObject(state, person) };
  },
};

export const list: Method = {
  scope: 'users:read',
  run(state, args) {
    const all = [...state.seed.people.map((person) => memberObject(state, person)), botUserObject(state)];
    const { items, response_metadata } = paginate(all, args, 200);
    return { members: items, cache_ts: Math.floor(state.now() / 1000), response_metadata };
  },
};

export const lookupByEmail: Method = {
  scope: 'users:read.email',
  needs: ['email'],
  run(state, args) {
    const email = textArgument(args, 'email').toLowerCase();
    const person = state.seed.people.find((one) => one.email.toLowerCase() === email);
    if (!person) throw new Refusal('users_not_found');
    return { user: memberObject(state, person) };
  },
};

export const listGroups: Method = {
  scope: 'usergroups:read',
  run(state, args) {
    const withUsers = flagArgument(args, 'include_users');
    return { usergroups: state.seed.usergroups.map((group) => groupObject(group, withUsers)) };
  },
};

export const listGroupUsers: Method = {
  scope: 'usergroups:read',
  needs: ['usergroup'],
  run(state, args) {
    const id = textArgument(args, 'usergroup');
    const group = state.seed.usergroups.find((one) => one.id === id);
    if (!group) throw new Refusal('no_such_subteam');
    return { users: [...group.members] };
  },
};

/** What says that somebody is no guest; the e-mail only where the token may see it, as Slack does. */
function memberObject(state: WorkspaceState, person: SeedPerson): Record<string, unknown> {
  const user = userObject(state, person);
  const { email, ...profile } = user.profile as Record<string, unknown>;
  return {
    ...user,
    is_restricted: false,
    is_ultra_restricted: false,
    profile: state.scopes.includes('users:read.email') ? { ...profile, email } : profile,
  };
}
