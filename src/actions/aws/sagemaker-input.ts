/** What SageMaker's actions are given, and how their permissions are written. */
import { type ZodType, z } from 'zod';
import type { ActionInput, PermissionNeed } from '../types.ts';

const parts = z
  .object({
    region: z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d$/, 'not a region of AWS'),
    name: z.string().regex(/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/, 'not a name SageMaker gives'),
  })
  .catchall(z.string());

/** Input for one kind of resource, with the parameters it takes. */
export function sagemakerInput(
  kind: string,
  parameters: ZodType<Readonly<Record<string, string>>> = z.record(z.string(), z.string()),
): ZodType<ActionInput> {
  return z.object({
    ref: z.object({
      resourceId: z.string(),
      provider: z.literal('aws'),
      kind: z.literal(kind),
      name: z.string(),
      account: z.string(),
      region: z.string().optional(),
      parts,
    }),
    parameters,
  });
}

/** Reading one sort of resource and its tags. `type` as in ARNs: "training-job". */
export function toLook(operation: string, type: string): readonly PermissionNeed[] {
  const resources = [`arn:aws:sagemaker:*:*:${type}/*`];
  return [
    { permission: `sagemaker:${operation}`, for: 'plan', resources },
    { permission: 'sagemaker:ListTags', for: 'plan', resources },
  ];
}

/** Changing what exists already, which its tags can limit. */
export function toChange(operation: string, type: string, stage: 'run' | 'undo' = 'run'): PermissionNeed {
  return {
    permission: `sagemaker:${operation}`,
    for: stage,
    resources: [`arn:aws:sagemaker:*:*:${type}/*`],
    byTag: true,
  };
}

/** Making what does not exist yet, so that no tag of it can be asked for. */
export function toMake(operation: string, types: readonly string[]): PermissionNeed {
  return {
    permission: `sagemaker:${operation}`,
    for: 'undo',
    resources: types.map((type) => `arn:aws:sagemaker:*:*:${type}/*`),
  };
}
