/** Objects of the cluster by plural, namespace and name; what controllers do with them takes its time. */
import type { StandInOptions } from '../types.ts';
import type { KubernetesObject } from './types.ts';

export interface ClusterState {
  /** By "deployments/search/ranker-v3". */
  readonly objects: Map<string, KubernetesObject>;
  /** Lets controllers do what is due. */
  settle(): void;
  /** Runs `end` after the lag. */
  later(end: () => void): void;
  /** A new resourceVersion for a changed object. */
  touch(object: KubernetesObject): void;
  nextUid(): string;
}

export function createState({ now, lag }: StandInOptions): ClusterState {
  const pending: { readonly at: number; end(): void }[] = [];
  let version = 1000;
  let uids = 0;
  return {
    objects: new Map(),
    settle() {
      while (pending[0] && pending[0].at <= now()) pending.shift()?.end();
    },
    later: (end) => void pending.push({ at: now() + lag, end }),
    touch(object) {
      version++;
      object.metadata.resourceVersion = String(version);
    },
    nextUid() {
      uids++;
      return `0f6c1e7d-0000-4000-8000-${String(uids).padStart(12, '0')}`;
    },
  };
}
