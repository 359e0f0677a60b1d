import { existsSync } from 'node:fs';
import { type Surroundings, UsageError } from './command.ts';
import { commands } from './commands.ts';
import { explainFailure } from './explain-failure.ts';
import { helpText, overviewText, usageLine } from './help.ts';
import { readCall } from './read-call.ts';

/** Runs what was typed. Returns the exit code: 0, 1 (refused, unreadable, found wrong) or 2 (wrong usage). */
export async function runCli(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const asked = findCommand(words);
  if (asked.kind !== 'command') return showOverview(asked);
  const { name } = asked;
  const command = await commands[name]?.load(surroundings.loadHouse);
  if (command === undefined) return 2;
  try {
    const read = readCall(command, asked.rest, surroundings);
    if (read.isHelp) {
      process.stdout.write(helpText(name, command));
      return 0;
    }
    if (existsSync('.env')) process.loadEnvFile('.env');
    return (await command.run(read.call)) ?? 0;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\n${usageLine(name, command)}\n`);
      return 2;
    }
    for (const line of explainFailure(error)) process.stderr.write(`${line}\n`);
    return 1;
  }
}

type Asked =
  | { kind: 'command'; name: string; rest: readonly string[] }
  | { kind: 'overview'; group: string | null; unknown: string | null };

/** A command's name is one word or two; options may stand before it. */
function findCommand(words: readonly string[]): Asked {
  const start = words.findIndex((word) => !word.startsWith('-'));
  const isHelp = words.includes('--help') || words.includes('-h') || words.length === 0;
  if (start === -1) return { kind: 'overview', group: null, unknown: isHelp ? null : words.join(' ') };
  const before = words.slice(0, start);
  const [first = '', second = ''] = words.slice(start);
  if (first === 'help') return findCommand([...words.slice(start + 1), '--help']);
  for (const [name, length] of [
    [`${first} ${second}`, 2],
    [first, 1],
  ] as const) {
    if (Object.hasOwn(commands, name))
      return { kind: 'command', name, rest: [...words.slice(start + length), ...before] };
  }
  const isGroup = Object.keys(commands).some((name) => name.startsWith(`${first} `));
  if (!isGroup) return { kind: 'overview', group: null, unknown: first };
  const isAsking = second === '' || second.startsWith('-');
  return { kind: 'overview', group: first, unknown: isAsking && isHelp ? null : `${first} ${second}`.trim() };
}

function showOverview({ group, unknown }: Asked & { kind: 'overview' }): number {
  if (unknown === null) {
    process.stdout.write(overviewText(group));
    return 0;
  }
  process.stderr.write(`There is no command '${unknown}'.\n\n${overviewText(group)}`);
  return 2;
}
