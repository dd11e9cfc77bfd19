/** Every line that recurs on a source's bill: the models' uses, the shared ones and the incidents' own. */
import { INCIDENTS } from './incidents.ts';
import type { SourceName } from './meter.ts';
import { meterOf } from './meters.ts';
import { MODELS } from './models.ts';
import { SHARED_USES } from './shared.ts';
import type { Line, ModelSeed, Use } from './types.ts';

const USUAL_GROWTH = 0.045;

/** Lines of one source, in a stable order. */
export function linesOf(source: SourceName): Line[] {
  const own = MODELS.flatMap((model) => model.uses.map((use) => modelLine(model, use)));
  const shared = SHARED_USES.map(({ use, team, model }) =>
    line(use, { team, model, growth: USUAL_GROWTH / 2, versioned: false }),
  );
  return [...own, ...shared].filter(({ use }) => meterOf(use.meter).source === source).flatMap(eachInstance);
}

/** Lines that exist only because of an incident, with the incident they belong to. */
export function incidentLines(source: SourceName): { incident: (typeof INCIDENTS)[number]; line: Line }[] {
  return INCIDENTS.flatMap((incident) => {
    const { effect, scope } = incident;
    if (effect.kind !== 'extra' || incident.source !== source) return [];
    const { meter, resource, environment, perDay } = effect;
    const use: Use = {
      meter,
      resource,
      environment,
      stage: scope.stage,
      shape: 'steady',
      monthly: { units: perDay },
      tagging: 'full',
    };
    return [
      { incident, line: line(use, { team: incident.team, model: scope.model, growth: 0, versioned: false }) },
    ];
  });
}

function modelLine(model: ModelSeed, use: Use): Line {
  const from = use.from ?? model.launched;
  const until = use.until ?? model.retired;
  const dated = { ...use, ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
  const { team, name, growth = USUAL_GROWTH, versioned = false } = model;
  return line(dated, { team, model: name, growth, versioned });
}

function line(use: Use, rest: Omit<Line, 'key' | 'use'>): Line {
  return { key: `${use.meter}|${use.resource}|${use.environment}`, use, ...rest };
}

/** A pool shares its cost evenly between its machines. */
function eachInstance(pool: Line): Line[] {
  const { use } = pool;
  const { instances = 1, monthly } = use;
  if (instances === 1) return [pool];
  const each = 'cost' in monthly ? { cost: monthly.cost / instances } : { units: monthly.units / instances };
  return Array.from({ length: instances }, (_, index) => {
    const resource = `${use.resource}-${index + 1}`;
    return { ...pool, key: `${pool.key}|${index + 1}`, use: { ...use, resource, monthly: each } };
  });
}
