/** A plan as it was kept, and what a second look at the live resource makes of it. */
import type { Planned, ProviderAction } from '../../actions/types.ts';
import { environmentOf, tagged } from '../../analysis/policy/environment.ts';
import { protectedBy } from '../../analysis/policy/protected.ts';
import { AppError } from '../../core/errors.ts';
import type { Settings } from '../../core/settings.ts';
import type { StoredItem } from '../../store/proposals.ts';

/** Throws INTERNAL for an item that was never planned. */
export function keptPlan({ id, ref, parameters, plan, before }: StoredItem): Planned {
  if (!ref || !plan) throw new AppError('INTERNAL', `Item ${id} was never planned.`);
  const { state, createdAt, tags, details, calls, effect } = plan;
  return {
    input: { ref, parameters },
    ...(state !== undefined && {
      live: { state, tags, details, ...(createdAt !== undefined && { createdAt: new Date(createdAt) }) },
    }),
    calls,
    effect,
    before: before ?? {},
  };
}

/** Why what was approved must not be done any more; undefined when everything is as it was. */
export function changedSince(item: StoredItem, planned: Planned, settings: Settings): string | undefined {
  const { name, plan } = item;
  if (planned.refusal !== undefined) return planned.refusal;
  const tags = planned.live?.tags ?? {};
  if (planned.already) return `${name} is ${planned.live?.state ?? 'gone'} already: somebody was quicker.`;
  const guard = protectedBy(tags, settings.actions.protectTags);
  if (guard !== undefined) return `${name} has been protected since by its tag "${guard.slice(0, 60)}".`;
  const environment = environmentOf(tags, item.environment, settings);
  if (environment !== item.environment)
    return `${name} is in ${environment ?? 'no environment'} now; approved was ${item.environment ?? 'an unknown one'}.`;
  const team = tagged(tags, 'team', settings);
  const before = tagged(plan?.tags ?? {}, 'team', settings);
  if (team !== before) return `${name} belongs to ${teamWords(team)} now; approved was ${teamWords(before)}.`;
  const owners = [tags, plan?.tags ?? {}].map(ownerTag);
  if (owners[0] !== owners[1])
    return `${name} has another owner since: ${owners[0] ?? 'nobody'} instead of ${owners[1] ?? 'nobody'}.`;
  if (isAnother(plan, planned))
    return `${name} was made or started anew since: what was approved is not there any more.`;
  const kinds = [planned.live, { details: plan?.details ?? [] }].map((one) => sizeOf(one));
  if (kinds[0] !== kinds[1] && kinds[1] !== undefined)
    return `${name} is another machine since: ${kinds[0] ?? 'unknown'} instead of ${kinds[1]}.`;
  return undefined;
}

/** Under the same name there may be something else by now. A second's difference is rounding. */
function isAnother({ createdAt }: { readonly createdAt?: number } = {}, { live }: Planned): boolean {
  if (createdAt === undefined || live?.createdAt === undefined) return false;
  return Math.abs(live.createdAt.getTime() - createdAt) > 1_000;
}

/** The first detail is what weighs most: instance type, replicas. */
function sizeOf(live: Pick<NonNullable<Planned['live']>, 'details'> | undefined): string | undefined {
  return live?.details.find(({ label }) => /type|size/i.test(label))?.value;
}

function ownerTag(tags: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(tags).find(([key]) => key.toLowerCase() === 'owner')?.[1];
}

function teamWords(team: string | undefined): string {
  return team === undefined ? 'no team' : `team ${team}`;
}

/** What is asked of the action: to do it, or to bring it back. */
export interface Deed {
  run(planned: Planned, key: string): Promise<void>;
  verify(planned: Planned): ReturnType<ProviderAction['verify']>;
  readonly past: string;
}
