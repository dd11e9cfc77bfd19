/** Emulators that know less than AWS: what they give comes in, and what they lack is said. */
import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { testAccess, testRequest } from '../stand-in/access.ts';
import { source } from './wire.ts';

interface Question {
  readonly TimePeriod: { readonly Start: string; readonly End: string };
  readonly Metrics: readonly string[];
  readonly GroupBy: readonly { readonly Key: string }[];
  readonly NextPageToken?: string;
}

const WINDOW = { start: '2026-11-10', end: '2026-11-12' };
const DAYS = ['2026-11-10', '2026-11-11', '2026-11-12'];
const BILL = [
  {
    SERVICE: 'Amazon SageMaker',
    LINKED_ACCOUNT: '111111111111',
    RECORD_TYPE: 'Usage',
    amount: '10.0000000001',
  },
  { SERVICE: 'Tax', LINKED_ACCOUNT: '111111111111', RECORD_TYPE: 'Tax', amount: '2.5' },
] as const;

/** The same two rows every day, grouped as `keysOf` says. */
function periodsOf(
  { Metrics }: Question,
  keysOf: (row: (typeof BILL)[number]) => string[],
  metrics: readonly string[] = Metrics,
) {
  return DAYS.map((day) => ({
    TimePeriod: { Start: day, End: day },
    Groups: BILL.map((row) => ({
      Keys: keysOf(row),
      Metrics: Object.fromEntries(metrics.map((metric) => [metric, { Amount: row.amount, Unit: 'USD' }])),
    })),
  }));
}

async function pollOf(answer: (question: Question) => object, options: { budget?: number } = {}) {
  const asked: Question[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const question = JSON.parse(Buffer.concat(chunks).toString()) as Question;
    asked.push(question);
    const body = answer(question);
    response.writeHead('__type' in body ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  try {
    const access = testAccess(
      {
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'y',
        AWS_ENDPOINT_URL_COST_EXPLORER: `http://127.0.0.1:${port}`,
      },
      options,
    );
    const charges: string[] = [];
    const warnings: string[] = [];
    for await (const batch of source.fetch({ evidence: 'no' }, testRequest(access, WINDOW))) {
      if (batch.kind !== 'charges') throw new Error('These are files.');
      warnings.push(...(batch.warnings ?? []));
      for await (const some of batch.charges)
        for (const { ChargePeriodStart, ServiceName, SubAccountId, BilledCost, EffectiveCost } of some)
          charges.push(
            [ChargePeriodStart, ServiceName, SubAccountId ?? '?', BilledCost, EffectiveCost].join(' '),
          );
    }
    return { charges: charges.sort(), warnings: warnings.join('\n'), asked };
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

const billBy = (account: string) =>
  DAYS.flatMap((day) => [
    `${day} Amazon SageMaker ${account} 10.0000000001 10.0000000001`,
    `${day} Tax ${account} 2.5 2.5`,
  ]).sort();

describe('an endpoint', () => {
  it('that groups by one dimension only gives the services, for three requests', async () => {
    const polled = await pollOf((question) => ({
      ResultsByTime: periodsOf(question, (row) => [row.SERVICE]),
    }));
    expect(polled.charges).toEqual(billBy('?'));
    expect(polled.warnings).toMatch(/without LINKED_ACCOUNT.*refused/);
    expect(polled.asked.map(({ GroupBy }) => GroupBy.length)).toEqual([2, 1, 2]);
  });

  it('that does not know charge types gives services and accounts', async () => {
    const polled = await pollOf((question) =>
      question.GroupBy.some(({ Key }) => Key === 'RECORD_TYPE')
        ? { __type: 'ValidationException', message: 'no such dimension' }
        : { ResultsByTime: periodsOf(question, (row) => [row.SERVICE, row.LINKED_ACCOUNT]) },
    );
    expect(polled.charges).toEqual(billBy('111111111111'));
    expect(polled.warnings).toMatch(/without charge type.*\n.*no such dimension/);
  });

  it('that leaves out a metric is told, and no cost is lost', async () => {
    const polled = await pollOf((question) => ({
      ResultsByTime: periodsOf(question, (row) => question.GroupBy.map(({ Key }) => row[Key as 'SERVICE']), [
        'UnblendedCost',
      ]),
    }));
    expect(polled.charges).toEqual(billBy('111111111111'));
    expect(polled.warnings).toContain(
      'AWS Cost Explorer gives no AmortizedCost: UnblendedCost is taken for it.',
    );
  });

  it('whose pages would take more than the budget is asked once', async () => {
    const polled = pollOf(
      (question) => ({
        ResultsByTime: periodsOf(question, (row) => [row.SERVICE, row.LINKED_ACCOUNT]).slice(0, 1),
        NextPageToken: `${Number(question.NextPageToken ?? 0) + 1}`,
      }),
      { budget: 2 },
    );
    await expect(polled).rejects.toMatchObject({
      code: 'LIMIT',
      message: expect.stringContaining('at least 3 pages'),
    });
  });
});
