/** What SageMaker's actions are given, and how their permissions are written. */
import type { ZodType } from 'zod';
import type { ActionInput, PermissionNeed } from '../types.ts';
import { awsInput } from './input.ts';

const NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

/** A resource of one kind, by a name that SageMaker gives. */
export function sagemakerInput(
  kind: string,
  parameters?: ZodType<Readonly<Record<string, string>>>,
): ZodType<ActionInput> {
  return awsInput(kind, ['name'], parameters).refine(({ ref }) => NAME.test(ref.parts.name ?? ''), {
    path: ['ref', 'parts', 'name'],
    error: 'a name as SageMaker gives them',
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
