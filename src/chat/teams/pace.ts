/** When the next call may go out, by windows such as "7 a second and 60 in half a minute". */

export interface Window {
  readonly count: number;
  readonly perMs: number;
}

export interface Pace {
  /**
   * Books the earliest moment (milliseconds) at which all rates allow one more call. Undefined, and nothing booked, when
   * that is more than `patience` milliseconds away.
   */
  take(
    rates: readonly { readonly name: string; readonly windows: readonly Window[] }[],
    patience: number,
  ): number | undefined;
}

/** Moments of a name are forgotten when they no longer count. */
export function createPace(now: () => number): Pace {
  const booked = new Map<string, { readonly moments: number[]; readonly longest: number }>();

  function momentsOf(name: string, windows: readonly Window[]): number[] {
    const known = booked.get(name);
    const longest = Math.max(...windows.map(({ perMs }) => perMs));
    if (known) {
      const gone = known.moments.findIndex((at) => at > now() - longest);
      known.moments.splice(0, gone < 0 ? known.moments.length : gone);
      return known.moments;
    }
    for (const [other, { moments, longest: kept }] of booked)
      if ((moments.at(-1) ?? 0) <= now() - kept) booked.delete(other);
    const fresh: number[] = [];
    booked.set(name, { moments: fresh, longest });
    return fresh;
  }

  return {
    take(rates, patience) {
      const all = rates.map(({ name, windows }) => ({ windows, moments: momentsOf(name, windows) }));
      const due = Math.max(
        now(),
        ...all.flatMap(({ windows, moments }) => windows.map((one) => freeAt(moments, one))),
      );
      if (due - now() > patience) return undefined;
      for (const { moments } of all) insert(moments, due);
      return due;
    },
  };
}

/** When the window has room: once the call that is `count` calls back has left it. */
function freeAt(moments: readonly number[], { count, perMs }: Window): number {
  const before = moments[moments.length - count];
  return before === undefined ? 0 : before + perMs;
}

/** Keeps them in order: somebody else's wait may have booked a later moment. */
function insert(moments: number[], at: number): void {
  let index = moments.length;
  while (index > 0 && (moments[index - 1] ?? 0) > at) index -= 1;
  moments.splice(index, 0, at);
}
