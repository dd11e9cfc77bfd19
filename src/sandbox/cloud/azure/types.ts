/** What the stand-in of Azure begins with. */

interface Placed {
  /** Id of the subscription. */
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
  readonly location: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** ISO date. */
  readonly createdAt?: string;
  /** A lock that allows nothing but reading. */
  readonly locked?: boolean;
}

export interface VirtualMachineSeed extends Placed {
  readonly size: string;
  /** "running" unless told. */
  readonly power?: string;
  readonly spot?: boolean;
  /** Gigabytes of each disk, the one of the system first. */
  readonly disks?: readonly number[];
  /** Name of the flexible scale set that it belongs to. */
  readonly scaleSet?: string;
  /** Azure has no room for it when it is started again. */
  readonly noCapacity?: boolean;
}

export interface ComputeSeed extends Placed {
  readonly workspace: string;
  readonly size: string;
  /** "ComputeInstance" unless told. */
  readonly type?: string;
  /** Of an instance; "Running" unless told. */
  readonly state?: string;
  /** Of a cluster. */
  readonly nodes?: { readonly now: number; readonly least: number; readonly most: number };
  /** A schedule of its own starts it. */
  readonly startedBySchedule?: boolean;
  readonly createdBy?: string;
}

export interface EndpointSeed extends Placed {
  readonly workspace: string;
  readonly deployments: readonly {
    readonly name: string;
    readonly instanceType: string;
    readonly instances: number;
    /** Percent of the requests. */
    readonly traffic?: number;
    /** Scales by its own target utilisation. */
    readonly scalesItself?: boolean;
  }[];
}

export interface AutoscaleSeed extends Omit<Placed, 'tags' | 'createdAt' | 'locked'> {
  /** Resource id of what it scales. */
  readonly target: string;
  readonly least: number;
  readonly most: number;
}

export interface ClusterSeed extends Placed {
  /** "MC_…" unless told. */
  readonly nodeResourceGroup?: string;
  readonly stopped?: boolean;
  readonly pools: readonly {
    readonly name: string;
    readonly size: string;
    readonly count: number;
    /** "User" unless told. */
    readonly mode?: 'System' | 'User';
    readonly autoscaler?: { readonly least: number; readonly most: number };
    readonly spot?: boolean;
    readonly tags?: Readonly<Record<string, string>>;
  }[];
}

export interface AzureResources {
  readonly virtualMachines?: readonly VirtualMachineSeed[];
  readonly computes?: readonly ComputeSeed[];
  readonly endpoints?: readonly EndpointSeed[];
  readonly autoscale?: readonly AutoscaleSeed[];
  readonly clusters?: readonly ClusterSeed[];
}

/** A resource as Azure Resource Manager writes it. */
export interface ArmResource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  location?: string;
  tags?: Record<string, string>;
  sku?: Record<string, unknown>;
  properties: Record<string, unknown>;
  [key: string]: unknown;
}
