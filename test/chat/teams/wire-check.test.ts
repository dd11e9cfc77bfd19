/** What doctor says of the credentials, and the tokens for Graph. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAppTokens } from '../../../src/chat/teams/app-token.ts';
import { checkTeams } from '../../../src/chat/teams/check.ts';
import { createTokens } from '../../../src/chat/teams/graph-token.ts';
import { startTeamsStandIn, type TeamsStandIn } from './teams-stand-in.ts';
import { APP_ID, OTHER_TENANT, TENANT } from './teams-stand-in-world.ts';

let teams: TeamsStandIn;
beforeAll(async () => {
  teams = await startTeamsStandIn();
});
afterAll(() => teams.close());

describe('doctor', () => {
  it('is content with credentials that work', async () => {
    expect(await checkTeams(teams.config)).toEqual({
      ok: true,
      detail: `Microsoft gives the app ${APP_ID} its token; people of tenant ${TENANT} are served.`,
    });
    const many = { ...teams.config, appType: 'MultiTenant', tenants: [TENANT, OTHER_TENANT] } as const;
    expect((await checkTeams(many)).detail).toContain('2 tenants');
    expect(teams.tokens.at(-1)?.tenant).toBe('botframework.com');
  });

  it.each([
    [
      'a wrong secret',
      { appPassword: 'another-secret' },
      'client secret is not the right one',
      'not its Secret ID',
    ],
    ['an unknown app', { appId: OTHER_TENANT }, 'is not known in the tenant', 'MicrosoftAppId'],
    ['an unknown tenant', { tenantId: OTHER_TENANT }, 'does not exist', 'MicrosoftAppTenantId'],
  ])('says in words what is wrong: %s', async (_, change, detail, mend) => {
    expect(await checkTeams({ ...teams.config, ...change })).toEqual({
      ok: false,
      detail: expect.stringContaining(detail),
      mend: expect.stringContaining(mend),
    });
  });

  it('tells no network from wrong credentials', async () => {
    const { endpoints } = teams.config;
    const noLogin = { ...teams.config, endpoints: { ...endpoints, login: await closedPort() } };
    expect(await checkTeams(noLogin)).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/does not answer \(ECONNREFUSED\)/),
    });
    const noKeys = { ...teams.config, endpoints: { ...endpoints, openId: await closedPort() } };
    expect(await checkTeams(noKeys)).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/keys that prove .* cannot be read/),
    });
  });

  it('never says the secret', async () => {
    const said = await checkTeams({ ...teams.config, appPassword: 'another-secret' });
    expect(JSON.stringify(said)).not.toContain('another-secret');
  });

  it('needs nothing locally', async () => {
    expect(await checkTeams({ appType: 'SingleTenant', tenants: [], local: true })).toMatchObject({
      ok: true,
    });
  });
});

describe('a token for Graph', () => {
  it('is for the tenant, and kept', async () => {
    const before = teams.tokens.length;
    const token = createTokens(teams.config);
    expect(await token('graph')).toBe(await token('graph', TENANT));
    expect(teams.tokens.slice(before)).toEqual([
      { tenant: TENANT, scope: 'https://graph.microsoft.com/.default' },
    ]);
  });

  it('is not asked for other tenants, nor without a secret', async () => {
    const unsupported = expect.objectContaining({ facts: { code: 'NotSupported', uncertain: false } });
    await expect(createTokens(teams.config)('graph', OTHER_TENANT)).rejects.toThrow(unsupported);
    const managed = { ...teams.config, appType: 'UserAssignedMsi', appPassword: undefined } as const;
    await expect(createTokens(managed)('graph')).rejects.toThrow(unsupported);
    await expect(
      createTokens({ appType: 'SingleTenant', tenants: [], local: true })('graph'),
    ).rejects.toThrow(unsupported);
  });
});

describe('kept tokens', () => {
  it('are renewed before they end, and after a failure', async () => {
    let now = 0;
    const tokens = createAppTokens(teams.config, () => now);
    const asked = () => teams.tokens.length;
    const start = asked();
    await tokens.token('a/.default', TENANT);
    now = 54 * 60_000;
    await tokens.token('a/.default', TENANT);
    expect(asked() - start).toBe(1);
    now = 55 * 60_000;
    await tokens.token('a/.default', TENANT);
    expect(asked() - start).toBe(2);
    await expect(tokens.token('a/.default', 'nowhere')).rejects.toThrow('AADSTS90002');
    await expect(tokens.token('a/.default', 'nowhere')).rejects.toThrow('AADSTS90002');
    tokens.forget('a/.default');
    await tokens.token('a/.default', TENANT);
    expect(asked() - start).toBe(3);
  });
});

/** An address on which nobody listens any more. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
