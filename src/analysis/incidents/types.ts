/** Words of scoring the hierarchy: places with their series, what detectors found there, and incidents. */
import type { Day } from '../../core/day.ts';
import type { ScopePath } from '../../core/scope-path.ts';
import type { Episode, Gates } from '../detectors/types.ts';

/** One place's charges in one currency from one source: what trees are grown from. */
export interface CostPart {
  readonly path: ScopePath;
  readonly currency: string;
  readonly source: string;
  /** Units of the currency per day of the tree; a day without charges is 0. */
  readonly values: Float64Array;
}

/** How much of a source is known. */
export interface SourceDays {
  /** Index of its last complete day; negative when there is none. */
  readonly through: number;
  /** 1 on days whose charges are known, even if there were none. As long as the tree. */
  readonly known: Uint8Array;
}

/** A place of the hierarchy with its cost. */
export interface CostNode {
  readonly path: ScopePath;
  /** Index of the place above; -1 for the whole and for slices across the hierarchy. */
  readonly parent: number;
  /** Indexes of the places below. */
  readonly children: readonly number[];
  readonly currency: string;
  /** Units of the reporting currency for one of its own, one rate for all days; NaN when there is none. */
  readonly rate: number;
  /** Units of its currency per day from the tree's start to its own last complete day. NaN: unknown. */
  readonly values: Float64Array;
  /** Sources that a noticeable share of its newest cost comes from. */
  readonly sources: readonly string[];
}

/** Parents stand before their children. */
export interface CostTree {
  readonly start: Day;
  readonly nodes: readonly CostNode[];
}

/** An episode, and which detector found it. */
export interface Flag extends Episode {
  readonly detector: string;
}

/** What detectors made of a place. */
export interface NodeVerdict {
  /** Nothing is to be told of it. */
  readonly muted?: boolean;
  readonly gates: Gates;
  /** Bands of the days of the node; absent where nothing was flagged. */
  readonly expected?: Float64Array;
  readonly upper?: Float64Array;
  readonly lower?: Float64Array;
  readonly flags: readonly Flag[];
}

/** The tree with what detectors found. */
export interface Judged {
  readonly nodes: readonly CostNode[];
  /** As long as the nodes. */
  readonly verdicts: readonly NodeVerdict[];
}

/** One cause, at the place that explains it. */
export interface Incident {
  /** Index of its node. */
  readonly node: number;
  readonly flag: Flag;
  /** Other nodes in which it shows, with the excess over its days in their own currency. */
  readonly related: readonly { readonly node: number; readonly excess: number }[];
}
