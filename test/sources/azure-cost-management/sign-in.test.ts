/** Signing in with the vendor's own library over HTTP: kept tokens, clocks that differ, refusals in words. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, describeError } from '../../../src/core/errors.ts';
import { loginError } from '../../../src/sources/azure-cost-management/errors.ts';
import { type AzureStandIn, startAzureCostManagement } from '../stand-in/azure-cost-management.ts';
import { SECRET } from '../stand-in/azure-sign-in.ts';
import { truthCharges } from '../stand-in/truth.ts';
import { chargeSums, collect, truthSums } from './collect.ts';

const DAYS = { start: '2026-11-01', end: '2026-11-02' };
const truth = truthCharges({ ...DAYS, services: 2 });

let standIn: AzureStandIn;
beforeEach(async () => {
  standIn = await startAzureCostManagement();
  standIn.bill(truth);
});
afterEach(() => standIn.close());

const run = (variables: Record<string, string> = {}) =>
  collect(standIn, DAYS, { options: { tags: ['team'] }, variables });
const signIns = () =>
  standIn.signIn.requests.filter(({ url }) => url.pathname.endsWith('/oauth2/v2.0/token')).length;

async function refusal(running: Promise<unknown>): Promise<AppError> {
  const error = await running.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error('No refusal.', { cause: error });
  return error;
}

describe('signing in', () => {
  it('is done once for many queries', async () => {
    await run();
    expect(standIn.queries.length).toBeGreaterThan(4);
    expect(signIns()).toBe(1);
  });

  it('is done anew when the service says the token is over, whatever our clock says', async () => {
    let count = 0;
    standIn.intercept(() => {
      count += 1;
      if (count === 3) standIn.expire();
      return undefined;
    });
    expect(chargeSums((await run()).charges)).toEqual(truthSums(truth));
    expect(signIns()).toBe(2);
  });

  it('is not repeated for ever', async () => {
    standIn.intercept(() => ({
      status: 401,
      body: { error: { code: 'InvalidAuthenticationToken', message: 'The access token is invalid.' } },
    }));
    const error = await refusal(run());
    expect(error.message).toContain('HTTP 401 (The access token is invalid.)');
    expect(error.hint).toContain('clock');
    expect(standIn.queries).toHaveLength(2);
  });

  it.each([
    [{ AZURE_CLIENT_SECRET: 'wr0ng~secret' }, 'the client secret is wrong (AADSTS7000215)'],
    [{ AZURE_TENANT_ID: '00000000-0000-0000-0000-000000000000' }, 'the tenant does not exist (AADSTS90002)'],
    [{ AZURE_CLIENT_ID: '00000000-0000-0000-0000-000000000000' }, 'not known in this tenant (AADSTS700016)'],
  ])('%j is refused in words', async (variables, words) => {
    const error = await refusal(run(variables));
    expect(error.code).toBe('UPSTREAM');
    expect(error.message).toContain(words);
    expect(error.hint).toMatch(/AZURE_/);
    expect(describeError(error)).not.toMatch(/wr0ng|Sh8Q/);
  });

  it('tells a revoked secret on the way, and never the secret', async () => {
    let count = 0;
    standIn.intercept(() => {
      count += 1;
      if (count === 2) standIn.revoke(true);
      return undefined;
    });
    const error = await refusal(run());
    expect(error.message).toContain('AADSTS7000222');
    expect(describeError(error)).not.toContain(SECRET);
  });

  it('survives trouble at the sign-in', async () => {
    standIn.signIn.trouble({ rate: 0.6, seed: 5 });
    expect(chargeSums((await run()).charges)).toEqual(truthSums(truth));
  });

  it.each(['truncated', 'dropped', 'error503'] as const)(
    'says when it is out of reach (%s)',
    async (kind) => {
      standIn.signIn.trouble({ rate: 1, seed: 1, kinds: [kind] });
      const error = await refusal(run());
      expect(error.code).toBe('UPSTREAM');
      expect(error.message).toContain('Microsoft Entra ID did not answer as it should, 6 times');
      expect(describeError(error)).not.toContain(SECRET);
      expect(standIn.queries).toHaveLength(0);
    },
  );

  it('is left out for a ready token, which the service may refuse', async () => {
    const error = await refusal(run({ AZURE_ACCESS_TOKEN: 'ready-made-token' }));
    expect(signIns()).toBe(0);
    expect(standIn.queries).toHaveLength(1);
    expect(describeError(error)).not.toContain('ready-made-token');
  });

  it('does not send the secret in the clear to another machine', async () => {
    const error = await refusal(run({ AZURE_AUTHORITY_HOST: 'http://login.example' }));
    expect(error.code).toBe('CONFIG');
  });
});

describe('errors of the sign-in library', () => {
  it('never carry the secret', () => {
    expect(loginError(new Error(`AADSTS90099: no ${SECRET}`), SECRET)).not.toHaveProperty(
      'message',
      expect.stringContaining(SECRET),
    );
    expect(loginError(new Error(`socket ${SECRET} hang up`), SECRET)).toBe('socket *** hang up');
  });

  it('may pass when sign-in is overloaded', () => {
    expect(loginError(new Error('AADSTS90033: A transient error has occurred.'), undefined)).toContain(
      'AADSTS90033',
    );
  });
});
