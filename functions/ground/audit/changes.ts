/** What may be told of a field in the log: never who somebody is. */
export type ToldValue = string | number | bigint | boolean | null;

/** What a field was and what it is; null for nothing. */
export interface FieldChange {
  before: ToldValue;
  value: ToldValue;
}

/**
 * For a line of the log: of each field that is another now what it was and what it is, by its name. What is made new has nothing
 * before, what is removed nothing after.
 */
export function changesOf(
  before: Readonly<Record<string, ToldValue>> | null,
  after: Readonly<Record<string, ToldValue>> | null,
): Record<string, FieldChange> {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const changed = [...names].flatMap((name) => {
    const change = { before: before?.[name] ?? null, value: after?.[name] ?? null };
    return change.before === change.value ? [] : [[name, change] as const];
  });
  return Object.fromEntries(changed);
}
