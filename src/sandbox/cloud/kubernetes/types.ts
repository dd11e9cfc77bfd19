/** What the stand-in of a Kubernetes cluster begins with. */

interface Named {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** ISO date. */
  readonly createdAt?: string;
  /** Its controller: { kind: 'InferenceService', name: 'ranker' }. */
  readonly owner?: { readonly kind: string; readonly name: string };
  readonly image?: string;
  readonly gpus?: number;
}

export interface ScalableSeed extends Named {
  readonly replicas: number;
}
export interface JobSeed extends Named {
  /** Pods that run; one unless told. */
  readonly pods?: number;
  readonly suspended?: boolean;
  readonly finished?: 'Complete' | 'Failed';
}
export interface CronJobSeed extends Named {
  readonly schedule: string;
  readonly suspended?: boolean;
  /** Names of its jobs that run. */
  readonly running?: readonly string[];
}
export interface AutoscalerSeed extends Named {
  readonly target: { readonly kind: 'Deployment' | 'StatefulSet'; readonly name: string };
  readonly least: number;
  readonly most: number;
}

export interface KubernetesResources {
  /** Asked for as a bearer token; absent: anybody may do anything. */
  readonly token?: string;
  readonly deployments?: readonly ScalableSeed[];
  readonly statefulsets?: readonly ScalableSeed[];
  readonly jobs?: readonly JobSeed[];
  readonly cronjobs?: readonly CronJobSeed[];
  readonly autoscalers?: readonly AutoscalerSeed[];
}

/** An object as the Kubernetes API writes it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  metadata: {
    readonly namespace: string;
    readonly name: string;
    readonly uid: string;
    resourceVersion: string;
    generation: number;
    creationTimestamp: string;
    labels: Record<string, string>;
    annotations: Record<string, string>;
    ownerReferences?: Record<string, unknown>[];
  };
  spec: Record<string, unknown>;
  status: Record<string, unknown>;
}
