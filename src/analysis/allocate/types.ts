/** A charge as allocation sees it, and what allocation decided about it. */
import type { Allocation, Dimension } from '../../core/dimension.ts';
import type { FocusColumn } from '../../core/settings.ts';

/** The kept FOCUS columns and the tags of a charge. A missing column is absent or null. */
export interface ChargeShape {
  readonly columns: { readonly [C in FocusColumn]?: string | null };
  readonly tags: Readonly<Record<string, string>>;
}

/** What set a dimension: a rule, a tag, the model's team, or the team's cost centre. */
export type ReasonSource =
  | { readonly kind: 'rule'; readonly rule: string }
  | { readonly kind: 'tag'; readonly key: string; readonly value: string }
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'team'; readonly team: string };

export interface Reason {
  readonly dimension: Dimension;
  readonly value: string;
  readonly by: ReasonSource;
}

export interface Decision {
  readonly allocation: Allocation;
  readonly reasons: readonly Reason[];
}
