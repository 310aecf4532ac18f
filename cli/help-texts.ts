import { commandHelp, overviewHelp } from './args/help.ts';
import { allCommands } from './commands/index.ts';

/** Every help text by command; the overview under the empty name. The build writes them beside the bundle. */
export async function helpTexts(): Promise<Readonly<Record<string, string>>> {
  const commands = await allCommands();
  return Object.fromEntries([
    ['', overviewHelp(commands)],
    ...commands.map((each) => [each.name, commandHelp(each)] as const),
  ]);
}
