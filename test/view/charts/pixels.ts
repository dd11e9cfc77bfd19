/** Reads a picture back, for tests that look at it. */
import { createCanvas, loadImage } from '@napi-rs/canvas';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** [red, green, blue, alpha] */
  readonly at: (x: number, y: number) => number[];
  /** The same for all pixels, row by row. */
  readonly data: Uint8ClampedArray;
}

export async function readPixels(png: Uint8Array): Promise<Pixels> {
  const image = await loadImage(Buffer.from(png));
  const context = createCanvas(image.width, image.height).getContext('2d');
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  return {
    width: image.width,
    height: image.height,
    data,
    at: (x, y) => [...data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4)],
  };
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How many pixels of an area are of a colour ('#D55E00'), give or take what smoothing does. */
export function countColour(pixels: Pixels, colour: string, area: Area = plotArea, tolerance = 12): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  const { data, width } = pixels;
  const near = (wanted: number, at: number): boolean => Math.abs(wanted - (data[at] ?? 0)) <= tolerance;
  let count = 0;
  for (let y = area.y; y < area.y + area.height; y += 1)
    for (let x = area.x; x < area.x + area.width; x += 1) {
      const at = (y * width + x) * 4;
      if (near(red, at) && near(green, at + 1) && near(blue, at + 2)) count += 1;
    }
  return count;
}

/** Below the legend of a chart with one line of title and a subtitle, at double density. */
export const plotArea: Area = { x: 140, y: 250, width: 1_620, height: 520 };
