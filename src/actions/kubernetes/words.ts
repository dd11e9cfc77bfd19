/** Phrases and readings that the actions on Kubernetes share. */
import type { V1ObjectMeta, V1PodSpec } from '@kubernetes/client-node';
import { z } from 'zod';
import type { ActionInput, LiveResource, Planned, Verified } from '../types.ts';

const name = z.string().regex(/^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/, { error: 'a name of Kubernetes' });

/** A schema for workloads of this kind. */
export function kubernetesInput(kind: string): z.ZodType<ActionInput> {
  return z.object({
    ref: z.object({
      resourceId: z.string(),
      provider: z.literal('kubernetes'),
      kind: z.literal(kind),
      name: z.string(),
      account: z.string(),
      region: z.string().optional(),
      parts: z
        .record(z.string(), z.string())
        .refine((parts) => name.safeParse(parts.namespace).success && name.safeParse(parts.name).success, {
          error: 'namespace and name',
        }),
    }),
    parameters: z.record(z.string(), z.string()).refine((chosen) => Object.keys(chosen).length === 0, {
      error: 'nothing: this action has no parameters',
    }),
  });
}

/** Namespace and name, which the schema has made sure of. */
export function placeOf({ ref }: ActionInput): { namespace: string; name: string } {
  const { namespace = '', name: own = '' } = ref.parts;
  return { namespace, name: own };
}

/** The namespaces of Kubernetes itself are not touched, whatever the settings allow. */
export function systemRefusal(input: ActionInput, what: string): Planned | undefined {
  const { namespace } = placeOf(input);
  if (!namespace.startsWith('kube-')) return undefined;
  const refusal = `${what} is part of the cluster itself (namespace ${namespace}), which is never acted on.`;
  return { input, calls: [], effect: 'Nothing.', refusal, before: {} };
}

export function gonePlan(input: ActionInput, what: string): Planned {
  const refusal = `${what} is gone: the cluster does not know it any more.`;
  return { input, calls: [], effect: 'Nothing.', refusal, before: {} };
}

export function goneNow(what: string): Verified {
  return { state: 'gone', outcome: 'elsewhere', said: `${what} is gone: somebody deleted it.` };
}

/** Who made it and would set it back; "InferenceService ranker". */
export function ownerOf(metadata: V1ObjectMeta | undefined): { kind: string; name: string } | undefined {
  return metadata?.ownerReferences?.find(({ controller }) => controller);
}

/** Tools that apply a whole description again and again, and with it what was changed by hand. */
export function keeperOf({ labels = {}, annotations = {} }: V1ObjectMeta): string | undefined {
  const keys = [...Object.keys(labels), ...Object.keys(annotations)];
  if (keys.some((key) => key.startsWith('argocd.argoproj.io/'))) return 'Argo CD';
  if (keys.some((key) => key.includes('.toolkit.fluxcd.io/'))) return 'Flux';
  return undefined;
}

/** ":" is not allowed in labels, so "pennywatch/protect" is what others write as "pennywatch:protect". */
export function tagsOf({ labels = {}, annotations = {} }: V1ObjectMeta): Record<string, string> {
  const own = Object.entries(annotations).filter(([key]) => key.startsWith('pennywatch'));
  const all = [...Object.entries(labels), ...own];
  const aliases = all
    .filter(([key]) => /^pennywatch[^/]*\//.test(key))
    .map(([key, value]) => [`pennywatch:${key.slice(key.indexOf('/') + 1)}`, value] as const);
  return Object.fromEntries([...all, ...aliases]);
}

/** What a pod asks for, which is what is paid for. */
export function podDetails(spec: V1PodSpec | undefined): LiveResource['details'] {
  const containers = spec?.containers ?? [];
  const asked = (resource: string) =>
    containers.map(({ resources }) => resources?.requests?.[resource] ?? resources?.limits?.[resource]);
  const gpus = asked('nvidia.com/gpu').reduce((sum, count) => sum + Number(count ?? 0), 0);
  const [cpu, memory] = [asked('cpu')[0], asked('memory')[0]];
  const image = containers[0]?.image;
  return [
    ...(gpus > 0 ? [{ label: 'GPUs per pod', value: String(gpus) }] : []),
    ...(cpu ? [{ label: 'CPU per pod', value: cpu }] : []),
    ...(memory ? [{ label: 'Memory per pod', value: memory }] : []),
    ...(image ? [{ label: 'Image', value: image }] : []),
  ];
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
