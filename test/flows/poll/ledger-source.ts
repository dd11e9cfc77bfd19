/** A source whose other side is a list in memory: for the flow, not for any vendor. */
import { z } from 'zod';
import { addMonths, endOfMonth, startOfMonth } from '../../../src/core/day.ts';
import { AppError } from '../../../src/core/errors.ts';
import type { AnySource, Charge, SourceFacts } from '../../../src/sources/types.ts';

export interface LedgerLine {
  readonly day: string;
  readonly amount: string | null;
  /** As the amount unless given. */
  readonly effective?: string | null;
  readonly resource?: string;
  readonly account?: string;
  readonly service?: string;
  readonly currency?: string;
  readonly period?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface Ledger {
  lines: LedgerLine[];
  /** Thrown when a batch that begins here is asked for. */
  failAt?: string | undefined;
  failure: AppError;
  readonly asked: { readonly start: string; readonly end: string }[];
  source: AnySource;
}

export function ledgerSource(about: Partial<SourceFacts> = {}): Ledger {
  const ledger: Ledger = {
    lines: [],
    asked: [],
    failure: new AppError('UPSTREAM', 'The ledger is closed.', { hint: 'Open it.' }),
    source: {
      id: 'ledger',
      about: {
        title: 'Ledger',
        schedule: '37 7 * * *',
        lagDays: 2,
        trailingDays: 3,
        monthFinalOnDay: 0,
        historyMonths: 2,
        chunkMonths: 1,
        requestPrice: '0.01',
        notes: [],
        example: '',
        steps: [],
        variables: {},
        ...about,
      },
      settings: z.object({}),
      permissions: () => ({ summary: '', documents: [] }),
      check: async () => [],
      async *fetch(_settings, request) {
        for (
          let month = startOfMonth(request.window.end);
          month >= startOfMonth(request.window.start);
          month = addMonths(month, -1)
        ) {
          const start = month > request.window.start ? month : request.window.start;
          const end = endOfMonth(month) < request.window.end ? endOfMonth(month) : request.window.end;
          ledger.asked.push({ start, end });
          await request.meter.request();
          if (ledger.failAt === start) throw ledger.failure;
          yield { kind: 'charges', days: { start, end }, charges: pages(ledger.lines, start, end) };
        }
      },
    },
  };
  return ledger;
}

async function* pages(lines: readonly LedgerLine[], start: string, end: string): AsyncGenerator<Charge[]> {
  for (const line of lines)
    if (line.day >= start && line.day <= end)
      yield [
        {
          ProviderName: 'Ledger',
          BillingAccountId: line.account ?? 'a-1',
          ServiceName: line.service ?? 'Compute, "spot"\nfleet',
          ChargeCategory: 'Usage',
          ChargePeriodStart: line.day,
          BillingPeriodStart: line.period ?? startOfMonth(line.day),
          BillingCurrency: line.currency ?? 'USD',
          BilledCost: line.amount,
          EffectiveCost: line.effective === undefined ? line.amount : line.effective,
          ListCost: null,
          ContractedCost: null,
          Tags: line.tags ?? {},
          ...(line.resource !== undefined && { ResourceId: line.resource }),
        },
      ];
}
