/** One spelling per thing: configured names and aliases for teams and models, fixed words for stages. */
import type { Dimension } from '../../core/dimension.ts';
import type { Settings } from '../../core/settings.ts';
import { foldKey, foldValue } from './fold.ts';

export type Canonicalise = (dimension: Dimension, value: string) => string;

const LOWER_CASED: readonly Dimension[] = ['team', 'model', 'stage', 'environment', 'feature'];
const STAGES = ['training', 'inference', 'data', 'other'];

/**
 * Spells a dimension's value: a configured name, alias or `values` spelling becomes its canonical form;
 * an unknown stage becomes "other"; other unknown values are trimmed, and lower-cased for the dimensions
 * whose spelling varies in practice.
 */
export function createCanonicalise(settings: Settings): Canonicalise {
  const known = new Map<string, string>();
  const learn = (dimension: Dimension, spelling: string, canonical: string) => {
    const key = `${dimension}:${foldKey(spelling)}`;
    if (!known.has(key)) known.set(key, canonical);
  };
  for (const team of settings.teams)
    for (const name of [team.name, team.title]) learn('team', name, team.name);
  for (const model of settings.models)
    for (const name of [model.name, model.title, ...model.aliases]) learn('model', name, model.name);
  for (const stage of STAGES) learn('stage', stage, stage);
  for (const { dimension, values } of settings.dimensions)
    for (const [canonical, spellings] of Object.entries(values))
      for (const spelling of [canonical, ...spellings]) learn(dimension, spelling, canonical);
  return (dimension, value) => {
    const canonical = known.get(`${dimension}:${foldKey(value)}`);
    if (canonical !== undefined) return canonical;
    if (dimension === 'stage') return 'other';
    return LOWER_CASED.includes(dimension) ? foldValue(value) : value.trim();
  };
}
