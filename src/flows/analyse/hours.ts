/** Hours of days that are not complete yet: what runs away is seen the same day where a source bills by the hour. */
import { excessPerDay, excessShare } from '../../analysis/detectors/severity.ts';
import { incidentsAsOf } from '../../analysis/incidents/as-of.ts';
import { describeIncident, severityBy } from '../../analysis/incidents/describe.ts';
import { growTree } from '../../analysis/incidents/grow-tree.ts';
import { judgeNode, readyDetector } from '../../analysis/incidents/judge-node.ts';
import { matchIncidents } from '../../analysis/incidents/match.ts';
import { planOf } from '../../analysis/incidents/plan.ts';
import type { CostNode, CostPart, Incident, NodeVerdict } from '../../analysis/incidents/types.ts';
import type { FoundAnomaly } from '../../core/anomaly.ts';
import { addDays, daysBetween, msToDay } from '../../core/day.ts';
import { microsToNumber } from '../../core/money.ts';
import { dayOfStamp, stampAt } from '../../core/series.ts';
import { eachCell, readScopeHours } from '../../store/scope-costs.ts';
import type { Context } from '../context.ts';
import { newestRates } from './load-tree.ts';
import type { Scored } from './score.ts';

/** Hours are kept so many days. */
const HOUR_DAYS = 35;
/** The newest hours may be filled only in part: too little is no sign then, too much is. */
const ARRIVING_HOURS = 2;
/** So many hours in a row, and twice the least impact of a day spread evenly over it. */
const HOURS_IN_A_ROW = 4;
const STEEP = 2;
/** What ended longer ago is left to the day. */
const NEWEST_HOURS = 12;
/** Models and what is below them run away; teams do not. */
const SHALLOWEST = 2;

/** Rises within days that are not judged as whole days yet, and that no found incident tells already. Increases only. */
export async function hourlyIncidents(
  context: Pick<Context, 'store' | 'settings' | 'now'>,
  scored: Scored,
  daily: readonly FoundAnomaly[],
): Promise<FoundAnomaly[]> {
  const today = msToDay(context.now());
  const start = addDays(today, 1 - HOUR_DAYS);
  const length = HOUR_DAYS * 24;
  const parts = await readParts(context, { start, end: today }, length);
  if (parts.length === 0) return [];
  const tree = growTree(parts, {
    start: `${start}T00`,
    length,
    reporting: context.settings.currency,
    rateOf: newestRates(context),
    sources: sourceHours(parts, length),
  });
  const judged = {
    nodes: tree.nodes,
    verdicts: tree.nodes.map((node) => judgeHours(context, node, tree.start)),
  };
  const found = incidentsAsOf(judged, { from: 0, upTo: length - 1, named: () => false })
    .filter(({ node, flag }) => flag.last >= (judged.nodes[node]?.values.length ?? 0) - NEWEST_HOURS)
    .map((incident) => describe(context, judged, incident, tree.start))
    .filter((one) => isWorthIt(context, one, scored));
  return [...matchIncidents(daily, found).fresh];
}

async function readParts(
  { store }: Pick<Context, 'store'>,
  span: { readonly start: string; readonly end: string },
  length: number,
): Promise<CostPart[]> {
  const parts = new Map<string, CostPart>();
  for await (const rows of readScopeHours(store, span))
    for (const { team, model, stage, service, currency, source, month, cells } of rows) {
      const path = [team, model, stage, service];
      const key = JSON.stringify([path, currency, source]);
      const part = parts.get(key) ?? { path, currency, source, values: new Float64Array(length) };
      parts.set(key, part);
      const offset = daysBetween(span.start, month) - 1;
      const add = (stamp: number, micros: number) => {
        const hour = (offset + Math.floor(stamp / 100)) * 24 + (stamp % 100);
        part.values[hour] = (part.values[hour] ?? 0) + micros / 1e6;
      };
      eachCell(cells, add, 4);
    }
  return [...parts.values()];
}

/** A source's hours are known from its first charge to shortly before its newest. */
function sourceHours(parts: readonly CostPart[], length: number) {
  const ends = new Map<string, { first: number; last: number }>();
  for (const { source, values } of parts) {
    const { first, last } = ends.get(source) ?? { first: length, last: -1 };
    const begin = values.findIndex((value) => value > 0);
    const end = values.findLastIndex((value) => value > 0);
    ends.set(source, { first: Math.min(first, begin), last: Math.max(last, end) });
  }
  return new Map(
    [...ends].map(([source, { first, last }]) => [
      source,
      { through: last - ARRIVING_HOURS, known: new Uint8Array(length).fill(1, first) },
    ]),
  );
}

function judgeHours({ settings }: Pick<Context, 'settings'>, node: CostNode, start: string): NodeVerdict {
  const plan = planOf(settings.anomalies, node.path);
  const aDay = microsToNumber(plan.minimumImpactMicros) / (node.rate || 1);
  const gates = {
    direction: 'up',
    minimumImpact: (STEEP * aDay) / 24,
    minimumShare: plan.minimumShare,
    minimumSteps: HOURS_IN_A_ROW,
  } as const;
  const newest = node.values.subarray(-24).reduce((sum, value) => sum + (value || 0), 0);
  const looked = node.path.length >= SHALLOWEST && newest >= aDay && plan.direction !== 'down';
  if (plan.mute || !looked) return { gates, flags: [], ...(plan.mute && { muted: true }) };
  const options = {
    main: readyDetector('seasonal'),
    fresh: readyDetector('new-spend', { minimum: gates.minimumImpact }),
    gates,
  };
  return judgeNode({ grain: 'hour', start, values: node.values }, options);
}

function describe(
  { settings }: Pick<Context, 'settings'>,
  judged: { readonly nodes: readonly CostNode[]; readonly verdicts: readonly NodeVerdict[] },
  incident: Incident,
  start: string,
): FoundAnomaly {
  const { flag, node } = incident;
  const { rate = 1, values = [] } = judged.nodes[node] ?? {};
  const terms = { start: dayOfStamp(start), severity: settings.anomalies.severity, upTo: values.length - 1 };
  const stamp = (index: number) => stampAt({ grain: 'hour', start }, index);
  return {
    ...describeIncident(judged, incident, terms),
    grain: 'hour',
    firstStamp: stamp(flag.first),
    lastStamp: stamp(flag.last),
    judgedThrough: stamp(Math.max(flag.last, values.length - 1)),
    // What it has really cost: one dear hour is not taken times 24.
    severity: severityBy(settings.anomalies.severity, {
      excessPerDay: excessPerDay(flag, 'hour') * (Number.isNaN(rate) ? 1 : rate),
      share: excessShare(flag),
    }),
  };
}

/** Beyond the days that are judged whole, and already as much as counts for a day. */
function isWorthIt(
  { settings, ...context }: Pick<Context, 'settings' | 'now'>,
  found: FoundAnomaly,
  scored: Scored,
) {
  const node = scored.nodeOf(found.path);
  const whole = node ? addDays(scored.start, node.values.length - 1) : scored.end;
  const rate = newestRates({ settings, ...context })(found.currency) ?? 1;
  const least = planOf(settings.anomalies, found.path).minimumImpactMicros;
  return (
    dayOfStamp(found.lastStamp) > whole && microsToNumber(found.excessMicros) * rate >= microsToNumber(least)
  );
}
