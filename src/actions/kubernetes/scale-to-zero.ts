/** Scales a Deployment or StatefulSet to no replicas, and back to as many as it had. */
import { z } from 'zod';
import { AppError } from '../../core/errors.ts';
import type { ActionAccess, ActionFacts, ActionInput, ProviderAction, Verified } from '../types.ts';
import { untilUnchallenged } from './call.ts';
import {
  type Autoscaler,
  factsOf,
  readAutoscaler,
  readScalable,
  type Scalable,
  type ScalableKind,
  scale,
} from './scalable.ts';
import { goneNow, gonePlan, keeperOf, kubernetesInput, ownerOf, plural, systemRefusal } from './words.ts';

const rememberedSchema = z.object({ replicas: z.number().int().positive() });

export interface ScaleWords {
  readonly kind: ScalableKind;
  /** "Deployment" */
  readonly noun: string;
  /** What it means for this kind, one or two sentences. */
  readonly consequence: string;
  readonly example: string;
}

export function scaleToZero({ kind, noun, consequence, example }: ScaleWords): ProviderAction {
  const nameOf = ({ ref }: ActionInput) => `${noun} ${ref.name}`;
  return {
    id: `kubernetes.${kind}-scale`,
    about: aboutScaling(kind, noun, consequence, example),
    input: kubernetesInput(`kubernetes.${kind}`),
    async plan(access, input) {
      const what = nameOf(input);
      const system = systemRefusal(input, what);
      if (system) return system;
      const found = await readScalable(access, input, kind);
      if (!found) return gonePlan(input, what);
      const { live, replicas } = found;
      const before = { replicas };
      if (replicas === 0)
        return { input, live, calls: [], effect: `${what} has no replicas already.`, already: true, before };
      const autoscaler = await readAutoscaler(access, input, kind);
      const refusal = refusalOf(found, autoscaler, what);
      if (refusal) return { input, live, calls: [], effect: 'Nothing.', refusal, before };
      const { namespace, name } = input.ref.parts;
      return {
        input,
        live,
        calls: [`PATCH namespaces/${namespace}/${kind}s/${name}/scale replicas=0`],
        effect: effectOf(found, autoscaler, what),
        before,
      };
    },
    async run(access, { input, before }) {
      const { replicas } = rememberedSchema.parse(before);
      await resize(access, input, { kind, what: nameOf(input), from: replicas, to: 0 });
    },
    async verify(access, { input, before }) {
      const { replicas } = rememberedSchema.parse(before);
      const found = await readScalable(access, input, kind);
      return verified(found, { what: nameOf(input), from: replicas, to: 0 });
    },
    undo: {
      title: 'Scale back',
      past: 'scaled back',
      hours: 72,
      async run(access, { input, before }) {
        const { replicas } = rememberedSchema.parse(before);
        await resize(access, input, { kind, what: nameOf(input), from: 0, to: replicas });
      },
      async verify(access, { input, before }) {
        const { replicas } = rememberedSchema.parse(before);
        const found = await readScalable(access, input, kind);
        return verified(found, { what: nameOf(input), from: 0, to: replicas });
      },
    },
  };
}

function aboutScaling(kind: ScalableKind, noun: string, consequence: string, example: string): ActionFacts {
  const resources = ['namespaces whose workloads may be scaled'];
  return {
    provider: 'kubernetes',
    kinds: [`kubernetes.${kind}`],
    title: `Scale ${noun} to zero`,
    verb: 'scale to zero',
    past: 'scaled to zero',
    consequence,
    risk: 'medium',
    validStates: ['running'],
    permissions: [
      { permission: `get apps ${kind}s`, for: 'plan', resources },
      { permission: 'list autoscaling horizontalpodautoscalers', for: 'plan', resources },
      { permission: `patch apps ${kind}s/scale`, for: 'run', resources },
      { permission: `patch apps ${kind}s/scale`, for: 'undo', resources },
    ],
    example,
    savesPercent: 100,
  };
}

interface Change {
  readonly what: string;
  readonly from: number;
  readonly to: number;
}

/** To zero from whatever an autoscaler made of it meanwhile; back only from zero. */
async function resize(
  access: ActionAccess,
  input: ActionInput,
  { kind, what, from, to }: Change & { kind: ScalableKind },
): Promise<void> {
  const facts = factsOf(input, `scale ${kind} ${input.ref.name} to ${to}`, `patch apps ${kind}s/scale`);
  await untilUnchallenged(facts, async () => {
    const found = await readScalable(access, input, kind);
    if (!found) throw new AppError('NOT_FOUND', `${what} is gone.`, { hint: 'Nothing is left to be done.' });
    if (found.replicas === to) return true;
    if (from === 0 && found.replicas !== 0)
      throw new AppError(
        'CONFLICT',
        `${what} has ${plural(found.replicas, 'replica')} now: somebody scaled it up meanwhile, and that is left as it is.`,
        { hint: 'Scale it by hand if that is not enough.' },
      );
    const { resourceVersion } = found.metadata;
    return scale(access, input, kind, { replicas: to, resourceVersion });
  });
}

function verified(found: Scalable | undefined, { what, from, to }: Change): Verified {
  if (!found) return goneNow(what);
  const { replicas, pods, ready, observed } = found;
  const state =
    replicas === 0 && pods === 0 ? '0 replicas' : `${ready} of ${plural(replicas, 'replica')} ready`;
  if (replicas !== to)
    return replicas === from
      ? { state, outcome: 'unchanged', said: `${what} still wants ${plural(replicas, 'replica')}.` }
      : {
          state,
          outcome: 'elsewhere',
          said: `${what} wants ${plural(replicas, 'replica')} now: somebody changed it.`,
        };
  const there = observed && pods === to && (to === 0 || ready >= to);
  if (there)
    return {
      state,
      outcome: 'reached',
      said: `${what} has ${to === 0 ? 'no pods' : plural(to, 'ready pod')}.`,
    };
  const left =
    to === 0
      ? `${plural(pods, 'pod')} of ${what} still ${pods === 1 ? 'ends' : 'end'}.`
      : `${ready} of ${plural(to, 'pod')} of ${what} ${ready === 1 ? 'is' : 'are'} ready.`;
  return { state, outcome: 'moving', said: left };
}

function refusalOf(
  { metadata }: Scalable,
  autoscaler: Autoscaler | undefined,
  what: string,
): string | undefined {
  const owner = ownerOf(metadata);
  if (owner)
    return `${what} belongs to ${owner.kind} ${owner.name}, whose controller would set its replicas back: change that instead.`;
  if (autoscaler?.wakes)
    return `${what} is scaled by ${autoscaler.name}, which would start it again by itself: pause that instead (KEDA: the annotation autoscaling.keda.sh/paused-replicas: "0").`;
  return undefined;
}

function effectOf(
  { replicas, metadata }: Scalable,
  autoscaler: Autoscaler | undefined,
  what: string,
): string {
  const rests = autoscaler
    ? ` Its autoscaler ${autoscaler.name} (${autoscaler.least} to ${autoscaler.most}) rests while there are none, and goes on after Undo.`
    : '';
  const keeper = keeperOf(metadata);
  const kept = keeper ? ` ${keeper} looks after it and may set it back.` : '';
  return `${what} goes from ${plural(replicas, 'replica')} to none: all its pods end.${rests}${kept}`;
}
