/** What a schedule stops of all that was found, and why it leaves the rest: pure, on the draft's items. */
import type { OffHoursSchedule } from '../../core/action.ts';
import type { StoredItem } from '../../store/proposals.ts';

/** Somebody who starts something this long before the stop means to work with it (milliseconds). */
export const FRESH = 2 * 3_600_000;

/** Bills of language models are for what was asked of them: nothing is saved by blocking a key at night. */
const MACHINES: readonly string[] = ['aws', 'gcp', 'azure', 'kubernetes', 'webhook'];

export interface ChoosingFacts {
  readonly schedule: Pick<OffHoursSchedule, 'environment' | 'scope'>;
  /** When the turn was due, in ms. */
  readonly at: number;
  /** ResourceIds that a schedule itself started lately: that was nobody's hand. */
  readonly ours: ReadonlySet<string>;
  /** ResourceIds that somebody had brought back lately with an undo. */
  readonly broughtBack: ReadonlySet<string>;
  /** ResourceIds in another proposal that is not over, and its number. */
  readonly busy: ReadonlyMap<string, number>;
  /** So many at most. */
  readonly most: number;
}

export interface Chosen {
  readonly items: readonly StoredItem[];
  readonly left: readonly Left[];
}

export interface Left {
  readonly item: StoredItem;
  /** "it was started at 18:20 by hand": goes on after a name. */
  readonly why: string;
}

/** Items are the dearest first. What is stopped already is neither chosen nor left. */
export function chooseItems(items: readonly StoredItem[], facts: ChoosingFacts): Chosen {
  const chosen: StoredItem[] = [];
  const left: Left[] = [];
  for (const item of items) {
    if (item.plan?.already) continue;
    const why = whyLeft(item, facts);
    if (why !== undefined) left.push({ item, why });
    else if (chosen.length >= facts.most)
      left.push({
        item,
        why: `one proposal may act on ${facts.most} resources (actions.limits.resourcesPerProposal)`,
      });
    else chosen.push(item);
  }
  return { items: chosen, left };
}

function whyLeft(
  { state, said, ref, plan, environment, resourceId }: StoredItem,
  { schedule, at, ours, broughtBack, busy }: ChoosingFacts,
): string | undefined {
  if (state === 'refused') return said ?? 'it was refused';
  if (!ref || !plan) return 'nothing is known of it';
  if (!MACHINES.includes(ref.provider)) return 'it is no machine: it costs nothing while nobody uses it';
  if (isJob(ref.kind)) return 'it is a job, which ends by itself';
  if (!plan.reversible || plan.risk === 'high') return 'it could not be brought back as it was';
  const wanted =
    schedule.environment ?? (schedule.scope.kind === 'environment' ? schedule.scope.name : undefined);
  if (wanted !== undefined && environment !== wanted)
    return `it is in ${environment ?? 'an unknown environment'}`;
  if (wanted === undefined && environment === undefined)
    return 'its environment is not known, so it counts as prod';
  if (wanted === undefined && environment === 'prod') return 'it is in prod';
  const other = busy.get(resourceId);
  if (other !== undefined) return `it is in proposal ${other}`;
  if (broughtBack.has(resourceId))
    return 'somebody brought it back a short while ago: it may run until the next stop';
  const { createdAt } = plan;
  if (createdAt !== undefined && createdAt > at - FRESH && !ours.has(resourceId))
    return 'it was started a short while ago: it may run until the next stop';
  return undefined;
}

/** Training, processing and tuning jobs; a Kubernetes job is only paused. */
function isJob(kind: string): boolean {
  return /job/.test(kind) && !kind.startsWith('kubernetes.');
}

const NAMED = 5;

/** "gpu-1 (it is in prod), gpu-2 (…) and 3 more"; undefined for none. */
export function leftWords(left: readonly Left[]): string | undefined {
  if (left.length === 0) return undefined;
  const named = left.slice(0, NAMED).map(({ item, why }) => `${item.name} (${why.replace(/\.$/, '')})`);
  const more = left.length - named.length;
  return `Left as ${left.length === 1 ? 'it is' : 'they are'}: ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}
