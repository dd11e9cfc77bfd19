/** Remembers on which line each record starts, in little room: only where the count of lines jumps. */
export interface LineIndex {
  /** Records are added in order, from 0. */
  readonly add: (record: number, line: number) => void;
  readonly lineOf: (record: number) => number;
}

export function createLineIndex(): LineIndex {
  const records: number[] = [];
  const lines: number[] = [];
  return {
    add(record, line) {
      const last = records.length - 1;
      if (last >= 0 && line - record === (lines[last] ?? 0) - (records[last] ?? 0)) return;
      records.push(record);
      lines.push(line);
    },
    lineOf(record) {
      let low = 0;
      let high = records.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((records[middle] ?? 0) <= record) low = middle;
        else high = middle - 1;
      }
      return (lines[low] ?? 1) + record - (records[low] ?? 0);
    },
  };
}
