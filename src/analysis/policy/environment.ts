/** In which environment a resource is, as its own tags and the bill say. */
import type { Settings } from '../../core/settings.ts';
import { foldKey } from '../allocate/fold.ts';
import { createCanonicalise } from '../allocate/names.ts';
import { foldTags } from '../allocate/rules.ts';

/** What the settings and this policy speak of, whatever else people write in tags. */
const USUAL = ['dev', 'staging', 'prod'];

/**
 * The more guarded of what live tags and the bill's allocation say: prod where either does, in any of the tags that may
 * say it. Undefined when none says anything.
 */
export function environmentOf(
  tags: Readonly<Record<string, string>>,
  billed: string | undefined,
  settings: Settings,
): string | undefined {
  const said = allTagged(tags, 'environment', settings);
  return said.includes('prod') || billed === 'prod' ? 'prod' : (said[0] ?? billed);
}

/**
 * Whether anybody knows what the environment is: one of the usual ones, or one that the settings name. What somebody made
 * up in a tag ("prod-eu", "x") is none that rules could speak of.
 */
export function knownEnvironment(environment: string, settings: Settings): boolean {
  const named = settings.dimensions.find((one) => one.dimension === 'environment')?.values ?? {};
  return USUAL.includes(environment) || Object.hasOwn(named, environment);
}

/** What live tags say of one dimension, as the bill would; undefined when they say nothing. */
export function tagged(
  tags: Readonly<Record<string, string>>,
  dimension: 'team' | 'model' | 'environment',
  settings: Settings,
): string | undefined {
  const folded = foldTags(tags);
  const value = keysOf(dimension, settings)
    .map((key) => folded.get(key)?.value)
    .find((one) => one !== undefined);
  return value === undefined ? undefined : createCanonicalise(settings)(dimension, value);
}

/** Everything that tags say of it, the tag that counts first; also where two spellings of a key contradict each other. */
function allTagged(
  tags: Readonly<Record<string, string>>,
  dimension: 'environment',
  settings: Settings,
): string[] {
  const canonicalise = createCanonicalise(settings);
  const entries = Object.entries(tags).map(([key, value]) => ({ key: foldKey(key), value: value.trim() }));
  return keysOf(dimension, settings).flatMap((wanted) =>
    entries
      .filter(({ key, value }) => key === wanted && value !== '')
      .map(({ value }) => canonicalise(dimension, value)),
  );
}

function keysOf(dimension: 'team' | 'model' | 'environment', settings: Settings): string[] {
  return (settings.dimensions.find((one) => one.dimension === dimension)?.tags ?? []).map(foldKey);
}
