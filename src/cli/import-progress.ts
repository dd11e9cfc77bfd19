/** Shows how far an import or a poll is: a bar on a terminal, a line per step otherwise. Never on stdout. */
import { SingleBar } from 'cli-progress';
import { oneLine } from './import-text.ts';

interface Progress {
  readonly what: string;
  readonly of: string;
  /** 0 to 1. */
  readonly done: number;
}

export interface ShownProgress {
  readonly update: (progress: Progress) => void;
  readonly stop: () => void;
}

export function showProgress(stream: NodeJS.WriteStream): ShownProgress {
  return stream.isTTY ? bar(stream) : lines(stream);
}

function bar(stream: NodeJS.WriteStream): ShownProgress {
  const single = new SingleBar({
    stream,
    format: '{bar} {percentage} % {what}',
    hideCursor: true,
    clearOnComplete: true,
    linewrap: false,
  });
  let running = false;
  return {
    update(progress) {
      if (running) single.update(progress.done, { what: label(progress) });
      else single.start(1, progress.done, { what: label(progress) });
      running = true;
    },
    stop() {
      if (running) single.stop();
      running = false;
    },
  };
}

function lines(stream: NodeJS.WriteStream): ShownProgress {
  let last = '';
  return {
    update(progress) {
      const line = label(progress);
      if (line !== last) stream.write(`${line}\n`);
      last = line;
    },
    stop() {
      last = '';
    },
  };
}

function label({ what, of }: Progress): string {
  return `${what} ${oneLine(of)}`;
}
