/** Suspends a Job or a CronJob, and resumes it. */
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionInput, ProviderAction, Verified } from '../types.ts';
import { untilUnchallenged } from './call.ts';
import {
  changeFacts,
  readSuspendable,
  type Suspendable,
  type SuspendableKind,
  setSuspend,
} from './suspendable.ts';
import { goneNow, gonePlan, keeperOf, kubernetesInput, systemRefusal } from './words.ts';

export interface SuspensionWords {
  readonly kind: SuspendableKind;
  /** "Job" */
  readonly noun: string;
  readonly consequence: string;
  readonly validStates: readonly string[];
  readonly example: string;
  readonly savesPercent: number;
  /** What will happen, one or two sentences; `what` is "Job bert-retrain". */
  effect(found: Suspendable, what: string): string;
  /** Why it must not be done. */
  refusal(found: Suspendable, what: string): string | undefined;
  /** Whether all of it has ended once it is suspended, and what is said of it. */
  ended(found: Suspendable, what: string): { readonly done: boolean; readonly said: string };
  /** The same after it was resumed. */
  resumed(found: Suspendable, what: string): { readonly done: boolean; readonly said: string };
}

export function suspension(words: SuspensionWords): ProviderAction {
  const { kind, noun } = words;
  const nameOf = ({ ref }: ActionInput) => `${noun} ${ref.name}`;
  const resources = ['namespaces whose jobs may be suspended'];
  return {
    id: `kubernetes.${kind}-suspend`,
    about: {
      provider: 'kubernetes',
      kinds: [`kubernetes.${kind}`],
      title: `Suspend ${noun}`,
      verb: 'suspend',
      past: 'suspended',
      consequence: words.consequence,
      risk: 'medium',
      validStates: words.validStates,
      permissions: [
        { permission: `get batch ${kind}s`, for: 'plan', resources },
        { permission: `patch batch ${kind}s`, for: 'run', resources },
        { permission: `patch batch ${kind}s`, for: 'undo', resources },
      ],
      example: words.example,
      savesPercent: words.savesPercent,
    },
    input: kubernetesInput(`kubernetes.${kind}`),
    async plan(access, input) {
      const what = nameOf(input);
      const system = systemRefusal(input, what);
      if (system) return system;
      const found = await readSuspendable(access, input, kind);
      if (!found) return gonePlan(input, what);
      const { live, suspended, finished } = found;
      const before = { suspended };
      if (suspended && !finished)
        return { input, live, calls: [], effect: `${what} is suspended already.`, already: true, before };
      const refusal = words.refusal(found, what);
      if (refusal) return { input, live, calls: [], effect: 'Nothing.', refusal, before };
      const { namespace, name } = input.ref.parts;
      const keeper = keeperOf(found.metadata);
      const kept = keeper ? ` ${keeper} looks after it and may set it back.` : '';
      return {
        input,
        live,
        calls: [`PATCH namespaces/${namespace}/${kind}s/${name} suspend=true`],
        effect: `${words.effect(found, what)}${kept}`,
        before,
      };
    },
    run: (access, { input }) => change(access, input, { kind, what: nameOf(input), suspend: true }),
    async verify(access, { input }) {
      const what = nameOf(input);
      const found = await readSuspendable(access, input, kind);
      return verified(found, what, true, words.ended);
    },
    undo: {
      title: 'Resume',
      past: 'resumed',
      hours: 72,
      run: (access, { input }) => change(access, input, { kind, what: nameOf(input), suspend: false }),
      async verify(access, { input }) {
        const what = nameOf(input);
        const found = await readSuspendable(access, input, kind);
        return verified(found, what, false, words.resumed);
      },
    },
  };
}

async function change(
  access: ActionAccess,
  input: ActionInput,
  { kind, what, suspend }: { kind: SuspendableKind; what: string; suspend: boolean },
): Promise<void> {
  await untilUnchallenged(changeFacts(input, kind, suspend), async () => {
    const found = await readSuspendable(access, input, kind);
    if (!found) throw new AppError('NOT_FOUND', `${what} is gone.`, { hint: 'Nothing is left to be done.' });
    if (found.suspended === suspend || found.finished) return true;
    const { resourceVersion } = found.metadata;
    return setSuspend(access, input, kind, { suspend, resourceVersion });
  });
}

function verified(
  found: Suspendable | undefined,
  what: string,
  wanted: boolean,
  judge: SuspensionWords['ended'],
): Verified {
  if (!found) return goneNow(what);
  const { live, suspended, finished } = found;
  const { state } = live;
  if (finished) {
    const outcome = wanted ? 'elsewhere' : 'reached';
    return { state, outcome, said: `${what} is over (${finished}).` };
  }
  if (suspended !== wanted)
    return { state, outcome: 'unchanged', said: `${what} is ${suspended ? 'still' : 'not'} suspended.` };
  const { done, said } = judge(found, what);
  return { state, outcome: done ? 'reached' : 'moving', said };
}
