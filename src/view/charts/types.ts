/** A chart as data: built by a pure function, drawn by `rasterise.ts`, described in words by its alt text. */
export interface ChartSeries {
  readonly name: string;
  /** One value per label; null where nothing is known (never drawn as zero). Units of `unit`. */
  readonly values: readonly (number | null)[];
  /** How it is drawn: a stacked bar, the 7-day average, a budget pace line, the previous period. */
  readonly role: 'stack' | 'average' | 'budget' | 'previous';
}

export interface ChartSpec {
  /** Which chart it is, e.g. "daily-cost"; also the base of its file name. */
  readonly id: string;
  /** The finding, not the subject: "bert cost 18 % more than the 30 days before". */
  readonly title: string;
  readonly subtitle?: string;
  /** ISO currency of the values. */
  readonly currency: string;
  /** 'YYYY-MM-DD' for each position on the x axis. */
  readonly days: readonly string[];
  readonly series: readonly ChartSeries[];
  /** Index of the first day whose data is not complete; that day and later are hatched. */
  readonly provisionalFrom?: number;
  /** A second, narrower picture beside the first, with its own scale and the same colours: the days of the last bar. */
  readonly beside?: ChartPanel;
  /** The finding and its numbers in words, for people who do not see the picture. */
  readonly alt: string;
}

/** The picture on the right of a two-part chart. The left one is the spec's own `days` and `series`. */
export interface ChartPanel {
  /** What a bar is, above each half: "per week", "per day, 10–16 Nov". */
  readonly captions: readonly [left: string, right: string];
  readonly days: readonly string[];
  readonly series: readonly ChartSeries[];
  readonly provisionalFrom?: number;
}

/** A member of the family: pure, from its own input to a spec. */
export interface Chart<Input> {
  readonly id: string;
  readonly build: (input: Input) => ChartSpec;
}
