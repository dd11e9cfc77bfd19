/** What the legend of a chart of lines says. Levels are not in it: their label is on the line. */
import { cleanLabel, cutMiddle } from '../../text/names.ts';
import type { ChartLines, ChartSeries, ChartSpec } from '../../types.ts';
import type { Entry, Swatch } from '../legend.ts';
import { LINE_INK, SPAN_ALPHA, seenAlpha, washOf } from './colours.ts';
import { gapSteps } from './gap-steps.ts';

export function lineLegend(spec: ChartSpec, lines: ChartLines): Entry[] {
  const known = (role: ChartSeries['role']) =>
    spec.series.find((one) => one.role === role && one.values.some((value) => value !== null));
  const [actual, expected, forecast] = [known('actual'), known('expected'), known('forecast')];
  const entries: Entry[] = [];
  const add = (swatch: Swatch, name: string | undefined): void => {
    if (name !== undefined) entries.push({ swatch, name: cutMiddle(cleanLabel(name), 32), fixed: true });
  };
  add({ kind: 'stroke', colour: LINE_INK.actual }, actual?.name);
  const band = lines.bands.find(({ shade }) => shade === 'expected');
  if (band) {
    const middle = expected ? { middle: LINE_INK.expected } : {};
    add({ kind: 'range', ...washOf('expected'), ...middle }, band.name);
  } else add({ kind: 'stroke', colour: LINE_INK.expected, thin: true }, expected?.name);
  add({ kind: 'stroke', colour: LINE_INK.forecast, dashed: true }, forecast?.name);
  const fan = lines.bands.filter(({ shade }) => shade !== 'expected');
  const shades = fan.map(({ shade }) => shade);
  // The likeliest first, as it is what people look for.
  for (const { name, shade } of fan.toReversed())
    add({ kind: 'range', colour: washOf(shade).colour, alpha: seenAlpha(shade, shades) }, name);
  add({ kind: 'dot', colour: LINE_INK.marked }, lines.marked?.name);
  if (lines.spans) add({ kind: 'range', colour: LINE_INK.span, alpha: SPAN_ALPHA * 2 }, 'planned');
  add({ kind: 'flag' }, lines.flags?.name);
  if (spec.provisionalFrom !== undefined) add({ kind: 'hatch' }, 'still arriving');
  if (gapSteps(spec, lines).length > 0) add({ kind: 'unknown' }, 'no data');
  return entries;
}
