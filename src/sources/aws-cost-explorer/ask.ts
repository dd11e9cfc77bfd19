/** Sends a plan's requests to Cost Explorer and reads all pages of the answers. */
import type { GetCostAndUsageRequest } from '@aws-sdk/client-cost-explorer';
import { AppError } from '../../core/errors.ts';
import type { Access } from '../types.ts';
import { attosOf } from './amounts.ts';
import type { CostExplorer } from './client.ts';
import { filterOf, groupOf, groupValue, RECORD_TYPE } from './dimensions.ts';
import { isInvalidRequest, PagesChanged, VENDOR, wrongGroups } from './errors.ts';
import { checkPages, TooManyPages } from './pages.ts';
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
  /** What AWS did not give of what was asked, in sentences. */
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
      if (page === 1 && next !== undefined)
        checkPages(
          answer.periods.map((period) => period.start),
          { ...options, left: options.access.meter.left() },
        );
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
      throw wrongGroups(request.groupBy);
    return period.groups.flatMap(({ keys, metrics }): AnswerRow[] => {
      if (keys.length !== request.groupBy.length) throw wrongGroups(request.groupBy);
      const given = options.metrics.map(
        (metric) => metrics[metric] ?? fallback(metric, metrics, options, told),
      );
      const units = new Set(given.map((amount) => amount?.Unit ?? ''));
      const amounts = given.map((amount) => attosOf(amount?.Amount ?? '0'));
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

/** What stands in for a metric that an emulator leaves out: the other one that was asked for. AWS gives all. */
function fallback<T>(
  missing: string,
  metrics: Readonly<Record<string, T>>,
  { metrics: asked }: AskOptions,
  told: Told,
): T | undefined {
  const other = asked.find((metric) => metrics[metric] !== undefined);
  if (other === undefined) return undefined;
  told.refusals.add(`${VENDOR} gives no ${missing}: ${other} is taken for it.`);
  return metrics[other];
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
      ? await askFirst(asker, step.value)
      : await askWithin(asker, step.value, access, reserve);
    isFirst = isFirst && answer === 'refused';
    step = plan.next(answer);
  }
  return step.value;
}

/** The bill itself: it may be refused by two dimensions, but not by the service alone. */
async function askFirst(asker: Asker, request: Ask): Promise<Answer> {
  try {
    return await asker.ask(request);
  } catch (error) {
    if (!isInvalidRequest(error) || request.groupBy.length < 2) throw error;
    asker.told.refusals.add(error.message);
    return 'refused';
  }
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
    if (error instanceof TooManyPages) return undefined;
    if (error instanceof AppError && error.code === 'LIMIT' && access.meter.left() < 1) return undefined;
    throw error;
  }
}
