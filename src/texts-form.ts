import type { Text } from '../functions/people/texts/text.ts';
import { partField } from './words/texts.ts';

/** What was typed into the form of a text, by the names of its parts. */
export function typedParts(text: Text, form: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(text.parts.map((part) => [part.name, form.get(partField(part)) ?? '']));
}
