import { describe, expect, it } from 'vitest';
import { groupsAmong, hasRole, type RoleGrants, rolesOf } from '../../src/core/roles.ts';

const grants: RoleGrants = {
  admins: ['Root@x.example'],
  roles: [
    { role: 'approver', people: ['lena@x.example', '@ML-Leads'] },
    { role: 'viewer', people: ['eve@x.example', '@contractors', 'root@x.example'] },
    { role: 'admin', people: ['@platform'] },
  ],
  teams: [
    {
      name: 'search',
      owner: 'mira@x.example',
      members: ['mira@x.example', 'eve@x.example', 'tom@x.example'],
    },
    { name: 'growth', owner: '@ml-leads', members: [] },
    { name: '__proto__', members: ['tom@x.example'] },
  ],
};
const rolesFor = (email: string, ...groups: string[]) => {
  const { everywhere, inTeams } = rolesOf({ email, groups }, grants);
  return { everywhere, inTeams: [...inTeams] };
};

describe('roles', () => {
  it('follow from teams, whatever a team is called', () => {
    expect(rolesFor('Mira@X.example')).toEqual({
      everywhere: [],
      inTeams: [['search', ['member', 'owner']]],
    });
    expect(rolesFor('tom@x.example').inTeams.map(([name]) => name)).toEqual(['search', '__proto__']);
  });
  it('are given to people and to user groups', () => {
    expect(rolesFor('lena@x.example').everywhere).toEqual(['approver']);
    expect(rolesFor('new@x.example', '@ml-leads')).toEqual({
      everywhere: ['approver'],
      inTeams: [['growth', ['owner']]],
    });
    expect(rolesFor('new@x.example', '@platform').everywhere).toEqual(['admin']);
    expect(rolesFor('new@x.example', '@ml-leads-old').everywhere).toEqual([]);
  });
  it('a viewer is in no team and approves nothing', () => {
    expect(rolesFor('eve@x.example')).toEqual({ everywhere: ['viewer'], inTeams: [] });
    expect(rolesFor('mira@x.example', '@contractors', '@ml-leads')).toEqual({
      everywhere: ['viewer'],
      inTeams: [],
    });
  });
  it('an admin stays one, whoever else they are', () => {
    expect(rolesFor('root@x.example').everywhere).toEqual(['admin']);
  });
  it('hold in their team only', () => {
    const roles = rolesOf({ email: 'mira@x.example', groups: [] }, grants);
    expect([
      hasRole(roles, 'owner', 'search'),
      hasRole(roles, 'owner', 'growth'),
      hasRole(roles, 'owner'),
    ]).toEqual([true, false, false]);
  });
  it('finds user groups among names, each once', () => {
    expect(groupsAmong(['a@x.example', '@Leads', '@leads'])).toEqual(['@leads']);
  });
});
