/** What is really in the bills, summed exactly while they are made: the answer sheet of the demo and the tests. */
import { addDays, type Day, earlier } from '../../core/day.ts';
import { divideRounded } from '../../core/money.ts';
import { awsResourceId } from './aws-row.ts';
import { formatCost } from './decimal.ts';
import { gcpResourceId } from './gcp-row.ts';
import { INCIDENTS, type Incident } from './incidents.ts';
import { incidentLines, linesOf } from './lines.ts';
import { meterOf } from './meters.ts';
import { type BillSource, SOURCES } from './sources.ts';
import type { Amounts, Entry, Line, PlantedIncident, SourceName, SourceTruth, Truth } from './types.ts';

const BASELINE_DAYS = 28;

interface Span {
  readonly start: Day;
  readonly today: Day;
}

export type Bills = Readonly<Record<SourceName, readonly Entry[]>>;

export function truthOf(bills: Bills, span: Span): Truth {
  const months = ledger();
  const models = ledger();
  const unclaimed = ledger();
  const pools = ledger();
  for (const source of Object.values(SOURCES)) {
    for (const { line, category, start, effective } of bills[source.name]) {
      months.add(start.slice(0, 7), source.currency, effective);
      if (line.model) models.add(line.model, source.currency, effective);
      if (category === 'Usage' && line.team === undefined) unclaimed.add('', source.currency, effective);
      const pool = poolOf(line);
      if (pool) pools.add(pool, source.currency, effective);
    }
  }
  const { aws, gcp, azure, openai, anthropic } = SOURCES;
  return {
    start: span.start,
    end: addDays(span.today, -1),
    sources: {
      aws: sourceTruth(aws, bills.aws, span),
      gcp: sourceTruth(gcp, bills.gcp, span),
      azure: sourceTruth(azure, bills.azure, span),
      openai: sourceTruth(openai, bills.openai, span),
      anthropic: sourceTruth(anthropic, bills.anthropic, span),
    },
    months: months.amounts(),
    models: models.amounts(),
    unclaimed: unclaimed.amounts()[''] ?? {},
    pools: pools.amounts(),
    incidents: INCIDENTS.filter(({ from }) => addDays(span.today, -from - BASELINE_DAYS) >= span.start).map(
      (incident) => planted(incident, bills[incident.source], span),
    ),
  };
}

/** Which split shares it: what team platform runs for everybody, and the data that everybody trains on. */
function poolOf({ team, use }: Line): string | undefined {
  if (team !== 'platform') return undefined;
  if (use.stage === 'other') return 'shared platform';
  return use.stage === 'data' && use.meter === 'aws-s3' ? 'training data lake' : undefined;
}

/** Exact sums per key and currency. */
function ledger() {
  const sums = new Map<string, Map<string, bigint>>();
  return {
    add(key: string, currency: string, amount: bigint): void {
      const row = sums.get(key) ?? new Map<string, bigint>();
      sums.set(key, row.set(currency, (row.get(currency) ?? 0n) + amount));
    },
    amounts(): Record<string, Amounts> {
      return Object.fromEntries(
        [...sums].map(([key, row]) => [
          key,
          Object.fromEntries([...row].map(([currency, sum]) => [currency, formatCost(sum)])),
        ]),
      );
    },
  };
}

function completeUntil(source: BillSource, today: Day): Day {
  return addDays(today, -source.lag - (source.newest < 1 ? 1 : 0));
}

function sourceTruth(source: BillSource, entries: readonly Entry[], { today }: Span): SourceTruth {
  return {
    currency: source.currency,
    rows: entries.length,
    effectiveCost: formatCost(entries.reduce((sum, { effective }) => sum + effective, 0n)),
    billedCost: formatCost(entries.reduce((sum, { billed }) => sum + billed, 0n)),
    completeUntil: completeUntil(source, today),
    partialDay: source.newest < 1 ? addDays(today, -source.lag) : undefined,
  };
}

function planted(incident: Incident, entries: readonly Entry[], { today }: Span): PlantedIncident {
  const { id, cause, team, scope, from, to } = incident;
  const source = SOURCES[incident.source];
  const day = addDays(today, -from);
  const last = completeUntil(source, today);
  const endDay = to === undefined ? last : earlier(addDays(today, -to), last);
  const inScope = entries.filter(
    ({ line }) =>
      line.model === scope.model &&
      line.use.stage === scope.stage &&
      (scope.service === undefined || meterOf(line.use.meter).service === scope.service),
  );
  const mean = (first: Day, until: Day): string => {
    const during = inScope.filter(({ start }) => start >= first && start <= until);
    const days = BigInt((Date.parse(until) - Date.parse(first)) / 86_400_000 + 1);
    return formatCost(
      divideRounded(
        during.reduce((sum, { effective }) => sum + effective, 0n),
        days,
      ),
    );
  };
  return {
    id,
    cause,
    source: incident.source,
    team,
    scope,
    resourceId: resourceIdOf(incident, source, day),
    day,
    endDay,
    open: to === undefined,
    currency: source.currency,
    expectedPerDay: mean(addDays(day, -BASELINE_DAYS), addDays(day, -1)),
    actualPerDay: mean(day, endDay),
  };
}

/** Project name for LLM vendors, which have no resources. */
function resourceIdOf(incident: Incident, source: BillSource, day: Day): string {
  const { meter, resource, kind } = incident.effect;
  const lines = kind === 'extra' ? incidentLines(source.name).map(({ line }) => line) : linesOf(source.name);
  const line = lines.find(({ use }) => use.resource === resource && use.meter.startsWith(meter));
  if (!line) return resource;
  const name = kind === 'extra' ? `${resource}-${day.replaceAll('-', '')}` : resource;
  if (source.name === 'aws') return awsResourceId(source, line, name);
  return source.name === 'gcp' ? gcpResourceId(source, line, name) : name;
}
