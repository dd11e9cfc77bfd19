/** The configuration as a table, derived from the schema: for the README and the example file. */
import * as z from 'zod';
import { factsOf } from '../core/field.ts';
import { VARIABLES } from './environment.ts';
import { PennywatchYaml } from './schema.ts';
import { unwrap } from './shape.ts';

export interface SettingReference {
  /** For example "teams[].members[].email"; NAME stands for keys that all take the same ("dimensions.NAME.tags"). */
  readonly path: string;
  readonly type: string;
  /** In words; "required" for what must be written, "none" where absence means nothing. */
  readonly default: string;
  readonly meaning: string;
}

/** Every key of pennywatch.yaml, in the order of the schema. */
export function settingsReference(): SettingReference[] {
  return walk(PennywatchYaml, '');
}

/** Every key of another schema, for example of a live source's own settings. */
export function schemaReference(schema: z.ZodType): SettingReference[] {
  return walk(schema, '');
}

/** Every environment variable. */
export function environmentReference(): SettingReference[] {
  return Object.entries(VARIABLES).flatMap(([path, schema]) => entry(schema, path));
}

function walk(schema: z.ZodType, path: string): SettingReference[] {
  const own = entry(schema, path);
  if (own.length > 0) return own;
  const inside = unwrap(schema);
  if (inside instanceof z.ZodArray) return walk(inside.element as z.ZodType, `${path}[]`);
  if (!(inside instanceof z.ZodObject)) throw new Error(`The setting ${path} has no description.`);
  const children = Object.entries(inside.shape) as [string, z.ZodType][];
  const alike = children.length > 1 && new Set(children.map(([, child]) => unwrap(child))).size === 1;
  const listed = alike ? children.slice(0, 1).map(([, child]) => ['NAME', child] as const) : children;
  return listed.flatMap(([key, child]) => walk(child, path ? `${path}.${key}` : key));
}

function entry(schema: z.ZodType, path: string): SettingReference[] {
  const facts = factsOf(schema);
  if (!facts) return [];
  const optional = schema.safeParse(undefined).success;
  return [
    {
      path,
      type: facts.type,
      default: facts.fallback ?? (optional ? 'none' : 'required'),
      meaning: facts.meaning,
    },
  ];
}
