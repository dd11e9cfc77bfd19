/** What the page of the sample clouds shows: what there is, how it is now, and what was last asked of it. */

/** on: it costs. turning: on its way. off: it does not run. */
export type Tone = 'on' | 'turning' | 'off';

export interface CloudRow {
  /** "AWS", "Google Cloud" … */
  readonly vendor: string;
  /** "SageMaker training job" */
  readonly kind: string;
  readonly name: string;
  /** Where it is: account or project, and region. */
  readonly place: string;
  /** "ml.p4d.24xlarge × 2"; empty where there is none. */
  readonly size: string;
  /** The vendor's own word. */
  readonly state: string;
  readonly tone: Tone;
  /** ISO time; since when it is so, or when it was made. */
  readonly since?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface CloudCall {
  readonly vendor: string;
  /** ISO time. */
  readonly at: string;
  readonly operation: string;
  readonly target: string;
  readonly status: number;
}

export interface CloudState {
  readonly rows: readonly CloudRow[];
  /** The newest calls that change something, newest first. */
  readonly calls: readonly CloudCall[];
}
