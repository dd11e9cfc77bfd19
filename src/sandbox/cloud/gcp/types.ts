/** What the stand-in of Google Cloud holds at first. */

export interface GcpResources {
  /** A project by its id and its number is one project. */
  readonly projects?: readonly { readonly id: string; readonly number: string }[];
  readonly instances?: readonly InstanceSeed[];
  readonly customJobs?: readonly CustomJobSeed[];
  readonly endpoints?: readonly EndpointSeed[];
  readonly notebooks?: readonly NotebookSeed[];
  readonly nodePools?: readonly NodePoolSeed[];
}

interface Seed {
  readonly project: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly createdAt?: Date;
}

export interface InstanceSeed extends Seed {
  readonly zone: string;
  readonly name: string;
  /** Unless told, made of the name. */
  readonly id?: string;
  /** RUNNING unless told. */
  readonly status?: string;
  readonly machineType?: string;
  readonly accelerators?: readonly { readonly type: string; readonly count: number }[];
  readonly metadata?: Readonly<Record<string, string>>;
  readonly localSsds?: number;
  readonly spot?: boolean;
  /** The zone has no such machine to give: starting it fails. */
  readonly scarce?: boolean;
}

export interface CustomJobSeed extends Seed {
  readonly location: string;
  /** Digits. */
  readonly id: string;
  readonly displayName: string;
  /** JOB_STATE_RUNNING unless told. */
  readonly state?: string;
  readonly machineType?: string;
  readonly accelerator?: { readonly type: string; readonly count: number };
  readonly replicas?: number;
}

export interface EndpointSeed extends Seed {
  readonly location: string;
  readonly id: string;
  readonly displayName: string;
  /** As Google has them: { id, model, displayName, dedicatedResources … }. */
  readonly deployedModels: readonly Readonly<Record<string, unknown>>[];
  readonly trafficSplit?: Readonly<Record<string, number>>;
  /** The region has no such machine to give: deploying fails after a while. */
  readonly scarce?: boolean;
}

export interface NotebookSeed extends Seed {
  readonly location: string;
  readonly name: string;
  /** ACTIVE unless told. */
  readonly state?: string;
  readonly machineType?: string;
  readonly accelerator?: { readonly type: string; readonly count: number };
}

export interface NodePoolSeed extends Seed {
  readonly location: string;
  readonly cluster: string;
  readonly name: string;
  readonly autopilot?: boolean;
  readonly machineType?: string;
  readonly accelerator?: { readonly type: string; readonly count: number };
  /** Unless told, the location itself. */
  readonly zones?: readonly string[];
  /** In each zone. */
  readonly nodes: number;
  readonly autoscaling?: Readonly<Record<string, unknown>>;
  /** RUNNING unless told. */
  readonly status?: string;
}

/** A JSON object as it goes over the wire. */
export type Json = Record<string, unknown>;
