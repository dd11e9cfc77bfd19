/** What a person sees on the app's home: their team's month, their models, their budgets. */
import type { View } from '../view/elements.ts';
import { runCommand } from './run.ts';
import type { CommandContext } from './types.ts';

export async function homeView(context: CommandContext): Promise<View> {
  return (await runCommand(context, 'help')).view;
}
