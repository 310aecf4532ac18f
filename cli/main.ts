import { nearest, reportCli } from '#core';
import type { FlagValues } from './args/flag.ts';
import { commandHelp, overviewHelp } from './args/help.ts';
import { parseCommandLine } from './args/parse.ts';
import type { globalFlags } from './args/shared-flags.ts';
import type { Context } from './command.ts';
import { allCommands, commandLoaders, commandNames } from './commands/index.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { outcomeOf } from './failures.ts';
import { type Host, inCi, wantsColor } from './host.ts';
import { watchInterrupts } from './interrupt.ts';
import { chooseRenderer, type RenderFlags } from './render/choose.ts';
import { version } from './version.ts';

/**
 * Runs one command line to its exit code. Nothing is thrown: mistakes are diagnostics, faults are reported.
 *
 * @example process.exitCode = await main({ argv: ['ls'], cwd: process.cwd(), env: process.env, ...process });
 */
export async function main(host: Host): Promise<ExitCode> {
  const [name, ...rest] = host.argv;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const about = name === 'help' ? rest[0] : undefined;
    return about !== undefined && about in commandLoaders
      ? main({ ...host, argv: [about, '--help'] })
      : overview(host);
  }
  if (name === '--version' || name === '-V') {
    host.stdout.write(`${version}\n`);
    return exitCodes.done;
  }
  const load = Object.hasOwn(commandLoaders, name) ? commandLoaders[name] : undefined;
  if (load === undefined) return unknownCommand(host, name);

  const command = await load();
  const { values, words, diagnostics } = parseCommandLine(command, rest);
  const flags = values as FlagValues<typeof globalFlags>;
  if (flags.help) {
    host.stdout.write(commandHelp(command));
    return exitCodes.done;
  }
  const renderer = chooseRenderer(host, flags as RenderFlags);
  if (diagnostics.length > 0) {
    renderer.emit({ type: 'diagnostics', diagnostics });
    await renderer.close();
    return exitCodes.usage;
  }
  const interrupts = watchInterrupts(() =>
    renderer.emit({
      type: 'note',
      level: 'warning',
      text: 'Stopping: nothing half-written stays behind. Press Ctrl-C again to end at once.',
    }),
  );
  const context: Context = {
    command: name,
    cwd: host.cwd,
    env: host.env,
    interactive: host.stdin.isTTY === true && host.stderr.isTTY === true && !inCi(host.env) && !flags.json,
    color: wantsColor(host, flags.noColor),
    verbose: flags.verbose,
    json: flags.json,
    signal: interrupts.signal,
    flags: values as Context['flags'],
    words,
    emit: renderer.emit,
  };
  let exitCode: ExitCode;
  try {
    exitCode = await command.run(context);
  } catch (error) {
    if (interrupts.signal.aborted) exitCode = exitCodes.interrupted;
    else {
      const outcome = outcomeOf(error);
      renderer.emit({ type: 'diagnostics', diagnostics: outcome.diagnostics });
      if ((flags.verbose || host.env.CHURN_DEBUG) && error instanceof Error)
        renderer.emit({ type: 'note', level: 'info', text: error.stack ?? '' });
      exitCode = outcome.exitCode;
    }
  }
  await renderer.close();
  interrupts.stop();
  return interrupts.signal.aborted ? exitCodes.interrupted : exitCode;
}

async function overview(host: Host): Promise<ExitCode> {
  host.stdout.write(overviewHelp(await allCommands()));
  return exitCodes.done;
}

async function unknownCommand(host: Host, name: string): Promise<ExitCode> {
  const renderer = chooseRenderer(host, {
    json: host.argv.includes('--json'),
    quiet: false,
    verbose: false,
    noColor: host.argv.includes('--no-color'),
  });
  const diagnostic = name.startsWith('-')
    ? reportCli('CH906', {
        argument: 'a command in front of its flags',
        command: '',
        fix: 'Type `churn --help`.',
      })
    : reportCli('CH901', { name, nearest: nearest(name, commandNames) });
  renderer.emit({ type: 'diagnostics', diagnostics: [diagnostic] });
  await renderer.close();
  return exitCodes.usage;
}
