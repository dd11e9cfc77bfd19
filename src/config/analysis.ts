/** Anomalies, budget alerts and cost SLOs of pennywatch.yaml: checked against the rest of the file, and built. */
import { DEFAULT_DETECTOR } from '../analysis/detectors/registry.ts';
import type { AnomalyRule, AnomalySettings, SloSettings } from '../core/analysis-settings.ts';
import { decimalToMicros } from '../core/money.ts';
import { parseScope } from '../core/scope.ts';
import { checkDetector } from './detectors.ts';
import type { Part } from './draft.ts';
import { canonicalScope, type Known } from './known.ts';
import { type Place, repeated } from './repeated.ts';
import type { PennywatchYaml } from './schema.ts';
import { checkScope } from './scopes.ts';
import type { Finding } from './shape.ts';

/** Scopes that name something there is, SLOs with a name each, and detectors that there are. */
export function checkAnalysis(root: Part, known: Known, place: Place): Finding[] {
  const slos = root.list('slos');
  const anomalies = root.part('anomalies');
  const rules = anomalies.list('rules');
  const usual = anomalies.said('detector')?.text ?? DEFAULT_DETECTOR;
  return [
    ...repeated(
      slos.flatMap((slo) => slo.said('name') ?? []),
      'SLO',
      place,
    ),
    ...[...slos, ...rules].flatMap((part) => checkScope(part, known)),
    ...checkDetector(anomalies, DEFAULT_DETECTOR),
    ...rules.flatMap((rule) => checkDetector(rule, usual)),
  ];
}

/** Expects a document in which no check found anything. */
export function toAnomalies(yaml: PennywatchYaml['anomalies'], known: Known): AnomalySettings {
  const { severity, minimumImpact, minimumPercent, rules, ...rest } = yaml;
  return {
    ...rest,
    minimumImpactMicros: decimalToMicros(minimumImpact),
    minimumShare: Number(minimumPercent) / 100,
    severity: {
      medium: decimalToMicros(severity.medium),
      high: decimalToMicros(severity.high),
      critical: decimalToMicros(severity.critical),
    },
    rules: rules.map((rule) => toRule(rule, known)),
  };
}

function toRule(rule: PennywatchYaml['anomalies']['rules'][number], known: Known): AnomalyRule {
  const { scope, minimumImpact, minimumPercent, direction, minimumDays, detector, params, per, mute } = rule;
  return {
    scope: canonicalScope(parseScope(scope), known),
    mute,
    ...(detector !== undefined && { detector }),
    ...(Object.keys(params).length > 0 && { params }),
    ...(per !== undefined && { per }),
    ...(direction !== undefined && { direction }),
    ...(minimumDays !== undefined && { minimumDays }),
    ...(minimumImpact !== undefined && { minimumImpactMicros: decimalToMicros(minimumImpact) }),
    ...(minimumPercent !== undefined && { minimumShare: Number(minimumPercent) / 100 }),
  };
}

/** Expects an entry in which no check found anything. */
export function toSlo(slo: PennywatchYaml['slos'][number], known: Known, currency: string): SloSettings {
  return {
    name: slo.name,
    scope: canonicalScope(parseScope(slo.scope), known),
    per: slo.per,
    targetMicros: decimalToMicros(slo.target),
    currency: slo.currency ?? currency,
    windowDays: slo.window,
    objective: Number(slo.objective) / 100,
  };
}
