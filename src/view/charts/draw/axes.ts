/** Axes that every chart has alike: dates below, amounts at the left. */
import { FONT_FAMILY, INK, type Theme } from './theme.ts';

/** Ticks of the axis of dates: those that have a label. */
export function dateAxisTicks(labels: ReadonlyMap<number, string>, theme: Theme) {
  return {
    autoSkip: false,
    maxRotation: 0,
    color: INK.quiet,
    font: { family: FONT_FAMILY, size: theme.textSize },
    padding: 4 * theme.scale,
    callback: (_: string | number, index: number) => labels.get(index) ?? '',
  };
}

/** Lines at the amounts; zero stands out where there are amounts below it. */
export function amountGrid(least: number, theme: Theme) {
  return {
    drawTicks: false,
    lineWidth: 1.5 * theme.scale,
    color: ({ tick }: { tick?: { value: number } }) => (tick?.value === 0 && least < 0 ? INK.zero : INK.grid),
  };
}
