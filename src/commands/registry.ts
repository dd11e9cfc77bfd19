/** All `/cost` commands. Help, README and the command line are derived from this list. */
import { coverage } from './coverage.ts';
import { createHelp } from './help.ts';
import { model } from './model.ts';
import { service } from './service.ts';
import { sources } from './sources.ts';
import { team } from './team.ts';
import { top } from './top.ts';
import type { Command } from './types.ts';

export const commands: readonly Command[] = [
  model,
  team,
  service,
  top,
  coverage,
  sources,
  createHelp(() => commands),
];
