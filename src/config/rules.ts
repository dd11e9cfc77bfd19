/** Checks allocation: conditions on columns that exist, rules that match and set something, values that mean one thing. */
import { DIMENSIONS } from '../core/dimension.ts';
import { FOCUS_COLUMNS, type FocusColumn } from '../core/settings.ts';
import { closest, fold } from './closest.ts';
import { ENVIRONMENTS, STAGES } from './default-dimensions.ts';
import type { Part, Said } from './draft.ts';
import { found, mismatch } from './problem.ts';
import { type Place, repeated } from './repeated.ts';
import type { Finding } from './shape.ts';

const TAG = 'tags.';

export function checkRules(root: Part, place: Place): Finding[] {
  const rules = root.part('allocation').list('rules');
  return [
    ...repeated(
      rules.flatMap((rule) => rule.said('name') ?? []),
      'rule',
      place,
    ),
    ...rules.flatMap((rule) => [...checkMatch(rule), ...checkSet(rule)]),
  ];
}

/** A key of `match`: a FOCUS column, a tag, or neither. */
export function conditionKey(key: string): { column: FocusColumn } | { tag: string } | undefined {
  const column = FOCUS_COLUMNS.find((name) => name === key);
  if (column) return { column };
  const tag = key.startsWith(TAG) ? key.slice(TAG.length).trim() : '';
  return tag ? { tag } : undefined;
}

function checkMatch(rule: Part): Finding[] {
  const match = rule.part('match');
  if (isEmptyMapping(rule.raw('match')))
    return [
      {
        path: match.path,
        message: 'found no condition, expected at least one, for example ServiceName: Amazon SageMaker',
      },
    ];
  return match.keys().flatMap((key) => {
    if (conditionKey(key)) return [];
    const tag = /^tags?[.:](.+)$/iu.exec(key)?.[1];
    const candidates = tag ? [`${TAG}${tag}`, ...FOCUS_COLUMNS] : FOCUS_COLUMNS;
    return [
      {
        path: [...match.path, key],
        message: mismatch(key, 'a FOCUS column or tags.KEY', closest(key, candidates)),
      },
    ];
  });
}

function checkSet(rule: Part): Finding[] {
  if (!isEmptyMapping(rule.raw('set'))) return [];
  return [
    {
      path: [...rule.path, 'set'],
      message: `found nothing to set, expected at least one of ${DIMENSIONS.join(', ')}`,
    },
  ];
}

function isEmptyMapping(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((item) => item === undefined)
  );
}

const ALLOWED: Readonly<Record<string, readonly string[]>> = { stage: STAGES, environment: ENVIRONMENTS };

/** Stage and environment have fixed values, and a spelling may mean one value only. */
export function checkDimensions(root: Part, place: Place): Finding[] {
  const dimensions = root.part('dimensions');
  return dimensions.keys().flatMap((dimension) => {
    const values = dimensions.part(dimension).part('values');
    const allowed = ALLOWED[dimension];
    const wrong = values.keys().flatMap((value) => {
      if (!allowed || allowed.includes(value)) return [];
      return [
        {
          path: [...values.path, value],
          message: mismatch(value, `one of ${allowed.join(', ')}`, closest(value, allowed)),
        },
      ];
    });
    return [...wrong, ...ambiguous(values, place)];
  });
}

function ambiguous(values: Part, place: Place): Finding[] {
  const meanings = new Map<string, { value: string; said: Said }>();
  for (const value of values.keys())
    meanings.set(fold(value), { value, said: { text: value, path: [...values.path, value] } });
  return values.keys().flatMap((value) =>
    values.saidList(value).flatMap((said) => {
      const before = meanings.get(fold(said.text));
      if (!before) meanings.set(fold(said.text), { value, said });
      if (!before || before.value === value) return [];
      return [
        {
          path: said.path,
          message: `found ${found(said.text)}, which already means ${found(before.value)} (${place(before.said.path)}), expected each spelling to mean one value`,
        },
      ];
    }),
  );
}
