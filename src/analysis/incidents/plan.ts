/** Which rule decides about a place: the narrowest one that it lies under. */
import type { AnomalyRule, AnomalySettings } from '../../core/analysis-settings.ts';
import type { Scope } from '../../core/scope.ts';
import { type ScopePath, sliceOf } from '../../core/scope-path.ts';

/** How a place is judged; amounts in micros of the reporting currency. */
export interface Plan
  extends Omit<
    AnomalySettings,
    'rules' | 'enabled' | 'severity' | 'notify' | 'renotifyHours' | 'escalateHours'
  > {
  readonly mute: boolean;
  /** The rule that decided, if any. */
  readonly rule?: AnomalyRule;
}

/** From the widest to the narrowest. */
const WIDTH: readonly (Scope['kind'] | 'stage')[] = [
  ...(['org', 'provider', 'environment', 'feature', 'experiment', 'key'] as const),
  ...(['team', 'service', 'model', 'stage'] as const),
];

/** The plan of a place. Of two rules as narrow, the later one decides. */
export function planOf(settings: AnomalySettings, path: ScopePath): Plan {
  let narrowest: AnomalyRule | undefined;
  for (const rule of settings.rules)
    if (covers(rule.scope, path) && (!narrowest || width(rule.scope) >= width(narrowest.scope)))
      narrowest = rule;
  const { detector, params, direction, minimumImpactMicros, minimumShare, minimumDays } = settings;
  const usual = { detector, params, direction, minimumImpactMicros, minimumShare, minimumDays };
  if (!narrowest) return { ...usual, mute: false };
  const { scope: _scope, per: _per, ...said } = narrowest;
  // Parameters belong to the detector they were written for.
  const own = said.detector !== undefined && said.detector !== detector ? { params: said.params ?? {} } : {};
  return { ...usual, ...own, ...said, rule: narrowest };
}

function width(scope: Scope): number {
  return WIDTH.indexOf(scope.kind === 'model' && scope.stage ? 'stage' : scope.kind);
}

/** Whether a place is what the scope says, or lies below it. */
export function covers(scope: Scope, path: ScopePath): boolean {
  const slice = sliceOf(path);
  if (scope.kind === 'org') return true;
  if (slice) return scope.kind === slice.column && scope.name === slice.value;
  const [team, model, stage, service] = path;
  switch (scope.kind) {
    case 'team':
      return team === scope.name;
    case 'model':
      return model === scope.name && (scope.stage === undefined || stage === scope.stage);
    case 'service':
      return service === scope.name;
    case 'provider':
    case 'environment':
    case 'feature':
    case 'experiment':
    case 'key':
      return false;
  }
}

/** Whether a place is just what the scope says. */
export function isScope(scope: Scope, path: ScopePath): boolean {
  if (scope.kind === 'org') return path.length === 0;
  if (!covers(scope, path)) return false;
  if (sliceOf(path)) return true;
  const depth = scope.kind === 'team' ? 1 : scope.kind === 'model' ? (scope.stage ? 3 : 2) : 0;
  return path.length === depth;
}
