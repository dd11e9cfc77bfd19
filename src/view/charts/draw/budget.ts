/** The budget pace: a dashed line with its label on it, so that it needs no legend. */
import { cleanName, cutToFit } from '../text/names.ts';
import type { Box, Pen } from './pen.ts';
import type { Plot } from './plot.ts';
import type { Theme } from './theme.ts';
import { font, INK } from './theme.ts';

export interface BudgetLine {
  readonly name: string;
  readonly value: number;
  readonly offChart: boolean;
}

/** `tops[day]` is the upper end of that day's bar in pixels; the label goes where it covers least. */
export function drawBudget(
  pen: Pen,
  plot: Plot,
  budget: BudgetLine,
  tops: readonly number[],
  theme: Theme,
): void {
  const { scale, textSize } = theme;
  const y = budget.offChart ? plot.top : plot.y(budget.value);
  pen.save();
  if (!budget.offChart) drawDashes(pen, plot, y, theme);
  pen.font = font(textSize * 0.95, 'semibold');
  const room = (plot.right - plot.left) * 0.6;
  const name = cleanName(budget.name);
  const text = cutToFit(budget.offChart ? `↑ ${name}` : name, (one) => pen.measureText(one).width <= room);
  const width = pen.measureText(text).width + 14 * scale;
  const height = textSize * 1.3;
  const above = y - height - 3 * scale;
  // Without room above the line the label hangs below it.
  const boxY = budget.offChart || above < plot.top - height * 0.6 ? y + 3 * scale : above;
  const sides = [plot.right - width, plot.left + 4 * scale].map((x): Box => ({ x, y: boxY, width, height }));
  const [right, left] = sides;
  if (!right || !left) return;
  const box = covered(plot, tops, left) < covered(plot, tops, right) ? left : right;
  pen.globalAlpha = 0.86;
  pen.fillStyle = INK.panel;
  pen.beginPath();
  pen.roundRect(box.x, box.y, box.width, box.height, 5 * scale);
  pen.fill();
  pen.globalAlpha = 1;
  pen.fillStyle = INK.budget;
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(text, box.x + 7 * scale, box.y + box.height / 2);
  pen.restore();
}

function drawDashes(pen: Pen, plot: Plot, y: number, { lineWidth, scale }: Theme): void {
  pen.beginPath();
  pen.moveTo(plot.left, y);
  pen.lineTo(plot.right, y);
  pen.strokeStyle = INK.panel;
  pen.lineWidth = lineWidth * 1.8;
  pen.stroke();
  pen.setLineDash([10 * scale, 6 * scale]);
  pen.strokeStyle = INK.budget;
  pen.lineWidth = lineWidth * 0.7;
  pen.stroke();
  pen.setLineDash([]);
}

/** How much of the box lies on bars, in pixels of height summed over days. */
function covered(plot: Plot, tops: readonly number[], box: Box): number {
  let sum = 0;
  for (const [day, top] of tops.entries()) {
    const x = plot.x(day);
    if (x >= box.x && x <= box.x + box.width) sum += Math.max(0, box.y + box.height - Math.max(top, box.y));
  }
  return sum;
}
