/** What a person sees on the app's home: their team's month, their models, their budgets, shortcuts. */
import { reportHome } from '../flows/home.ts';
import type { View } from '../view/elements.ts';
import { composeHome } from '../view/messages/home.ts';
import { commands } from './registry.ts';
import type { CommandContext } from './types.ts';

export async function homeView(context: CommandContext): Promise<View> {
  const report = await reportHome(context, context.actor);
  return composeHome({
    ...report,
    organisation: context.settings.organisation,
    commands: commands.map(({ name }) => name),
  });
}
