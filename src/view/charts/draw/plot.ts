/** Where days and amounts are in the picture, once Chart.js has laid out its scales. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Width of one day. */
  readonly step: number;
  /** Middle of a day. */
  readonly x: (day: number) => number;
  readonly y: (value: number) => number;
}
