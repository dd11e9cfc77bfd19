/** The port of the family of provider operations: what an action declares, plans, does, verifies and undoes. */
import type { ZodType } from 'zod';
import type { ActionAccount, ActionProvider, ResourceRef, Risk } from '../core/action.ts';

/**
 * One operation on one kind of resource. It decides nothing about who may do it, when, or how many at once: that is
 * policy, and the same for all. Every vendor field name stays inside the provider's folder.
 */
export interface ProviderAction {
  /** "aws.ec2-stop": provider and verb. */
  readonly id: string;
  readonly about: ActionFacts;
  /** The `parts` of a ResourceRef that it needs, and its parameters. */
  readonly input: ZodType<ActionInput>;
  /**
   * Looks at the live resource; reads only. Resolves with a `refusal` when there is nothing to do or it must not be
   * done (gone, wrong state, somebody else would start it again). Throws AppError UPSTREAM when it cannot look.
   */
  plan(access: ActionAccess, input: ActionInput): Promise<Planned>;
  /**
   * Asks the provider to do what was planned. Safe to be called again with the same `key`: where the API takes an
   * idempotency token it is given one, elsewhere a resource that is on its way already counts as done. Throws AppError:
   * UPSTREAM for a refusal (a missing permission is named), `uncertain` when the call may have gone through.
   */
  run(access: ActionAccess, planned: Planned, key: string): Promise<void>;
  /** Reads the real state. */
  verify(access: ActionAccess, planned: Planned): Promise<Verified>;
  /** How to bring it back; absent: cannot be undone. */
  readonly undo?: Undo;
}

export interface ActionInput {
  readonly ref: ResourceRef;
  /** What a person may choose beside the resource: { replicas: "0" }, { limit: "500" } … */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface ActionFacts {
  readonly provider: ActionProvider;
  /** Kinds of resources it is for, see ResourceRef.kind. The first action registered for a kind is the usual one. */
  readonly kinds: readonly string[];
  /** "Stop EC2 instance" */
  readonly title: string;
  /** "stop", "scale to zero": before the name on buttons and in sentences. */
  readonly verb: string;
  /** "stopped", "scaled to zero" */
  readonly past: string;
  /** What happens, and what goes on costing: one or two sentences. */
  readonly consequence: string;
  readonly risk: Risk;
  /** The provider's own words for states in which it can be run. */
  readonly validStates: readonly string[];
  readonly permissions: readonly PermissionNeed[];
  /** ResourceId as a bill has it. */
  readonly example: string;
  /** Share of the resource's cost that ends, 0 to 1, in whole percent: 100 for all of it. */
  readonly savesPercent: number;
}

/** The least that must be granted on the other side. */
export interface PermissionNeed {
  /** As the provider writes it: "ec2:StopInstances", "compute.instances.stop", "Microsoft.Compute/virtualMachines/deallocate/action". */
  readonly permission: string;
  /** plan: reading. run, undo: writing. */
  readonly for: 'plan' | 'run' | 'undo';
  /** AWS: ARN patterns; others: what it is granted on, in words. Absent: cannot be narrowed. */
  readonly resources?: readonly string[];
  /** AWS: whether `aws:ResourceTag` can limit it. */
  readonly byTag?: boolean;
}

/** What an action may use of the outside, handed in so that tests and the clock are in our hands. */
export interface ActionAccess {
  /** The entry under actions.accounts that allows the resource: how it is reached. */
  readonly connection: ActionAccount;
  /** A variable of the environment (a key, an endpoint); undefined when it is not set or empty. */
  variable(name: string): string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly signal: AbortSignal;
  /** Multiplies every wait between attempts: 1, or next to nothing in tests. */
  readonly pace: number;
  /** 0 ≤ x < 1 */
  readonly random: () => number;
  /** For what an operator may want to know; never secrets. */
  log(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** The resource as it is now, in words people know. */
export interface LiveResource {
  /** The provider's own word: "running", "InService", "3 of 3 replicas". */
  readonly state: string;
  readonly createdAt?: Date;
  readonly tags: Readonly<Record<string, string>>;
  /** Size and such, in order of weight: { label: "Instance type", value: "p4d.24xlarge" }. */
  readonly details: readonly { readonly label: string; readonly value: string }[];
}

export interface Planned {
  readonly input: ActionInput;
  /** Absent when it is gone. */
  readonly live?: LiveResource;
  /** The calls that would be made, one line each: "StopInstances i-0abc in us-east-1". No secrets. */
  readonly calls: readonly string[];
  /** What will happen to this one, one sentence. */
  readonly effect: string;
  /** Why it cannot or must not be done; a whole sentence. */
  readonly refusal?: string;
  /** It is so already: nothing is to be called, and nothing saved by us. */
  readonly already?: boolean;
  /** Of this one resource, where it differs from what the action says of itself. */
  readonly risk?: Risk;
  readonly savesPercent?: number;
  /** What undo needs (counts, configuration), plain JSON without secrets; empty: this one cannot be brought back. */
  readonly before: Readonly<Record<string, unknown>>;
}

export interface Verified {
  /** The provider's own word for the state it is in now. */
  readonly state: string;
  /** reached: done. moving: on its way, look again. elsewhere: neither before nor after; somebody else changed it. unchanged: nothing happened. */
  readonly outcome: 'reached' | 'moving' | 'unchanged' | 'elsewhere';
  /** One sentence for people. */
  readonly said: string;
}

export interface Undo {
  /** "Start again", "Scale back": what the button says. */
  readonly title: string;
  /** "started again" */
  readonly past: string;
  /** How long it is offered, in hours. */
  readonly hours: number;
  run(access: ActionAccess, planned: Planned, key: string): Promise<void>;
  verify(access: ActionAccess, planned: Planned): Promise<Verified>;
}
