/** Incidents as they stood on a day: what detectors said up to then, and nothing of later. */
import { chooseLevels } from './choose-level.ts';
import { groupIncidents } from './group.ts';
import type { CostNode, Flag, Incident, Judged, NodeVerdict } from './types.ts';

/**
 * The incidents of the judged tree that touch the days from `from` to `upTo` (indexes, both included), knowing
 * nothing after `upTo`. Detectors are causal, so cutting what they said is the same as judging a shorter series.
 */
export function incidentsAsOf(
  judged: Judged,
  {
    from,
    upTo,
    named,
  }: { readonly from: number; readonly upTo: number; readonly named: (node: number) => boolean },
): Incident[] {
  const nodes = judged.nodes.map((node) =>
    node.values.length > upTo + 1 ? { ...node, values: node.values.subarray(0, upTo + 1) } : node,
  );
  const verdicts = judged.verdicts.map((verdict, index) =>
    verdict.flags.length === 0
      ? verdict
      : {
          ...verdict,
          flags: verdict.flags.flatMap((flag) => cut(flag, verdict, nodes[index], { from, upTo })),
        },
  );
  const asOf = { nodes, verdicts };
  return groupIncidents(asOf, chooseLevels(asOf), named);
}

function cut(
  flag: Flag,
  { expected, gates }: NodeVerdict,
  node: CostNode | undefined,
  { from, upTo }: { readonly from: number; readonly upTo: number },
): Flag[] {
  if (flag.last < from || flag.first > upTo) return [];
  if (Math.min(flag.last, upTo) - flag.first + 1 < gates.minimumSteps) return [];
  if (flag.last <= upTo || !node || flag.detector === 'drift')
    return [{ ...flag, last: Math.min(flag.last, upTo) }];
  let [actual, usual, days] = [0, 0, 0];
  for (let day = flag.first; day <= upTo; day++) {
    const [value, before] = [node.values[day] ?? Number.NaN, expected?.[day] ?? Number.NaN];
    if (Number.isNaN(value) || Number.isNaN(before)) continue;
    actual += value;
    usual += before;
    days++;
  }
  if (days === 0) return [];
  return [{ ...flag, last: upTo, excess: actual - usual, actual: actual / days, expected: usual / days }];
}
