/** A chart as data: built by a pure function, drawn by `rasterise.ts`, described in words by its alt text. */
export interface ChartSeries {
  readonly name: string;
  /** One value per label; null where nothing is known (never drawn as zero). In units of the currency. */
  readonly values: readonly (number | null)[];
  /**
   * How it is drawn. Among bars: a stacked bar, the 7-day average, a budget pace line, the previous period.
   * Among lines: what was, what was to be expected, what is to come.
   */
  readonly role: 'stack' | 'average' | 'budget' | 'previous' | 'actual' | 'expected' | 'forecast';
}

export interface ChartSpec {
  /** Which chart it is, e.g. "daily-cost"; also the base of its file name. */
  readonly id: string;
  /** The finding, not the subject: "bert cost 18 % more than the 30 days before". */
  readonly title: string;
  readonly subtitle?: string;
  /** ISO currency of the values. */
  readonly currency: string;
  /** 'YYYY-MM-DD' for each position on the x axis; charts of lines take hours too, 'YYYY-MM-DDTHH'. */
  readonly days: readonly string[];
  readonly series: readonly ChartSeries[];
  /** Index of the first day whose data is not complete; that day and later are hatched. */
  readonly provisionalFrom?: number;
  /** A second, narrower picture beside the first, with its own scale and the same colours: the days of the last bar. */
  readonly beside?: ChartPanel;
  /** Lines instead of bars, and what is around them. */
  readonly lines?: ChartLines;
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

/** What a chart of lines has beyond its series. Positions are indices of `days`; amounts are in units of the currency. */
export interface ChartLines {
  /** A total that grows starts at zero; a level may be looked at from near when it hardly moves. */
  readonly baseline: 'zero' | 'near';
  /** Ranges behind the lines, the widest first. */
  readonly bands: readonly ChartBand[];
  /** Amounts that are the same all the way, with their label on the line. */
  readonly levels: readonly ChartLevel[];
  /** Positions that stand out, and what they are called. */
  readonly marked?: { readonly name: string; readonly at: readonly number[] };
  /** Stretches that somebody announced, both ends included. */
  readonly spans?: readonly { readonly name: string; readonly from: number; readonly to: number }[];
  /** Moments when something was changed; `name` is what they are called together. */
  readonly flags?: {
    readonly name: string;
    readonly at: readonly { readonly name: string; readonly at: number }[];
  };
  /** The amount of one point, written beside it. */
  readonly note?: { readonly at: number; readonly value: number; readonly tone: 'marked' | 'forecast' };
  /** The first position that is yet to come. */
  readonly forecastFrom?: number;
  /** A low second picture under the first, over the same days. */
  readonly below?: ChartStrip;
}

export interface ChartBand {
  readonly name: string;
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
  /** Grey for what was to be expected; three shades for what is to come, the likeliest the darkest. */
  readonly shade: 'expected' | 'outer' | 'middle' | 'inner';
}

export interface ChartLevel {
  readonly name: string;
  readonly value: number;
  /** What must be kept, or a mark on the way to it. */
  readonly kind: 'budget' | 'threshold';
}

/** Shares of a whole, 1 = all, below 0 = more than all is gone. */
export interface ChartStrip {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** A member of the family: pure, from its own input to a spec. */
export interface Chart<Input> {
  readonly id: string;
  readonly build: (input: Input) => ChartSpec;
}
