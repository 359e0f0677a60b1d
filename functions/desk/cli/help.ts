import type { Command, Option } from './command.ts';
import { commands } from './commands.ts';
import { commonOptions } from './read-call.ts';

/** All commands, or those of one group such as `import`. */
export function overviewText(group: string | null): string {
  const listed = Object.entries(commands).filter(([name]) => group === null || name.startsWith(`${group} `));
  const rows = listed.map(([name, { summary }]) => [name, summary] as const);
  const database =
    'The database is DATABASE_URL, file:data/regulars.db by default; settings are read from the\nenvironment and from .env.';
  return [
    `Usage: regulars ${group ?? 'COMMAND'} …`,
    '',
    ...columns(rows),
    '',
    `regulars ${group === null ? '' : `${group} `}COMMAND --help explains a command, with examples.`,
    ...(group === null ? [database] : []),
    '',
  ].join('\n');
}

/** How one command is called. */
export function helpText(name: string, command: Command): string {
  const options = Object.entries({ ...command.options, ...commonOptions });
  return [
    usageLine(name, command),
    '',
    `${commands[name]?.summary ?? ''}.`,
    ...(command.about === undefined ? [] : ['', command.about]),
    '',
    'Options:',
    ...columns(options.map(([option, facts]) => [optionText(option, facts), facts.summary])),
    '',
    'Examples:',
    ...command.examples.map((example) => `  npm run -s regulars -- ${example}`),
    '',
  ].join('\n');
}

export function usageLine(name: string, command: Command): string {
  const own = Object.entries(command.options).map(([option, facts]) => {
    const text = `--${option}${facts.value === undefined ? '' : ` ${facts.value}`}`;
    return facts.isRequired === true ? text : `[${text}]`;
  });
  return ['Usage: regulars', name, ...command.arguments, ...own].join(' ');
}

function optionText(name: string, option: Option): string {
  const short = option.short === undefined ? '' : `-${option.short}, `;
  return `${short}--${name}${option.value === undefined ? '' : ` ${option.value}`}`;
}

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
