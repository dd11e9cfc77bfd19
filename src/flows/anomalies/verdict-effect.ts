/** What a verdict changes: the alarms of its place in the last 90 days, with and without it. */
import { hintsOfTree, type Said } from '../../analysis/incidents/hints.ts';
import { judgeNode, readyDetector } from '../../analysis/incidents/judge-node.ts';
import { planOf } from '../../analysis/incidents/plan.ts';
import { addDays, daysBetween } from '../../core/day.ts';
import { pathKey } from '../../core/scope-path.ts';
import { dayOfStamp } from '../../core/series.ts';
import { listAnomalies, type StoredAnomaly } from '../../store/anomalies.ts';
import { gatesOf } from '../analyse/judge-tree.ts';
import type { Context } from '../context.ts';
import { loadPlace } from '../judged-series/load-place.ts';

/** Days that are looked at. */
export const EFFECT_DAYS = 90;

export interface VerdictEffect {
  /** Alarms of the place in these days as they would have been before the verdict, and with it. */
  readonly before: number;
  readonly after: number;
  /** How much wider (over 1) or narrower the band is now than it was. */
  readonly bandRatio: number;
}

/** Undefined when the place has no complete day any more. */
export async function verdictEffect(
  context: Context,
  anomaly: StoredAnomaly,
  previous: StoredAnomaly,
): Promise<VerdictEffect | undefined> {
  const { path, judgedThrough } = anomaly;
  const place = await loadPlace(context, path, dayOfStamp(judgedThrough));
  if (!place) return undefined;
  const { tree, node } = place;
  const others = (await listAnomalies(context.store, { judged: true })).filter(({ id }) => id !== anomaly.id);
  const plan = planOf(context.settings.anomalies, path);
  const main = readyDetector(plan.detector, plan.params);
  const gates = gatesOf(plan, node);
  const fresh = readyDetector('new-spend', { minimum: gates.minimumImpact });
  const drift = readyDetector('drift', {});
  const series = { grain: 'day' as const, start: tree.start, values: node.values };
  const index = tree.nodes.findIndex((one) => pathKey(one.path) === pathKey(path));
  const from = daysBetween(tree.start, addDays(dayOfStamp(judgedThrough), 1 - EFFECT_DAYS));
  const judge = (said: readonly StoredAnomaly[]) => {
    const hints = hintsOfTree(tree, [], said.flatMap(saidOf)).get(index);
    const { flags } = judgeNode(series, { main, fresh, drift, gates }, hints);
    return { alarms: flags.filter(({ last }) => last >= from).length, band: hints?.bandFactor ?? 1 };
  };
  const [before, after] = [judge([...others, previous]), judge([...others, anomaly])];
  return { before: before.alarms, after: after.alarms, bandRatio: after.band / before.band };
}

function saidOf({ path, related, feedback, firstStamp, lastStamp, expectedUntil }: StoredAnomaly): Said[] {
  if (!feedback) return [];
  const days = { startDay: dayOfStamp(firstStamp), endDay: dayOfStamp(lastStamp) };
  const bounded = feedback === 'expected' && expectedUntil !== undefined;
  return [{ path, related: related.map((one) => one.path), verdict: feedback, bounded, ...days }];
}
