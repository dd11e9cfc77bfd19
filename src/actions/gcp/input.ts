/** What an action is handed, checked: what a bill says becomes part of a host and a path. */
import * as z from 'zod';
import { AppError } from '../../core/errors.ts';
import type { ActionInput } from '../types.ts';

/** Ids (also "example.com:old-project") and numbers of projects. */
export const project = z.string().regex(/^(([a-z0-9][a-z0-9.-]*:)?[a-z][a-z0-9-]{2,60}|\d{1,20})$/);
/** Regions and zones; part of a host. */
export const location = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/);
/** Names and ids of resources. */
export const name = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,127}$/);

/** An action that takes none refuses what somebody wrote beside it: it would be believed to count. */
const NONE = z.record(z.string(), z.string()).refine((given) => Object.keys(given).length === 0, {
  error: 'nothing: this action has no parameters',
});

/** The input of an action on one kind, from the schema of its parts. */
export function inputOf(kind: string, parts: z.ZodType<Record<string, string>>): z.ZodType<ActionInput> {
  return z.object({
    ref: z.object({
      resourceId: z.string(),
      provider: z.literal('gcp'),
      kind: z.literal(kind),
      name: z.string(),
      account: z.string(),
      region: z.string().optional(),
      parts,
    }),
    parameters: NONE,
  });
}

/** The parts of the resource. Throws INVALID when they cannot be those of one. */
export function readParts<T>(schema: z.ZodType<T>, { ref }: ActionInput): T {
  const read = schema.safeParse(ref.parts);
  if (read.success) return read.data;
  throw new AppError(
    'INVALID',
    `${ref.resourceId.slice(0, 120)} is not the name of a resource of Google Cloud that can be asked for.`,
  );
}
