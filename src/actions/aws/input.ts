/** What actions on AWS take: a ResourceRef of a kind, with the parts they need. */
import { type ZodType, z } from 'zod';
import type { ActionInput } from '../types.ts';

/** An action that takes none refuses what somebody wrote beside it: it would be believed to count. */
const NONE = z.record(z.string(), z.string()).refine((given) => Object.keys(given).length === 0, {
  error: 'nothing: this action has no parameters',
});

/** The region is needed always: AWS has one API in each. */
export function awsInput(
  kind: string,
  parts: readonly string[],
  parameters: ZodType<Readonly<Record<string, string>>> = NONE,
): ZodType<ActionInput> {
  return z.object({
    ref: z.object({
      resourceId: z.string(),
      provider: z.literal('aws'),
      kind: z.literal(kind),
      name: z.string(),
      account: z.string(),
      region: z.string().optional(),
      parts: z
        .record(z.string(), z.string())
        .refine((given) => ['region', ...parts].every((part) => (given[part] ?? '') !== ''), {
          error: `the parts region, ${parts.join(', ')}`,
        }),
    }),
    parameters,
  });
}

/** A part that the input's schema has checked to be there. */
export function part({ ref }: ActionInput, name: string): string {
  return ref.parts[name] ?? '';
}
