/** Words the benchmark's cases share. */

/** One measured figure, as it is printed. */
export interface BenchLine {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What it is compared with, in the same unit, measured in the same run. */
  readonly baseline?: { readonly name: string; readonly value: number };
  /** The goal in words, e.g. "≤ 300 ms". */
  readonly goal?: string;
  readonly met?: boolean;
  readonly note?: string;
}

export interface BenchOptions {
  /** A folder of this run, removed after it. */
  readonly dir: string;
  /** How many rows a case that reads or writes rows takes; each case has its own default. */
  readonly rows?: number;
  /** A small version that only shows that the case works. */
  readonly quick?: boolean;
  /** Progress for the person who waits. */
  say(text: string): void;
}

/** Every case file exports one of these as `run`. */
export type BenchCase = (options: BenchOptions) => Promise<BenchLine[]>;
