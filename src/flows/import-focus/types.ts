/** What an import is asked for and what it gives back. Scripts rely on the names in ImportResult. */
import type { Actor } from '../../core/actor.ts';
import type { Day } from '../../core/day.ts';
import type { FileSource, Progress, QuarantinedLine } from '../../sources/types.ts';
import type { StoreTransaction } from '../../store/open.ts';
import type { Context } from '../context.ts';

/** Rebuilds the allocated layer of whole days inside the import's transaction. */
export type AllocateDays = (
  tx: StoreTransaction,
  context: Context,
  scope: { readonly days: readonly Day[] },
) => Promise<unknown>;

export interface ImportRequest {
  readonly files: readonly string[];
  /** Name the charges are filed under; default "focus". */
  readonly source?: string;
  /** The files are further parts of bills that are stored already, even on the same days. */
  readonly add?: boolean;
  /** Last day whose data is complete, when the reader knows better than the files. */
  readonly completeUntil?: Day;
  readonly actor: Actor;
  readonly onProgress?: (progress: Progress) => void;
  /** Set by polling. */
  readonly poll?: PolledPart;
}

/** One batch of a live source. */
export interface PolledPart {
  /** Id of the source, kept beside its name. */
  readonly kind: string;
  /** What people know it by, in place of the file's path. */
  readonly origin: string;
  /** The charges replace everything the source has on these days; absent: each replaces its bill. */
  readonly days?: { readonly start: Day; readonly end: Day };
  /** Charges of complete days may vanish. */
  readonly acceptLoss: boolean;
  /** Written in the same transaction, last. */
  beside(tx: StoreTransaction, written: { readonly moved: readonly MovedDay[] }): Promise<void>;
}

export interface ImportParts {
  readonly source: FileSource<{ files: string[] }>;
  readonly allocate: AllocateDays;
}

/** Decimal strings: exact sums before rounding; `stored` is what the store holds for the same bills, to the micro. */
export interface Amounts {
  readonly rows: number;
  readonly billedCost: string | null;
  readonly effectiveCost: string | null;
  readonly listCost: string | null;
  readonly contractedCost: string | null;
  readonly stored: {
    readonly billedCost: string | null;
    readonly effectiveCost: string | null;
    readonly listCost: string | null;
    readonly contractedCost: string | null;
  };
}

export type CurrencyAmounts = Amounts & { readonly currency: string };

/** One currency: its amounts. Several: currency null and one entry each; they are never added. */
export type NamedAmounts =
  | CurrencyAmounts
  | { readonly currency: null; readonly rows: number; readonly byCurrency: readonly CurrencyAmounts[] };

export interface ImportedFile {
  readonly path: string;
  readonly sha256: string;
  readonly format: string;
  readonly focusVersion: string;
  readonly rowsRead: number;
  readonly quarantinedCount: number;
  readonly quarantined: readonly QuarantinedLine[];
  readonly factsWritten: number;
  /** Stored facts that gave way to this file's bills. */
  readonly replaced: number;
  /** Everything in it was stored already. */
  readonly unchanged: boolean;
  readonly warnings: readonly string[];
}

/** What a replaced bill says differently about a day; null where it says nothing. */
export interface MovedDay {
  readonly billingAccountId: string;
  readonly billingPeriodStart: Day;
  readonly day: Day;
  readonly currency: string;
  readonly billedCost: { readonly before: string | null; readonly after: string | null };
  readonly effectiveCost: { readonly before: string | null; readonly after: string | null };
}

export interface ReconciliationDifference {
  readonly day: Day;
  readonly currency: string;
  readonly basis: 'BilledCost' | 'EffectiveCost';
  readonly bill: string | null;
  readonly facts: string | null;
  readonly daily: string | null;
}

export interface ImportResult {
  readonly source: string;
  readonly files: readonly ImportedFile[];
  readonly totals: readonly CurrencyAmounts[];
  readonly byProvider: Readonly<Record<string, NamedAmounts>>;
  readonly byService: Readonly<Record<string, NamedAmounts>>;
  readonly byChargeCategory: Readonly<Record<string, NamedAmounts>>;
  readonly byTag: Readonly<Record<string, Readonly<Record<string, NamedAmounts>>>>;
  readonly moved: readonly MovedDay[];
  /** Last complete day of the source; null when it is not known. */
  readonly watermark: Day | null;
  readonly reconciliation: {
    readonly days: number;
    readonly ok: boolean;
    readonly differences: readonly ReconciliationDifference[];
  };
  readonly warnings: readonly string[];
}
