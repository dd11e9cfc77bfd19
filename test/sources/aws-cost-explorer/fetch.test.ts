import { describe, expect, it } from 'vitest';
import { eachDay } from '../../../src/core/day.ts';
import { describeError } from '../../../src/core/errors.ts';
import { testAccess } from '../stand-in/access.ts';
import { truthCharges } from '../stand-in/truth.ts';
import { ofCharges, ofTruth, poll, source, withStandIn } from './wire.ts';

const WINDOW = { start: '2026-11-10', end: '2026-11-20' };
const truth = truthCharges({
  ...WINDOW,
  services: 8,
  accounts: ['111111111111', '222222222222', '333333333333'],
});

describe('65 days of 24 services', () => {
  const window = { start: '2026-09-17', end: '2026-11-20' };
  const charges = truthCharges({ ...window, services: 24 });

  it('come whole over several pages, every cell exact, every day where it belongs', () =>
    withStandIn({ pageSize: 400 }, async (standIn) => {
      standIn.bill([
        ...charges,
        ...truthCharges({ start: '2026-09-16', end: '2026-09-16' }),
        ...truthCharges({ start: '2026-11-21', end: '2026-11-21' }),
      ]);
      const polled = await poll(standIn, window);
      expect(ofCharges(polled.charges)).toEqual(ofTruth(charges));
      expect(new Set(polled.charges.map(({ ServiceName }) => ServiceName)).size).toBe(24);
      expect([...new Set(polled.charges.map((charge) => charge.ChargePeriodStart))].sort()).toEqual(
        eachDay(window.start, window.end),
      );
      expect(polled.warnings).toEqual([]);
      expect(standIn.usageRequests.filter(({ NextPageToken }) => NextPageToken).length).toBeGreaterThan(5);
      // Pages count as well: what was sent is what AWS charges.
      expect(polled.counts).toEqual({ sent: standIn.usageRequests.length, failed: 0 });
      const logical = standIn.usageRequests.filter(({ NextPageToken }) => !NextPageToken).length;
      expect(logical).toBe(7);
    }));

  it('are batches of a month each, the newest first, with no more requests than one', () =>
    withStandIn({}, async (standIn) => {
      standIn.bill(charges);
      const { batches } = await poll(standIn, window);
      expect(batches.map(({ days }) => days)).toEqual([
        { start: '2026-11-01', end: '2026-11-20' },
        { start: '2026-10-01', end: '2026-10-31' },
        { start: '2026-09-17', end: '2026-09-30' },
      ]);
    }));

  it('come through throttling, errors, cut-off answers and lost connections', () =>
    withStandIn({ pageSize: 1000 }, async (standIn) => {
      standIn.bill(charges);
      standIn.trouble({ rate: 0.2, seed: 11 });
      const polled = await poll(standIn, window);
      expect(ofCharges(polled.charges)).toEqual(ofTruth(charges));
      expect(polled.counts.failed).toBeGreaterThan(0);
      expect(polled.counts.sent).toBe(standIn.requests.length);
      expect(polled.counts.sent - polled.counts.failed).toBeLessThanOrEqual(standIn.usageRequests.length);
    }));
});

describe('odd bills', () => {
  it('two currencies are never mixed, negative amounts and strange tags survive', () =>
    withStandIn({ pageSize: 50 }, async (standIn) => {
      const mixed = truthCharges({ ...WINDOW, services: 6, currencies: ['USD', 'CNY'], seed: 3 });
      standIn.bill(mixed);
      const polled = await poll(standIn, WINDOW);
      expect(ofCharges(polled.charges)).toEqual(ofTruth(mixed));
      expect(new Set(polled.charges.map(({ BillingCurrency }) => BillingCurrency))).toEqual(
        new Set(['USD', 'CNY']),
      );
      const teams = new Set(polled.charges.flatMap(({ Tags }) => Tags.team ?? []));
      expect(teams).toEqual(new Set(['search', 'growth', 'cost$center', 'данные']));
      expect(polled.charges.some(({ BilledCost }) => BilledCost?.startsWith('-'))).toBe(true);
    }));

  it('a paging that AWS breaks off starts over', () =>
    withStandIn({ pageSize: 40, breaksPages: 2 }, async (standIn) => {
      standIn.bill(truth);
      expect(ofCharges((await poll(standIn, WINDOW)).charges)).toEqual(ofTruth(truth));
    }));

  it('days that AWS has nothing of yet are unknown', () =>
    withStandIn({}, async (standIn) => {
      standIn.bill(truth.filter(({ day }) => day <= '2026-11-17'));
      const polled = await poll(standIn, WINDOW);
      expect(polled.batches[0]?.completeThrough).toBe('2026-11-17');
      expect(polled.warnings).toEqual([
        'AWS has no figures after 2026-11-17 yet; later days are unknown, not zero.',
      ]);
    }));

  it('an endpoint that ignores filters gives the services and accounts, and a warning', () =>
    withStandIn({ ignoresFilters: true }, async (standIn) => {
      standIn.bill(truth);
      const polled = await poll(standIn, WINDOW, { settings: { tags: ['team'] } });
      const plain = truth.map((charge) => ({ ...charge, tags: {} }));
      const untagged = polled.charges.map((charge) => ({ ...charge, Tags: {} }));
      expect(ofCharges(untagged)).toEqual(ofTruth(plain));
      expect(polled.warnings.join()).toMatch(
        /\d+ % of the cost is without tag team, because answers with filters/,
      );
    }));
});

describe('the request budget', () => {
  it('keeps totals when it is too small, and says what would do', () =>
    withStandIn({}, async (standIn) => {
      standIn.bill(truth);
      const polled = await poll(standIn, WINDOW, { budget: 4 });
      expect(polled.counts.sent).toBe(4);
      const untagged = polled.charges.map((charge) => ({ ...charge, Tags: {} }));
      expect(ofCharges(untagged)).toEqual(ofTruth(truth.map((charge) => ({ ...charge, tags: {} }))));
      expect(polled.warnings.join()).toMatch(/without tag team.*request budget.*at least \d+ requests/);
    }));

  it('leaves history to the next day when hardly any of it is left', () =>
    withStandIn({}, async (standIn) => {
      standIn.bill(truth);
      const request = { newest: false };
      await expect(poll(standIn, WINDOW, { budget: 3, request })).rejects.toMatchObject({ code: 'LIMIT' });
      const polled = await poll(standIn, WINDOW, { budget: 6, request });
      expect(polled.warnings.join()).toContain('request budget');
    }));

  it('refuses when not even the bill can be asked for', () =>
    withStandIn({}, async (standIn) => {
      standIn.bill(truth);
      await expect(poll(standIn, WINDOW, { budget: 0 })).rejects.toMatchObject({ code: 'LIMIT' });
    }));
});

describe('credentials', () => {
  it('are named when they do not work, and never shown', () =>
    withStandIn({}, async (standIn) => {
      standIn.bill(truth);
      standIn.revoke(true);
      const error = await poll(standIn, WINDOW).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: 'UPSTREAM' });
      expect(describeError(error)).toContain('make a new one');
      for (const name of ['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'])
        expect(JSON.stringify([error, describeError(error)])).not.toContain(standIn.variables[name]);
    }));

  it('that may not ask are told which action to allow', () =>
    withStandIn({ denied: ['GetCostAndUsage'] }, async (standIn) => {
      await expect(poll(standIn, WINDOW)).rejects.toMatchObject({
        code: 'UPSTREAM',
        hint: expect.stringContaining('ce:GetCostAndUsage'),
      });
    }));

  it('work on a machine whose clock is wrong', () =>
    withStandIn({ skew: 3 * 3_600_000 }, async (standIn) => {
      standIn.bill(truth);
      expect(ofCharges((await poll(standIn, WINDOW)).charges)).toEqual(ofTruth(truth));
    }));

  it('of several payers are roles, and each has its own bill', () =>
    withStandIn({}, async (standIn) => {
      standIn.bill(truth);
      const roles = ['444444444444', '555555555555'];
      const payers = roles.map((id) => ({
        roleArn: `arn:aws:iam::${id}:role/pennywatch`,
        externalId: 'ext-1',
      }));
      const { charges } = await poll(standIn, WINDOW, { settings: { account: undefined, payers } });
      for (const id of roles)
        expect(ofCharges(charges.filter((charge) => charge.BillingAccountId === id))).toEqual(ofTruth(truth));
    }));

  it('of a role that may not be assumed say so', () =>
    withStandIn({}, async (standIn) => {
      const settings = { roleArn: 'arn:aws:iam::444444444444:role/pennywatch', externalId: 'wrong' };
      await expect(poll(standIn, WINDOW, { settings })).rejects.toMatchObject({
        hint: expect.stringContaining('trust policy'),
      });
    }));
});

describe('what comes beside the bill', () => {
  it("are AWS's forecast and anomalies, for two requests", () =>
    withStandIn({}, async (standIn) => {
      standIn.bill(truth);
      const without = await poll(standIn, WINDOW);
      const polled = await poll(standIn, WINDOW, { settings: { evidence: 'yes' } });
      expect(polled.counts.sent).toBe(without.counts.sent + 2);
      expect(polled.evidence).toEqual([
        expect.objectContaining({
          ...{ kind: 'forecast', start: '2026-11-21', end: '2026-11-30', mean: '1234.5' },
          ...{ lower: '1100.25', upper: '1400', percent: 80 },
        }),
        expect.objectContaining({
          ...{ kind: 'anomaly', id: 'a-1', start: '2026-11-12', end: '2026-11-14', impact: '812.4' },
          about: 'Amazon SageMaker, 111111111111, us-east-1, ml.p4d',
        }),
      ]);
    }));

  it('is left out with a warning when it may not be read', () =>
    withStandIn({ denied: ['GetAnomalies'] }, async (standIn) => {
      standIn.bill(truth);
      const polled = await poll(standIn, WINDOW, { settings: { evidence: 'yes' } });
      expect(polled.evidence.map(({ kind }) => kind)).toEqual(['forecast']);
      expect(polled.warnings.join()).toContain('ce:GetAnomalies');
    }));

  it('are hours where they are switched on, of the days AWS keeps', () =>
    withStandIn({ hourly: true }, async (standIn) => {
      standIn.bill(truthCharges({ start: '2026-11-01', end: '2026-11-20', services: 3 }));
      const polled = await poll(
        standIn,
        { start: '2026-11-01', end: '2026-11-20' },
        { settings: { hourly: 'yes' } },
      );
      expect(new Set(polled.hours.map(({ hour }) => hour.slice(10)))).toEqual(new Set(['T05']));
      expect(polled.hours.map(({ hour }) => hour.slice(0, 10)).sort()[0]).toBe('2026-11-08');
      // Days whose hours AWS no longer has keep the hours they had.
      expect(polled.batches.map(({ days, hours }) => [days.start, hours !== undefined])).toEqual([
        ['2026-11-08', true],
        ['2026-11-01', false],
      ]);
      const daily = polled.charges.filter((charge) => charge.ChargePeriodStart >= '2026-11-08');
      const plain = (list: typeof polled.charges) =>
        ofCharges(list.map((charge) => ({ ...charge, Tags: {} })));
      expect(plain(polled.hours)).toEqual(plain(daily));
    }));

  it('is a warning where hours are not switched on', () =>
    withStandIn({ hourly: false }, async (standIn) => {
      standIn.bill(truth);
      const polled = await poll(standIn, WINDOW, { settings: { hourly: 'yes' } });
      expect(ofCharges(polled.charges)).toEqual(ofTruth(truth));
      expect(polled.batches.every(({ hours }) => hours === undefined)).toBe(true);
      expect(polled.warnings.join()).toContain('Switch on hourly granularity');
    }));
});

describe('check', () => {
  it('spends one request', () =>
    withStandIn({}, async (standIn) => {
      standIn.bill(truth);
      const access = testAccess(standIn.variables);
      expect(await source.check(standIn.options, access)).toEqual([
        { ok: true, said: expect.stringContaining('8 services yesterday') },
      ]);
      expect(access.counts.sent).toBe(1);
    }));

  it('says what is wrong and what to do', () =>
    withStandIn({}, async (standIn) => {
      standIn.revoke(true);
      expect(await source.check(standIn.options, testAccess(standIn.variables))).toEqual([
        {
          ok: false,
          said: expect.stringContaining('UnrecognizedClient'),
          hint: expect.stringContaining('make a new'),
        },
      ]);
    }));
});
