/** What Azure's actions take: a ResourceRef with the parts they need, and what a person may choose. */
import { z } from 'zod';
import type { ActionInput } from '../types.ts';

/** Names as they may stand in a path of Azure Resource Manager. */
const part = z.string().regex(/^[^/\\?#%&<>:*"]{1,260}$/, { error: 'a name without slashes' });
/** Nothing can be chosen. */
const none = z.record(z.string(), z.string()).refine((chosen) => Object.keys(chosen).length === 0, {
  error: 'nothing: this action has no parameters',
});

/** A schema for resources of these kinds that have at least these parts. */
export function azureInput(
  kinds: readonly string[],
  required: readonly string[],
  parameters: z.ZodType<Readonly<Record<string, string>>> = none,
): z.ZodType<ActionInput> {
  return z.object({
    ref: z.object({
      resourceId: z.string(),
      provider: z.literal('azure'),
      kind: z.string().refine((kind) => kinds.includes(kind), { error: `one of ${kinds.join(', ')}` }),
      name: z.string(),
      account: z.string(),
      region: z.string().optional(),
      parts: z.record(z.string(), part).refine((parts) => required.every((name) => parts[name]), {
        error: `at least ${required.join(', ')}`,
      }),
    }),
    parameters,
  });
}

/** A part that the schema has made sure of. */
export function partOf({ ref }: ActionInput, name: string): string {
  return ref.parts[name] ?? '';
}
