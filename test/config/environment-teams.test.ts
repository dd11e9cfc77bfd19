/** The variables of Microsoft Teams: what they switch on, what is refused, and that no secret is shown. */
import { describe, expect, it } from 'vitest';
import { describeEnvironment, inspectConfig, loadConfig } from '../../src/config.ts';
import { folderWith, mistakesIn } from './config-folder.ts';

const APP = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const TENANT = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const OTHER = '0d4ed755-5ee8-4b3a-8a4e-6f9d2f8f1c2b';
const SECRET = 'abc8Q~not-a-real-value-of-a-secret-tail';
const SINGLE = { MicrosoftAppId: APP, MicrosoftAppPassword: SECRET, MicrosoftAppTenantId: TENANT };

function environmentOf(env: NodeJS.ProcessEnv) {
  return loadConfig({ cwd: folderWith({}), env }).environment;
}

describe('Teams is switched on', () => {
  it('by the app, its secret and its tenant, whose people are then served', () => {
    expect(environmentOf(SINGLE).teams).toEqual({
      appId: APP,
      appPassword: SECRET,
      appType: 'SingleTenant',
      tenantId: TENANT,
      tenants: [TENANT],
    });
  });

  it('with ids in any case and spaces around them', () => {
    const env = {
      ...SINGLE,
      MicrosoftAppId: ` ${APP.toUpperCase()} `,
      MicrosoftAppTenantId: TENANT.toUpperCase(),
    };
    expect(environmentOf(env).teams).toMatchObject({ appId: APP, tenantId: TENANT, tenants: [TENANT] });
  });

  it('for the tenants that are named, where any are', () => {
    const env = { ...SINGLE, PENNYWATCH_TEAMS_TENANTS: `${TENANT}, ${OTHER.toUpperCase()}` };
    expect(environmentOf(env).teams?.tenants).toEqual([TENANT, OTHER]);
  });

  it('for several tenants without one of its own', () => {
    const env = {
      MicrosoftAppId: APP,
      MicrosoftAppPassword: SECRET,
      MicrosoftAppType: 'MultiTenant',
      PENNYWATCH_TEAMS_TENANTS: OTHER,
    };
    expect(environmentOf(env).teams).toMatchObject({ appType: 'MultiTenant', tenants: [OTHER] });
  });

  it('without a secret where Azure vouches for the machine', () => {
    const env = { MicrosoftAppId: APP, MicrosoftAppType: 'UserAssignedMsi', MicrosoftAppTenantId: TENANT };
    const { teams } = environmentOf(env);
    expect(teams).toMatchObject({ appType: 'UserAssignedMsi', tenants: [TENANT] });
    expect(teams).not.toHaveProperty('appPassword');
  });

  it('without credentials for a client on this machine, but only by saying so', () => {
    expect(environmentOf({ PENNYWATCH_TEAMS_LOCAL: 'true' }).teams).toMatchObject({
      local: true,
      tenants: [],
    });
    for (const env of [{}, { PENNYWATCH_TEAMS_LOCAL: 'false' }, { MicrosoftAppTenantId: TENANT }])
      expect(environmentOf(env)).not.toHaveProperty('teams');
  });

  it('never locally because something is missing', () => {
    const wrong = [{ MicrosoftAppPassword: '' }, { MicrosoftAppTenantId: 'x' }, { MicrosoftAppType: 'Any' }];
    for (const env of wrong)
      expect(inspect({ ...SINGLE, ...env }).environment.teams?.local, JSON.stringify(env)).toBeUndefined();
  });
});

function inspect(env: NodeJS.ProcessEnv) {
  return inspectConfig({ cwd: folderWith({}), env });
}

describe('what is wrong is said by variable', () => {
  it.each([
    [
      { ...SINGLE, PENNYWATCH_TEAMS_LOCAL: 'true' },
      'PENNYWATCH_TEAMS_LOCAL: found true beside MicrosoftAppId, expected only one of them',
    ],
    [
      { ...SINGLE, PENNYWATCH_TEAMS_LOCAL: 'yes' },
      'PENNYWATCH_TEAMS_LOCAL: found "yes", expected true or false',
    ],
    [
      { ...SINGLE, MicrosoftAppPassword: '' },
      'MicrosoftAppPassword: found nothing beside MicrosoftAppId, expected a client secret',
    ],
    [
      { ...SINGLE, MicrosoftAppPassword: OTHER },
      "MicrosoftAppPassword: found something else (not shown), expected a client secret's Value (not its Secret ID)",
    ],
    [
      { ...SINGLE, MicrosoftAppPassword: 'two words of it' },
      "MicrosoftAppPassword: found something else (not shown), expected a client secret's Value (not its Secret ID)",
    ],
    [
      { ...SINGLE, MicrosoftAppTenantId: '' },
      'MicrosoftAppTenantId: found nothing beside MicrosoftAppId, expected the tenant id',
    ],
    [
      { ...SINGLE, MicrosoftAppTenantId: 'contoso.onmicrosoft.com' },
      'MicrosoftAppTenantId: found "contoso.onmicrosoft.com", expected the Directory (tenant) ID',
    ],
    [
      { ...SINGLE, MicrosoftAppId: 'pennywatch' },
      'MicrosoftAppId: found "pennywatch", expected the Application (client) ID of the app registration',
    ],
    [
      { ...SINGLE, MicrosoftAppType: 'singleTenant' },
      'MicrosoftAppType: found "singleTenant", expected one of SingleTenant, MultiTenant, UserAssignedMsi',
    ],
    [
      { MicrosoftAppId: APP, MicrosoftAppPassword: SECRET, MicrosoftAppType: 'MultiTenant' },
      'PENNYWATCH_TEAMS_TENANTS: found nothing, expected the tenants whose people are served: a MultiTenant bot could be installed by anybody',
    ],
    [
      { ...SINGLE, PENNYWATCH_TEAMS_TENANTS: `${TENANT},*` },
      `PENNYWATCH_TEAMS_TENANTS: found "${TENANT},*", expected tenant ids with commas between them`,
    ],
    [{ PENNYWATCH_TEAMS_CHARTS: 'svg' }, 'PENNYWATCH_TEAMS_CHARTS: found "svg", expected picture or native'],
    [
      { PENNYWATCH_PUBLIC_URL: 'pennywatch' },
      'PENNYWATCH_PUBLIC_URL: found "pennywatch", expected an https address such as https://pennywatch.example.com',
    ],
    [
      { PENNYWATCH_PUBLIC_URL: 'http://pennywatch.example.com' },
      'PENNYWATCH_PUBLIC_URL: found "http://pennywatch.example.com", expected an https address such as https://pennywatch.example.com',
    ],
  ])('%j', (env, expected) => {
    const mistakes = mistakesIn('', env);
    expect(mistakes).toEqual([`environment  ${expected}`]);
    expect(JSON.stringify(mistakes)).not.toContain('tail');
    expect(inspect(env).environment).not.toHaveProperty('teams.local');
  });

  it('what is malformed and what is missing are said together', () => {
    expect(mistakesIn('', { MicrosoftAppId: APP, PORT: 'none' })).toEqual([
      expect.stringContaining('PORT: found "none"'),
      expect.stringContaining('MicrosoftAppPassword: found nothing'),
    ]);
  });
});

it('the public address has no "/" at its end', () => {
  const { publicUrl } = environmentOf({ PENNYWATCH_PUBLIC_URL: 'https://penny.contoso.com/' });
  expect(publicUrl).toBe('https://penny.contoso.com');
});

it('is described without its secret', () => {
  const described = describeEnvironment(environmentOf(SINGLE));
  expect(described).toMatchObject({
    MicrosoftAppId: APP,
    MicrosoftAppPassword: 'set',
    MicrosoftAppType: 'SingleTenant',
    PENNYWATCH_TEAMS_TENANTS: TENANT,
    PENNYWATCH_TEAMS_LOCAL: 'false',
  });
  expect(JSON.stringify(described)).not.toContain('tail');
});
