import { UsageError } from './command.ts';

/** What was typed, as one of some choices. @throws {UsageError} for what is none */
export function oneIn<Choice extends string>(text: string, choices: readonly Choice[], name: string): Choice {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`${name} has to be one of ${choices.join(', ')}.`);
  return found;
}
