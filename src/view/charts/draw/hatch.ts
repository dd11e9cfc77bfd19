/** Diagonal stripes over a box: the sign for "still arriving". */
import type { Box, Pen } from './pen.ts';
import { INK } from './theme.ts';

/** Washes the box out and stripes it; the stripes of neighbouring boxes meet. */
export function hatch(pen: Pen, box: Box, scale: number): void {
  const gap = 8 * scale;
  pen.save();
  pen.beginPath();
  pen.rect(box.x, box.y, box.width, box.height);
  pen.clip();
  pen.fillStyle = INK.panel;
  pen.globalAlpha = 0.3;
  pen.fillRect(box.x, box.y, box.width, box.height);
  pen.globalAlpha = 0.9;
  pen.strokeStyle = INK.panel;
  pen.lineWidth = gap * 0.4;
  // Every stripe lies on x + y = k × gap, so the pattern runs on from box to box.
  const first = Math.floor((box.x + box.y) / gap) * gap;
  const last = box.x + box.width + box.y + box.height;
  pen.beginPath();
  for (let sum = first; sum <= last + gap; sum += gap) {
    pen.moveTo(sum - box.y, box.y);
    pen.lineTo(sum - box.y - box.height, box.y + box.height);
  }
  pen.stroke();
  pen.restore();
}
