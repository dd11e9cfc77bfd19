/** Breaks a payload in the ways that broken, hostile and future senders do. */
import type { Random } from './random.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Path = readonly (string | number)[];

/** The same payload with `times` places broken. `ids` are values that belong elsewhere: people, teams, buttons. */
export function mutate(payload: Json, random: Random, ids: readonly string[], times: number): Json {
  let mutated = payload;
  for (let count = 0; count < times; count += 1) {
    const paths = pathsOf(mutated);
    if (paths.length === 0) return mutated;
    mutated = change(mutated, random.pick(paths), (value) => broken(value, random, ids));
  }
  return mutated;
}

const GONE = Symbol('gone');
const STRANGE: readonly Json[] = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '‮evil',
  '💸'.repeat(50),
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́O̵̹̻̝̳͂̌̌͘',
  '<!channel> <@U0MALLORY>',
  '\'; DROP TABLE "Proposal"; --',
  '../../etc/passwd',
  '{{7*7}}#{7*7}',
  'true',
  '-1',
  '1e309',
  '99999999999999999999',
  'NaN',
];

function broken(value: Json, random: Random, ids: readonly string[]): Json | typeof GONE {
  switch (random.below(12)) {
    case 0:
    case 1:
      return GONE;
    case 2:
      return null;
    case 3:
      return random.pick<Json>([0, -1, 1.5, 9e15, true, false]);
    case 4:
      return random.pick<Json>([[], {}, [[]], [null], [[[[[[value]]]]]]]);
    case 5:
      return [value, value];
    case 6:
      return { value, type: 'button' };
    case 7:
      return 'x'.repeat(random.pick([76, 256, 3_001, 20_000]));
    case 8:
      return random.pick(STRANGE);
    case 9:
      // As text: an object literal would set the prototype here instead of sending the key.
      return JSON.parse(random.pick(POLLUTIONS));
    default:
      return random.pick(ids);
  }
}

const POLLUTIONS = [
  '{"__proto__":{"admin":true,"do":"command","text":"budget set model:ranker 1"}}',
  '{"constructor":{"prototype":{"admin":true}}}',
  '{"toString":null,"hasOwnProperty":1,"length":-1}',
  '{"then":"me","toJSON":"x"}',
];

/** Every place in the payload, leaves more often than trunks. */
function pathsOf(value: Json, at: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => pathsOf(item, [...at, index]));
  if (typeof value !== 'object' || value === null) return at.length > 0 ? [at] : [];
  const inner = Object.entries(value).flatMap(([key, item]) => pathsOf(item, [...at, key]));
  return at.length > 0 ? [at, ...inner] : inner;
}

function change(value: Json, [step, ...rest]: Path, to: (value: Json) => Json | typeof GONE): Json {
  if (step === undefined) return value;
  const copy: Record<string | number, Json> | Json[] = Array.isArray(value)
    ? [...value]
    : { ...(value as Record<string, Json>) };
  const inner = (copy as Record<string | number, Json>)[step] ?? null;
  const changed = rest.length > 0 ? change(inner, rest, to) : to(inner);
  if (changed === GONE) delete (copy as Record<string | number, Json>)[step];
  else (copy as Record<string | number, Json>)[step] = changed;
  return copy;
}
