/** The same message in ever simpler layouts, so that one the platform refuses still arrives. */

/**
 * Sends the first layout that is taken. `refused` says whether an error is about the layout, and notes it; any other is
 * thrown at once.
 */
export async function sendFirst<Layout, Result>(
  layouts: readonly Layout[],
  refused: (error: unknown) => boolean,
  send: (layout: Layout) => Promise<Result>,
): Promise<Result> {
  for (const layout of layouts.slice(0, -1)) {
    try {
      return await send(layout);
    } catch (error) {
      if (!refused(error)) throw error;
    }
  }
  const plainest = layouts.at(-1);
  if (!plainest) throw new RangeError('There is no layout to send');
  return send(plainest);
}
