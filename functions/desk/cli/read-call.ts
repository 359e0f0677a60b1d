import { parseArgs } from 'node:util';
import { type Call, type Command, type Option, type Surroundings, UsageError } from './command.ts';
import { openIo } from './io.ts';

/** What every command understands. */
export const commonOptions = {
  json: { summary: 'Print JSON on standard output, everything else on standard error' },
  quiet: { summary: 'Print no progress and no messages' },
  help: { summary: 'Show this help', short: 'h' },
} as const satisfies Record<string, Option>;

export type ReadCall = { isHelp: true } | { isHelp: false; call: Call };

/**
 * Reads what was typed after the command's name.
 * @throws {UsageError} naming the option or argument that is unknown, missing or too much
 */
export function readCall(
  command: Command,
  words: readonly string[],
  { defaults, loadHouse }: Surroundings,
): ReadCall {
  const options: Readonly<Record<string, Option>> = { ...commonOptions, ...command.options };
  const { values, positionals } = parse(words, options);
  if (values.help === true) return { isHelp: true };
  assertArguments(command, positionals);
  for (const [name, option] of Object.entries(command.options)) {
    if (option.isRequired === true && values[name] === undefined)
      throw new UsageError(`--${name} is missing.`);
  }
  const text = (name: string) => values[name];
  return {
    isHelp: false,
    call: {
      io: openIo({ isJson: values.json === true, isQuiet: values.quiet === true }),
      argument: (index) => positionals[index] ?? '',
      isOn: (name) => values[name] === true,
      text: (name) => {
        const value = text(name);
        return typeof value === 'string' ? value : null;
      },
      list: (name) => {
        const value = text(name);
        return Array.isArray(value) ? value.map(String) : [];
      },
      defaults,
      loadHouse,
    },
  };
}

function parse(words: readonly string[], options: Readonly<Record<string, Option>>) {
  try {
    const { values, positionals } = parseArgs({
      args: words.map(protectNumber),
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(options).map(([name, option]) => [
          name,
          {
            type: option.value === undefined ? ('boolean' as const) : ('string' as const),
            multiple: option.isMultiple ?? false,
            ...(option.short === undefined ? {} : { short: option.short }),
          },
        ]),
      ),
    });
    return { values, positionals: positionals.map((word) => word.replace(protectedNumber, '')) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [sentence = ''] = error.message.split('. ');
    throw new UsageError(`${sentence.replace(/\.$/, '')}.`);
  }
}

/** A negative amount is no option. */
function protectNumber(word: string): string {
  return /^-\d/.test(word) ? `\0${word}` : word;
}

/** NUL, which no argument can hold. */
const protectedNumber = /^\0/;

function assertArguments(command: Command, given: readonly string[]): void {
  const missing = command.arguments[given.length];
  if (missing !== undefined && !missing.startsWith('[')) throw new UsageError(`${missing} is missing.`);
  const tooMuch = given[command.arguments.length];
  if (tooMuch !== undefined) throw new UsageError(`Unexpected argument '${tooMuch}'.`);
}
