/** The bill of a window in batches of a month, newest first. */
import { addDays, addMonths, type Day, later, startOfMonth } from '../../core/day.ts';
import type { Charge, ChargeBatch, EvidenceItem, FetchRequest, HourCharge } from '../types.ts';
import { createAsker, runPlan, type Told } from './ask.ts';
import { type CostExplorer, createClient } from './client.ts';
import { categoryDimension, SERVICE, tagDimension } from './dimensions.ts';
import { fetchEvidence } from './evidence.ts';
import { fetchHours } from './hours.ts';
import { chargesOf } from './map.ts';
import { type AwsSettings, type Payer, payersOf } from './settings.ts';
import { shortfallWarnings } from './shortfall.ts';

/** A request costs the same for a day as for months; more than this at once would only fill the memory. */
const MONTHS_AT_ONCE = 3;
/** The bill of a month is final about here in the next one. */
const FINAL_ON_DAY = 15;
const LONGEST_LAG = 7;

interface Bill {
  readonly charges: readonly Charge[];
  readonly hours: { readonly from: Day | undefined; readonly charges: readonly HourCharge[] };
  readonly evidence: readonly EvidenceItem[];
  readonly warnings: readonly string[];
  /** Last day with any figures; undefined when there are none. */
  readonly lastDay: Day | undefined;
}

interface Window {
  readonly start: Day;
  readonly end: Day;
}

/** Yields once all payers have answered for up to three months. */
export async function* fetchBills(settings: AwsSettings, request: FetchRequest): AsyncGenerator<ChargeBatch> {
  const payers = payersOf(settings);
  const clients = new Map<Payer, CostExplorer>();
  try {
    for (const [index, window] of stretches(request.window, MONTHS_AT_ONCE).entries()) {
      const newest = request.newest && index === 0;
      const bills: Bill[] = [];
      for (const [place, payer] of payers.entries()) {
        request.signal.throwIfAborted();
        const client = clients.get(payer) ?? (await createClient(settings, payer, request));
        clients.set(payer, client);
        const later = payers.length - place - 1;
        bills.push(
          await fetchBill({ settings, payer, client, request: { ...request, window, newest }, later }),
        );
      }
      yield* batchesOf(bills, window, { ...request, newest });
    }
  } finally {
    for (const client of clients.values()) client.close();
  }
}

/** The dimensions to ask for, service first. */
export function dimensionsOf(settings: AwsSettings): string[] {
  return [
    SERVICE,
    ...settings.dimensions,
    ...settings.tags.map(tagDimension),
    ...settings.costCategories.map(categoryDimension),
  ];
}

interface BillOptions {
  readonly settings: AwsSettings;
  readonly payer: Payer;
  readonly client: CostExplorer;
  readonly request: FetchRequest;
  /** Payers that are still to be asked, and need some of the budget. */
  readonly later: number;
}

async function fetchBill({ settings, payer, client, request, later: others }: BillOptions): Promise<Bill> {
  const { window, newest } = request;
  const dimensions = dimensionsOf(settings);
  const metrics = [settings.billedMetric, settings.effectiveMetric];
  const asker = createAsker({
    client,
    access: request,
    granularity: 'DAILY',
    start: window.start,
    end: addDays(window.end, 1),
    metrics,
  });
  const budget = request.meter.left();
  const reserve = newest ? others * dimensions.length : 0;
  const plan = await runPlan(asker, dimensions, { access: request, reserve });
  // History can wait for tomorrow's budget, unless even the better part of a day does not do: this throws LIMIT.
  if (!newest && plan.shortfalls.has('budget') && budget * 2 <= plan.needed) await request.meter.request();
  const account = await accountOf(payer, client);
  const facts = {
    account,
    accountName: payer.name ?? asker.told.names.get(account),
    names: asker.told.names,
  };
  const hours =
    newest && settings.hourly && request.meter.left() > others
      ? await fetchHours({ client, request, dimensions, metrics, facts })
      : { from: undefined, charges: [], warnings: [] };
  const evidence =
    newest && settings.evidence && request.meter.left() > others
      ? await fetchEvidence(client, request, settings, account)
      : { items: [], warnings: [] };
  return {
    charges: chargesOf(plan, facts),
    hours,
    evidence: evidence.items,
    warnings: [
      ...shortfallWarnings(plan, `${window.start} to ${window.end}`),
      ...toldWarnings(asker.told, request),
      ...hours.warnings,
      ...evidence.warnings,
    ],
    lastDay: [...asker.told.filled].sort().at(-1)?.slice(0, 10),
  };
}

async function accountOf(payer: Payer, client: CostExplorer): Promise<string> {
  if (payer.account !== undefined) return payer.account;
  return (await client.accountId()) ?? payer.roleArn?.split(':')[4] ?? 'aws-cost-explorer';
}

function toldWarnings(told: Told, { today }: FetchRequest): string[] {
  const isFinal = (day: Day) => today >= addDays(addMonths(startOfMonth(day), 1), FINAL_ON_DAY);
  const late = [...new Set([...told.estimated].filter(isFinal).map((day) => day.slice(0, 7)))].sort();
  return [
    ...told.refusals,
    ...(late.length > 0 ? [`AWS still calls its figures of ${late.join(', ')} estimated.`] : []),
    ...(told.strays.size > 0
      ? [`AWS answered for ${told.strays.size} days that were not asked for; they are left out.`]
      : []),
  ];
}

function* batchesOf(bills: readonly Bill[], window: Window, request: FetchRequest): Generator<ChargeBatch> {
  const { newest, completeThrough } = request;
  // Nothing for longer than this is an account that has been closed.
  const since = addDays(completeThrough, -LONGEST_LAG);
  const lastDay = bills
    .flatMap(({ lastDay: day }) => (day !== undefined && day >= since ? [day] : []))
    .sort()[0];
  const isLate = newest && lastDay !== undefined && lastDay < completeThrough;
  const late = isLate ? [`AWS has no figures after ${lastDay} yet; later days are unknown, not zero.`] : [];
  const hoursFrom = bills.every(({ hours }) => hours.from !== undefined) ? bills[0]?.hours.from : undefined;
  for (const [index, days] of stretches(window, 1, hoursFrom).entries()) {
    const within = ({ ChargePeriodStart: day }: Charge) => day >= days.start && day <= days.end;
    const charges = bills.flatMap((bill) => bill.charges.filter(within));
    const hours = bills.flatMap((bill) => bill.hours.charges.filter(within));
    yield {
      kind: 'charges',
      days,
      charges: once(charges),
      ...(hoursFrom !== undefined && days.start >= hoursFrom && { hours: () => hours }),
      ...(isLate && { completeThrough: lastDay }),
      ...(index === 0 && {
        warnings: [...bills.flatMap((bill) => bill.warnings), ...late],
        evidence: bills.flatMap((bill) => bill.evidence),
      }),
    };
  }
}

async function* once(charges: readonly Charge[]): AsyncGenerator<readonly Charge[]> {
  yield charges;
}

/** A window cut into so many calendar months each, newest first; if need be, also before a given day. */
function stretches({ start, end }: Window, months: number, before?: Day): Window[] {
  const list: Window[] = [];
  for (let last = end; last >= start; ) {
    const month = later(start, addMonths(startOfMonth(last), 1 - months));
    const first = before !== undefined && before <= last ? later(month, before) : month;
    list.push({ start: first, end: last });
    last = addDays(first, -1);
  }
  return list;
}
