/** `pennywatch report weekly --team X`: the report as it is posted, in the terminal or as files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, type Command } from 'commander';
import { renderMessage as renderSlack } from '../chat/slack/render.ts';
import { renderMessage as renderTeams } from '../chat/teams/render.ts';
import { AppError, describeError } from '../core/errors.ts';
import { parseScope, type Scope } from '../core/scope.ts';
import type { Context } from '../flows/context.ts';
import { findName } from '../flows/find-name.ts';
import { slotByHand } from '../flows/post-report.ts';
import { type ComposedReport, composeReport } from '../flows/report/compose.ts';
import { loadSentences } from '../flows/report/load-templates.ts';
import { rasterise } from '../view/charts/rasterise.ts';
import type { View } from '../view/elements.ts';
import { renderText } from '../view/fallback.ts';
import { postFromTerminal } from './post-report.ts';
import { type CommonOptions, EXIT, guarded, print, printJson, withCommon, withContext } from './shell.ts';

interface ReportOptions extends CommonOptions {
  readonly team?: string;
  readonly scope?: string;
  readonly out?: string;
  readonly post?: boolean;
  readonly again?: boolean;
}

export function registerReport(program: Command): void {
  const command = program
    .command('report')
    .description('compose a report, for example: pennywatch report weekly --team search')
    .addArgument(new Argument('<frequency>', 'which report').choices(['weekly', 'daily']))
    .option('--team <name>', 'the report of this team')
    .option('--scope <scope>', 'the report of this scope: org (default), team:NAME, model:NAME …')
    .option(
      '--out <folder>',
      'write message.slack.json, message.teams.json, message.txt and the charts into this folder',
    )
    .option('--post', 'post it in the channels that get it, unless it was posted already')
    .option('--again', 'with --post: post it once more');
  withCommon(command).action(guarded(report, (_, options) => options));
}

async function report(frequency: 'weekly' | 'daily', options: ReportOptions): Promise<number> {
  return withContext(options, async (context, config) => {
    const scope = await scopeOf(context, options);
    const { settings } = context;
    const team = settings.teams.find(({ name }) => scope.kind === 'team' && name === scope.name);
    // What is printed is what is posted: the report of the slot that was due, not of this moment.
    const slot = options.post ? await slotByHand(context, { scope, frequency }) : undefined;
    const { at, timeZone } = slot ?? { at: context.now(), timeZone: team?.timeZone ?? settings.timeZone };
    const composed = await composeReport(
      { ...context, sentences: loadSentences(config.path) },
      { scope, frequency, at, timeZone },
    );
    const files = options.out === undefined ? [] : await writeReport(composed, options.out);
    const again = options.again ?? false;
    const posted = options.post ? await postFromTerminal(context, config, { scope, frequency, again }) : [];
    if (options.json) printJson({ ...composed.data, files, posted });
    else if (posted.length > 0) print(`Posted in ${posted.join(', ')}.`);
    else print(files.length > 0 ? files.join('\n') : textOf(composed));
    return EXIT.done;
  });
}

async function scopeOf(context: Context, { team, scope }: ReportOptions): Promise<Scope> {
  if (team !== undefined && scope !== undefined)
    throw new AppError('INVALID', 'The command names both a team and a scope.', {
      hint: 'Name one of them.',
    });
  if (team === undefined) return parseScope(scope ?? 'org');
  const found = await findName(context, 'team', team);
  if (found.name !== undefined) return { kind: 'team', name: found.name };
  const close = found.close.map(({ kind, name }) => `${kind}:${name}`);
  throw new AppError('NOT_FOUND', `There is no team called "${team}".`, {
    hint:
      close.length > 0 ? `Did you mean ${close.join(', ')}?` : 'pennywatch ask "team all" lists the teams.',
  });
}

/** Writes every message as each platform gets it (buttons numbered), all of it as text, and the charts. Returns the paths. */
async function writeReport({ views }: ComposedReport, folder: string): Promise<string[]> {
  const files: [name: string, content: string | Uint8Array][] = [];
  for (const [index, view] of views.entries()) {
    const name = index === 0 ? 'message' : `thread-${index}`;
    const shown = numbered(view);
    files.push([`${name}.slack.json`, `${JSON.stringify(renderSlack(shown), null, 2)}\n`]);
    files.push([`${name}.teams.json`, `${JSON.stringify(renderTeams(shown), null, 2)}\n`]);
    for (const [count, chart] of chartsOf(view).entries())
      files.push([
        `${index === 0 ? '' : `${name}-`}${chart.id}${count > 0 ? `-${count + 1}` : ''}.png`,
        await rasterise(chart),
      ]);
  }
  files.push(['message.txt', `${textOf({ views })}\n`]);
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, content] of files) await writeFile(join(folder, name), content);
  } catch (cause) {
    throw new AppError('UPSTREAM', `The report cannot be written to ${folder}: ${describeError(cause)}`, {
      hint: 'Name a folder that is writable.',
      cause,
    });
  }
  return files.map(([name]) => join(folder, name));
}

function textOf({ views }: Pick<ComposedReport, 'views'>): string {
  return views.map((view) => renderText(view, { buttons: 'commands' })).join('\n\n────────\n\n');
}

function chartsOf(view: View) {
  return view.elements.flatMap((element) => (element.kind === 'chart' ? [element.chart] : []));
}

/** Buttons need an id to be rendered; in a file nobody clicks them. */
function numbered(view: View): View {
  let count = 0;
  return {
    elements: view.elements.map((element) =>
      element.kind === 'actions'
        ? {
            ...element,
            buttons: element.buttons.map((button) => {
              count += 1;
              return { ...button, id: `button-${count}` };
            }),
          }
        : element,
    ),
  };
}
