/** The charts of a view and what has become of their pictures, whatever a platform keeps of one. */
import { AppError } from '../core/errors.ts';
import type { ChartSpec } from '../view/charts/types.ts';
import type { View } from '../view/elements.ts';

export interface Drawing {
  readonly state: 'drawing';
}

export interface NoPicture {
  readonly state: 'failed';
  readonly reason: string;
}

export function chartsOf(view: View): ChartSpec[] {
  return view.elements.flatMap((element) => (element.kind === 'chart' ? [element.chart] : []));
}

/** All charts still being drawn. */
export function drawingPictures(view: View): ReadonlyMap<ChartSpec, Drawing> {
  return new Map(chartsOf(view).map((chart) => [chart, { state: 'drawing' }]));
}

/** The same pictures, those that were ready given up. */
export function withoutPictures(
  pictures: ReadonlyMap<ChartSpec, { readonly state: 'ready' } | Drawing | NoPicture>,
  reason: string,
): Map<ChartSpec, Drawing | NoPicture> {
  return new Map(
    [...pictures].map(([chart, picture]) => [
      chart,
      picture.state === 'ready' ? { state: 'failed', reason } : picture,
    ]),
  );
}

/** Why a chart has no picture, in words that go on a sentence. */
export function noPicture(error: unknown): NoPicture {
  const reason =
    error instanceof AppError
      ? error.message.replace(/\.$/, '')
      : 'it could not be drawn; the log has the cause';
  return { state: 'failed', reason };
}
