/** Rules as the form of account managers has them: a segment and a member of the team each, either of them perhaps not chosen. */
export type RulesAsked = readonly { segmentId: string; manager: string }[];

const ROWS_MAX = 50;

export function rulesIn(form: ReadonlyMap<string, string>): RulesAsked {
  return Array.from({ length: ROWS_MAX }, (_, at) => ({
    segmentId: form.get(`segment-${at}`) ?? '',
    manager: form.get(`manager-${at}`) ?? '',
  })).filter(({ segmentId, manager }) => segmentId !== '' || manager !== '');
}

/** After one was moved up or taken away, as `up 2` and `remove 2` say; null for anything else. */
export function rulesMoved(rules: RulesAsked, move: string): RulesAsked | null {
  const [, what, number] = /^(up|remove) (\d{1,2})$/.exec(move) ?? [];
  const at = Number(number);
  const rule = rules[at];
  if (what === undefined || rule === undefined) return null;
  const others = rules.filter((_, index) => index !== at);
  return what === 'remove' ? others : others.toSpliced(Math.max(0, at - 1), 0, rule);
}
