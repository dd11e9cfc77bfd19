/** Throttling, faults, refusals: waited for, told in words, and never with a secret in them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError, describeError } from '../../../src/core/errors.ts';
import { testAccess } from '../stand-in/access.ts';
import {
  type AzureStandIn,
  armError,
  MANAGEMENT_GROUP,
  startAzureCostManagement,
  THROTTLE_HEADERS,
} from '../stand-in/azure-cost-management.ts';
import { SECRET } from '../stand-in/azure-sign-in.ts';
import { truthCharges } from '../stand-in/truth.ts';
import { chargeSums, collect, source, truthSums } from './collect.ts';

const DAYS = { start: '2026-11-01', end: '2026-11-03' };
const truth = truthCharges({ ...DAYS, services: 3 });
const PLAIN = { tags: [], dimensions: [] };

let standIn: AzureStandIn;
beforeEach(async () => {
  standIn = await startAzureCostManagement({ pageSize: 4 });
  standIn.bill(truth);
});
afterEach(() => standIn.close());

const plain = (more: object = {}) => collect(standIn, DAYS, { options: { ...PLAIN, ...more } });
async function refusal(running: Promise<unknown>): Promise<AppError> {
  const error = await running.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AppError)) throw new Error('No refusal.', { cause: error });
  expect(describeError(error)).not.toContain(SECRET);
  expect(describeError(error)).not.toContain('stand-in-token');
  return error;
}

describe('throttling', () => {
  it('is waited for, and then all is there', async () => {
    const [first = '', ...others] = THROTTLE_HEADERS;
    const waiting = [first, ...others];
    standIn.intercept(() => {
      const header = waiting.pop();
      if (!header) return undefined;
      return { ...armError(429, '429', 'Too many requests.'), headers: { [header]: '3' } };
    });
    const { charges, access } = await plain();
    expect(chargeSums(charges)).toEqual(truthSums(truth));
    expect(access.counts.failed).toBe(THROTTLE_HEADERS.length);
  });

  it.each([...THROTTLE_HEADERS, 'x-ms-ratelimit-microsoft.costmanagement-clienttype-retry-after'])(
    'goes by %s when that is the longest, and comes back later when it is too long',
    async (longest) => {
      const others = Object.fromEntries(THROTTLE_HEADERS.map((header) => [header, '2']));
      const headers = { 'retry-after': '1', ...others, [longest]: '1810' };
      standIn.intercept(() => ({ ...armError(429, '429', 'Too many requests.'), headers }));
      const error = await refusal(plain());
      expect(error.code).toBe('LIMIT');
      expect(error.message).toContain('asks to wait 31 minutes');
    },
  );

  it('takes an answer without content for no cost, whatever quota is left', async () => {
    const headers = {
      'x-ms-ratelimit-microsoft.costmanagement-qpu-remaining': 'QueriesPerHour:577,QueriesPer10Sec:1',
    };
    standIn.intercept(() => ({ status: 204, body: '', headers }));
    expect((await plain()).charges).toEqual([]);
  });
});

describe('pages', () => {
  const page = (nextLink: string) => ({
    body: { properties: { nextLink, columns: [{ name: 'Cost' }], rows: [] } },
  });

  it('are all read, each by a POST of the same body', async () => {
    const { charges } = await plain();
    expect(chargeSums(charges)).toEqual(truthSums(truth));
    const [first, second] = standIn.queries;
    expect(second?.url.search).toContain('$skiptoken=');
    expect(second?.method).toBe('POST');
    expect(second?.body).toBe(first?.body);
  });

  it('are not followed to another place', async () => {
    standIn.intercept(() => page('https://management.azure.com.evil.example/x?$skiptoken=1'));
    expect((await refusal(plain())).message).toContain(
      'names a next page at another address (management.azure.com.evil',
    );
    expect(standIn.queries).toHaveLength(1);
  });

  it('are asked here when the link is the public one', async () => {
    let count = 0;
    standIn.intercept(() => {
      count += 1;
      return count === 1
        ? page(
            `https://management.azure.com${MANAGEMENT_GROUP}/providers/Microsoft.CostManagement/query?api-version=2025-03-01&$skiptoken=x`,
          )
        : { body: {} };
    });
    expect((await plain({ amortized: 'no' })).charges).toEqual([]);
    expect(standIn.queries[1]?.url.searchParams.get('$skiptoken')).toBe('x');
  });

  it('do not go in circles', async () => {
    standIn.intercept(({ url }) => page(`${standIn.url}${url.pathname}${url.search}`));
    expect((await refusal(plain())).message).toContain('gives the same page again');
  });
});

describe('refusals', () => {
  it.each([
    [403, 'RBACAccessDenied', 'The client does not have authorization.', /Cost Management Reader/],
    [
      401,
      'RBACAccessDenied',
      'The client does not have authorization to perform action.',
      /Cost Management Reader/,
    ],
    [400, 'BadRequest', "Invalid dataset aggregation: 'Cost'; valid values: 'PreTaxCost'.", /as amount/],
    [404, 'SubscriptionNotFound', 'The subscription could not be found.', /does not exist/],
    [400, 'BadRequest', 'Invalid scope.', /Check the scope/],
    [422, 'UnprocessableEntity', 'Cost Management is not supported for this offer.', /classic offers/],
    [400, 'BadRequest', 'Agreement type X does not support Y scope.', /classic offers/],
  ])('%i %s says what to do and where', async (status, code, message, hint) => {
    standIn.intercept(() => armError(status, code, message));
    const error = await refusal(plain());
    expect(error.code).toBe('UPSTREAM');
    expect(error.message).toContain(MANAGEMENT_GROUP);
    expect(error.message).toContain(message);
    expect(error.hint).toMatch(hint);
  });

  it('for want of a role cost no second sign-in', async () => {
    standIn.intercept(() => armError(401, 'RBACAccessDenied', 'The client does not have authorization.'));
    await refusal(plain());
    expect(standIn.queries).toHaveLength(1);
  });

  it('of amortized cost leave the effective cost unknown, and are told', async () => {
    standIn.intercept(({ body }) =>
      body.includes('"AmortizedCost"')
        ? armError(
            400,
            'BadRequest',
            "Invalid definition type 'AmortizedCost'; valid values: 'Usage','ActualCost'.",
          )
        : undefined,
    );
    const { charges, warnings } = await plain();
    expect(chargeSums(charges)).toEqual(truthSums(truth));
    expect(new Set(charges.map(({ EffectiveCost }) => EffectiveCost))).toEqual(new Set([null]));
    expect(warnings).toEqual([
      `${MANAGEMENT_GROUP} has no amortized cost by this API: its effective cost is unknown.`,
    ]);
  });

  it('of one scope fail the month, by its name: the others alone would be too little', async () => {
    const missing = '/subscriptions/00000000-0000-0000-0000-00000000dead';
    const scopes = ['/subscriptions/00000000-0000-0000-0000-111111111111', missing];
    expect((await refusal(plain({ scopes }))).message).toContain(missing);
  });

  it('of a dimension name it', async () => {
    const error = await refusal(plain({ dimensions: ['InvoiceSectionName'] }));
    expect(error.message).toContain("Invalid dataset grouping: 'InvoiceSectionName'");
    expect(error.hint).toContain('leave out');
  });

  it('of wide queries make narrow ones', async () => {
    const { charges, warnings } = await plain({
      dimensions: ['SubscriptionId', 'ChargeType'],
      groupings: '10',
    });
    expect(chargeSums(charges)).toEqual(truthSums(truth));
    expect(warnings[0]).toContain('more than 2 groupings were refused');
  });

  it('of a broken day after day end in words', async () => {
    standIn.intercept(() => armError(503, 'ServiceUnavailable', 'Try later.'));
    const error = await refusal(plain());
    expect(error.message).toContain('did not answer as it should, 8 times: HTTP 503 (Try later.)');
  });

  it('are not what an answer cut off is', async () => {
    standIn.intercept(() => ({ body: '{"properties":{"rows":[[1' }));
    expect((await refusal(plain())).message).toContain('cut off');
  });
});

describe('stopping', () => {
  it('ends the waiting for another attempt', async () => {
    const controller = new AbortController();
    standIn.intercept(() => {
      controller.abort();
      return armError(429, '429', 'Too many requests.');
    });
    const access = testAccess(standIn.variables, { signal: controller.signal });
    const running = collect(standIn, DAYS, { request: access });
    await expect(running).rejects.toThrow(/abort/i);
    expect(standIn.queries.length).toBeLessThan(3);
  });

  it('ends a sign-in that never answers', async () => {
    const controller = new AbortController();
    standIn.trouble({ rate: 1, seed: 1, kinds: ['hung'] });
    const access = testAccess(standIn.variables, { signal: controller.signal });
    const running = collect(standIn, DAYS, { request: access });
    const watch = setInterval(() => standIn.signIn.requests.length > 0 && controller.abort(), 1);
    await expect(running).rejects.toThrow(/abort/i);
    clearInterval(watch);
    expect(standIn.queries).toHaveLength(0);
  });
});

describe('checking', () => {
  it('asks for one day per scope', async () => {
    standIn.bill(truthCharges({ start: '2026-11-17', end: '2026-11-17', services: 2 }));
    const access = testAccess(standIn.variables);
    const [found, missing] = await source.check(
      { scopes: [MANAGEMENT_GROUP, '/subscriptions/00000000-0000-0000-0000-00000000dead'] },
      access,
    );
    expect(found).toMatchObject({
      ok: true,
      said: expect.stringMatching(/USD of 2 services on 2026-11-17\.$/),
    });
    expect(missing).toMatchObject({ ok: false, hint: expect.stringContaining('does not exist') });
    expect(access.counts.sent).toBe(2);
  });

  it('says when the credentials are refused', async () => {
    standIn.revoke(true);
    const checks = await source.check({ scopes: [MANAGEMENT_GROUP] }, testAccess(standIn.variables));
    expect(checks).toEqual([
      {
        ok: false,
        said: expect.stringContaining('the client secret has expired (AADSTS7000222)'),
        hint: expect.any(String),
      },
    ]);
    expect(JSON.stringify(checks)).not.toContain(SECRET);
  });
});
