/** The rules of the tree: who may import whom, what stays pure, how big a file may be, that families are registered. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { actions } from '../src/actions/registry.ts';
import { chatPlatforms } from '../src/chat/registry.ts';
import { commands } from '../src/commands/registry.ts';
import { fileSources, sources } from '../src/sources/registry.ts';
import { usageSources } from '../src/usage/registry.ts';
import { charts } from '../src/view/charts/registry.ts';

const ROOT = resolve(import.meta.dirname, '..');
const SRC = join(ROOT, 'src');

/** Layer → layers it may import; "x/types" allows only that layer's types.ts. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  analysis: ['core'],
  view: ['core'],
  sources: ['core'],
  usage: ['core'],
  actions: ['core'],
  store: ['core'],
  config: [
    'core',
    'analysis/schedule/cron',
    'analysis/detectors/registry',
    'analysis/detectors/run',
    'sources/registry',
  ],
  chat: ['core', 'view'],
  notify: ['core', 'view'],
  flows: [
    ...(['core', 'analysis', 'view', 'store', 'sources/types', 'usage/types', 'chat/types'] as const),
    ...(['actions/types', 'notify/types'] as const),
  ],
  commands: ['core', 'view', 'flows'],
};
/** Files and folders that wire the parts together. */
const WIRING = [
  'main.ts',
  'cli.ts',
  'http.ts',
  'http-events.ts',
  'http-charts.ts',
  'chat-wiring.ts',
  'chat-directories.ts',
  'metrics.ts',
  'version.ts',
  'dispatch.ts',
  'jobs.ts',
  'log.ts',
  'threads',
  'worker.ts',
  'config.ts',
  'cli',
  'sandbox',
];

interface SourceFile {
  readonly path: string;
  readonly layer: string;
  readonly text: string;
  readonly imports: readonly { readonly from: string; readonly typeOnly: boolean; readonly lazy: boolean }[];
}

const files = list(SRC)
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('/generated/') && !path.endsWith('.d.ts'))
  .map(read);

describe('layers', () => {
  it.each(files.filter(({ layer }) => layer in MAY_IMPORT).map((file) => [file.path, file] as const))(
    '%s',
    (_, file) => {
      const allowed = MAY_IMPORT[file.layer] ?? [];
      const wrong = targets(file).filter(({ path, layer }) => {
        if (layer === file.layer) return isSibling(file.path, path);
        return !allowed.includes(layer) && !allowed.includes(path.replace(/\.ts$/, ''));
      });
      expect(wrong.map(({ path }) => path)).toEqual([]);
    },
  );

  it('knows every folder', () => {
    const known = [...Object.keys(MAY_IMPORT), ...WIRING];
    expect(readdirSync(SRC).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(findCycle()).toBeUndefined();
  });
});

describe('vendor code stays where it belongs', () => {
  const owners: readonly [RegExp, RegExp][] = [
    [/^@prisma\/|better-sqlite3/, /^store\//],
    [/^@slack\//, /^(chat\/slack|sandbox)\//],
    [/^(botbuilder|botframework)/, /^chat\/teams\/bot-framework\.ts$/],
    [/^@duckdb\//, /^sources\//],
    [/^@aws-sdk\//, /^(sources|actions)\//],
    [/^(@google-cloud\/|google-auth-library)/, /^(sources|actions)\//],
    [/^@azure\//, /^(sources|actions)\//],
    [/^(chart\.js|chartjs-|@napi-rs\/canvas|canvas$)/, /^view\/charts\//],
    [/^@kubernetes\//, /^actions\//],
    [/^(react|slack-blocks-to-jsx)/, /^sandbox\/page\//],
  ];
  it.each(files.map((file) => [file.path, file] as const))('%s', (path, file) => {
    const strays = file.imports.filter(({ from }) =>
      owners.some(([vendor, home]) => vendor.test(from) && !home.test(path)),
    );
    expect(strays).toEqual([]);
  });

  it('loads DuckDB, the canvas and cloud SDKs only on first use', () => {
    const eager = files.flatMap(({ path, imports }) =>
      imports
        .filter(
          ({ from, typeOnly, lazy }) =>
            /^(@duckdb\/|chartjs-node-canvas|@napi-rs\/canvas|@aws-sdk\/|@google-cloud\/|google-auth-|@azure\/|@kubernetes\/|botbuilder|botframework)/.test(
              from,
            ) &&
            !typeOnly &&
            !lazy,
        )
        .map(({ from }) => `${path} → ${from}`),
    );
    expect(eager).toEqual([]);
  });
});

describe('purity', () => {
  const impure =
    /\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\bprocess\.(env|hrtime|cwd)\b|\bfetch\(|from 'node:(fs|net|http|https|child_process|os|timers)/;
  const mayTouchTheWorld = ['view/charts/rasterise.ts'];
  const pure = files.filter(
    ({ layer, path }) => ['core', 'analysis', 'view'].includes(layer) && !mayTouchTheWorld.includes(path),
  );
  it.each(pure.map((file) => [file.path, file] as const))('%s', (_, file) => {
    expect(file.text.split('\n').filter((line) => impure.test(line) && !/^\s*(\*|\/\/)/.test(line))).toEqual(
      [],
    );
  });

  it('only config reads the environment', () => {
    const readers = files.filter(({ text }) => /\bprocess\.env\b/.test(text)).map(({ path }) => path);
    expect(readers.filter((path) => path !== 'config.ts' && !path.startsWith('config/'))).toEqual([]);
  });
});

describe('families are registered', () => {
  it('sources', () =>
    expect(folders('sources')).toEqual([...fileSources, ...sources].map(({ id }) => id).sort()));
  it('actions', () => {
    const providers = new Set(actions.map(({ about }) => about.provider));
    expect(folders('actions')).toEqual([...providers].sort());
  });
  it('usage sources', () => expect(folders('usage')).toEqual(usageSources.map(({ id }) => id).sort()));
  it('chat platforms', () => expect(folders('chat')).toEqual(chatPlatforms.map(({ id }) => id).sort()));
  it('charts', () =>
    expect(charts.map(({ id }) => existsSync(join(SRC, 'view/charts', `${id}.ts`)))).not.toContain(false));
  it('commands', () => {
    const members = files.filter(
      ({ path, text }) =>
        path.startsWith('commands/') && /: Command = \{|costCommand\('|: Command \{/.test(text),
    );
    const defined = members
      .map(({ path }) => path.slice('commands/'.length, -'.ts'.length))
      .filter((name) => name !== 'cost-command');
    expect(defined.sort()).toEqual(commands.map(({ name }) => name).sort());
  });
});

describe('files are small and named plainly', () => {
  const sizes = files.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }));
  it('none is over 300 lines', () => expect(sizes.filter(({ lines }) => lines > 300)).toEqual([]));
  it('the median is at most 70 lines', () => {
    const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(70);
  });
  it('names are kebab-case and say a job', () => {
    const bad = files
      .map(({ path }) => path)
      .filter(
        (path) =>
          !/^[a-z0-9/.-]+$/.test(path) ||
          /(^|\/)(utils?|helpers?|common|manager|base|impl)(\/|\.)/.test(path),
      );
    expect(bad).toEqual([]);
  });
  it('nothing is suppressed', () => {
    const text = /@ts-ignore|@ts-expect-error|@ts-nocheck|biome-ignore/;
    expect(files.filter((file) => text.test(file.text)).map(({ path }) => path)).toEqual([]);
  });
});

function read(absolute: string): SourceFile {
  const path = relative(SRC, absolute);
  const text = readFileSync(absolute, 'utf8');
  const statics = [
    ...text.matchAll(/^(?:import|export)\s+(type\s)?[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm),
  ].map((match) => ({
    from: match[2] ?? match[3] ?? '',
    typeOnly: match[1] !== undefined,
    lazy: false,
  }));
  const lazies = [...text.matchAll(/\bimport\('([^']+)'\)/g)].map((match) => ({
    from: match[1] ?? '',
    typeOnly: false,
    lazy: true,
  }));
  return { path, layer: path.split('/')[0] ?? '', text, imports: [...statics, ...lazies] };
}

function targets(file: SourceFile): { path: string; layer: string }[] {
  return file.imports
    .filter(({ from }) => from.startsWith('.'))
    .map(({ from }) => relative(SRC, resolve(SRC, dirname(file.path), from)))
    .map((path) => ({ path, layer: path.split('/')[0] ?? '' }));
}

/** Members of a family (sources/aws, usage/file, chat/slack) never import one another. */
function isSibling(from: string, to: string): boolean {
  const [family, member, ...deeper] = from.split('/');
  const [, other, ...otherDeeper] = to.split('/');
  if (!['sources', 'usage', 'chat'].includes(family ?? '')) return false;
  return deeper.length > 0 && otherDeeper.length > 0 && member !== other;
}

function findCycle(): string[] | undefined {
  const graph = new Map(
    files.map((file) => {
      const eager = file.imports.filter(({ typeOnly, lazy }) => !typeOnly && !lazy);
      return [file.path, targets({ ...file, imports: eager }).map(({ path }) => path)] as const;
    }),
  );
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of graph.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of graph.keys()) {
    const cycle = visit(path, []);
    if (cycle) return cycle;
  }
  return undefined;
}

function folders(family: string): string[] {
  return readdirSync(join(SRC, family), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function list(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
