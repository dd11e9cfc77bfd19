/** How a project of OpenAI is shown, and what its actions take. */
import * as z from 'zod';
import { capital } from '../sentence.ts';
import type { ActionInput, LiveResource, Planned } from '../types.ts';
import type { Project } from './schema.ts';

const Ref = z.custom<ActionInput['ref']>(
  (value) => /^proj_/.test((value as Partial<ActionInput['ref']> | null)?.parts?.project ?? ''),
  'expected a project of OpenAI',
);

export function inputOf<P extends z.ZodType<Record<string, string>>>(parameters: P) {
  return z.object({ ref: Ref, parameters });
}

/** Its id; the input was checked. */
export function projectOf({ ref }: ActionInput): string {
  return ref.parts.project ?? '';
}

export function nameOf({ ref }: ActionInput): string {
  return `the project ${ref.name}`;
}

export function liveProject(
  project: Project,
  state: string,
  details: readonly (readonly [label: string, value: string])[],
): LiveResource {
  return {
    state,
    createdAt: project.createdAt,
    // Projects have no tags; what protects one is its name in the settings.
    tags: {},
    details: [['Project', project.name] as const, ...details].map(([label, value]) => ({ label, value })),
  };
}

/** Gone, or archived: nothing is left to do. */
export function refusedProject(input: ActionInput, project: Project | undefined): Planned | undefined {
  const stays = { input, calls: [], effect: `${capital(nameOf(input))} stays as it is.`, before: {} };
  if (!project)
    return {
      ...stays,
      refusal: `OpenAI knows no project ${projectOf(input)} in this organization (any more).`,
    };
  if (project.archived)
    return {
      ...stays,
      live: liveProject(project, 'archived', []),
      refusal: `${capital(nameOf(input))} is archived: it takes no requests any more.`,
    };
  return undefined;
}
