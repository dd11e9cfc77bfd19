/** What a test of an action provides: a resource at a stand-in, and the situations it can get into. */
import type { ActionAccess, ActionInput } from '../../../src/actions/types.ts';
import type { Call, StandIn } from '../../../src/sandbox/cloud/types.ts';

/** One resource at a stand-in of its own, in a state in which the action can be run. Made anew for every test. */
export interface ActionStage {
  /** As the engine would hand it in; `pace` next to nothing. */
  readonly access: ActionAccess;
  /** The resource, recognised, and parameters if the action has some. */
  readonly input: ActionInput;
  /** The vendor, whose `calls`, `snapshot()` and `fail()` are used. */
  readonly cloud: StandIn;
  /** Lets every change that is under way come to its end: moves the clock on by more than the lag. */
  settle(): void;
}

export interface ActionTrial<Stage extends ActionStage = ActionStage> {
  /** Opens a stage. It is closed through `cloud.close()`. */
  stage(): Promise<Stage>;
  /** Removes the resource at the vendor. Leave it out only where the API cannot tell. */
  readonly gone?: (stage: Stage) => void | Promise<void>;
  /** Brings it into the state the action would bring it into, so that plan says `already`. */
  readonly already?: (stage: Stage) => void | Promise<void>;
  /** Situations in which plan must refuse, by name, and words that its sentence must have. */
  readonly refused: Readonly<
    Record<string, { put(stage: Stage): void | Promise<void>; readonly words: RegExp }>
  >;
  /** Somebody changed it to something else after the plan: verify must say "elsewhere". */
  readonly elsewhere?: (stage: Stage) => void | Promise<void>;
  /**
   * What undo must restore (sizes, configuration, blocked or not): plain data read from `cloud.snapshot()`, not from
   * the action. Must differ before and after run. Needed when the action has an undo.
   */
  readonly settings?: (stage: Stage) => unknown;
  /** The permission that a call at the stand-in needs; absent: the declared one that ends with ":" or "." + operation. */
  readonly permissionOf?: (call: Call) => string | readonly string[];
  /** Operation (as in Call) of the call that `run` makes first, for faults; absent: the next writing call. */
  readonly runs?: string;
}
