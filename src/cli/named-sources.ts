/** Which sources somebody means by the names they typed: configured ones, or a kind with its defaults. */
import { closestNames } from '../analysis/closest.ts';
import { closest } from '../config/closest.ts';
import { defaultSource } from '../config.ts';
import { AppError } from '../core/errors.ts';
import type { SourceSettings } from '../core/settings.ts';
import type { AnySource } from '../sources/types.ts';

/**
 * Configured sources by name or, where there is one of it, by kind; a kind that has no entry is one with its defaults.
 * Throws INVALID for other names.
 */
export function pickSources(
  configured: readonly SourceSettings[],
  kinds: readonly AnySource[],
  names: readonly string[],
): SourceSettings[] {
  return [...new Set([...new Set(names)].map((name) => pickSource(configured, kinds, name)))];
}

function pickSource(
  configured: readonly SourceSettings[],
  kinds: readonly AnySource[],
  name: string,
): SourceSettings {
  const source = configured.find((one) => one.name === name);
  if (source) return source;
  const kind = kinds.find(({ id }) => id === name);
  if (!kind) throw unknownSource(name, configured, kinds);
  const [only, ...others] = configured.filter((one) => one.kind === name);
  if (only && others.length > 0) {
    const names = [only, ...others].map((one) => one.name);
    throw new AppError('INVALID', `There are several sources of the kind "${name}": ${names.join(', ')}.`, {
      hint: `Write which, for example ${only.name}.`,
    });
  }
  if (only) return only;
  return defaultSource(kind.id);
}

/** INVALID with the nearest name and everything there is. */
export function unknownSource(
  name: string,
  configured: readonly SourceSettings[],
  kinds: readonly AnySource[],
): AppError {
  const own = configured.map((source) => source.name);
  const ids = kinds.map(({ id }) => id);
  const known = [...own, ...ids];
  const meant = closest(name, known) ?? closestNames(name, known, 1)[0];
  const lists = [
    own.length > 0 ? `Configured: ${own.join(', ')}.` : 'None is configured in pennywatch.yaml.',
    `Kinds: ${ids.join(', ')}.`,
  ];
  return new AppError('INVALID', `There is no source "${name}".${meant ? ` Did you mean "${meant}"?` : ''}`, {
    hint: lists.join('\n'),
  });
}
