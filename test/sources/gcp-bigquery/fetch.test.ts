import { afterEach, describe, expect, it } from 'vitest';
import { testAccess, testRequest } from '../stand-in/access.ts';
import { type GcpOptions, type GcpStandIn, startGcpBigQuery } from '../stand-in/gcp-bigquery.ts';
import { truthCharges } from '../stand-in/truth.ts';
import { collect, sumOf, truthSum } from './collect.ts';

const open: GcpStandIn[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((standIn) => standIn.close()));
});

async function start(options?: GcpOptions): Promise<GcpStandIn> {
  const standIn = await startGcpBigQuery(options);
  open.push(standIn);
  return standIn;
}

const MONTH = { start: '2026-10-20', end: '2026-11-20' };
const TRUTH = truthCharges({ ...MONTH, services: 4, currencies: ['USD', 'EUR'] });

describe('a synthetic month', () => {
  it.each(['standard', 'detailed', 'focus'] as const)('of the %s export is exact', async (kind) => {
    const standIn = await start({ export: kind });
    standIn.bill(TRUTH);
    const batches = await collect(standIn.options, testRequest(testAccess(standIn.variables), MONTH));
    expect(batches.map(({ batch }) => batch.days)).toEqual([
      { start: '2026-11-01', end: '2026-11-20' },
      { start: '2026-10-20', end: '2026-10-31' },
    ]);
    const charges = batches.flatMap((one) => one.charges);
    expect(sumOf(charges)).toEqual(truthSum(TRUTH));
    expect(new Set(charges.map((charge) => charge.BillingCurrency))).toEqual(new Set(['USD', 'EUR']));
    expect(new Set(charges.map((charge) => charge.Tags.team))).toEqual(
      new Set(['search', 'growth', 'cost$center', 'данные', '', undefined]),
    );
    expect(charges.every((charge) => charge.Tags.environment === 'prod')).toBe(true);
    expect(charges.some((charge) => charge.ResourceId || charge.ResourceName)).toBe(false);
    for (const { batch, charges: inside } of batches)
      expect(
        inside.every(
          (charge) =>
            charge.ChargePeriodStart >= batch.days.start && charge.ChargePeriodStart <= batch.days.end,
        ),
      ).toBe(true);
  });

  it('comes in many pages', async () => {
    const standIn = await start({ pageSize: 12 });
    standIn.bill(TRUTH);
    const access = testAccess(standIn.variables);
    const batches = await collect(standIn.options, testRequest(access, MONTH));
    expect(sumOf(batches.flatMap((one) => one.charges))).toEqual(truthSum(TRUTH));
    expect(standIn.requests.filter(({ url }) => url.searchParams.has('pageToken')).length).toBeGreaterThan(
      10,
    );
    expect(access.counts.sent).toBe(standIn.requests.length);
  });

  it.each([1, 2])('is exact though a fifth of all requests fail (seed %i)', async (seed) => {
    const standIn = await start({ pageSize: 40 });
    standIn.bill(TRUTH);
    standIn.trouble({ rate: 0.2, seed });
    const access = testAccess(standIn.variables);
    const batches = await collect(standIn.options, testRequest(access, MONTH));
    expect(sumOf(batches.flatMap((one) => one.charges))).toEqual(truthSum(TRUTH));
    expect(access.counts.failed).toBeGreaterThan(0);
    expect(access.counts.sent).toBe(standIn.requests.length);
  });

  it('keeps single resources when asked to', async () => {
    const standIn = await start({ export: 'detailed' });
    standIn.bill(TRUTH);
    const [batch] = await collect(
      { ...standIn.options, resources: 'yes' },
      testRequest(testAccess(standIn.variables), { start: '2026-11-20', end: '2026-11-20' }),
    );
    expect(batch?.charges[0]).toMatchObject({
      ResourceId: expect.stringMatching(/^\/\/compute\.googleapis\.com\//),
      ResourceName: expect.stringMatching(/^vm-/),
    });
  });

  it('leaves out old partitions and never writes values into the SQL', async () => {
    const standIn = await start();
    standIn.bill(TRUTH);
    const label = "te'am`) OR 1=1 --";
    await collect(
      { ...standIn.options, labels: [label, 'team'] },
      testRequest(testAccess(standIn.variables), { start: '2026-11-19', end: '2026-11-20' }),
    );
    const sent = standIn.requests
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => JSON.parse(body).configuration);
    expect(sent.map(({ dryRun }) => dryRun ?? false)).toEqual([true, false, true, false]);
    for (const { query } of sent) {
      expect(query.query).toContain('_PARTITIONTIME >= @loaded_from');
      expect(query.query).not.toMatch(/2026|te'am|JOIN/);
      expect(query.parameterMode).toBe('NAMED');
    }
    const parameters = sent[3].query.queryParameters;
    expect(parameters).toContainEqual({
      name: 'loaded_from',
      parameterType: { type: 'TIMESTAMP' },
      parameterValue: { value: '2026-11-18T00:00:00Z' },
    });
    expect(parameters).toContainEqual({
      name: 'labels',
      parameterType: { type: 'ARRAY', arrayType: { type: 'STRING' } },
      parameterValue: { arrayValues: [{ value: label }, { value: 'team' }] },
    });
  });

  it('asks for a month of history in words when the export did not exist then', async () => {
    const standIn = await start();
    standIn.bill(TRUTH);
    const [batch] = await collect(
      standIn.options,
      testRequest(
        testAccess(standIn.variables),
        { start: '2026-08-01', end: '2026-08-31' },
        { newest: false },
      ),
    );
    expect(batch).toMatchObject({
      charges: [],
      lateWarnings: [expect.stringMatching(/no rows for 2026-08-01 to 2026-08-31.*unknown, not zero/)],
    });
    expect(batch?.batch.cursor).toBeUndefined();
  });

  it('makes one job of an insertion whose answer was lost', async () => {
    const standIn = await start();
    standIn.bill(TRUTH);
    standIn.loseAnswers(1);
    const batches = await collect(standIn.options, testRequest(testAccess(standIn.variables), MONTH));
    expect(sumOf(batches.flatMap((one) => one.charges))).toEqual(truthSum(TRUTH));
    const ids = standIn.requests
      .filter(({ method }) => method === 'POST')
      .flatMap(({ body }) => JSON.parse(body).jobReference.jobId ?? []);
    expect([ids.length, new Set(ids).size]).toEqual([4, 3]);
  });

  it('is asked for again when a job breaks down on the other side', async () => {
    const standIn = await start();
    standIn.bill(TRUTH);
    standIn.breakJobs(1, 'jobBackendError');
    const batches = await collect(standIn.options, testRequest(testAccess(standIn.variables), MONTH));
    expect(sumOf(batches.flatMap((one) => one.charges))).toEqual(truthSum(TRUTH));
  });
});
