export interface Trigger {
  name: string;
  sql: string;
}

/** A trigger that refuses what it is asked about, `when` that holds. */
export function guard(trigger: { name: string; on: string; when?: string; refusal: string }): Trigger {
  const when = trigger.when === undefined ? '' : ` WHEN ${trigger.when}`;
  return {
    name: trigger.name,
    sql: `CREATE TRIGGER ${trigger.name} ${trigger.on}${when} BEGIN SELECT RAISE(ABORT, 'refused: ${trigger.refusal}'); END`,
  };
}
