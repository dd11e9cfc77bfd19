/** Sends a plan's requests to Cost Explorer and reads all pages of the answers. */
import type { GetCostAndUsageRequest } from '@aws-sdk/client-cost-explorer';
import { AppError } from '../../core/errors.ts';
import type { Access } from '../types.ts';
import { attosOf } from './amounts.ts';
import type { CostExplorer } from './client.ts';
import { filterOf, groupOf, groupValue, RECORD_TYPE } from './dimensions.ts';
import { isInvalidRequest, PagesChanged, VENDOR } from './errors.ts';
import { planRequests } from './plan.ts';
import { type Answer, type AnswerRow, type Ask, describeAsk, type Plan } from './plan-types.ts';
import { CostAndUsage } from './schema.ts';

export interface AskOptions {
  readonly client: CostExplorer;
  readonly access: Access;
  readonly granularity: 'DAILY' | 'HOURLY';
  /** As Cost Explorer takes them; the end is not included. */
  readonly start: string;
  readonly end: string;
  readonly metrics: readonly string[];
}

/** What answers say beside the amounts. */
export interface Told {
  /** Account ids and their names. */
  readonly names: Map<string, string>;
  /** Periods that AWS calls estimated, as it writes them. */
  readonly estimated: Set<string>;
  /** Periods that were answered with at least one group. */
  readonly filled: Set<string>;
  /** Periods that nobody asked for, and which are left out. */
  readonly strays: Set<string>;
  /** Why AWS did not take requests for more detail. */
  readonly refusals: Set<string>;
}

export interface Asker {
  ask(request: Ask): Promise<AnswerRow[]>;
  readonly told: Told;
}

/** Time a paging may start over because the bill changed meanwhile. */
const RESTARTS = 3;
const MOST_PAGES = 1000;

/** Throws UPSTREAM when an answer is not what the request was for, and see the client. */
export function createAsker(options: AskOptions): Asker {
  const told: Told = {
    names: new Map(),
    estimated: new Set(),
    filled: new Set(),
    strays: new Set(),
    refusals: new Set(),
  };
  const seen = new Map<string, Set<string>>();
  const read = async (request: Ask): Promise<AnswerRow[]> => {
    const filter = filterOf(request.where, (dimension) => seen.get(dimension) ?? new Set());
    const input: GetCostAndUsageRequest = {
      TimePeriod: { Start: options.start, End: options.end },
      Granularity: options.granularity,
      Metrics: [...options.metrics],
      GroupBy: request.groupBy.map(groupOf),
      ...(filter && { Filter: filter }),
    };
    const rows: AnswerRow[] = [];
    let next: string | undefined;
    for (let page = 1; ; page += 1) {
      const answer = parse(
        await options.client.getCostAndUsage({ ...input, ...(next && { NextPageToken: next }) }),
      );
      rows.push(...rowsOf(answer, request, options, told));
      // A service that hands out the same page for ever must not empty the budget.
      if (answer.next !== undefined && (answer.next === next || page >= MOST_PAGES))
        throw new AppError('UPSTREAM', `${VENDOR} does not come to an end of its pages.`);
      next = answer.next;
      if (next === undefined) return note(rows, request, seen, { pages: page, access: options.access });
    }
  };
  return {
    told,
    async ask(request) {
      for (let restart = 1; ; restart += 1) {
        try {
          return await read(request);
        } catch (error) {
          if (!(error instanceof PagesChanged)) throw error;
          if (restart >= RESTARTS)
            throw new AppError(
              'UPSTREAM',
              `${VENDOR} breaks off between the pages of an answer: ${error.message}`,
              {
                hint: 'This is tried again by itself at the next poll.',
                cause: error,
              },
            );
        }
      }
    },
  };
}

function note(
  rows: AnswerRow[],
  request: Ask,
  seen: Map<string, Set<string>>,
  { pages, access }: { readonly pages: number; readonly access: Access },
): AnswerRow[] {
  for (const [index, dimension] of request.groupBy.entries()) {
    const values = seen.get(dimension) ?? new Set<string>();
    for (const row of rows) values.add(row.values[index] ?? '');
    seen.set(dimension, values);
  }
  access.log('asked Cost Explorer', { request: describeAsk(request), pages, rows: rows.length });
  return rows;
}

function parse(body: unknown): CostAndUsage {
  const parsed = CostAndUsage.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError(
    'UPSTREAM',
    `${VENDOR} answered in a form that is not understood: ${issue?.path.join('.')}: ${issue?.message}.`,
    { hint: 'If an endpoint is configured, check that it speaks GetCostAndUsage.' },
  );
}

function rowsOf(answer: CostAndUsage, request: Ask, options: AskOptions, told: Told): AnswerRow[] {
  for (const { value, name } of answer.names) told.names.set(value, name);
  return answer.periods.flatMap((period) => {
    if (period.start < options.start || period.start >= options.end) {
      told.strays.add(period.start);
      return [];
    }
    if (period.isEstimated) told.estimated.add(period.start);
    if (period.groups.length > 0) told.filled.add(period.start);
    else if (Object.values(period.totals).some(({ Amount }) => attosOf(Amount) !== 0n))
      throw new AppError('UPSTREAM', `${VENDOR} does not group as it was asked to.`);
    return period.groups.flatMap(({ keys, metrics }): AnswerRow[] => {
      if (keys.length !== request.groupBy.length)
        throw new AppError('UPSTREAM', `${VENDOR} does not group as it was asked to.`);
      const units = new Set(options.metrics.map((metric) => metrics[metric]?.Unit ?? ''));
      const amounts = options.metrics.map((metric) => attosOf(metrics[metric]?.Amount ?? '0'));
      const [unit = ''] = units;
      if (units.size !== 1 || !/^[A-Z]{3}$/i.test(unit)) {
        // What costs nothing may have no currency.
        if (!units.has('') && amounts.every((amount) => amount === 0n)) return [];
        throw new AppError(
          'UPSTREAM',
          `${VENDOR} answers without ${options.metrics.join(' or ')} in one currency.`,
        );
      }
      const values = request.groupBy.map((dimension, index) => groupValue(dimension, keys[index] ?? ''));
      return [{ slot: `${period.start} ${unit.toUpperCase()}`, values, amounts }];
    });
  });
}

/** Asks for all dimensions together, as long as more than `reserve` requests are left of the budget. */
export async function runPlan(
  asker: Asker,
  dimensions: readonly string[],
  { access, reserve }: { readonly access: Access; readonly reserve: number },
): Promise<Plan> {
  const plan = planRequests({ dimensions, chargeType: RECORD_TYPE });
  let step = plan.next();
  let isFirst = true;
  while (!step.done) {
    const answer: Answer = isFirst
      ? await asker.ask(step.value)
      : await askWithin(asker, step.value, access, reserve);
    isFirst = false;
    step = plan.next(answer);
  }
  return step.value;
}

async function askWithin(asker: Asker, request: Ask, access: Access, reserve: number): Promise<Answer> {
  if (access.meter.left() <= reserve) return undefined;
  try {
    return await asker.ask(request);
  } catch (error) {
    if (isInvalidRequest(error)) {
      asker.told.refusals.add(error.message);
      return 'refused';
    }
    if (error instanceof AppError && error.code === 'LIMIT' && access.meter.left() < 1) return undefined;
    throw error;
  }
}
