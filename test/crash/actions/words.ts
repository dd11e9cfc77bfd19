/** What the process that kills and the processes that are killed say to each other. */

/** One proposal from its draft to its end, the people in it and whether it is undone afterwards. */
export interface Task {
  readonly model: string;
  /** Which of its resources Mira leaves out; -1: none. */
  readonly leftOut: number;
  /** Whether a draft that was left behind by a crash is sent, or a new one is made. */
  readonly draftAnew: boolean;
  readonly undo: boolean;
}

/** before, after: the k-th request reaches the provider, and has no effect, or has one whose answer nobody gets. */
export type RequestPoint = {
  readonly kind: 'before' | 'after' | 'late';
  /** All requests, or only those that change something. */
  readonly among: 'all' | 'writes';
  readonly k: number;
  /** late: how many requests of the next life are answered before it has its effect. */
  readonly behind: number;
};

/** In the k-th transaction of a life: before it ends, or right after. */
export type StorePoint = { readonly kind: 'store'; readonly k: number; readonly edge: 'open' | 'kept' };

/** So many milliseconds after a life began to work. */
export type TimePoint = { readonly kind: 'time'; readonly after: number };

export type Point = RequestPoint | StorePoint | TimePoint;
export type Kind = Point['kind'];
export const KINDS = ['before', 'after', 'late', 'time', 'store'] as const satisfies readonly Kind[];

export type Order =
  | { readonly do: 'live'; readonly task: Task; readonly kill?: StorePoint }
  /** What was held up goes on. */
  | { readonly do: 'go-on'; readonly kill?: StorePoint };

export type Word =
  | { readonly said: 'ready' }
  /** A proposal is over, but something of it is not clear yet. */
  | { readonly said: 'unclear' }
  | { readonly said: 'over' }
  /** It must not be: in words. */
  | { readonly said: 'wrong'; readonly why: string };

export interface Place {
  readonly db: string;
  readonly cloud: string;
  /** Milliseconds that its clock is ahead of the machine's. */
  readonly offset: number;
  readonly models: readonly string[];
}
