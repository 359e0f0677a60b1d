/** A text of a language with values in place of `{name}`; a name without a value stays as it is. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w{1,40})\}/g, (written, name) => values[name] ?? written);
}
