/** Groups and pages of Cost Explorer's answers. */
import { createHash } from 'node:crypto';
import type { BillEntry } from './aws-filter.ts';

export interface UsageRequest {
  readonly TimePeriod: { readonly Start: string; readonly End: string };
  readonly Granularity: 'DAILY' | 'MONTHLY' | 'HOURLY';
  readonly Metrics: readonly string[];
  readonly GroupBy?: readonly { readonly Type: string; readonly Key: string }[];
  readonly Filter?: Readonly<Record<string, unknown>>;
  readonly NextPageToken?: string;
}

export interface Group {
  readonly start: string;
  readonly keys: readonly string[];
  readonly metrics: Readonly<Record<string, string>>;
  readonly currency: string;
}

const PLACES = 12;
const STEP = { HOURLY: 3_600_000, DAILY: 86_400_000 };

/** Periods of a request, each with its end. */
export function periodsOf({ TimePeriod, Granularity }: UsageRequest): { Start: string; End: string }[] {
  const starts: string[] = [];
  if (Granularity === 'MONTHLY') {
    for (let day = TimePeriod.Start; day < TimePeriod.End; ) {
      starts.push(day);
      const [year = 0, month = 0] = day.split('-').map(Number);
      day = new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
    }
  } else
    for (let ms = Date.parse(TimePeriod.Start); ms < Date.parse(TimePeriod.End); ms += STEP[Granularity]) {
      const text = new Date(ms).toISOString();
      starts.push(Granularity === 'HOURLY' ? `${text.slice(0, 19)}Z` : text.slice(0, 10));
    }
  return starts.map((Start, index) => ({ Start, End: starts[index + 1] ?? TimePeriod.End }));
}

/** Sums per period and keys; a group of several entries comes twice now and then, as AWS does. */
export function groupsOf(entries: readonly BillEntry[], request: UsageRequest): Group[] {
  const starts = periodsOf(request).map(({ Start }) => Start);
  const groups = new Map<string, { start: string; keys: string[]; entries: BillEntry[] }>();
  for (const entry of entries) {
    const moment = request.Granularity === 'HOURLY' ? `${entry.day}T${entry.hour}:00:00Z` : entry.day;
    const start = request.Granularity === 'MONTHLY' ? starts.filter((each) => each <= moment).at(-1) : moment;
    if (start === undefined || moment < request.TimePeriod.Start || moment >= request.TimePeriod.End)
      continue;
    const keys = (request.GroupBy ?? []).map((group) => keyOf(entry, group));
    const id = JSON.stringify([start, entry.currency, keys]);
    const group = groups.get(id) ?? { start, keys, entries: [] };
    group.entries.push(entry);
    groups.set(id, group);
  }
  return [...groups.values()]
    .sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
    .flatMap((group, index) => {
      const twice = group.entries.length > 1 && index % 3 === 0;
      const lists = twice ? [group.entries.slice(0, 1), group.entries.slice(1)] : [group.entries];
      return lists.map((list) => ({
        start: group.start,
        keys: group.keys,
        currency: list[0]?.currency ?? 'USD',
        metrics: Object.fromEntries(
          request.Metrics.map((metric) => [metric, total(list.map(({ metrics }) => metrics[metric] ?? '0'))]),
        ),
      }));
    });
}

function keyOf(entry: BillEntry, { Type, Key }: { Type: string; Key: string }): string {
  if (Type === 'TAG') return `${Key}$${entry.tags[Key] ?? ''}`;
  if (Type === 'COST_CATEGORY') return `${Key}$${entry.categories[Key] ?? ''}`;
  return entry.dimensions[Key] ?? `No${Key}`;
}

/** Sum of decimal texts of up to 12 places, exactly. */
function total(amounts: readonly string[]): string {
  const units = amounts.reduce((sum, amount) => {
    const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
    const value = BigInt(whole + fraction.padEnd(PLACES, '0'));
    return amount.startsWith('-') ? sum - value : sum + value;
  }, 0n);
  const digits = (units < 0n ? -units : units).toString().padStart(PLACES + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`;
}

/** Hands out groups by pages; a token only goes with the request it was given for. */
export function createPages(pageSize: number) {
  let last: { hash: string; entries: readonly BillEntry[]; groups: readonly Group[] } | undefined;
  return {
    pageOf(request: UsageRequest, entries: readonly BillEntry[], make: () => readonly Group[]) {
      const { NextPageToken, ...same } = request;
      const hash = createHash('sha256').update(JSON.stringify(same)).digest('hex').slice(0, 12);
      const [at = '0', of = hash] = NextPageToken?.split('.') ?? [];
      if (of !== hash || !/^\d+$/.test(at)) return undefined;
      if (last?.hash !== hash || last.entries !== entries) last = { hash, entries, groups: make() };
      const end = Number(at) + pageSize;
      const next = end < last.groups.length ? `${end}.${hash}` : undefined;
      return { groups: last.groups.slice(Number(at), end), next };
    },
  };
}
