/** What scoring a file takes and gives. */
import type { Gates, Severity } from '../../analysis/detectors/types.ts';
import type { Grain } from '../../core/series.ts';

export interface DetectFileRequest {
  /** The file's name, for words and for labels that are filed under it. */
  readonly name: string;
  readonly csv: string;
  /** Text of a labels file: JSON, or CSV with a column of 0 and 1. */
  readonly labels?: string;
  /** Told by the file when left out. */
  readonly grain?: Grain;
  readonly detector: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Deviations from the default gates. */
  readonly gates: Partial<Gates>;
}

/** One row of the file, judged. What is not known is null, save the score. */
export interface JudgedPoint {
  /** As it was written. */
  readonly timestamp: string;
  readonly value: number | null;
  readonly expected: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** 0–1, 0.5 on the edge of the band; 0 where nothing can be said, which `expected` null tells apart. */
  readonly score: number;
  readonly anomalous: boolean;
  /** As far as it was known at that time; null when not anomalous. */
  readonly severity: Severity | null;
  readonly direction: 'up' | 'down' | null;
  /** Whether it is labelled as an anomaly, when labels were given. */
  readonly label?: boolean;
}

/** An incident, for people. */
export interface FileIncident {
  /** Stamps as written. */
  readonly first: string;
  readonly last: string;
  readonly direction: 'up' | 'down';
  readonly severity: Severity;
  readonly score: number;
  /** Steps from the first to the last. */
  readonly steps: number;
  /** Sum of what lay beside the expected. */
  readonly excess: number;
  /** Means. */
  readonly actual: number;
  readonly expected: number;
}

/** How the alarms compare with the labels. Ratios are null where nothing can be divided. */
export interface LabelComparison {
  readonly events: number;
  readonly found: number;
  /** Labels between whose times the file has no row. */
  readonly outside: number;
  readonly alarms: number;
  readonly falseAlarms: number;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
  /** Steps from an event's first row to its first alarm: the median over found events. */
  readonly medianDelay: number | null;
  readonly missed: readonly { readonly first: string; readonly last: string }[];
}

export interface DetectFileResult {
  readonly name: string;
  readonly detector: string;
  readonly grain: Grain;
  /** How far apart rows usually are, in words: "1 hour", "5 minutes". */
  readonly step: string;
  /** In the order of the file. */
  readonly points: readonly JudgedPoint[];
  readonly incidents: readonly FileIncident[];
  /** Rows with a judgement. */
  readonly judged: number;
  /** Known rows that must come before the first that can be judged. */
  readonly needed: number;
  /** What a reader should know of how the file was read. */
  readonly notes: readonly string[];
  readonly labels?: LabelComparison;
}
