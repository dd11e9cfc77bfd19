/** In which environment a resource is, as its own tags and the bill say. */
import type { Settings } from '../../core/settings.ts';
import { foldKey } from '../allocate/fold.ts';
import { createCanonicalise } from '../allocate/names.ts';
import { foldTags } from '../allocate/rules.ts';

/**
 * The more guarded of what live tags and the bill's allocation say: prod where either does. Undefined when neither says
 * anything.
 */
export function environmentOf(
  tags: Readonly<Record<string, string>>,
  billed: string | undefined,
  settings: Settings,
): string | undefined {
  const live = tagged(tags, 'environment', settings);
  return live === 'prod' || billed === 'prod' ? 'prod' : (live ?? billed);
}

/** What live tags say of one dimension, as the bill would; undefined when they say nothing. */
export function tagged(
  tags: Readonly<Record<string, string>>,
  dimension: 'team' | 'model' | 'environment',
  settings: Settings,
): string | undefined {
  const folded = foldTags(tags);
  const keys = settings.dimensions.find((one) => one.dimension === dimension)?.tags ?? [];
  const value = keys.map((key) => folded.get(foldKey(key))?.value).find((one) => one !== undefined);
  return value === undefined ? undefined : createCanonicalise(settings)(dimension, value);
}
