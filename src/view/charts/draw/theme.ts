/** Colours and sizes of every chart. Sizes are for 900 × 420 and must still read at 360 wide. */
export const FONT_FAMILY = 'Pennywatch Inter';

export const INK = {
  panel: '#FCFCFD',
  edge: '#DFE3E8',
  title: '#1A1D21',
  text: '#3D444D',
  quiet: '#626B76',
  grid: '#E6E9ED',
  zero: '#9AA3AD',
  ghost: '#6B7480',
  line: '#16191D',
  budget: '#16191D',
  unknown: '#EDF0F3',
} as const;

/** Okabe-Ito, told apart by colour-blind people. Its vermilion is kept for anomalies. */
const SERIES = ['#0072B2', '#E69F00', '#009E73', '#56B4E9', '#CC79A7', '#F0E442'] as const;
const OTHER = '#B4BBC4';

/** Stages keep their colour in every chart, whatever their rank. */
const STAGES: Record<string, string> = {
  training: SERIES[0],
  inference: SERIES[1],
  data: SERIES[2],
  other: OTHER,
};

export interface Theme {
  readonly margin: number;
  readonly titleSize: number;
  readonly textSize: number;
  readonly lineWidth: number;
  /** Everything above in proportion: 1 at 900 × 420. */
  readonly scale: number;
}

export function themeFor(width: number, height: number): Theme {
  const scale = Math.max(0.35, Math.min(width / 900, height / 420));
  return { margin: 26 * scale, titleSize: 28 * scale, textSize: 19 * scale, lineWidth: 3 * scale, scale };
}

export function font(size: number, weight: 'regular' | 'semibold' = 'regular'): string {
  return `${weight === 'semibold' ? '600' : '400'} ${size}px "${FONT_FAMILY}"`;
}

/** The series that holds what no longer got a colour: "other (9 more)". */
export function isFolded(name: string): boolean {
  return /^other \(\d+ more\)$/.test(name);
}

/** One colour per stacked series, in their order. */
export function seriesColours(names: readonly string[]): string[] {
  if (names.every((name) => Object.hasOwn(STAGES, name))) return names.map((name) => STAGES[name] ?? OTHER);
  return names.map((name, index) => (isFolded(name) ? OTHER : (SERIES[index % SERIES.length] ?? OTHER)));
}
